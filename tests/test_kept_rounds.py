"""Results of a round that did not change are those that would be computed, and are computed when they are asked for."""

import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
from conftest import ROOT
from test_unchanged import SMALL, run, tree

import publisher.analyse as analysing
from publisher import checking
from publisher.analyse import analyse
from publisher.build import publication_of
from publisher.kept import Fingerprints, kept_rounds
from publisher.kept.pooled import UnpooledError, pooled, unpooled
from publisher.kept.rounds import LATER
from publisher.load.folder import load
from publisher.model.figures import Figure, State
from publisher.model.later import Later
from publisher.model.results import CompanyResult, RoundResult, SectorResult
from publisher.pages.results import all_scorecards
from publisher.recall import same


@pytest.fixture(scope="module", params=["small", "sample"])
def bureau(request):
    return load(SMALL if request.param == "small" else ROOT).bureau


def keeper(data=None, of="x"):
    return kept_rounds(data, of, Fingerprints())


def told_of(bureau):
    first = keeper()
    analyse(bureau, kept=first)
    return first.told()


@pytest.fixture
def computed(monkeypatch):
    """Rounds that were computed."""
    found, alone = [], analysing._alone
    monkeypatch.setattr(analysing, "_alone", lambda *given: found.append(given[2].id) or alone(*given))
    return found


def nouns_of(result):
    return [result, *result.sectors, *(one for sector in result.sectors for one in sector.companies)]


def test_what_is_read_back_is_what_would_be_computed(bureau, computed):
    plain = analyse(bureau)
    data = told_of(bureau)
    computed.clear()
    found = analyse(bureau, kept=keeper(data))
    assert not computed
    assert all(type(one) is RoundResult and one.sectors for one in found.rounds)
    for one, its in zip(plain.rounds, found.rounds, strict=True):
        for mine, other in zip(nouns_of(one), nouns_of(its), strict=True):
            later = LATER.get(type(mine), ())
            heads = [name for name in type(mine).__dataclass_fields__ if name not in {*later, "sectors", "companies"}]
            assert all(same(getattr(mine, name), getattr(other, name)) for name in heads)
    assert not computed
    for one, its in zip(plain.rounds, found.rounds, strict=True):
        for sector in its.sectors:
            assert sector.indicators is not None
        assert same(one, its)
    assert plain == found


def test_fingerprints_are_those_of_what_would_be_computed(bureau, computed):
    plain, data = analyse(bureau), told_of(bureau)
    computed.clear()
    kept = keeper(data)
    found = analyse(bureau, kept=kept)
    apart = Fingerprints()
    for one, its in zip(plain.rounds, found.rounds, strict=True):
        assert [apart.noun(part) for part in nouns_of(one)] == [kept.prints.noun(part) for part in nouns_of(its)]
    assert not computed


def test_a_round_is_computed_when_a_part_of_it_is_asked_for_and_no_other_is(bureau, computed):
    data = told_of(bureau)
    computed.clear()
    last = analyse(bureau, kept=keeper(data)).rounds[-1]
    one = last.sectors[0].companies[0]
    assert not hasattr(one, "as_posix")
    assert not computed
    assert one.indicators
    assert computed[-1] == last.round.id
    assert len(computed) <= 2
    assert type(one) is CompanyResult
    assert {type(sector) for sector in last.sectors} == {SectorResult}
    whole = len(computed)
    assert last.sectors[-1].indicators is not None
    assert len(computed) == whole


def test_another_score_computes_its_round_and_the_next_of_its_line(computed):
    bureau = load(SMALL).bureau
    data = told_of(bureau)
    id_ = next(iter(bureau.rounds))
    rows = bureau.scores[id_]
    changed = replace(bureau, scores={**bureau.scores, id_: rows[1:]})
    computed.clear()
    found = analyse(changed, kept=keeper(data))
    assert id_ in computed
    assert len(computed) <= 3
    for one in found.rounds:
        assert one.sectors[0].indicators is not None
    assert found == analyse(changed)


def test_a_noun_that_waits_for_its_parts_can_be_sent_to_another_process():
    bureau = load(SMALL).bureau
    found = analyse(bureau, kept=keeper(told_of(bureau)))
    assert pickle.loads(pickle.dumps(found)) == analyse(bureau)  # noqa: S301


def signed(told):
    body = json.dumps(told).encode()
    return sha256(body).hexdigest().encode() + b"\n" + body


def without_values(told):
    for one in told["rounds"].values():
        one[1][1] = one[1][1][:3]
    return told


def with_other_kinds(told):
    for one in told["rounds"].values():
        one[1][0] = ["Path"] * len(one[1][0])
    return told


def with_fewer_prints(told):
    for one in told["rounds"].values():
        one[0].pop()
    return told


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: b"",
        lambda data: data[:-9],
        lambda data: data.replace(b"80", b"81"),
        lambda _: signed([]),
        lambda data: signed({**json.loads(data[65:]), "form": 0}),
        lambda data: signed({**json.loads(data[65:]), "of": "y"}),
        lambda data: signed({**json.loads(data[65:]), "rounds": []}),
        lambda data: signed({**json.loads(data[65:]), "rounds": 1}),
        lambda data: signed(without_values(json.loads(data[65:]))),
        lambda data: signed(with_other_kinds(json.loads(data[65:]))),
        lambda data: signed(with_fewer_prints(json.loads(data[65:]))),
        lambda data: signed({**json.loads(data[65:]), "rounds": dict.fromkeys(json.loads(data[65:])["rounds"], 7)}),
    ],
)
def test_what_is_damaged_or_of_something_else_is_computed_anew(harm, computed):
    bureau = load(SMALL).bureau
    data = told_of(bureau)
    harmed = harm(data)
    assert harmed != data
    computed.clear()
    found = analyse(bureau, kept=keeper(harmed))
    assert {*computed} == {*bureau.rounds}
    assert found == analyse(bureau)


def test_values_come_back_to_the_last_sign_and_as_often_as_they_were():
    figure = Figure(State.VALUE, "points", Fraction(241, 3), Decimal("80.30"), margins={"": None})
    value = (figure, figure, (), frozenset("ba"), {"a": Decimal(80), "b": Decimal("80.0")}, None, True, "")
    found = unpooled(json.loads(json.dumps(pooled(value, ()))), ())
    assert same(value, found)
    assert found[0] is found[1]
    assert found[0].state is State.VALUE


def test_a_value_of_another_kind_or_a_noun_from_elsewhere_is_not_kept():
    company = next(iter(load(SMALL).bureau.companies.values()))
    assert unpooled(pooled((company,), [company]), [company])[0] is company
    for value in (company, object(), [1], 1.5):
        with pytest.raises(UnpooledError):
            pooled((value,), ())


def test_names_of_a_page_are_worked_out_once_and_when_one_is_asked_for():
    worked_out = []
    data = Later(("a",), lambda: worked_out.append(1) or {"name": "value"})
    assert Fingerprints().of(data) == Fingerprints().of(Later(("a",), dict))
    assert Fingerprints().of(data) != Fingerprints().of(Later(("b",), dict))
    assert not worked_out
    assert {**data} == {"name": "value"}
    assert data["name"] == "value"
    assert (len(data), len(worked_out)) == (1, 1)


def test_a_build_computes_no_round_of_which_it_makes_nothing(copy_of, computed, monkeypatch):
    monkeypatch.setattr(checking, "_typed", lambda *_: [])  # rules on typed figures compute for themselves
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    assert "quality-2026" in computed
    edited = folder / "content/statements/2026-q2/gas-a.md"
    edited.write_text(edited.read_text("utf-8") + "\n又补充一句。\n", "utf-8")
    computed.clear()
    assert run(folder).exit_code == 0
    assert "2026-q2" in computed
    assert "quality-2026" not in computed
    assert run(folder, "--output", str(folder / "clean")).exit_code == 0
    assert tree(folder / "site") == tree(folder / "clean")


def test_with_one_score_changed_every_page_is_that_of_a_clean_build(copy_of):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    scores = folder / "results/2026-q1/scores.csv"
    lines = scores.read_text("utf-8").splitlines(keepends=True)
    scores.write_text("".join(lines[:-1]), "utf-8")
    assert run(folder).exit_code == 0
    assert run(folder, "--output", str(folder / "clean")).exit_code == 0
    assert tree(folder / "site") == tree(folder / "clean")


def part(value, **changes):
    return replace(value, **changes)


def test_of_whatever_a_scorecard_prints_its_fingerprint_tells():
    """A scorecard is made again if anything that is found for it differs, also what is found only when it is made."""
    found = load(ROOT).bureau
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    first, pages = publication_of(found, moment), {}
    bureau = first.bureau
    others = {
        "nothing": first,
        "a statement": part(first, bureau=part(bureau, statements=bureau.statements[1:])),
        "no statements": part(first, bureau=part(bureau, statements=())),
        "no questions": part(first, lives=()),
        "no notices": part(first, bureau=part(bureau, notices=())),
        "no corrections": part(first, bureau=part(bureau, corrections=())),
        "no editions": part(first, superseded=()),
        "no responses": part(first, bureau=part(bureau, responses=())),
        "another day": part(first, as_of=date(2025, 1, 1)),
        "fewer rounds": part(first, analysis=part(first.analysis, rounds=first.analysis.rounds[1:])),
    }
    for name, one in others.items():
        scorecards = {page.path: page for page in all_scorecards(one)}
        prints = Fingerprints()
        pages[name] = {path: (prints.of(page.told), prints.of(page.whole)) for path, page in scorecards.items()}
    moved = dict.fromkeys(others, 0)
    for name, of in pages.items():
        for path, (told, whole) in of.items():
            before = pages["nothing"][path]
            moved[name] += whole != before[1]
            assert told != before[0] or whole == before[1], (name, path)
    assert moved.pop("nothing") == 0
    assert sum(map(bool, moved.values())) >= 7, moved
