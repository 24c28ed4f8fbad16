"""One line of the self-check report: the verdict, what was seen against which limit, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from publisher.words import Words

Verdict = Literal["pass", "deduct", "veto", "none"]
"""`none`: does not apply."""
MOST_TOLD = 5
"""Places told one by one; of more there is a count."""


@dataclass(frozen=True)
class Finding:
    rule: str
    verdict: Verdict
    seen: dict[str, Any] = field(default_factory=dict)
    """What fills the sentence."""
    where: tuple[str, ...] = ()
    variant: str = "seen"
    """Which of the sentences of the rule."""


def lines_of(findings: Iterable[Finding], words: Words) -> Iterator[str]:
    """The report, with what it comes to at the end: what was seen, the rule, and what to do where it fails."""
    found = list(findings)
    yield words("inspect.title")
    for one in found:
        yield words(
            "inspect.line",
            verdict=words(f"inspect.verdict.{one.verdict}"),
            name=words(f"inspect.name.{one.rule}"),
            text=_said(one, "", words),
            rule=_said(one, ".rule", words) if one.verdict != "none" else "",
            where=_where(one.where, words),
        )
        if one.verdict in {"deduct", "veto"}:
            yield words("inspect.cure", text=_said(one, ".cure", words))
    count = {verdict: sum(one.verdict == verdict for one in found) for verdict in ("veto", "deduct", "pass", "none")}
    yield words("inspect.sum", veto=count["veto"], deduct=count["deduct"], ok=count["pass"], none=count["none"])


def _said(one: Finding, part: str, words: Words) -> str:
    """A sentence on a rule: that of the variant where it has one of its own."""
    own = f"inspect.{one.rule}.{one.variant}{part}"
    key = own if words.has(own) else f"inspect.{one.rule}{part}"
    return words(key, **{name: _told(value, words) for name, value in one.seen.items()})


def _told(value: Any, words: Words) -> Any:
    return words.day(value) if isinstance(value, date) else value


def _where(places: tuple[str, ...], words: Words) -> str:
    if not places:
        return ""
    shown = words("message.list").join(places[:MOST_TOLD])
    more = words("inspect.more", count=len(places)) if len(places) > MOST_TOLD else ""
    return words("inspect.where", places=shown + more)
