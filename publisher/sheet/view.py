"""What the sheet prints of each round, prepared; the template only loops."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from publisher.diff import Group, Section, sections
from publisher.differing import Compared, Folder, Waiting
from publisher.format import Formats
from publisher.markup import html_of
from publisher.messages import lines_of
from publisher.model.results import CompanyResult, RoundResult, SectorResult
from publisher.model.signoff import STAGES, Sign
from publisher.signoff import shown
from publisher.words import Words

MOST_LINES = 40
"""Lines of one group that are printed; the screen lists all."""
MOST_COLUMNS = 5
"""Companies beside each other where there is no composite."""


@dataclass(frozen=True)
class Stage:
    """A line to sign on."""

    label: str
    sign: Sign | None
    """None: to be signed."""
    void: Sign | None
    """An earlier sign that does not count any more."""


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]
    """Which columns are set as numbers."""


@dataclass(frozen=True)
class RoundSheet:
    """One round on the sheet."""

    title: str
    id: str
    facts: tuple[tuple[str, str], ...]
    content: str
    stages: tuple[Stage, ...]
    rules: tuple[str, ...]
    tables: tuple[Table, ...]
    text: Markup
    """Of the notice, with its figures, sanitised."""
    sections: tuple[Section, ...]
    moment: str
    """The changes are those of a build at this moment."""


def sheet_of(folder: Folder, found: Sequence[tuple[Waiting, Compared]], words: Words) -> bytes:
    """The whole sheet, in UTF-8."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  (start-up time)

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=words)
    warnings = [one for one in folder.problems if one.warning]
    text = environment.get_template("sheet.html").render(
        rounds=[_round(folder, waiting, compared, words) for waiting, compared in found],
        problems=[one for one in folder.problems if not one.warning],
        warnings=[line for line in lines_of(folder.problems, words) if line],
        count=len(warnings),
        printed=_moment(folder, folder.as_of, words),
        bureau=words.label(folder.bureau.site.bureau),
    )
    return (text.rstrip() + "\n").encode()


def _moment(folder: Folder, moment: datetime, words: Words) -> str:
    zone = folder.bureau.site.zone
    return words.moment(moment.astimezone(zone) if moment.tzinfo else moment)


def _round(folder: Folder, waiting: Waiting, compared: Compared, words: Words) -> RoundSheet:
    publication = compared.publication
    result = publication.result_of(waiting.round.id)
    notice = publication.notice_of(waiting.round)
    return RoundSheet(
        title=publication.title_of(waiting.round),
        id=waiting.round.id,
        facts=tuple(_facts(folder, waiting, compared, words)),
        content=shown(waiting.content),
        stages=tuple(_stages(folder, waiting, words)),
        rules=tuple(_rules(folder, words)),
        tables=tuple(_tables(result, words)) if result else (),
        text=html_of(notice.body) if notice else Markup(),
        sections=tuple(_cut(one, words) for one in sections(compared.difference, compared.names, words)),
        moment=_moment(folder, compared.as_of, words),
    )


def _facts(folder: Folder, waiting: Waiting, compared: Compared, words: Words) -> Iterator[tuple[str, str]]:
    bureau, publication = folder.bureau, compared.publication
    yield words("sheet.scheme"), words.label(bureau.schemes[waiting.round.scheme])
    yield words("sheet.release"), _moment(folder, waiting.release, words) if waiting.release else words("sheet.at-once")
    notice = publication.notice_of(waiting.round)
    yield words("sheet.notice"), words.title(notice) if notice else words("sheet.no-notice")
    if notice and notice.document_number:
        yield words("sheet.number"), notice.document_number
    if notice and notice.attachments:
        yield words("sheet.attachments"), words("list.comma").join(one.title for one in notice.attachments)


def _stages(folder: Folder, waiting: Waiting, words: Words) -> Iterator[Stage]:
    """Those of the policy; a bureau without one may sign on paper all the same."""
    standing = waiting.standing
    for stage in folder.bureau.site.signoff.stages or STAGES:
        sign = standing.signs.get(stage)
        void = sign if standing.void(stage) else None
        yield Stage(words(f"choice.signoff.{stage}"), None if void else sign, void)


def _rules(folder: Folder, words: Words) -> Iterator[str]:
    policy = folder.bureau.site.signoff
    if not policy.stages:
        yield words("sheet.no-policy")
    if policy.distinct:
        yield words("sheet.distinct")
    yield words("sheet.bound")


def _tables(result: RoundResult, words: Words) -> Iterator[Table]:
    for sector in result.sectors:
        if any(one.composite for one in sector.companies):
            yield _league(result, sector, words)
        else:
            yield from _matrix(sector, words)


def _league(result: RoundResult, sector: SectorResult, words: Words) -> Table:
    """Company, result, grade, place, change; as the public will see it."""
    names = ("col.place", "col.company", f"col.composite.{result.scheme.direction}", "col.band", "col.change")
    return Table(
        caption=words.sector(sector.companies[0].company),
        columns=tuple(words(name) for name in names),
        rows=tuple(_line(one, words) for one in sector.companies),
        numbers=(True, False, True, False, True),
    )


def _line(one: CompanyResult, words: Words) -> tuple[str, ...]:
    formats = Formats(words)
    place = str(one.place.number) if one.place.number is not None else words("sheet.none")
    tied = words("place.tied") if one.place.tied else ""
    return (
        f"{place} {tied}".rstrip(),
        words.label(one.company),
        formats.figure(one.composite) if one.composite else words("sheet.none"),
        words.label(one.band) if one.band else words("sheet.none"),
        formats.short_change(one.change) if one.change else words("sheet.none"),
    )


def _short(one: CompanyResult, words: Words) -> str:
    """The short name in Chinese; in English the only one."""
    name = words.label(one.company)
    return one.company.short_name or name if name == one.company.name else name


def _matrix(sector: SectorResult, words: Words) -> Iterator[Table]:
    """Without a composite: every indicator of every company, a few companies beside each other."""
    formats = Formats(words)
    for start in range(0, len(sector.companies), MOST_COLUMNS):
        companies = sector.companies[start : start + MOST_COLUMNS]
        found = {one.indicator.id: one.indicator for company in companies for one in company.indicators}
        figures = [{one.indicator.id: one.figure for one in company.indicators} for company in companies]
        yield Table(
            caption=words.sector(sector.companies[0].company),
            columns=(words("sheet.indicator"), *(_short(one, words) for one in companies)),
            rows=tuple(
                (
                    words.label(one),
                    *(formats.figure(row[id_], words.unit(one)) if id_ in row else "" for row in figures),
                )
                for id_, one in found.items()
            ),
            numbers=(False, *(True for _ in companies)),
        )


def _cut(section: Section, words: Words) -> Section:
    """Of very many lines the first; how many are left out is said."""
    groups = tuple(
        one
        if len(one.lines) <= MOST_LINES
        else Group(one.head, (*one.lines[:MOST_LINES], words("sheet.more", n=len(one.lines) - MOST_LINES)))
        for one in section.groups
    )
    return Section(section.title, groups)
