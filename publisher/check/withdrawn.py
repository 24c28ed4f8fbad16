"""Texts that still lead to a page that was withdrawn, or name the notice that stood there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath

from publisher import addresses
from publisher.check.context import Context
from publisher.check.written import MARKDOWN, Written
from publisher.model.bureau import Bureau
from publisher.model.editions import Withdrawal
from publisher.model.records import Notice
from publisher.problems import Problem, warning

_ADDRESS = re.compile(r"[A-Za-z0-9_./:%~?&=#-]+")
_PLACE = re.compile(r"content/(?:(notices|meetings|pages)/([^/]+)\.md|(?:statements|responses)/([^/]+)/([^/]+)\.md)")
SHORT = 6
"""Signs of a title that may well be the words for something else."""


def nothing_points_to_what_was_withdrawn(context: Context) -> Iterator[Problem]:
    """A warning for each line: readers would land on the page that says it was withdrawn."""
    gone = Gone(context.bureau)
    if not gone.addresses:
        return
    for one in context.written:
        if not one.origin.where.path.startswith("content/withdrawals/") and page_of(one) not in gone.addresses:
            yield from _in_text(gone, one)


def _in_text(gone: "Gone", one: Written) -> Iterator[Problem]:
    for number, line in enumerate(one.text.split("\n")):
        for address, seen in gone.seen_in(line, page_of(one)):
            place = one.at(number if one.field in MARKDOWN else 0)
            by = gone.addresses[address].id
            yield warning("names-withdrawn", place, seen, address=address, withdrawal=by)


def page_of(one: Written) -> str:
    """The page on which a text is printed, from which its links lead; of tables and settings the home page."""
    match = _PLACE.fullmatch(one.origin.where.path)
    if match is None:
        return addresses.HOME
    if match[3]:
        return f"rounds/{match[3]}/{match[4]}.html"
    return f"{match[2]}.html" if match[1] == "pages" else f"{match[1]}/{match[2]}.html"


@dataclass(frozen=True)
class Gone:
    """What was withdrawn, and by what it may be called."""

    bureau: Bureau

    @cached_property
    def addresses(self) -> Mapping[str, Withdrawal]:
        return {address: one for one in self.bureau.withdrawals for address in one.addresses}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Titles and document numbers of withdrawn notices -> their address."""
        notices = {addresses.notice_page(one): one for one in self.bureau.notices}
        found = ((name, path) for path, one in notices.items() if path in self.addresses for name in _names(one))
        return dict(found)

    def seen_in(self, line: str, page: str) -> Iterator[tuple[str, str]]:
        """(address, how the line has it), each address once."""
        told = set()
        for seen in _ADDRESS.findall(line) if "." in line else ():
            address = next((one for one in self._meant(seen.rstrip("."), page) if one in self.addresses), None)
            if address and address not in told:
                told.add(address)
                yield address, seen
        for name, address in self.names.items():
            if name in line and address not in told:
                told.add(address)
                yield address, name

    def _meant(self, seen: str, page: str) -> Iterator[str]:
        """A link counts from its page; what is only named is named from the top of the site."""
        plain = re.split("[?#]", seen)[0]
        own = f"{self.bureau.site.base_url}/"
        yield plain.removeprefix(own) if plain.startswith(own) else normpath(join(page, "..", plain))
        yield plain.lstrip("./")


def _names(notice: Notice) -> Iterator[str]:
    for one in (notice.title, notice.title_en, notice.document_number):
        if one and len(one) >= SHORT:
            yield one


WITHDRAWN_RULES = (nothing_points_to_what_was_withdrawn,)
"""A new rule is one function and its name here."""
