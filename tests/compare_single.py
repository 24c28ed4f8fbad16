"""Compares one printed place with one recomputed figure, and keeps account of it."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from inputs import Folder, day, number
from printed import Element, Language, Ledger, numbers
from recompute import Fig, Ind, Oracle, Result
from recompute_ledger import copies, ledger

HEADS = ("meeting.", "account.", "sample.", "item.", "tally.", "col.", "topics.", "milestones.", "response.")
"""Where the headings of columns stand in the catalogue."""


class Single:
    """The single comparisons; `page` is the address of the page at hand, `parts` its steps."""

    page = ""
    parts: list[str]

    def __init__(self, oracle: Oracle, language: Language, as_of: date, inputs: list[str]) -> None:
        self.oracle, self.language, self.as_of = oracle, language, as_of
        self.folder: Folder = oracle.folder
        self.entries = ledger(self.folder, as_of)
        shown = self.folder.site.get("ledger", {}).get("show_alike") == "yes"
        self.copies = copies(self.entries.values()) if shown else set()
        self.highlights = int(self.folder.site.get("highlights", 3))
        self.heads: dict[str, set[str]] = {}
        for prefix in HEADS:
            for key in (key for key in language.words if key.startswith(prefix)):
                self.heads.setdefault(language.words[key], set()).add(key.removeprefix(prefix))
        self.notes = Ledger()
        self.loose: list[tuple[str, str]] = []
        self.seen: set[tuple[str, ...]] = set()
        self.titles = {one["id"]: self.title(one) for one in self.folder.rounds}
        written = [*inputs, *self.titles.values(), *self._sentences()]
        self.known = squeezed("\n".join([*written, *language.words.values()]))
        titles = {squeezed(one) for one in self.titles.values()}
        self.values = sorted({one for one in map(squeezed, written) if worth(one)} | titles, key=len, reverse=True)
        found = [day(text) for text in re.findall(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}", "\n".join(inputs))]
        self.days = {form for one in [*found, as_of] for form in (one.isoformat(), language.day(one))}

    def _sentences(self) -> Iterator[str]:
        """Sentences of the catalogue that carry settings of the site or of a scheme."""
        limits = {"suppress": self.oracle.suppress, "rank": self.oracle.rank}
        for key in ("rule.thresholds", "home.reading.small"):
            yield self.language.say(key, **limits)
        places = self.folder.site.get("rounding", {})
        yield self.language.say(
            "rule.decimals", score=places.get("score_decimals", 2), rate=places.get("rate_decimals", 2)
        )
        for name, key in (("answer", "answer_within"), ("soon", "due_soon"), ("broken", "broken_after")):
            if key in self.folder.site.get("ledger", {}):
                yield self.language.count(f"follow-up.rule.{name}", int(self.folder.site["ledger"][key]))
        for scheme in self.folder.schemes.values():
            yield self.language.say("method.formula.text", what=self.language.words[f"composite.{scheme['direction']}"])
            yield self.language.say("sample.version", version=scheme["version"])

    def label(self, thing: dict) -> str:
        return thing.get("name_en") or thing["name"] if self.language.code == "en" else thing["name"]

    def sector_name(self, name: str) -> str:
        first = next(one for one in self.folder.companies.values() if one["sector"] == name)
        return first.get("sector_en") or name if self.language.code == "en" else name

    def title(self, round_: dict) -> str:
        if self.language.code == "en" and "title_en" in round_:
            return round_["title_en"]
        if "title" in round_:
            return round_["title"]
        start, end = day(round_["period"]["start"]), day(round_["period"]["end"])
        if (start.month, start.year) == (end.month, end.year):
            return f"{start:%B} {start.year}" if self.language.code == "en" else f"{start.year}年{start.month}月"
        return self.language.say(f"period.quarter.{(end.month + 2) // 3}", year=start.year)

    def sector_in(self, text: str, round_: str) -> str:
        names = [name for id_, name in self.oracle.sectors if id_ == round_ and self.sector_name(name) in text]
        return max(names, key=len)

    def round_by_id(self, id_: str) -> dict:
        return next(one for one in self.folder.rounds if one["id"] == id_)

    def check(self, what: str, place: Element, wanted: list[str], *words: str, outside: tuple[str, ...] = ()) -> None:
        """The numbers of a place in their order, and words it must contain."""
        text = place.take(outside)
        self.notes.note(self.page, what, " ".join(numbers(text)), " ".join(wanted))
        for word in words:
            self.notes.note(self.page, f"{what}, words", word if word in text else text, word)

    def digits(self, fig: Fig) -> list[str]:
        if fig.printed is None:
            return []
        return [self.language.number(fig.printed) + ("%" if fig.unit == "percent" else "")]

    def words_of(self, fig: Fig, spec: dict | None = None) -> list[str]:
        words = [] if fig.printed is not None else [self.language.words[f"state.{fig.state}"]]
        unit = (spec or {}).get("unit_en" if self.language.code == "en" else "unit", "")
        return words + [unit] * bool(unit and fig.printed is not None)

    def small(self, what: str, place: Element, fig: Fig) -> None:
        """A small base is named as such, and no other."""
        text = place.text()
        marked = any(flag in text for flag in self.language.keys("figure.small"))
        self.notes.note(self.page, f"{what}, marked small", marked, fig.small)

    def figure(self, what: str, place: Element, fig: Fig, spec: dict | None = None) -> None:
        self.check(what, place, self.digits(fig), *self.words_of(fig, spec), outside=("a",))
        self.small(what, place, fig)

    def base(self, what: str, place: Element, fig: Fig) -> None:
        self.check(what, place, [] if fig.base is None else [self.language.number(fig.base)])

    def change(self, what: str, place: Element, amount: Decimal | None, verdict: str | None) -> None:
        if not amount:
            self.check(what, place, [], self.language.words["change.none" if amount is None else "change.same"])
        else:
            arrow = "▲" if amount > 0 else "▼"
            number_ = arrow + self.language.number(amount)
            self.check(what, place, [number_], self.language.words[f"verdict.{verdict}"])

    def amount(self, place: Element, amount: Decimal | None) -> list[str]:
        """A change in words; where it has an arrow instead, the arrow must point the right way."""
        arrow = any(sign in place.text() for sign in "▲▼")
        way = ("▲" if amount > 0 else "▼") if amount and arrow else ""
        return [way + self.language.number(amount)] if amount else []

    def place(self, what: str, place: Element, one: Result) -> None:
        if one.place is None:
            self.check(what, place, [], self.language.words[f"place.why.{one.why}"])
        else:
            self.check(what, place, [str(one.place)])
            tied = self.language.words["place.tied"] in place.text()
            self.notes.note(self.page, f"{what}, tied", tied, one.tied)

    def band(self, what: str, place: Element, one: Result) -> None:
        name = self.label(one.band) if one.band else self.language.words["band.none"]
        self.check(what, place, numbers(name), name)

    def share(self, text: str) -> str:
        percent = (number(text) * 100).limit_denominator(10**6)
        shown = round(Decimal(percent.numerator) / Decimal(percent.denominator), 2).normalize()
        return f"{shown:f}%"

    def targets(self, one: Ind) -> list[str]:
        found = [self.share(one.spec["target"])] if "target" in one.spec else []
        return found + ([one.spec["limit_working_days"]] if "limit_working_days" in one.spec else [])

    def target_words(self, one: Ind) -> list[str]:
        if "target" not in one.spec or one.fig.exact is None:
            return []
        goal = number(one.spec["target"]) * 100
        met = one.fig.exact >= goal if one.better == "higher" else one.fig.exact <= goal
        return [self.language.words["target.met" if met else "target.missed"]]

    def forms(self, what: str, place: Element, forms: dict) -> None:
        wanted = [forms[key] for key in ("issued", "returned", "valid") if key in forms]
        self.check(f"{what} forms", place, [self.language.number(int(one)) for one in wanted])

    def round_of(self, table: Element) -> str:
        """The round a page speaks of; on the home page the one linked above the table."""
        if self.parts[0] == "rounds":
            return self.parts[1]
        if self.parts[0] == "notices":
            return self.folder.notices[self.parts[1]]["round"]
        before = table.before("p")
        return next(link.split("/")[1] for link in (before.links if before else []) if link.startswith("rounds/"))


def worth(text: str) -> bool:
    """Typed text that may explain digits: has some, and is more than a number with its unit (`▼ 83.07分`)."""
    return any(c.isdigit() for c in text) and (
        sum(not c.isdigit() for c in text) > 4 or text.endswith("。") or len(text) > 12
    )


def squeezed(text: str) -> str:
    return re.sub(r"[\s*\"“”]", "", text)
