"""What a round was, as rows: method, period, forms; one row for the round and one for each channel and company."""

from collections.abc import Iterator
from typing import Any

from publisher.model.results import FormsResult, RoundResult
from publisher.outputs.table import Cells
from publisher.pages import Publication
from publisher.rounding import as_decimal


def round_rows(publication: Publication) -> Iterator[Cells]:
    for result in publication.analysis.rounds:
        round_ = result.round
        yield {"record": "round"} | _round(publication, result) | _forms(result.forms)
        for channel in result.scheme.channels:
            population = [one.population for one in round_.channels if one.channel == channel.id]
            row = {"record": "channel", "round": round_.id, "channel": channel.id, "population": _first(population)}
            yield row | _forms(result.channel_forms.get(channel.id))
        forms = {one.company.id: one.forms for sector in result.sectors for one in sector.companies}
        for work in round_.companies:
            row = {"record": "company", "round": round_.id, "company": work.company, "population": work.population}
            yield row | _forms(forms.get(work.company))


def _first(found: list[int | None]) -> int | None:
    return found[0] if found else None


def _round(publication: Publication, result: RoundResult) -> dict[str, Any]:
    round_ = result.round
    published = publication.published_of(round_)
    return {
        "round": round_.id,
        "title": publication.title_of(round_),
        "scheme": result.scheme.id,
        "version": result.scheme.version,
        "form": round_.form,
        "period_start": round_.period.start,
        "period_end": round_.period.end,
        "published_at": published.strftime("%Y-%m-%d %H:%M") if published else None,
        "population": round_.population,
        "design_effect": as_decimal(round_.design_effect),
        "previous": result.previous.id if result.previous else None,
        "changed": " ".join(result.breaks),
        "partial": round_.partial,
        "corrections": " ".join(one.id for one in publication.corrections_of(round_)),
    }


def _forms(forms: FormsResult | None) -> dict[str, Any]:
    if forms is None:
        return {}
    return {
        "issued": forms.issued,
        "returned": forms.returned,
        "valid": forms.valid,
        "return_rate": forms.return_rate,
        "valid_rate": forms.valid_rate,
        "forms_withheld": "yes" if forms.withheld else "no",
    }
