"""`publisher import`: a file that an office sent -> files of the folder, tried out before any of them is written."""

from collections.abc import Iterator
from pathlib import Path

from publisher.checking import Now, checked
from publisher.importing.paper import paper_plan
from publisher.importing.plan import Asked, Plan
from publisher.importing.table import table_plan
from publisher.load.folder import load
from publisher.load.incoming import incoming, is_word, kept_beside
from publisher.model.attachments import FOLDER, ORIGINALS
from publisher.model.bureau import Bureau
from publisher.problems import Place, Problem, PublisherError, in_order, problem
from publisher.words import Words
from publisher.write import trial, write_several
from publisher.write.paths import is_clean

__all__ = ["Asked", "Plan", "carry_out", "plan_of"]
_NAMELESS = "original"
_CLOSED = {"unreadable-file", "unreadable-folder", "table-cannot-open", "attachment-cannot-open"}
_INPUTS = ("content", "results", "templates")


def plan_of(root: Path, asked: Asked, now: Now, words: Words) -> Plan:
    """Raises PublisherError if the file cannot be understood, or something would be written over."""
    data = incoming(asked.file)
    bureau = _opened(root)
    is_paper = bool(asked.statement or asked.meeting or asked.notice)
    may_be_both = asked.items or asked.answers or asked.events
    if not may_be_both and is_paper is not is_word(data) and not (is_paper and asked.file.suffix.lower() == ".docx"):
        raise PublisherError([problem("import-other-kind", Place(asked.file.name), asked.file.suffix.lower())])
    plan = paper_plan(asked, data, bureau, words) if is_paper else table_plan(root, asked, data, bureau, words)
    there = [path for path in plan.files if (root / path).exists() and not (may_be_both and path == plan.target)]
    if there:
        raise PublisherError([problem("import-exists", Place(path)) for path in there])
    plan.faults = in_order([*plan.faults, *_faults(root, plan, now)])
    if name := kept_beside(root / FOLDER / ORIGINALS, _plain(asked.file), data):
        plan.files[f"{FOLDER}/{ORIGINALS}/{name}"] = data
    return plan


def _opened(root: Path) -> Bureau:
    """Raises PublisherError if something of the folder cannot be read: it could not be tried out as a whole."""
    loaded = load(root)
    if closed := [one for one in loaded.problems if one.code in _CLOSED]:
        raise PublisherError(closed)
    return loaded.bureau


def _plain(file: Path) -> str:
    """Its name, or one that every system can hold."""
    return file.name if is_clean(file.name) else f"{_NAMELESS}{file.suffix.lower()}"


def _faults(root: Path, plan: Plan, now: Now) -> Iterator[Problem]:
    """What `check` says of the folder with the new files, and does not say of the folder as it is."""
    before = set(checked(root, now).problems) if plan.target and (root / plan.target).exists() else set()
    with trial(root, _INPUTS, {**plan.files, **plan.tried}) as copy:
        found = checked(copy, now).problems
    yield from (one for one in found if one.place.path in plan.files and one not in before)


def carry_out(root: Path, plan: Plan) -> None:
    write_several(root, plan.files, plan.read)
