"""`publisher init`: a new bureau folder that already builds."""

import shutil
from pathlib import Path

from publisher.problems import Place, PublisherError, problem

_HERE = Path(__file__).parent
_STARTERS = _HERE / "starter"
_REFERENCES = ("content/README.md", "results/README.md")
"""What every field means; in the package beside the starters, in a checkout at its root."""


def lay_down(folder: Path, language: str) -> int:
    """Copies the starter of a language into `folder` and says how many files it has.

    Raises PublisherError if the folder holds anything already: nothing of anyone's is overwritten.
    """
    place = Place(folder.as_posix())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PublisherError([problem("folder-not-empty", place)])
    try:
        shutil.copytree(_STARTERS / language, folder, dirs_exist_ok=True)
        for name in _REFERENCES:
            packaged = _STARTERS / "reference" / name
            shutil.copyfile(packaged if packaged.is_file() else _HERE.parent / name, folder / name)
    except OSError:
        raise PublisherError([problem("cannot-create-folder", place)]) from None
    return sum(path.is_file() for path in folder.rglob("*"))
