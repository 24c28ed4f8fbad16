"""What is known of an earlier analysis is kept only where working it out again gives the same."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import NOON

from publisher.analyse import analyse
from publisher.build import publication_of
from publisher.load.folder import load
from publisher.recall import Recall
from publisher.released import released

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def bureau():
    return released(load(ROOT / "tests" / "bureau").bureau, NOON)


def _with_another_site(bureau, **changes):
    return replace(bureau, site=bureau.site.model_copy(update=changes))


def _with_other_print(bureau):
    fewer = bureau.site.rounding.model_copy(update={"score_decimals": 0, "rate_decimals": 0})
    return _with_another_site(bureau, rounding=fewer)


def _with_other_bases(bureau):
    higher = bureau.site.thresholds.model_copy(update={"suppress_below": 100_000})
    return _with_another_site(bureau, thresholds=higher)


def _with_another_name(bureau):
    first, *rest = bureau.companies.values()
    return replace(bureau, companies={one.id: one for one in (first.model_copy(update={"name": "甲"}), *rest)})


def _in_another_order(bureau):
    return replace(bureau, companies=dict(reversed(bureau.companies.items())))


def _with_another_scheme(bureau):
    id_, scheme = next(iter(bureau.schemes.items()))
    return replace(bureau, schemes={**bureau.schemes, id_: scheme.model_copy(update={"name": "另一办法"})})


def _with_an_earlier_score(bureau):
    """Of the first round: what is printed beside the second as the round before changes with it."""
    first = next(iter(bureau.rounds))
    rows = tuple(_other(one) for one in bureau.scores[first])
    return replace(bureau, scores={**bureau.scores, first: rows})


def _other(row):
    if row.score is not None:
        return row.model_copy(update={"score": row.score / 2})
    return row if row.yes is None else row.model_copy(update={"yes": 0})


def _without_the_first_round(bureau):
    first = next(iter(bureau.rounds))
    return replace(
        bureau,
        rounds={id_: one for id_, one in bureau.rounds.items() if id_ != first},
        scores={id_: one for id_, one in bureau.scores.items() if id_ != first},
    )


def _with_another_round(bureau):
    last = list(bureau.rounds)[-1]
    other = bureau.rounds[last].model_copy(update={"area": "别处"})
    return replace(bureau, rounds={**bureau.rounds, last: other})


CHANGES = (
    lambda bureau: bureau,
    _with_other_print,
    _with_other_bases,
    _with_another_name,
    _in_another_order,
    _with_another_scheme,
    _with_an_earlier_score,
    _without_the_first_round,
    _with_another_round,
)


def _said(analysis):
    """All of it in one short text: two long ones that differ would be compared sign by sign."""
    return sha256(repr(analysis).encode()).hexdigest()


@pytest.mark.parametrize("change", CHANGES)
def test_an_analysis_that_builds_on_another_says_what_it_would_say_alone(bureau, change):
    recall = Recall()
    known = analyse(bureau, frozenset(), recall)
    other = change(bureau)
    assert _said(analyse(other, frozenset(), recall)) == _said(analyse(other, frozenset()))
    assert (_said(analyse(other, frozenset())) == _said(known)) == (other is bureau)


def test_a_withdrawn_result_is_missed_though_an_earlier_analysis_knows_it(bureau):
    pair = next((id_, one.company) for id_, rows in bureau.scores.items() for one in rows)
    gone = frozenset({pair})
    rows = tuple(one for one in bureau.scores[pair[0]] if one.company != pair[1])
    standing = replace(bureau, scores={**bureau.scores, pair[0]: rows})
    recall = Recall()
    known = analyse(standing, frozenset(), recall)
    assert _said(analyse(standing, gone, recall)) == _said(analyse(standing, gone))
    assert _said(analyse(standing, gone)) != _said(known)


def test_a_cell_that_must_be_hidden_now_is_hidden_though_an_earlier_analysis_shows_it(bureau, monkeypatch):
    recall = Recall()
    known = analyse(bureau, frozenset(), recall)
    cells = frozenset((id_, one.company, one.indicator, "") for id_, rows in bureau.scores.items() for one in rows)
    monkeypatch.setattr("publisher.analyse.protected_cells", lambda _: cells)
    assert _said(analyse(bureau, frozenset(), recall)) == _said(analyse(bureau, frozenset()))
    assert _said(analyse(bureau, frozenset())) != _said(known)


def test_what_did_not_change_is_not_worked_out_again(bureau):
    recall = Recall()
    known = analyse(bureau, frozenset(), recall)
    for one, other in zip(analyse(bureau, frozenset(), recall).rounds, known.rounds, strict=True):
        assert one is other


def test_superseded_editions_of_the_sample_say_what_they_would_say_alone(monkeypatch):
    bureau = load(ROOT).bureau
    kept = publication_of(bureau, NOON).superseded
    monkeypatch.setattr("publisher.recall.same", lambda *_: False)
    alone = publication_of(bureau, NOON).superseded
    assert [_said(one.publication.analysis) for one in kept] == [_said(one.publication.analysis) for one in alone]
    assert [one.companies for one in kept] == [one.companies for one in alone]
    assert kept
