"""A public key: as a command names it, or from the settings of a bureau."""

from pathlib import Path

from publisher.load.settings import read_yaml
from publisher.load.text import read_text

_LONGEST_NAME = 1000


def given_key(given: str) -> str:
    """What the file of that name holds, if there is one; else what was given."""
    path = Path(given)
    text = read_text(path, given, lambda _: None) if len(given) < _LONGEST_NAME and "\0" not in given else None
    return given if text is None else text


def settled_key(root: Path) -> str | None:
    """`public_key` of `content/site.yaml`; what else is wrong there is for `check` to tell."""
    path = root / "content" / "site.yaml"
    text = read_text(path, path.name, lambda _: None)
    read = read_yaml(text, path.name, lambda _: None) if text else None
    found = read[0].get("public_key") if read else None
    return found if isinstance(found, str) else None
