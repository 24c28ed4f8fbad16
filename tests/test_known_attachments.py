"""Attachments of which nothing had to be told are not looked through by the next build; several are at a time."""

import json
import threading
from pathlib import Path

import pytest
from attached_files import GOOD, HOSTILE, docx, paragraph, pdf
from test_attachments import NOTICE, STATEMENT, attach, root  # noqa: F401  (a fixture)
from test_known_records import later, read

from publisher.load import attachments
from publisher.load.attached import again
from publisher.load.attached.look import Look
from publisher.load.attached.reading import look_through
from publisher.load.folder import load
from publisher.load.known import KnownRecords
from publisher.recall import Recall

DOUBTFUL = "saved-twice.pdf"
"""May go out, with a warning."""


@pytest.fixture
def looked(monkeypatch):
    """How often a file was looked through."""
    found = []
    monkeypatch.setattr(attachments, "look_through", lambda *a: found.append(a[2].path) or look_through(*a))
    return found


def found_in(name, data):
    look = Look(name)
    return look_through(data, Path(name).suffix.lower(), look), look


def all_of(folder, *files):
    """The folder, in which a notice names all these files."""
    attach(folder, NOTICE, **{f"附件{n}": (f"f{n}-{name}", data) for n, (name, data) in enumerate(files)})
    return folder


@pytest.mark.parametrize("name", GOOD)
def test_what_is_read_back_is_what_was_found(name):
    kind, look = found_in(name, GOOD[name])
    line = again.told(kind, look)
    assert b"\n" not in line
    assert again.read_back(line, name) == (kind, look)


def test_places_signs_and_halves_of_signs_come_back_as_they_were():
    kind, look = found_in("a.docx", docx(paragraph("甲\u2028乙") + paragraph("\U00020bb7")))
    look.say("\ud800", look.place)
    look.note("author", "某处")
    assert {one.place.paragraph for one in look.passages} != {0}
    assert again.read_back(again.told(kind, look), "a.docx") == (kind, look)


def test_the_next_build_takes_up_what_was_found(root, looked):  # noqa: F811
    all_of(root, *GOOD.items())
    known = KnownRecords()
    first = read(root, known)
    assert len(looked) == len(GOOD)
    assert len(first.bureau.attachments) == len({*GOOD.values()}) > 20
    looked.clear()
    second = read(root, later(known))
    assert looked == []
    assert second.problems == first.problems
    assert second.bureau.attachments == first.bureau.attachments
    assert load(root, Recall()).bureau.attachments == first.bureau.attachments
    assert looked == [f"content/attachments/f{n}-{name}" for n, name in enumerate(GOOD)], "the plain way looks at all"


def test_what_has_to_be_told_is_told_again(root, looked):  # noqa: F811
    all_of(root, *((name, HOSTILE[name]) for name in HOSTILE if len(HOSTILE[name]) < 50_000 and name.endswith("x")))
    known = KnownRecords()
    first = read(root, known)
    assert any(one.warning for one in first.problems)
    assert any(not one.warning for one in first.problems)
    before = [*looked]
    looked.clear()
    assert read(root, later(known)).problems == first.problems
    told = {one.place.path for one in first.problems}
    assert looked == [path for path in before if path in told]


def test_the_same_bytes_under_another_name_and_others_under_the_same_are_looked_through(root, looked):  # noqa: F811
    all_of(root, ("a.csv", b"a,1\n"))
    known = KnownRecords()
    read(root, known)
    attach(root, STATEMENT, 又=("b.csv", b"a,1\n"))
    looked.clear()
    later_known = later(known)
    read(root, later_known)
    assert looked == ["content/attachments/b.csv"]
    (root / "content/attachments/f0-a.csv").write_bytes(b"a,2\n")
    looked.clear()
    read(root, later(later_known))
    assert looked == ["content/attachments/f0-a.csv"]


def test_nothing_of_another_program_counts(root, looked):  # noqa: F811
    all_of(root, ("a.csv", b"a,1\n"))
    known = KnownRecords()
    read(root, known)
    looked.clear()
    read(root, later(known, "1.2.4"))
    assert looked == ["content/attachments/f0-a.csv"]


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"{", b"null", b'["exe",[],[]]', b'["pdf",[["a"]],[]]', b'["pdf",[],[[1]]]', b"[[" * 9_999]
)
def test_what_nobody_told_is_not_taken_up(line, root, looked):  # noqa: F811
    assert again.read_back(line, "a.pdf") is None
    all_of(root, ("a.csv", b"a,1\n"))
    known = KnownRecords()
    first = read(root, known)
    sign = next(sign for sign, told in known.now.items() if json.loads(told)[0] == "csv")
    looked.clear()
    assert read(root, KnownRecords({sign: line})).bureau.attachments == first.bureau.attachments
    assert looked == ["content/attachments/f0-a.csv"]


def test_pdfs_seen_beside_each_other_are_those_seen_one_by_one(root):  # noqa: F811
    some = [(name, HOSTILE[name]) for name in ("launch.pdf", DOUBTFUL, "encrypted.pdf")]
    all_of(root, *some, ("good.pdf", GOOD["good.pdf"]), ("two.pdf", pdf(info="/Title(Another form)")))
    beside, one_by_one = load(root), load(root, Recall())
    assert beside.bureau.attachments == one_by_one.bureau.attachments
    assert len(beside.bureau.attachments) == 4
    assert beside.problems == one_by_one.problems
    assert len({one.place.path for one in beside.problems}) >= 3


def test_of_pdfs_that_nothing_names_no_more_are_looked_through_than_were_begun(root, monkeypatch):  # noqa: F811
    """A folder may hold years of drafts."""
    all_of(root, ("z.pdf", GOOD["good.pdf"]))
    for n in range(20):
        (root / f"content/attachments/draft{n:02}.pdf").write_bytes(GOOD["good.pdf"])
    known, looked = threading.Event(), []
    of = attachments.Attachments.of

    def waits(data, suffix, look):
        looked.append(look.path)
        known.wait(20)
        return look_through(data, suffix, look)

    monkeypatch.setattr(attachments, "processors", lambda: 2)
    monkeypatch.setattr(attachments, "look_through", waits)
    monkeypatch.setattr(attachments.Attachments, "of", lambda *a: known.set() or of(*a))
    found = load(root)
    assert [one.path for one in found.bureau.attachments.values()] == ["content/attachments/f0-z.pdf"]
    assert len(looked) <= 3, "two at a time, and the one that is named"
    assert "content/attachments/f0-z.pdf" in looked
