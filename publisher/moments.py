"""When something comes out by its own words, in the bureau's own time; whether it is out then, `released` judges."""

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo

from publisher.model.records import Notice, Round


def release_of(round_: Round, notices: Iterable[Notice]) -> datetime | None:
    """When the results of a round come out: at its release time, else with its notice; none: at once."""
    announced = (one.published_at for one in notices if one.kind == "results" and one.round == round_.id)
    return round_.release_at or next(announced, None)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """A moment without a zone is the bureau's own time."""
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, tzinfo=zone)
