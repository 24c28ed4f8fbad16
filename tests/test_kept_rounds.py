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
from publisher.kept import Fingerprints, inputs, kept_rounds
from publisher.kept.inputs import NOTHING, Told
from publisher.kept.pooled import UnpooledError, pooled, unpooled
from publisher.kept.rounds import LATER
from publisher.load.folder import load
from publisher.model.fields import Noun
from publisher.model.figures import Figure, State
from publisher.model.later import Later
from publisher.model.records import CompanyWork, Forms
from publisher.model.results import CompanyResult, FormsResult, Place, RoundResult, SectorResult
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
    first, data = keeper(), told_of(bureau)
    plain = analyse(bureau, kept=first)
    computed.clear()
    kept = keeper(data)
    found = analyse(bureau, kept=kept)
    for one, its in zip(plain.rounds, found.rounds, strict=True):
        assert [first.prints.noun(part) for part in nouns_of(one)] == [kept.prints.noun(part) for part in nouns_of(its)]
    assert not computed


def with_part(value, path, change):
    """A copy of which one part, however deep, is another."""
    name, *rest = path
    if isinstance(value, dict):
        return {**value, name: with_part(value[name], rest, change) if rest else change(value[name])}
    inner = getattr(value, name)
    made = with_part(inner, rest, change) if rest else change(inner)
    return value.model_copy(update={name: made}) if isinstance(value, Noun) else replace(value, **{name: made})


def edits(bureau):
    """A bureau in which one thing that results are made of is another: name, bureau, withdrawn."""
    rounds = [*bureau.rounds]
    for id_ in (rounds[0], rounds[-1]):
        rows = bureau.scores[id_]
        for place, row in [*enumerate(rows)][:: max(1, len(rows) // 7)]:
            for name, value in row:
                if isinstance(value, int | Fraction) and not isinstance(value, bool):
                    other = row.model_copy(update={name: value + 1})
                    yield (
                        f"{id_} {place} {name}",
                        replace(bureau, scores={**bureau.scores, id_: (*rows[:place], other, *rows[place + 1 :])}),
                    )
        company = rows[0].company
        yield f"{id_} without", with_part(bureau, ["scores", id_], lambda some: some[1:])
        for alone in (True, False):
            yield (
                f"{id_} {alone}",
                with_part(
                    bureau,
                    ["scores", id_],
                    lambda some, alone=alone, company=company: tuple(
                        one for one in some if (one.company == company) == alone
                    ),
                ),
            )
        for name, value in {
            "design_effect": Fraction(3, 2),
            "population": 777,
            "form": "another",
            "companies": (CompanyWork(company=company, population=700, forms=Forms(valid=650)),),
        }.items():
            yield f"{id_} {name}", with_part(bureau, ["rounds", id_, name], lambda _, value=value: value)
        scheme = bureau.rounds[id_].scheme
        yield f"{scheme} missing", with_part(bureau, ["schemes", scheme, "missing"], lambda _: "reweight")
        yield f"{scheme} less", with_part(bureau, ["schemes", scheme, "indicators"], lambda some: some[1:])
        name = f"{company} of {id_}"
        yield name, with_part(bureau, ["companies", company, "name"], lambda text: text + "x")
        yield f"{name} elsewhere", with_part(bureau, ["companies", company, "sector"], lambda _: "another")
    site = ["site"]
    yield "rank_from", with_part(bureau, [*site, "thresholds", "rank_from"], lambda n: n + 300)
    yield "suppress_below", with_part(bureau, [*site, "thresholds", "suppress_below"], lambda n: n + 300)
    yield "decimals", with_part(bureau, [*site, "rounding", "score_decimals"], lambda n: n + 1)
    yield "ranking", with_part(bureau, [*site, "ranking"], lambda _: "competition")
    yield "highlights", with_part(bureau, [*site, "highlights"], lambda n: n + 1)


def results_and_signs(bureau, gone=()):
    """Of each result in an analysis: all that is in it, and its fingerprint."""
    kept, plain = keeper(), Fingerprints()
    found = analyse(bureau, gone, kept=kept)
    return {
        (type(one), place): (plain.noun(one), kept.prints.noun(one))
        for result in found.rounds
        for place, one in enumerate(nouns_of(result), 1000 * found.rounds.index(result))
    }


def test_of_whatever_a_result_is_made_of_its_fingerprint_tells():
    """Results have fingerprints of what they are computed from: no two that differ may have the same."""
    bureau = load(SMALL).bureau
    first, moved = results_and_signs(bureau), 0
    gone = [(id_, bureau.scores[id_][0].company) for id_ in bureau.rounds]
    bureaus = [*edits(bureau), *((f"gone {pair}", bureau, [pair]) for pair in gone)]
    signs = {}
    for name, *given in [("as it is", bureau), *bureaus]:
        for key, (told, sign) in results_and_signs(*given).items():
            assert signs.setdefault(sign, told) == told, (name, key)
            moved += first.get(key, (told,))[0] != told
    assert moved > 100


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("place", Place(7, 9)),
        ("average", Figure(State.VALUE, "points", Fraction(7), Decimal(7))),
        ("forms", FormsResult(1, None, None, None, None)),
    ],
)
def test_what_others_add_to_a_result_is_told_with_it(name, other):
    result = analyse(load(SMALL).bureau).rounds[0]
    (sector, *_), prints = result.sectors, Fingerprints()
    one = sector.companies[0]
    assert getattr(one, name) != other
    alike = replace(result, sectors=(replace(sector, companies=(replace(one, **{name: other}),)),))
    told = Told("all", "shared", {company.company.id: ("rows", ()) for company in sector.companies})
    signs = [next(inputs.signed(prints, some, told, NOTHING, ()))[1] for some in (result, alike)]
    assert signs[0] != signs[1]


def sign_of(bureau, round_, company, gone=()):
    kept = keeper()
    one = next(one for one in analyse(bureau, gone, kept=kept).by_company[company] if one.round.id == round_)
    return one, kept.prints.noun(one)


def test_a_company_whose_result_was_withdrawn_is_another_than_one_that_was_not_there():
    bureau = load(SMALL).bureau
    company = bureau.scores["2026-q2"][0].company
    fewer = with_part(bureau, ["scores", "2026-q1"], lambda rows: tuple(one for one in rows if one.company != company))
    entered, sign = sign_of(fewer, "2026-q2", company)
    withdrawn, other = sign_of(fewer, "2026-q2", company, [("2026-q1", company)])
    assert (entered.uncompared, withdrawn.uncompared) == ("entered", "withdrawn")
    assert sign != other


def test_a_cell_that_is_hidden_for_the_sake_of_another_is_told_of_its_company_alone(monkeypatch):
    bureau = load(SMALL).bureau
    row = bureau.scores["2026-q1"][0]
    shown = inputs.told(Fingerprints(), analysing._Alone(bureau, None).given("2026-q1")).companies
    cells = frozenset((id_, row.company, row.indicator, "") for id_ in ("2026-q1", "2026-q2"))
    monkeypatch.setattr(analysing, "protected_cells", lambda _: cells)
    hidden = inputs.told(Fingerprints(), analysing._Alone(bureau, None).given("2026-q1")).companies
    assert {company for company in shown if shown[company] != hidden[company]} == {row.company}


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


def signed(lines):
    body = b"\n".join(lines)
    return sha256(body).hexdigest().encode() + b"\n" + body


def lines_of(data):
    """Form and site; then of each round its key, its heads and its figures."""
    return data[65:].split(b"\n")


def with_heads(data, change):
    lines = lines_of(data)
    lines[2::3] = [json.dumps(change(*json.loads(one))).encode() for one in lines[2::3]]
    return signed(lines)


def with_figures(data, line):
    lines = lines_of(data)
    lines[3::3] = [line] * len(lines[3::3])
    return signed(lines)


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: b"",
        lambda data: data[:-9],
        lambda data: data.replace(b"80", b"81"),
        lambda _: signed([b"[]"]),
        lambda data: signed([b'[0,"x"]', *lines_of(data)[1:]]),
        lambda data: signed([lines_of(data)[0].replace(b"x", b"y"), *lines_of(data)[1:]]),
        lambda data: signed(lines_of(data)[:-1]),
        lambda data: signed([lines_of(data)[0], *[b"{"] * (len(lines_of(data)) - 1)]),
        lambda data: with_heads(data, lambda signs, heads: (signs, (heads[0], heads[1][:3]))),
        lambda data: with_heads(data, lambda signs, heads: (signs, (["Path"] * len(heads[0]), heads[1]))),
        lambda data: with_heads(data, lambda signs, heads: (signs[:-1], heads)),
        lambda data: with_heads(data, lambda *_: 7),
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


@pytest.mark.parametrize("line", [b"{", b"7", b"[[],[]]", b'[["Path"],[[0]]]', b"[" * 100_000])
def test_figures_that_nobody_told_so_are_computed_with_their_round(line, computed):
    bureau = load(SMALL).bureau
    data = with_figures(told_of(bureau), line)
    computed.clear()
    found = analyse(bureau, kept=keeper(data))
    assert not computed
    figures = [one.figures for result in found.rounds for sector in result.sectors for one in sector.companies]
    assert {*computed} == {*bureau.rounds}
    plain = analyse(bureau).rounds
    assert figures == [one.figures for result in plain for sector in result.sectors for one in sector.companies]


def test_figures_of_all_indicators_are_read_back_without_computing_a_round(bureau, computed):
    data = told_of(bureau)
    plain = analyse(bureau)
    computed.clear()
    found = analyse(bureau, kept=keeper(data))
    for one, its in zip(plain.rounds, found.rounds, strict=True):
        for mine, other in zip(nouns_of(one), nouns_of(its), strict=True):
            if isinstance(mine, CompanyResult):
                assert same(mine.figures, other.figures)
                assert [*mine.figures] == [one.indicator.id for one in mine.indicators]
    assert not computed
    assert any(one.figures for one in nouns_of(plain.rounds[-1])[2:] if isinstance(one, CompanyResult))


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
