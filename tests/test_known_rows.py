"""Rows in which the last build found nothing wrong are read when somebody asks for one, and not before."""

import json
import shutil

import pytest
from test_unchanged import CACHE, SMALL, run, tree

from publisher.load import scores
from publisher.load.folder import Known, load
from publisher.load.known import KnownRecords
from publisher.load.scores import KnownRows, known_rows
from publisher.model.rows import LateRows, companies_in
from publisher.problems import PublisherError
from publisher.recall import same

PROGRAM = "1.2.3"


@pytest.fixture
def read(monkeypatch):
    """Rounds whose rows were read: at once, or when somebody asked."""
    at_once, late = [], []
    now, then = scores.Scores._read, scores.Scores._read_late

    def _read(self, id_, *given):
        at_once.append(id_)
        return now(self, id_, *given)

    def _read_late(self, files, *given):
        late.append(files[0][0].parent.name)
        return then(self, files, *given)

    monkeypatch.setattr(scores.Scores, "_read", _read)
    monkeypatch.setattr(scores.Scores, "_read_late", _read_late)
    return at_once, late


def built(copy_of):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    return folder


def clean(folder, to):
    """The files that a build without any memory makes of the same."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(CACHE, "site"))
    done = run(to)
    assert done.exit_code == 0, done.output
    return tree(to / "site")


def all_known(folder):
    """As if every round had been in order, whatever is in it."""
    known = KnownRows()
    bureau = load(folder, known=Known(known, KnownRecords())).bureau
    sound = {id_: dict.fromkeys(bureau.scored(id_), "00") for id_ in bureau.scores}
    return bureau, known_rows(PROGRAM, known.told(PROGRAM, sound))


def test_rows_that_wait_are_the_rows(copy_of, read):
    folder = copy_of(SMALL)
    bureau, known = all_known(folder)
    at_once, late = read
    at_once.clear()
    found = load(folder, known=Known(known, KnownRecords())).bureau
    assert not at_once
    for id_, rows in bureau.scores.items():
        waiting = found.scores[id_]
        assert isinstance(waiting, LateRows)
        assert bool(waiting) is bool(rows)
        assert found.scored(id_) == companies_in(rows)
        assert id_ not in late
        assert len(waiting) == len(rows)
        assert waiting[0] == rows[0]
        assert same(tuple(waiting), rows)
        assert [one.origin.place("company") for one in waiting] == [one.origin.place("company") for one in rows]
    assert sorted(late) == sorted(bureau.scores)


def test_an_edit_elsewhere_reads_no_row(copy_of, read, tmp_path):
    folder = built(copy_of)
    page = folder / "content/pages/about.md"
    page.write_text(page.read_text("utf-8") + "\n又及。\n", "utf-8")
    at_once, _ = read
    at_once.clear()
    assert run(folder).exit_code == 0
    assert not at_once
    assert tree(folder / "site") == clean(folder, tmp_path / "clean")


def test_rounds_that_are_out_and_not_sealed_are_in_order_all_the_same(copy_of):
    """A build over a site that is there, with nothing kept of the builds before, keeps what they kept."""
    folder = built(copy_of)
    (kept,) = (folder / CACHE).glob("*.rows")
    before = kept.read_bytes()
    assert len(json.loads(before[32:])) == len(load(folder).bureau.rounds)
    shutil.rmtree(folder / CACHE)
    assert run(folder).exit_code == 0
    assert kept.read_bytes() == before


@pytest.mark.parametrize("path", ["results/2026-q1/round.yaml", "content/companies.csv", "content/site.yaml"])
def test_what_rows_are_judged_by_lets_them_be_read(copy_of, read, path):
    folder = built(copy_of)
    changed = folder / path
    changed.write_bytes(changed.read_bytes() + b"\n")
    at_once, _ = read
    at_once.clear()
    assert run(folder).exit_code == 0
    assert "2026-q1" in at_once
    assert ("quality-2026" in at_once) is (path.startswith("content"))


def test_another_score_reads_its_round_and_the_site_is_as_if_all_were_read(copy_of, read, tmp_path):
    folder = built(copy_of)
    table = folder / "results/2026-q1/scores.csv"
    table.write_text(table.read_text("utf-8").replace(",100,", ",0100,", 1), "utf-8")
    at_once, _ = read
    at_once.clear()
    assert run(folder).exit_code == 0
    assert "2026-q1" in at_once
    assert tree(folder / "site") == clean(folder, tmp_path / "clean")


def test_rows_of_which_something_is_told_are_looked_at_every_time(copy_of):
    folder = copy_of(SMALL)
    companies = folder / "content/companies.csv"
    head, *rows = companies.read_text("utf-8-sig").splitlines()
    place = head.split(",").index("起始日期")
    for number, row in enumerate(rows):
        cells = row.split(",")
        if cells[0] == "water-a":
            cells[place] = "2026-11-01"
        rows[number] = ",".join(cells)
    companies.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    for words in ("一", "二", "三"):
        page = folder / "content/pages/about.md"
        page.write_text(page.read_text("utf-8") + f"\n{words}。\n", "utf-8")
        assert run(folder).exit_code == 0
        assert not json.loads(next((folder / CACHE).glob("*.rows")).read_bytes()[32:])


def test_faults_of_a_score_are_told_though_it_was_in_order_before(copy_of):
    folder = built(copy_of)
    table = folder / "results/2026-q1/scores.csv"
    table.write_text(table.read_text("utf-8").replace(",100,", ",101,", 1), "utf-8")
    done = run(folder)
    assert done.exit_code == 1
    assert "counts-not-n" in done.output


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], lambda data: data.replace(b"00", b"01")])
def test_what_is_damaged_or_of_another_program_is_none(copy_of, harm):
    _, known = all_known(copy_of(SMALL))
    data = KnownRows(signs={"a": "s"}).told(PROGRAM, {"a": {"one": "00"}, "b": {"two": "00"}})
    assert known_rows(PROGRAM, data).before == {"s": {"one": "00"}}
    assert known.before
    assert not known_rows("1.2.4", data).before
    assert not known_rows(PROGRAM, None).before
    assert not known_rows(PROGRAM, harm(data)).before


def test_rows_that_were_never_in_order_say_so_when_they_are_asked_for(copy_of):
    folder = copy_of(SMALL)
    table = folder / "results/2026-q1/scores.csv"
    table.write_text(table.read_text("utf-8").replace(",100,", ",x,", 1), "utf-8")
    _, known = all_known(folder)
    rows = load(folder, known=Known(known, KnownRecords())).bureau.scores["2026-q1"]
    with pytest.raises(PublisherError) as raised:
        len(rows)
    assert [one.place.path for one in raised.value.problems] == ["results/2026-q1/scores.csv"]
