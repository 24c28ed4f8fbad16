"""`publisher build --preview`: what is not released, to be read before it is, in a folder nobody can guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from publisher import addresses
from publisher.ahead import held_back, part_of
from publisher.aside import aside
from publisher.build import computed
from publisher.checking import Checked, Now, checked
from publisher.contents import Seen, attachments_part, shown
from publisher.model.bureau import Bureau
from publisher.model.records import Company
from publisher.moments import in_zone, release_of
from publisher.named import id_of, names_of, near
from publisher.outputs.attachments import attached_files
from publisher.outputs.data import live_data_files
from publisher.outputs.unreleased import README, marked, readme, robots
from publisher.pages import site_pages
from publisher.pages.preview import Preview
from publisher.parts import Part, Progress, silent, together
from publisher.problems import PublisherError
from publisher.recall import Recall
from publisher.released import released
from publisher.remade import made
from publisher.render import theme_folders
from publisher.working import crew
from publisher.write import write_fresh

USED_FOR = timedelta(days=7)
"""How long a preview is meant to be used, unless something of it is released before."""


class UnknownCompanyError(LookupError):
    """No company has this id or name; `near` is what was probably meant."""

    def __init__(self, near: str) -> None:
        super().__init__(near)
        self.near = near


@dataclass(frozen=True)
class Previewed:
    folder: Path
    start: str
    """The page to begin with."""
    files: int
    until: date
    older: int
    """Previews that lie beside it."""


def preview(
    root: Path,
    folder: Path,
    now: Now,
    *,
    token: str,
    company: str | None = None,
    today: Now | None = None,
    jobs: int | None = 1,
    progress: Progress = silent,
) -> Previewed:
    """Builds a preview into `folder/token`; `token` is chance that nobody can guess.

    Raises PublisherError with every problem, UnknownCompanyError for a company that is not there.
    """
    found = checked(root, now, today, root / "site", aside=aside(jobs))
    own = _company(found.bureau, company) if company else None
    if found.errors:
        raise PublisherError(found.errors)
    until = use_until(found.bureau, found.as_of)
    parts = _for_company(found, own, until) if own else [_for_bureau(found, until)]
    with crew(jobs) as makers:
        files = made(_contents(parts, theme_folders(root)), progress, makers)
        written = write_fresh(folder / token, f"{folder.name}/{token}", files)
    paths = {page.path for _, pages in parts for page in pages}
    start = addresses.company_page(own) if own else addresses.HOME
    start = start if start in paths else addresses.HOME
    return Previewed(folder / token, start, written.files, until, written.older)


def contents_ahead(found: Checked, root: Path, recall: Recall) -> Iterator[Part]:
    """The same of everything, for this machine alone; raises PublisherError with every problem."""
    if found.errors:
        raise PublisherError(found.errors)
    seen = [_for_bureau(found, use_until(found.bureau, found.as_of), recall)]
    return _contents(seen, theme_folders(root), recall)


def _company(bureau: Bureau, name: str) -> Company:
    """By id, or by a name that it alone has."""
    companies = bureau.companies
    id_ = id_of(name, companies)
    if not id_:
        known = [*companies, *(one for company in companies.values() for one in sorted(names_of(company)))]
        raise UnknownCompanyError(near(name, known))
    return companies[id_]


def use_until(bureau: Bureau, as_of: datetime) -> date:
    """The day of the next release, for then it is out of date; at most a week."""
    zone = bureau.site.zone
    moments = [release_of(one, bureau.notices) for one in bureau.rounds.values()]
    moments += [one.published_at for one in bureau.notices]
    moments += [one.published_at for one in bureau.meetings.values()]
    coming = [moment for one in moments if one and (moment := in_zone(one, zone)) > as_of]
    return min([*coming, as_of + USED_FOR]).astimezone(zone).date()


def _for_bureau(found: Checked, until: date, recall: Recall | None = None) -> Seen:
    """Everything, as if it had been released."""
    bureau, as_of = found.bureau, found.as_of
    preview = Preview(until, planned=_planned(bureau, released(bureau, as_of)))
    publication = computed(released(bureau, as_of, ahead=True), as_of, preview, recall)
    return publication, site_pages(publication)


def _for_company(found: Checked, company: Company, until: date) -> list[Seen]:
    """The site as the public sees it, and what it lacks of this company; the company's own page is of the latter."""
    bureau, as_of = found.bureau, found.as_of
    public = released(bureau, as_of)
    preview = Preview(until, company, held_back(bureau, public, company.id), _planned(bureau, public))
    own = computed(released(part_of(bureau, public, company.id), as_of, ahead=True), as_of, preview)
    outside = computed(public, as_of, Preview(until, company))
    of_all, of_own = site_pages(outside), site_pages(own)
    more = {page.path for page in of_own} - {page.path for page in of_all}
    more.add(addresses.company_page(company))
    return [
        (outside, [page for page in of_all if page.path not in more]),
        (own, [page for page in of_own if page.path in more]),
    ]


def _planned(bureau: Bureau, public: Bureau) -> frozenset[str]:
    """Rounds and notices that are not out, by their addresses."""
    out = {one.id for one in public.notices}
    rounds = {addresses.round_page(one) for id_, one in bureau.rounds.items() if id_ not in public.rounds}
    return frozenset(rounds | {addresses.notice_page(one) for one in bureau.notices if one.id not in out})


def _contents(seen: Sequence[Seen], theme: list[Path], recall: Recall | None = None) -> Iterator[Part]:
    """The whole preview, in the order of a site."""
    spoken, parts = shown(seen, theme, recall)
    own = spoken[: len(seen)]
    yield from parts
    yield together(lambda: _data(own))
    yield attachments_part({path: file for publication, _ in own for path, file in attached_files(publication)})
    yield together(lambda: [(addresses.ROBOTS, robots())])


def _data(parts: Sequence[Seen]) -> Iterator[tuple[str, bytes]]:
    """The data of the pages; at an address that two parts have, those of the first, as for the pages."""
    words = parts[0][0].words
    files: dict[str, bytes] = {}
    for publication, _ in parts:
        for one in live_data_files(publication):
            if one.path not in publication.withdrawn and one.path not in files:
                files[one.path] = one.data
    for path, data in files.items():
        yield path, marked(data, words)
    if files:
        yield README, readme(words)
