"""The bureau's folder into the nouns. Reads every file once; reports every fault; decides nothing."""

from dataclasses import dataclass
from pathlib import Path

from publisher.load.attachments import attachments
from publisher.load.known import KnownRecords
from publisher.load.names import aliases_of
from publisher.load.records import Folder
from publisher.load.scores import KnownRows, Scores
from publisher.load.sealed import read_sealed
from publisher.model.asked import Item, Meeting
from publisher.model.bureau import Bureau
from publisher.model.editions import Withdrawal
from publisher.model.records import Allowed, Article, Correction, Notice, Response, Statement
from publisher.named import ids_by_name
from publisher.problems import Problem
from publisher.recall import Recall


@dataclass(frozen=True)
class Loaded:
    """What could be read of a folder; complete only if no problem was found."""

    bureau: Bureau
    broken: frozenset[tuple[str, str]]
    """(kind, id) of records that exist and could not be read."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Known:
    """What an earlier build read of the folder without a fault."""

    rows: KnownRows
    records: KnownRecords


def load(root: Path, recall: Recall | None = None, known: Known | None = None) -> Loaded:
    """Reads `content/` and `results/` under `root`; of a file that `recall` has with the same bytes nothing is read.

    Of one that is `known` nothing is read anew; rows of scores are read when somebody asks for one.
    """
    records = known.records if known else None
    folder = Folder(root, recall, records)
    with attachments(folder.walk, recall, records) as attached:
        bureau = _bureau(folder, known.rows if known else None)
        bureau = attached.filled(bureau, folder.broken)
    return Loaded(bureau, frozenset(folder.broken), tuple(folder.problems))


def _bureau(folder: Folder, known: KnownRows | None) -> Bureau:
    """What stands in the folder, without what attachments hold."""
    site = folder.site()
    companies = folder.companies()
    schemes = folder.schemes()
    named = {"company": ids_by_name(companies.values())}
    rounds = folder.rounds(schemes, named)
    meetings = folder.documents("meetings", Meeting, named)
    indicators = ids_by_name(one for scheme in schemes.values() for one in scheme.indicators)
    asked = {**named, "meeting": ids_by_name(meetings.values()), "indicator": indicators}
    scores = Scores(folder, named, known)
    chosen = aliases_of(Correction, "corrections", "kind")
    bureau = Bureau(
        site=site,
        companies=companies,
        schemes=schemes,
        rounds=dict(sorted(rounds.items(), key=lambda pair: (pair[1].period.end, pair[1].period.start, pair[0]))),
        scores={id_: scores.of(one, schemes.get(one.scheme)) for id_, one in rounds.items()},
        statements=tuple(folder.by_round("statements", Statement)),
        responses=tuple(folder.by_round("responses", Response)),
        meetings=meetings,
        items=tuple(folder.table("content/items", Item, "items", aliases=asked, further=True)),
        events=tuple(folder.events()),
        holidays=tuple(folder.holidays()),
        notices=tuple(folder.documents("notices", Notice, named).values()),
        corrections=tuple(folder.documents("corrections", Correction, {**named, **chosen}).values()),
        articles=tuple(sorted(folder.documents("pages", Article).values(), key=lambda one: (one.order, one.id))),
        allowed=tuple(folder.table("content/allowed", Allowed, "allowed")),
        withdrawals=tuple(folder.documents("withdrawals", Withdrawal).values()),
        sealed=read_sealed(folder.walk.root, folder.report, folder.walk.is_within, folder.walk.is_open),
    )
    folder.tell_blank_settings(begun=bool(companies or rounds or meetings or bureau.notices))
    folder.walk.tell_unexpected()
    return bureau
