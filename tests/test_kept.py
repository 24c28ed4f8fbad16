"""What stands is not made again: only files that were made of something else than before."""

# ruff: noqa: RUF005  (templates may add sequences with a plus)

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
from conftest import ROOT
from test_unchanged import CACHE, SMALL, run, tree

from publisher import contents
from publisher.kept import Fingerprints, Made, Memory, Reads, UntoldError, remembered
from publisher.model.figures import Figure, State
from publisher.outputs import comparison, data, workbook
from publisher.problems import Place, Source
from publisher.render import Renderer

READER = {("zh-Hans", ("bureau.companies", "one", "a")): "甲", ("zh-Hans", ("threads", "some", "")): True}.get


def one(value):
    return Fingerprints().of(value)


@dataclass(frozen=True)
class Both:
    first: object
    second: object


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Decimal(80), Decimal("80.00")),
        (1, True),
        (0, None),
        (1, 1.0),
        ("1", 1),
        (("a", "b"), ("ab",)),
        (("a", ("b",)), (("a",), "b")),
        (["a"], ("a",)),
        ({"a": 1}, {"a": "1"}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (frozenset("ab"), frozenset("abc")),
        (date(2026, 5, 1), datetime(2026, 5, 1, tzinfo=UTC)),
        (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 1)),  # noqa: DTZ001
        (time(9), time(9, 30)),
        (timedelta(1), timedelta(2)),
        (Fraction(1, 2), Fraction(1, 3)),
        (State.VALUE, "value"),
        (Both(1, 2), Both(2, 1)),
        (Both("", "x"), Both("x", "")),
        (Source(Place("a.csv", line=2)), Source(Place("a.csv", line=3))),
    ],
)
def test_what_is_printed_otherwise_has_another_fingerprint(left, right):
    assert one(left) != one(right)
    assert one(Both(left, 1)) != one(Both(right, 1))
    assert one({"key": left}) != one({"key": right})


def test_equal_values_have_the_same_one_however_they_are_shared():
    text = str("同一".encode(), "utf-8")
    assert one([text, text]) == one(["同一", str("同一".encode(), "utf-8")])
    assert one(frozenset(["b", "a", "c"])) == one(frozenset(["c", "a", "b"]))


def test_each_part_of_a_noun_counts():
    whole = Figure(State.VALUE, Fraction(1), Decimal("1.0"), "points")
    for part in fields(whole):
        changed = replace(whole, **{part.name: ("something", "else")})
        assert one(changed) != one(whole), part.name


def test_a_value_of_a_kind_that_is_not_known_cannot_be_told():
    for value in (object(), [object()], lambda: 1, Both(1, iter(()))):
        with pytest.raises(UntoldError):
            one(value)
    assert Memory("x").own(object()) == ""


def test_fingerprints_are_the_same_in_another_process():
    code = "from publisher.kept import Fingerprints as F; print(F().of([frozenset('abcdefgh'), {'a': ('b', 1.5)}]))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] == one([frozenset("abcdefgh"), {"a": ("b", 1.5)}]) + "\n"


@dataclass(frozen=True)
class Office:
    companies: dict
    notices: tuple
    name: str

    def first(self):
        return self.notices[0]


@pytest.fixture
def reads():
    office = Office({"a": "甲", "b": "乙"}, ("n1", "n2"), "处")
    return Reads({"bureau": office, "threads": {}})


@pytest.mark.parametrize(
    ("read", "seen"),
    [
        (lambda its: its["bureau"].companies["a"], ("bureau.companies", "one", "a")),
        (lambda its: its["bureau"].companies.get("z"), ("bureau.companies", "one", "z")),
        (lambda its: "a" in its["bureau"].companies, ("bureau.companies", "one", "a")),
        (lambda its: bool(its["bureau"].companies), ("bureau.companies", "some", "")),
        (lambda its: bool(its["threads"]), ("threads", "some", "")),
        (lambda its: list(its["bureau"].companies), ("bureau.companies", "all", "")),
        (lambda its: len(its["bureau"].companies), ("bureau.companies", "all", "")),
        (lambda its: its["bureau"].companies.items(), ("bureau.companies", "all", "")),
        (lambda its: its["bureau"].companies.values(), ("bureau.companies", "all", "")),
        (lambda its: its["bureau"].companies.keys(), ("bureau.companies", "all", "")),
        (lambda its: its["bureau"].companies == {}, ("bureau.companies", "all", "")),
        (lambda its: 1 in its["threads"], ("threads", "all", "")),
        (lambda its: bool(its["bureau"].notices), ("bureau.notices", "some", "")),
        (lambda its: its["bureau"].notices[-1], ("bureau.notices", "all", "")),
        (lambda its: "n1" in its["bureau"].notices, ("bureau.notices", "all", "")),
        (lambda its: its["bureau"].notices + ("n3",), ("bureau.notices", "all", "")),
        (lambda its: ("n0",) + its["bureau"].notices, ("bureau.notices", "all", "")),
        (lambda its: its["bureau"].first(), ("bureau", "all", "")),
        (lambda its: its["bureau"].name, ("bureau.name", "all", "")),
        (lambda its: repr(its["threads"]), ("threads", "all", "")),
    ],
)
def test_whatever_is_read_is_noted_and_can_be_asked_again(reads, read, seen):
    watched = reads.watched()
    reads.begin()
    read(watched)
    assert seen in reads.seen()
    assert one(reads.value(seen))


def test_what_is_not_there_any_more_reads_otherwise(reads):
    other = Reads({"bureau": Office({"b": "乙"}, (), "处")})
    for read in (("bureau.companies", "one", "a"), ("bureau.notices", "some", ""), ("threads", "all", "")):
        assert one(reads.value(read)) != one(other.value(read))


def memory(sums=None, of="x"):
    made = Memory(of)
    made.note("a.html", Made(made.own("page"), READER.__self__, 5), READER)
    return remembered(made.told({"a.html": "0" * 64} if sums is None else sums), of)


def test_a_file_stands_while_all_that_it_was_made_of_is_the_same():
    its = memory()
    found = its.standing("a.html", its.own("page"), READER)
    assert found
    assert (found.sum, found.size) == ("0" * 64, 5)
    assert not its.standing("a.html", its.own("another page"), READER)
    assert not its.standing("b.html", its.own("page"), READER)
    assert not its.standing("a.html", "", READER)
    changed = memory()
    assert not changed.standing("a.html", changed.own("page"), lambda _: False)


def test_what_cannot_be_told_is_never_remembered():
    made = Memory("x")
    made.note("a.html", Made("", {}, 5), READER)
    made.note("b.html", Made(made.own("page"), {("zh-Hans", ("threads", "all", "")): ""}, 5), lambda _: object())
    assert not made.now


def test_a_file_that_was_not_written_is_not_remembered():
    assert memory(sums={}).before == {}


def signed(body):
    """Whole, whatever it says."""
    return sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: None,
        lambda _: b"",
        lambda told: told[:-9],
        lambda told: b"\xff" + told,
        lambda told: told[:70] + b" " + told[70:],
        lambda _: signed(b"[]"),
        lambda _: signed(b"[" * 100_000),
        lambda told: signed(told[65:-9]),
        lambda told: signed(told[65:].replace(b'"form": 3', b'"form": 2')),
        lambda told: signed(told[65:].replace(b'"of": "x"', b'"of": "y"')),
        lambda told: signed(told[65:].replace(b'"files": {', b'"files": {"b.html": [1], ')),
        lambda told: signed(told[65:].replace(b"[0, 1]", b"[0, 7]")),
    ],
)
def test_a_damaged_memory_is_none(harm):
    made = Memory("x")
    made.note("a.html", Made(made.own("page"), READER.__self__, 5), READER)
    told = made.told({"a.html": "0" * 64})
    assert remembered(told, "x").before
    harmed = harm(told)
    assert harmed != told
    assert remembered(harmed, "x").before == {}


@pytest.fixture
def rendered(monkeypatch):
    """Pages as they are made."""
    found = []
    page = Renderer.page
    monkeypatch.setattr(Renderer, "page", lambda self, one: found.append(one.path) or page(self, one))
    return found


def test_after_an_edit_only_pages_are_made_that_show_it(copy_of, rendered):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    whole, before = len(rendered), tree(folder / "site")
    path = folder / "content/statements/2026-q2/gas-a.md"
    path.write_text(path.read_text("utf-8") + "\n又补充一句。\n", "utf-8")
    rendered.clear()
    assert run(folder).exit_code == 0
    after = tree(folder / "site")
    moved = {path for path in after if after[path] != before[path] and path.endswith(".html")}
    assert "rounds/2026-q2/gas-a.html" in moved
    assert moved <= set(rendered)
    assert len(rendered) < whole / 3


CORRECTION = """---
round: {0}
companies: [gas-b]
kind: error
reason: 录入有误。
decided_by: 评价办
decided_on: 2026-11-10
---
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("results/2026-q2/round.yaml", "form: 另一份问卷\n"),
        ("content/corrections/one.md", CORRECTION.format("2026-q1")),
        ("content/corrections/one.md", CORRECTION.format("2026-q3")),
    ],
)
def test_a_history_shows_what_changed_of_a_round_before_and_of_one_without_the_company(copy_of, tmp_path, path, text):
    folder = copy_of(SMALL)
    middle, last = folder / "results/2026-q2", folder / "results/2026-q3"
    shutil.copytree(middle, last)
    yaml = (middle / "round.yaml").read_text("utf-8")
    for old, new in (
        ("-04-", "-07-"),
        ("-06-30", "-09-30"),
        ("-06-", "-09-"),
        ("-08-05", "-11-05"),
        ("-07-2", "-10-2"),
    ):
        yaml = yaml.replace(old, new)
    (last / "round.yaml").write_text(yaml.partition("signoff:")[0], "utf-8")
    rows = (middle / "scores.csv").read_text("utf-8-sig").splitlines(keepends=True)
    (middle / "scores.csv").write_text("".join(row for row in rows if not row.startswith("gas-b,")), "utf-8")
    (folder / "content/statements/2026-q2/gas-b.md").unlink(missing_ok=True)
    done = run(folder)
    assert done.exit_code == 0, done.output
    file = folder / path
    file.write_text((file.read_text("utf-8") if file.is_file() else "") + text, "utf-8")
    pages = tree(folder / "site")
    assert run(folder).exit_code == 0
    clean = tmp_path / "clean"
    shutil.copytree(folder, clean, ignore=shutil.ignore_patterns(CACHE, "site"))
    assert run(clean).exit_code == 0
    assert tree(folder / "site") == tree(clean / "site")
    assert tree(folder / "site")["companies/gas-b.html"] != pages["companies/gas-b.html"]


def test_a_file_of_the_site_that_was_touched_by_hand_is_made_again(copy_of, rendered):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    before = tree(folder / "site")
    (folder / "site/rounds/2026-q2/gas-a.html").write_text("by hand", "utf-8")
    (folder / "site/rounds/2026-q2/gas-b.html").unlink()
    rendered.clear()
    assert run(folder).exit_code == 0
    assert tree(folder / "site") == before
    assert sorted(rendered) == ["rounds/2026-q2/gas-a.html", "rounds/2026-q2/gas-b.html"]


def test_on_another_day_pages_are_made_again_only_where_more_moves_than_the_line_of_the_day(copy_of, rendered):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    whole = len(rendered)
    rendered.clear()
    assert run(folder, "--as-of", "2026-11-21").exit_code == 0
    after = tree(folder / "site")
    assert "2026年11月21日".encode() in after["rounds/2026-q2/gas-a.html"]
    assert "rounds/2026-q2/gas-a.html" not in rendered
    assert len(rendered) < whole / 3
    assert run(folder, "--as-of", "2026-11-21", "--output", str(folder / "clean")).exit_code == 0
    assert after == tree(folder / "clean")


def test_the_theme_prints_the_day_in_one_line_alone():
    """What else of a page depends on it is in its data."""
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "templates").glob("*.html")}
    used = {name: len(re.findall(r"\bas_of\b", text)) for name, text in texts.items()}
    assert {name: count for name, count in used.items() if count} == {"ledger.html": 1}
    assert re.search(r' data-day>\{\{ t\("as-of", day=as_of\|day\) \}\}<', texts["ledger.html"])
    assert sum(text.count("data-day") for text in texts.values()) == 1


def test_the_memory_holds_no_words_of_the_site(copy_of):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    [path] = (folder / CACHE).glob("*.files")
    told = json.loads(path.read_text("utf-8").partition("\n")[2])
    keys = {key for _, _, _, key, _ in told["reads"]}
    assert all(key.isascii() for key in keys)
    assert path.read_text("utf-8").isascii()


def test_of_a_round_that_did_not_change_nothing_is_made_but_the_description_is_of_all(copy_of, monkeypatch):
    """The description of the data has the size and the hash of every table, also of one that stands."""
    made = []
    table, book, drawing, compared = data.table_of, workbook.packed, contents.drawn, comparison.script
    monkeypatch.setattr(data, "table_of", lambda *given: made.append("table") or table(*given))
    monkeypatch.setattr(workbook, "packed", lambda *given: made.append("workbook") or book(*given))
    monkeypatch.setattr(contents, "drawn", lambda told: made.append("code") or drawing(told))
    monkeypatch.setattr(comparison, "script", lambda *given: made.append("comparison") or compared(*given))
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    assert {*made} == {"table", "workbook", "code", "comparison"}
    made.clear()
    path = folder / "content/statements/2026-q2/gas-a.md"
    path.write_text(path.read_text("utf-8") + "\n又补充一句。\n", "utf-8")
    assert run(folder).exit_code == 0
    assert made == []
    package = json.loads((folder / "site/data/datapackage.json").read_text("utf-8"))
    assert len(package["resources"]) > 5
    for one in package["resources"]:
        found = (folder / "site/data" / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(found), f"sha256:{sha256(found).hexdigest()}")
