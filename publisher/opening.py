"""The bureau's folder, opened by a command that is about one round or notice and builds no site."""

from collections.abc import Collection
from pathlib import Path

from publisher.checking import Checked, Now, checked
from publisher.named import near
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.signoff import SIGN_CODES


def opened(root: Path, now: Now, today: Now | None = None, *, unsigned: bool = False) -> Checked:
    """The folder, read and checked; raises PublisherError if something must be mended.

    `unsigned`: what only a signature mends is let pass.
    """
    found = checked(root, now, today, root / "site")
    errors = [one for one in found.errors if not (unsigned and one.code in SIGN_CODES)]
    if errors:
        raise PublisherError(errors)
    return found


def unknown(code: str, id_: str, known: Collection[str]) -> Problem:
    """That nothing has this id, and what was probably meant."""
    return problem(code, Place("results"), id_, near=near(id_, known))
