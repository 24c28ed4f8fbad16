"""`publisher init`: a new bureau folder that already builds, for practice with examples or for real use without any."""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from publisher.problems import Place, PublisherError, problem

_HERE = Path(__file__).parent
_STARTERS = _HERE / "starter"
_REFERENCES = ("content/README.md", "content/README-problems.md", "results/README.md")
"""What every field and every problem means; in the package beside the starters, in a checkout at its root."""
_PICTURES = ("notice", "meeting", "ledger")
_PLACE = re.compile("<<([a-z]+)>>")
_SETTINGS = Path("content") / "site.yaml"


def lay_down(folder: Path, language: str) -> int:
    """Copies the example bureau of a language into `folder` and says how many files it has.

    Raises PublisherError if the folder holds anything already: nothing of anyone's is overwritten.
    """
    return _laid(folder, [_STARTERS / language], {})


def lay_down_own(folder: Path, language: str, system: str, settings: Mapping[str, str]) -> int:
    """The same with one system of evaluation, a guide with pictures, and no example; `settings` fill in site.yaml."""
    return _laid(folder, [_STARTERS / "own" / language], settings, system)


def _laid(folder: Path, parts: Iterable[Path], settings: Mapping[str, str], system: str = "") -> int:
    place = Place(folder.as_posix())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PublisherError([problem("folder-not-empty", place)])
    try:
        for part in parts:
            shutil.copytree(part, folder, dirs_exist_ok=True)
            if system:
                _add_system(folder, part.name, system)
        for name in _REFERENCES:
            packaged = _STARTERS / "reference" / name
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(packaged if packaged.is_file() else _HERE.parent / name, folder / name)
        _fill_in(folder / _SETTINGS, settings)
    except OSError:
        raise PublisherError([problem("cannot-create-folder", place)]) from None
    return sum(path.is_file() for path in folder.rglob("*"))


def _add_system(folder: Path, language: str, system: str) -> None:
    """Its scheme, and the pictures of the guide: one shows what its results look like."""
    shutil.copytree(_STARTERS / "schemes" / language / system, folder / "content" / "schemes")
    (folder / "guide").mkdir()
    pictures = _STARTERS / "pictures" / language
    for name, picture in {"results": system, **{one: one for one in _PICTURES}}.items():
        shutil.copyfile(pictures / f"{picture}.png", folder / "guide" / f"{name}.png")


def _fill_in(path: Path, settings: Mapping[str, str]) -> None:
    """`<<name>>` becomes the value, in quotes: whatever is typed stays one text of YAML."""
    text = path.read_text("utf-8")
    if settings:
        text = _PLACE.sub(lambda found: json.dumps(settings[found[1]], ensure_ascii=False), text)
        path.write_text(text, "utf-8", newline="\n")
