"""What the pages print of figures, places and names, against the tables: row for row and cell for cell.

A page that has none of its rows is in the form of a theme that is not known here; its figures have to be those of the
tables all the same.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from publisher import addresses, datasets
from publisher.verify.cells import Said, Subject, figures_in, first_of, parts_of, said_on, seen, subject_of
from publisher.verify.copy import MOST_OF_A_PAGE, Copy
from publisher.verify.figures import Figures, Known
from publisher.verify.findings import Finding, few, finding
from publisher.verify.sealed import Editions
from publisher.verify.tables import rows_of
from publisher.verify.withdrawals import Withdrawn
from publisher.words import LANGUAGES, words_of

_KIND = re.compile(
    r"(index)\.html|(?:(rounds)|(compare)|(indicators)|(embed)|(companies)|(notices))/(?:[^/]+/)?([^/]+)\.html"
)
_FIGURES_ONLY = frozenset({"index", "rounds", "compare", "indicators", "embed"})
_LANGUAGE = re.compile(r'<html lang="([A-Za-z-]{2,10})">')
_META = re.compile(r'content="([^"]*)"')
_MANY = 5
"""Findings of one page that are told one by one."""


@dataclass(frozen=True)
class _Page:
    path: str
    plain: str
    """Its address without the folder of a language."""
    kind: str
    language: str
    body: str
    told: str
    """What it says of itself to programs."""
    subject: Subject

    @cached_property
    def text(self) -> str:
        return seen(self.body)

    @cached_property
    def figures(self) -> list[str]:
        return figures_in(self.text)


def shown(
    copy: Copy, listed: Container[str], editions: Editions, withdrawn: Withdrawn, explained: frozenset[str]
) -> Iterator[Finding]:
    """Names may be others by a correction that is not sealed yet."""
    figures = Figures(copy, editions, explained)
    notices = rows_of(copy, addresses.data(datasets.NOTICES.name))
    about = {row.get("notice", ""): row.get("round", "") for row in notices}
    for path in copy.files():
        page = _page(copy, path, about) if path.endswith(".html") and path in listed else None
        if page and not withdrawn.has_page(page.plain):
            yield from few(list(_on(page, figures)), "page-rows", path, _MANY)


def _page(copy: Copy, path: str, about: Mapping[str, str]) -> _Page | None:
    """None if it is of a kind that prints no results, or cannot be read; that is told elsewhere."""
    plain = addresses.unspoken(path, LANGUAGES)
    match = _KIND.fullmatch(plain)
    data = copy.read(path) if match else None
    if match is None or data is None or len(data) > MOST_OF_A_PAGE:
        return None
    kind = next(one for one in match.groups() if one)
    text = data.decode("utf-8", "replace")
    head, _, body = text.partition("<main")
    language = _LANGUAGE.search(text[:1000])
    subject = subject_of(plain)
    notice = match[8] if kind == "notices" else addresses.notice_of_embed(plain)
    if notice:
        subject = Subject(round=about.get(notice, ""))
        if kind == "embed" and not subject.round:
            return None
    told = "\n".join(_META.findall(head))
    printed = f"<main{body.rpartition('</main>')[0]}"
    return _Page(path, plain, kind, language[1] if language else "", printed, told, subject)


def _on(page: _Page, figures: Figures) -> Iterator[Finding]:
    said = [_of_edition(one, page.subject) for one in said_on(page.plain, page.body, page.subject, figures.called)]
    known = [(one, figures.known[one.subject]) for one in said if one.subject in figures.known]
    found = [fault for one, facts in known for fault in _of_row(page, one, facts, figures)]
    found += _head(page, figures)
    found += _in_order(page, known, figures)
    found += _lost(page, {one.subject for one, _ in known if one.figures or one.first}, figures)
    found += _strange(page, figures)
    yield from dict.fromkeys(found)


def _of_edition(one: Said, page: Subject) -> Said:
    """A page of a superseded edition leads to pages of the present one where nothing else is left of them."""
    own = one.subject.round != page.round and one.subject.round == page.round.partition(".")[0]
    return replace(one, subject=one.subject._replace(round=page.round)) if own else one


def _label(one: Subject) -> str:
    return "/".join(part for part in one if part)


def _of_row(page: _Page, one: Said, known: Known, figures: Figures) -> Iterator[Finding]:
    table, of = known.table, _label(one.subject)
    meant = known.values[0] if known.values else ""
    first = _first(one, meant)
    if one.subject.company and meant and first and first != meant:
        yield finding("page-cell", page.path, of=of, figure=first, meant=meant, table=table)
    allowed = known.all | _beside(one.subject, figures)
    wrong = [number for number in one.figures if number not in allowed]
    wrong += [number for number in one.changes if number not in known.changes]
    if wrong:
        yield finding("page-other", page.path, of=of, figure=wrong[0], table=table)
    if one.subject.company and not one.subject.indicator:
        yield from _of_company(page, one, known, figures)


def _first(one: Said, meant: str) -> str:
    """What stands where the value has to be; empty if there is no number."""
    return next(iter(one.figures), "") if "." in meant else one.first


def _beside(one: Subject, figures: Figures) -> set[str]:
    """What a scorecard prints beside the figures of a company: those of its sector."""
    around = figures.known.get(one._replace(company="")) if one.company else None
    return around.all if around else set()


def _of_company(page: _Page, one: Said, known: Known, figures: Figures) -> Iterator[Finding]:
    """Its place, and what it is called."""
    of = _label(one.subject)
    numbers = set(one.whole) - known.whole
    place = re.search(r"[0-9]+", one.place or "")
    printed = place[0] if place and one.place and one.place.split()[0] == place[0] else ""
    if numbers or (one.place is not None and printed != known.place):
        seen_ = min(numbers) if numbers else printed or "—"
        yield finding("page-place", page.path, of=of, seen=seen_, meant=known.place or "—", table=known.table)
    names = figures.names_in(one.subject)
    if page.subject.company != one.subject.company and _is_known(page, names) and not names & one.names:
        yield finding("page-name", page.path, of=of, seen=", ".join(sorted(one.names)), meant=", ".join(sorted(names)))


def _is_known(page: _Page, names: frozenset[str]) -> bool:
    """Names in a second language stand in editions alone."""
    return bool(names) and page.path == page.plain


def _head(page: _Page, figures: Figures) -> Iterator[Finding]:
    """What stands uppermost on a page of a company: its name, its result, its place."""
    one = page.subject
    names = figures.names_in(one) if one.company else frozenset()
    title = " ".join(seen(f"<{next(parts_of(page.body, 'h1'), '')}").split())
    if _is_known(page, names) and not any(name in title for name in names):
        yield finding("page-name", page.path, of=_label(one), seen=title or "—", meant=", ".join(sorted(names)))
    known = figures.known.get(one._replace(indicator=""))
    if known is None or not one.round or not one.company or not known.values:
        return
    meant = known.values[0]
    first = next(iter(page.figures), "") if "." in meant else first_of(page.body.partition("</h1>")[2], alone=True)
    if meant and first != meant:
        yield finding("page-cell", page.path, of=_label(one), figure=first or "—", meant=meant, table=known.table)
    place = _place(page)
    if place is not None and place != known.place:
        yield finding("page-place", page.path, of=_label(one), seen=place, meant=known.place or "—", table=known.table)


def _place(page: _Page) -> str | None:
    """The place of a company in words, as the first of them has it; None if it is not told."""
    if page.language not in LANGUAGES:
        return None
    pattern = re.escape(words_of(page.language)("place.words", number="@", of="#"))
    found = re.search(pattern.replace("@", "([0-9]+)").replace(re.escape("#"), "[0-9]+"), page.text)
    return found[1] if found else None


def _in_order(page: _Page, known: Sequence[tuple[Said, Known]], figures: Figures) -> Iterator[Finding]:
    """Of an indicator the averages of the sectors in the order of the table.

    In a second language the names of companies are not in the tables: there it may be the values of all companies.
    """
    found: dict[Subject, list[str]] = defaultdict(list)
    for one, facts in known:
        number = _first(one, "".join(facts.values))
        if number and not one.subject.company:
            found[one.subject].append(number)
    for subject, numbers in found.items():
        facts = figures.known[subject]
        meant = [facts.values]
        if page.path != page.plain:
            meant.append(figures.of_companies(subject))
        if numbers not in [[value for value in one if value] for one in meant]:
            yield finding("page-other", page.path, of=_label(subject), figure=numbers[0], table=facts.table)


def _lost(page: _Page, there: set[Subject], figures: Figures) -> Iterator[Finding]:
    """Subjects of which the page has to print a figure and has none."""
    due = {one: [value for value in figures.known[one].values if value] for one in _due(page, there, figures)}
    printed = frozenset() if there else frozenset(page.figures)
    for subject in sorted(one for one, values in due.items() if values and one not in there):
        if not there and printed.issuperset(value for value in due[subject] if "." in value):
            continue
        yield finding("page-row", page.path, of=_label(subject), table=figures.known[subject].table)


def _due(page: _Page, there: set[Subject], figures: Figures) -> Iterator[Subject]:
    if page.kind in {"rounds", "compare"}:
        yield from _due_of_round(page, there, figures)
    elif page.kind == "indicators":
        scheme = page.plain.split("/")[1]
        yield from (
            one
            for one in figures.about(indicator=page.subject.indicator)
            if one.company and figures.schemes.get(one.round) == scheme
        )
    elif page.kind == "companies" and page.subject.company:
        yield from (
            one for one in figures.about(company=page.subject.company) if not one.indicator and "." not in one.round
        )
    elif page.kind == "notices" or (page.kind == "embed" and there and not page.subject.company):
        yield from (one for one in figures.about(round=page.subject.round or "-") if one.company and not one.indicator)
    elif page.kind == "index":
        leagues = {(one.round, figures.sectors[one._replace(indicator="")]) for one in there if one.company}
        leagues |= {(round_, sector) for sector, round_ in figures.latest.items()}
        companies = (one for one, sector in figures.sectors.items() if (one.round, sector) in leagues)
        yield from (one for one in companies if one in figures.known)


def _due_of_round(page: _Page, there: set[Subject], figures: Figures) -> Iterator[Subject]:
    """Of a scorecard every indicator; of a round its ranking and the averages, or everything if it has no ranking."""
    own = figures.about(round=page.subject.round)
    companies = {one.company for one in there}
    ranked = any(one.company and not one.indicator for one in own)
    for one in own:
        if page.kind == "compare":
            due = bool(one.company) and one.company in companies
        elif page.subject.company:
            due = one.company == page.subject.company and bool(one.indicator)
        else:
            due = bool(one.company) != bool(one.indicator) if ranked else bool(one.company and one.indicator)
        if due:
            yield one


def _strange(page: _Page, figures: Figures) -> Iterator[Finding]:
    """Figures that stand in no table: on pages that print nothing else, and whose table is there."""
    withdrawn = page.subject.round and not figures.about(round=page.subject.round)
    if page.kind not in _FIGURES_ONLY or withdrawn:
        return
    pool = figures.pool(page.subject)
    printed = (*page.figures, *figures_in(page.told))
    strange = [one for one in printed if one not in pool and one not in figures.written]
    if strange:
        yield finding("page-strange", page.path, figure=strange[0], count=len(strange))
