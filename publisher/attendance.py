"""Who should be in a round: whoever was in the one before of the same line of schemes and has not left."""

from collections import defaultdict
from collections.abc import Iterator

from publisher.model.bureau import Bureau
from publisher.model.records import Round
from publisher.model.scheme import series_of


def latest(bureau: Bureau) -> Iterator[tuple[Round | None, Round]]:
    """Of each line of schemes the latest round, and the one before if there is one."""
    series = series_of(bureau.schemes)
    lines: dict[str, list[Round]] = defaultdict(list)
    for round_ in bureau.rounds.values():
        lines[series.get(round_.scheme, round_.scheme)].append(round_)
    yield from ((rounds[-2] if len(rounds) > 1 else None, rounds[-1]) for rounds in lines.values())


def absent(bureau: Bureau, before: Round | None, now: Round) -> list[str]:
    """Companies of the round before without a score in this one, though they had not left when it began."""
    here = {*bureau.scored(now.id)}
    there = bureau.scored(before.id) if before else ()
    known = ((id_, bureau.companies[id_]) for id_ in there if id_ in bureau.companies and id_ not in here)
    return [id_ for id_, one in known if one.until is None or one.until >= now.period.start]
