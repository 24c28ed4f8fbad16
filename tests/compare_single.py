"""Compares one printed place with one recomputed figure, and keeps account of it."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from inputs import Folder, day, number
from printed import Element, Language, Ledger, numbers
from recompute import Fig, Forms, Ind, Oracle, Result
from recompute_ledger import copies, ledger

CITED = re.compile(r"\{\{\s*(score|average|change|place|base)\(([^)]*)\)\s*\}\}")
"""A figure that a text of the bureau cites: its function and arguments."""
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
        written = [*inputs, *self.titles.values(), *self._sentences(), *self._filled()]
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

    def _filled(self) -> Iterator[str]:
        """Texts of notices and pages with the figures that they cite filled in."""
        texts = [(one.get("body", ""), one.get("round", "")) for one in self.folder.notices.values()]
        for body, own in [*texts, *((one, "") for one in self.folder.pages)]:
            if CITED.search(body):
                yield CITED.sub(lambda call, own=own: self._cited(call[1], call[2], own), body)

    def _cited(self, function: str, arguments: str, own: str) -> str:
        """`score("company", "indicator", round="latest:scheme")`; things by id or by one of their names."""
        named = dict(re.findall(r'(\w+)="([^"]+)"', arguments))
        name, *indicator = re.findall(r'(?<!=)"([^"]+)"', arguments)
        round_ = named.get("round", own)
        if round_.startswith("latest:"):
            round_ = [one["id"] for one in self.folder.rounds if one["scheme"] == round_.removeprefix("latest:")][-1]
        found = [one for (id_, key), one in self.oracle.results.items() if id_ == round_ and name in self._names(key)]
        if function == "average":
            found = [self.oracle.sectors[round_, self.folder.companies[found[0].company]["sector"] if found else name]]
        one = next((each for each in found[0].inds.values() if {*indicator} & {*each.spec.values()}), found[0])
        return self._said(function, one)

    def _names(self, company: str) -> set[str]:
        return {company, *self.folder.companies[company].values()}

    def _said(self, function: str, one: Ind | Result) -> str:
        fig = one.fig if isinstance(one, Ind) else one.composite
        if function == "base":
            return self.language.number(fig.base)
        if function == "place" and isinstance(one, Result):
            return self.place_words(one, alike=False)
        if function in {"score", "average"}:
            return self.scored(fig)
        words = self.language.words[f"uncompared.{one.uncompared}"] if one.uncompared else ""
        return words or self.against(one.amount, fig.unit, within=one.within)

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

    def figure(self, what: str, place: Element, fig: Fig, spec: dict | None = None, *, sure: bool = False) -> None:
        """A figure with its marks; with `sure` the interval stands below it wherever there is one."""
        below = self.below(fig) if sure else []
        self.check(what, place, self.digits(fig) + below, *self.words_of(fig, spec), outside=("a",))
        self.small(what, place, fig)
        marked = self.language.words["figure.reweighted.short"] in [mark.text() for mark in place.all("small")]
        self.notes.note(self.page, f"{what}, marked reweighted", marked, fig.reweighted)

    def ends(self, fig: Fig) -> list[str]:
        """The interval as printed, low end first."""
        sign = "%" if fig.unit == "percent" else ""
        return [self.language.number(end) + sign for end in fig.interval or ()]

    def below(self, fig: Fig) -> list[str]:
        """An interval below its figure, after its name."""
        return numbers(self.language.words["interval.name"]) + self.ends(fig) if fig.interval else []

    def interval(self, fig: Fig) -> str:
        low, high = self.ends(fig)
        return self.language.say("interval", low=low, high=high)

    def certainty(self, what: str, place: Element, fig: Fig, *, full: bool = False) -> None:
        """An interval, or why there is none; in full a partly sampled figure says so."""
        if fig.interval:
            partly = self.language.words["certainty.partly"] if full and fig.certainty == "partly" else ""
            text = self.interval(fig) + partly
        else:
            text = self.language.words[f"certainty.{'none' if fig.exact is None else fig.certainty}"]
        self.notes.note(self.page, what, squeezed(place.take()).removeprefix("—"), squeezed(text))

    def base(self, what: str, place: Element, fig: Fig) -> None:
        self.check(what, place, [] if fig.base is None else [self.language.number(fig.base)])

    def change(self, what: str, place: Element, one: Ind | Result) -> None:
        words, amount = self.language.words, one.amount
        if amount is None:
            short = ".short" if one.uncompared in {"method", "entered", "withdrawn"} else ""
            self.check(what, place, [], words[f"uncompared.{one.uncompared}{short}"])
        elif not amount:
            self.check(what, place, [], words["change.same"])
        else:
            number_ = ("▲" if amount > 0 else "▼") + self.language.number(amount)
            self.check(what, place, [number_], words["change.within.short" if one.within else f"verdict.{one.verdict}"])
            within = words["change.within.short"] in place.text()
            self.notes.note(self.page, f"{what}, within the margin", within, one.within)

    def against(self, amount: Decimal, unit: str, *, within: bool) -> str:
        """A change in words, against the round before."""
        words = self.language
        if not amount:
            return words.words["change.against.same"]
        change = words.say(f"change.{'rose' if amount > 0 else 'fell'}.{unit}", amount=words.number(amount))
        return words.say("change.against", change=change) + (words.words["change.within"] if within else "")

    def change_words(self, one: Result) -> str:
        """As the head of a scorecard tells it, with the figure before."""
        words, fig = self.language.words, one.composite
        if one.amount is None:
            text = words[f"uncompared.{one.uncompared}"]
        else:
            text = self.against(one.amount, fig.unit, within=one.within)
            if one.amount and not one.within:
                text += self.language.say("verdict.aside", verdict=words[f"verdict.{one.verdict}"])
        if one.previous and one.uncompared != "method":
            text += self.language.say("score.previous", figure=self.scored(one.previous))
        return text

    def scored(self, fig: Fig) -> str:
        """A figure in running text."""
        if fig.printed is None:
            return self.language.words[f"state.{fig.state}"]
        (text,) = self.digits(fig)
        return self.language.say("figure.points", number=text) if fig.unit == "points" else text

    def amount(self, place: Element, amount: Decimal | None) -> list[str]:
        """A change in words; where it has an arrow instead, the arrow must point the right way."""
        arrow = any(sign in place.text() for sign in "▲▼")
        way = ("▲" if amount > 0 else "▼") if amount and arrow else ""
        return [way + self.language.number(amount)] if amount else []

    def place(self, what: str, place: Element, one: Result) -> None:
        """A place with the mark of a tie and of those that it cannot be told apart from."""
        if one.place is None:
            self.check(what, place, [], self.language.words[f"place.why.{one.why}"])
            return
        alike = self.alike(one)
        self.check(what, place, [str(one.place), *numbers(alike)], alike)
        tied = self.language.words["place.tied"] in place.text()
        self.notes.note(self.page, f"{what}, tied", tied, one.tied)
        self.notes.note(self.page, f"{what}, alike", "≈" in place.text(), bool(one.alike))
        titles = [mark.attrs["title"] for mark in place.all("small") if "title" in mark.attrs]
        self.notes.note(self.page, f"{what}, title", titles, [alike] if alike else [])

    def alike(self, one: Result) -> str:
        if not one.alike:
            return ""
        say, digits = self.language.say, self.language.number
        texts = [digits(a) if a == b else say("place.run", first=digits(a), last=digits(b)) for a, b in one.alike]
        return say("place.alike", places=self.language.words["list.comma"].join(texts))

    def place_words(self, one: Result, *, alike: bool = True) -> str:
        """As the head of a scorecard and the page of a company tell it."""
        if one.place is None:
            return self.language.words[f"place.why.{one.why}"]
        text = self.language.say("place.words", number=one.place, of=one.of)
        return text + (self.language.words["place.words.tied"] if one.tied else "") + (self.alike(one) if alike else "")

    def band(self, what: str, place: Element, one: Result) -> None:
        name = self.label(one.band) if one.band else self.language.words["band.none"]
        text = name + ("≈" + self.span(one) if one.band_span else "")
        self.notes.note(self.page, what, squeezed(place.take()).removeprefix("—"), squeezed(text))

    def span(self, one: Result) -> str:
        """The bands that an interval reaches."""
        if not one.band_span:
            return ""
        worse, better = map(self.label, one.band_span)
        return self.language.say("band.span", worse=worse, better=better)

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

    def forms(self, what: str, place: Element, forms: Forms, after: str = "") -> None:
        """Issued, returned with its rate, valid with its rate; or why only the issued ones are told."""
        words, text = self.language, ""
        for name, by in (("issued", ""), ("returned", "return"), ("valid", "valid")):
            count = getattr(forms, name)
            text += "" if count is None else words.say(f"forms.{name}", number=words.number(count))
            rate = getattr(forms, f"{by}_rate") if by else None
            text += "" if rate is None else words.say(f"forms.{by}-rate", share=f"{words.number(rate)}%")
            text += "" if count is None or name == "valid" else words.words["forms.comma"]
        text += words.words["forms.withheld"] if forms.withheld else ""
        self.notes.note(self.page, f"{what} forms", squeezed(place.take()), squeezed(text + after))

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
