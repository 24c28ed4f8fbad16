"""Which files the extra makes, and makes them: a PDF of every notice, an image of every notice and company.

A notice has one official text, in the bureau's own language: another language of the site gets the images alone.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from publisher import addresses
from publisher.moments import in_zone
from publisher.pages import Page, Publication
from publisher.press.cards import company_card, notice_card, withdrawn_card
from publisher.press.faces import missing, without_controls
from publisher.press.notices import notice_data, withdrawn_data
from publisher.press.setting import Press
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.processors import processors
from publisher.render import Renderer

EXTRA = ("typst", "pylopdf_fonts_zh_cn")
NOTICE, COMPANY, WITHDRAWN = "notice.html", "company.html", "withdrawn.html"
LAYOUT, CARD = "notice.typ", "card.typ"
MOST = 4
"""Files set at a time: each takes some memory, and what they say is found by one thread."""


def available() -> bool:
    """Whether the extra is installed; nothing is imported for it."""
    return all(find_spec(name) is not None for name in EXTRA)


@dataclass(frozen=True)
class Sheet:
    """One file to be made: what it says, found when it is made, and by which layout."""

    path: str
    layout: str
    data: Callable[[], Mapping[str, Any]]
    place: Place
    """Of the input that its words come from."""
    made: datetime | None = None
    """The moment that a PDF carries; none: it is an image."""


def printed_addresses(publication: Publication, pages: Sequence[Page]) -> Iterator[str]:
    """Of everything that `printed` makes of these pages, and of what was withdrawn."""
    for page in pages:
        if _is_printed(page):
            yield addresses.printed(page.path)
        if page.card:
            yield page.card
    for address in publication.withdrawn:
        if addresses.card(address):
            yield addresses.card(address)
        if addresses.is_notice(address):
            yield addresses.printed(address)


class Pressed(Mapping[str, int]):
    """Every file that the extra makes: its size by its address, for which it is made if it was not yet."""

    def __init__(self, theme: list[Path], sheets: Iterable[Sheet]) -> None:
        self._theme = theme
        self._sheets = {one.path: one for one in sheets}
        self._sizes: dict[str, int] = {}
        self._kept: dict[str, bytes] = {}
        """Made for its size, until the file itself is asked for."""

    def files(self, wanted: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """(address, file) of those that are wanted, or all."""
        chosen = [sheet for path, sheet in self._sheets.items() if wanted is None or path in wanted]
        there = [sheet.path for sheet in chosen if sheet.path in self._kept]
        yield from ((path, self._kept.pop(path)) for path in there)
        chosen = [sheet for sheet in chosen if sheet.path not in there]
        for path, data in printed(self._theme, chosen):
            self._sizes[path] = len(data)
            yield path, data

    def made_of(self, path: str) -> tuple[Any, ...]:
        """All that a file is made of, besides the theme."""
        sheet = self._sheets[path]
        return sheet.layout, sheet.data(), sheet.made

    def stands(self, path: str, size: int) -> None:
        """The file is there already."""
        self._sizes[path] = size

    def __getitem__(self, path: str) -> int:
        if path not in self._sheets:
            raise KeyError(path)
        if path not in self._sizes:
            self._kept |= self.files([path])
        return self._sizes[path]

    def __contains__(self, path: object) -> bool:
        return path in self._sheets

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)


def printed(theme: list[Path], sheets: Iterable[Sheet]) -> Iterator[tuple[str, bytes]]:
    """(address, file), in order. Raises PublisherError naming every sign that no font has.

    While a file is set, which needs no Python, another thread finds what the next one says.
    """
    press = Press(theme)
    faults: list[Problem] = []
    begun: deque[tuple[str, Future[bytes]]] = deque()
    threads = min(processors(), MOST)
    with ThreadPoolExecutor(threads) as executor:
        for sheet in sheets:
            data = _printable(sheet.data())
            lacking = missing("".join(_texts(data)), press.fonts)
            if lacking:
                signs = " ".join(f"{one} (U+{ord(one):04X})" for one in lacking)
                faults.append(problem("no-letter", sheet.place, signs))
                continue
            begun.append((sheet.path, executor.submit(_set, press, sheet, data)))
            if len(begun) > threads:
                yield _next(begun)
        while begun:
            yield _next(begun)
    if faults:
        raise PublisherError(faults)


def _set(press: Press, sheet: Sheet, data: Any) -> bytes:
    return press.pdf(sheet.layout, data, sheet.made) if sheet.made else press.png(sheet.layout, data)


def _next(begun: deque[tuple[str, Future[bytes]]]) -> tuple[str, bytes]:
    path, file = begun.popleft()
    return path, file.result()


def sheets(publication: Publication, theme: list[Path], pages: Sequence[Page]) -> Iterator[Sheet]:
    """Everything to be made of these pages; nothing without the extra, or where the bureau does not want it."""
    if not publication.prints:
        return
    site = publication.bureau.site
    own = site.language == site.own_language
    for sheet in _sheets(publication, theme, pages):
        if own or addresses.has_words(sheet.path):
            yield replace(sheet, path=addresses.spoken(site, sheet.path))


def _sheets(publication: Publication, theme: list[Path], pages: Sequence[Page]) -> Iterator[Sheet]:
    renderer = Renderer(publication, theme)
    for page in pages:
        if _is_printed(page):
            yield _notice(publication, renderer, page)
        if page.template == WITHDRAWN:
            yield from _withdrawn(publication, renderer, page)
        elif page.card:
            of = notice_card if page.template == NOTICE else company_card
            yield Sheet(page.card, CARD, partial(of, publication, page), _place(page))


def _is_printed(page: Page) -> bool:
    """A superseded notice stays as a page; what is printed is the one in force, with its corrections at the head."""
    return page.template == NOTICE and not page.old


def _notice(publication: Publication, renderer: Renderer, page: Page) -> Sheet:
    made = in_zone(page.data["notice"].published_at, publication.bureau.site.zone)
    path = addresses.printed(page.path)

    def data() -> Mapping[str, Any]:
        return notice_data(publication, page, _html(renderer, page, NOTICE))

    return Sheet(path, LAYOUT, data, _place(page), made)


def _withdrawn(publication: Publication, renderer: Renderer, page: Page) -> Iterator[Sheet]:
    """What was printed says at its own address that it was withdrawn."""
    withdrawal = page.data["withdrawal"]
    place = withdrawal.origin.where
    if addresses.card(page.path) and not publication.preview:
        yield Sheet(addresses.card(page.path), CARD, partial(withdrawn_card, publication, page), place)
    if addresses.is_notice(page.path):

        def data() -> Mapping[str, Any]:
            return withdrawn_data(publication, page, _html(renderer, page, WITHDRAWN))

        day = withdrawal.withdrawn_on
        made = datetime(day.year, day.month, day.day, tzinfo=publication.bureau.site.zone)
        yield Sheet(addresses.printed(page.path), LAYOUT, data, place, made)


def _html(renderer: Renderer, page: Page, template: str) -> str:
    """The text of a page without what frames it on the screen."""
    return renderer.page(replace(page, template=f"print/{template}")).decode()


def _place(page: Page) -> Place:
    owner = page.data["notice"] if page.template == NOTICE else page.data["company"]
    where: Place = owner.origin.where
    return where


def _printable(data: Any) -> Any:
    """Its texts without controls."""
    if isinstance(data, str):
        return without_controls(data)
    if isinstance(data, Mapping):
        return {key: _printable(value) for key, value in data.items()}
    return [_printable(value) for value in data] if isinstance(data, list | tuple) else data


def _texts(data: Any) -> Iterator[str]:
    """Every text that a layout may print; names of tags among them, which any font has."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
