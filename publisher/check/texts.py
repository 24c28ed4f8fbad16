"""Texts that companies and staff write: nothing too large, nothing disguised, nothing lost on the way to the page.

In names, titles and links an odd sign is a fault: they are compared, searched for and trusted. In prose it is a
warning: the sentence stays readable, and an honest quotation may hold such a sign.
"""

from collections.abc import Iterator
from functools import partial

from publisher.check.context import Context
from publisher.check.written import MARKDOWN, Written
from publisher.limits import MAX_NAME, MAX_VALUE, excesses
from publisher.problems import Place, Problem, problem, warning
from publisher.shown import Link, Shown, losses, shown
from publisher.signs import Odd, host_of, host_shown, is_disguised, joiners, odd_signs, skeleton

_PROSE = MARKDOWN | {
    *("question", "answer", "promise", "reason", "evidence", "text", "action", "note", "about", "opinion"),
    *("sampling", "description", "summary", "licence", "raters", "frequency", "legal_basis", "source"),
}
"""Fields that hold sentences; every other text is a name."""
_ADDRESSES = frozenset({"website", "base_url"})
_MOST_SHOWN = 80


def texts_keep_to_limits(context: Context) -> Iterator[Problem]:
    for one in context.written:
        if one.field in MARKDOWN:
            for excess in excesses(one.text):
                yield problem(excess.code, one.at(excess.line), excess.found, limit=excess.limit)
        elif len(one.text) > (limit := MAX_VALUE if one.field in _PROSE else MAX_NAME):
            yield problem("value-exceeds", one.place, one.text, length=len(one.text), limit=limit)


def signs_are_what_they_seem(context: Context) -> Iterator[Problem]:
    for one in context.written:
        if one.field in _PROSE:
            yield from _in_prose(one)
            continue
        for odd in (*odd_signs(one.text), *joiners(one.text)):
            yield problem(odd.code, one.place, odd.seen, text=_around(one.text, odd))
        if one.field in _ADDRESSES and is_disguised(one.text):
            yield problem("link-disguised", one.place, one.text, host=host_of(one.text))


def _in_prose(one: Written) -> Iterator[Problem]:
    """Of Markdown line by line."""
    for number, line in enumerate(one.text.split("\n") if one.field in MARKDOWN else [one.text]):
        for odd in odd_signs(line):
            yield warning(odd.code, one.at(number), odd.seen, text=_around(line, odd))


def _around(text: str, odd: Odd) -> str:
    return text[max(odd.position - 6, 0) : odd.position + 10]


def names_look_different(context: Context) -> Iterator[Problem]:
    """Two companies whose names differ only in letters that look the same."""
    seen: dict[str, tuple[str, Place]] = {}
    for company in context.bureau.companies.values():
        for name in {company.name, company.name_en, company.short_name} - {None}:
            where = company.origin.where
            other, first = seen.setdefault(skeleton(name or ""), (name or "", where))
            if other != name and first != where:
                yield problem("names-look-alike", company.origin.place("name"), name, first=first)


def texts_are_published_as_written(context: Context) -> Iterator[Problem]:
    """Of every Markdown text that keeps to the limits: what would be missing, and where links really lead."""
    for one in context.written:
        if one.field in MARKDOWN:
            yield from context.cleared.of("as written", one.text, partial(_not_as_written, one))


def _not_as_written(one: Written, text: str) -> list[Problem]:
    """Whether there is any depends on the text alone."""
    if any(excesses(text)):
        return []
    written, published = shown(text)
    return [*_left_out(one, written, published), *_links(one, written, published), *_signs_by_number(one, published)]


def _left_out(one: Written, written: Shown, published: Shown) -> Iterator[Problem]:
    lost = list(losses(one.text, published))
    told = set()
    for picture in written.pictures:
        line = _line_of(one.text, f"]({picture.target}", picture.target)
        told.add(line)
        yield problem("picture-left-out", one.at(line), _short(f"![{picture.text}]({picture.target})"))
    for link in _dropped(written, published):
        line = _line_of(one.text, link.target, link.text)
        told.add(line)
        yield problem("link-left-out", one.at(line), _short(_source(link)), after=_short(link.text))
    for loss in lost:
        if loss.renumbered:
            yield warning("list-renumbered", one.at(loss.line), _short(loss.before), after=_short(loss.after))
        elif loss.line not in told:
            yield problem("text-left-out", one.at(loss.line), _short(loss.before), after=_short(loss.after))


def _dropped(written: Shown, published: Shown) -> Iterator[Link]:
    kept = {link.target for link in published.links}
    return (link for link in written.links if link.target and link.target not in kept)


def _links(one: Written, written: Shown, published: Shown) -> Iterator[Problem]:
    dropped = {link.target for link in _dropped(written, published)}
    for link in written.links:
        line = _line_of(one.text, link.target.removeprefix("mailto:"), link.text)
        host = host_of(link.target)
        named = next((name for text in (link.text, link.title) if (name := host_shown(text)) and name != host), "")
        if link.target not in dropped and is_disguised(link.target):
            yield problem("link-disguised", one.at(line), _short(_source(link)), host=host)
        if named:
            yield problem("link-other-host", one.at(line), _short(_source(link)), named=named, host=host)


def _signs_by_number(one: Written, published: Shown) -> Iterator[Problem]:
    """Signs written as `&#8238;`: they are not in the file, but on the page."""
    for odd in odd_signs("".join(sorted(set(published.text) - set(one.text)))):
        yield problem("sign-by-number", one.at(_line_of(one.text, "&#", "&")), odd.seen)


def _source(link: Link) -> str:
    return f"[{link.text}]({link.target})"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _line_of(text: str, *wanted: str) -> int:
    """Of the first one that is there, counted from 0; the first line if none is."""
    places = (text.find(one) for one in wanted if one)
    return text.count("\n", 0, max(0, next((place for place in places if place >= 0), 0)))


TEXT_RULES = (
    texts_keep_to_limits,
    signs_are_what_they_seem,
    names_look_different,
    texts_are_published_as_written,
)
