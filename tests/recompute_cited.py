"""The texts of notices and pages with their citations filled in a second way: from the oracle, by a plain pattern."""

import re
from pathlib import Path

import yaml
from printed import Language
from recompute import Fig, Ind, Oracle, Result

CITED = re.compile(r"\{\{ (\w+)\((.*?)\) \}\}")
GIVEN = re.compile(r'(?:(\w+)=)?"([^"]*)"')
FUNCTIONS = {"score", "change", "place", "average", "base"}


def cited_texts(root: Path, oracle: Oracle, language: Language) -> list[str]:
    """Lines of every body that cites a figure of a released round."""
    found = []
    for path in sorted([*(root / "content" / "notices").glob("*.md"), *(root / "content" / "pages").glob("*.md")]):
        head, body = path.read_text("utf-8").split("---", 2)[1:]
        own = yaml.load(head, Loader=yaml.BaseLoader).get("round", "")  # noqa: S506
        if CITED.search(body) and (not own or own in {one["id"] for one in oracle.folder.rounds}):
            found += CITED.sub(lambda one, own=own: said(oracle, language, one[1], one[2], own), body).splitlines()
    return found


def said(oracle: Oracle, language: Language, function: str, given: str, own: str) -> str:
    pairs = GIVEN.findall(given)
    texts, named = [text for name, text in pairs if not name], {name: text for name, text in pairs if name}
    round_ = round_of(oracle, named.get("round", own))
    sector = next((name for id_, name in oracle.sectors if (id_, name) == (round_, texts[0])), None)
    company = None if sector else company_of(oracle, texts[0])
    if function == "average":
        result = oracle.sectors[round_, sector or oracle.folder.companies[company]["sector"]]
    else:
        result = oracle.results[round_, company]
    one = result.inds[indicator_of(result, texts[1])] if texts[1:] else None
    fig = (one.channels[named["channel"]].fig if "channel" in named else one.fig) if one else result.composite
    if function == "place":
        return place(language, result)
    if function == "change":
        return change(language, fig, one or result)
    return language.number(fig.base) if function == "base" else figure(language, fig, one.spec if one else {})


def round_of(oracle: Oracle, name: str) -> str:
    scheme = name.removeprefix("latest:")
    ids = [one["id"] for one in oracle.folder.rounds if name in (one["id"], one.get("title"))]
    return ids[0] if ids else [one["id"] for one in oracle.folder.rounds if one["scheme"] == scheme][-1]


def company_of(oracle: Oracle, name: str) -> str:
    return next(id_ for id_, one in oracle.folder.companies.items() if name in (id_, one["name"], one["short_name"]))


def indicator_of(result: Result, name: str) -> str:
    return next(one["id"] for one in result.scheme["indicators"] if name in (one["id"], one["name"]))


def figure(language: Language, fig: Fig, spec: dict) -> str:
    if fig.printed is None:
        return language.words[f"state.{fig.state}"]
    number = language.number(fig.printed)
    unit = spec.get("unit_en" if language.code == "en" else "unit", "")
    units = {
        "percent": "{}%",
        "points": language.words["figure.points"].replace("{number}", "{}"),
        "count": f"{{}}{unit}",
    }
    text = units[fig.unit].format(number)
    return language.say("cited.small", figure=text, note=language.words["figure.small"]) if fig.small else text


def change(language: Language, fig: Fig, of: Ind | Result) -> str:
    amount = of.amount
    if amount is None:
        return language.words[f"uncompared.{of.uncompared}"]
    way = "same" if not amount else f"{'rose' if amount > 0 else 'fell'}.{fig.unit}"
    words = language.words[f"change.{way}"].replace("{amount}", language.number(amount))
    within = language.words["change.within"] if of.within else ""
    return (
        language.words["change.against.same"] if way == "same" else language.say("change.against", change=words)
    ) + within


def place(language: Language, result: Result) -> str:
    if result.place is None:
        return language.words[f"place.why.{result.why}"]
    text = language.say("place.words", number=result.place, of=result.of)
    return text + (language.words["place.words.tied"] if result.tied else "")
