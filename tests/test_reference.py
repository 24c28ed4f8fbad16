"""The guides beside the files say what the program takes: every field, every choice, every problem."""

import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from publisher.model import asked, editions, records, scheme, settings
from publisher.model.attachments import Attachment
from publisher.model.fields import Noun
from publisher.words import LANGUAGES, words_of

ROOT = Path(__file__).parent.parent
PROBLEMS = ROOT / "content" / "README-problems.md"
BLESS = "PYTHONPATH=. python tests/test_reference.py"
GUIDES = {
    "content/README.md": {
        "site.yaml": settings.Site,
        "companies.csv": records.Company,
        "schemes/": scheme.Scheme,
        "notices/": records.Notice,
        "statements/": records.Statement,
        "responses/": records.Response,
        "meetings/": asked.Meeting,
        "items.csv": asked.Item,
        "events.csv": asked.Event,
        "holidays.csv": asked.Holiday,
        "allowed.csv": records.Allowed,
        "corrections/": records.Correction,
        "withdrawals/": editions.Withdrawal,
        "pages/": records.Article,
        "附件": Attachment,
    },
    "results/README.md": {"round.yaml": records.Round, "scores.csv": records.Score},
}
FILES = [(guide, heading, model) for guide, files in GUIDES.items() for heading, model in files.items()]
BY_NAME = (scheme.Scheme, records.Notice, asked.Meeting, records.Correction, editions.Withdrawal, records.Article)
NOT_TYPED = {
    **{model: {"id"} for model in (*BY_NAME, records.Round)},
    **{model: {"round", "company"} for model in (records.Statement, records.Response)},
    records.Score: {"grades"},
    Attachment: {"kind", "size", "sha256"},
}
"""What the path of a file says; the counts by grade, which are columns of their own; what is read off a file."""
TOLD_APART = {records.Notice: "signoff"}
"""Explained with rounds, which are signed in the same way."""


def section(guide, heading):
    """The text under a heading that begins with this, up to the next of its kind; examples have no headings."""
    text = re.sub(r"^```.*?^```$", "", (ROOT / guide).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    found = re.search(rf"^(##+) {re.escape(heading)}.*?(?=^\1 |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{guide} has no section {heading}"
    return found[0]


def nouns_of(annotation):
    """The nouns that a value of this type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return [annotation]
    return [noun for one in get_args(annotation) for noun in nouns_of(one)]


def choices_of(annotation):
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [choice for one in get_args(annotation) for choice in choices_of(one)]


def fields_of(model, path=()):
    """Every field that a person fills in, with its path: those of nouns within it too."""
    for name, info in model.model_fields.items():
        if name in {"origin", "body"} | NOT_TYPED.get(model, set()):
            continue
        yield (*path, name), info
        for noun in nouns_of(info.annotation):
            if noun is not Attachment and name != TOLD_APART.get(model):
                yield from fields_of(noun, (*path, name))


def passage(text, path):
    """Where the field is explained, and as what: one within another stands in the table or the line of that other."""
    name = f"`{path[-1]}`"
    for parent in path[:-1]:
        part = re.search(rf"^\*\*{parent} .*?(?=^\*\*\w+ |\Z)", text, re.MULTILINE | re.DOTALL)
        lines = [line for line in text.splitlines() if f"`{parent}`" in line or f"`{parent}." in line]
        text, name = (part[0], name) if part else ("\n".join(lines), f"里的 {name}")
    return text, rf"{name}|`{re.escape('.'.join(path))}`"


def demands(text, path):
    """Where the guide names the field: what the column says of whether it must be filled, or the mark behind it."""
    text, own = passage(text, path)
    found = []
    for line in text.splitlines():
        cells = [one.strip() for one in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and re.search(own, cells[0]):
            found.append(next((one for one in cells[1:4] if "●" in one), ""))
        else:
            found += re.findall(rf"`{path[-1]}`(●?)", line)
    return found


@pytest.mark.parametrize(("guide", "heading", "model"), FILES, ids=[one[1] for one in FILES])
def test_every_field_is_explained_and_what_must_be_filled_is_marked(guide, heading, model):
    text = section(guide, heading)
    found = {}
    for path, info in fields_of(model):
        told = demands(text, path) or demands(text, path[-2:])
        if not told and f"`{'.'.join(path)}." not in text:
            found[".".join(path)] = "not explained"
        elif told and info.is_required() and not any("●" in one for one in told):
            found[".".join(path)] = "must be filled, which is not said"
        elif not info.is_required() and told and all(one == "●" for one in told):
            found[".".join(path)] = "may be left out"
    assert found == {}


@pytest.mark.parametrize(("guide", "heading", "model"), FILES, ids=[one[1] for one in FILES])
def test_every_choice_is_named(guide, heading, model):
    text = section(guide, heading)
    choices = {(".".join(path), one) for path, info in fields_of(model) for one in choices_of(info.annotation)}
    assert {(path, one) for path, one in choices if f"`{one}`" not in text} == set()


HEAD = """# 问题大全 · Every problem

`check` 报的每一条，末尾方括号里是它的代号。按代号在这里找：什么情况、怎么办。“…”处是文件里的内容。
Every line of `check` ends with its code in brackets. Look it up here: what is wrong, and what to do.
"…" stands for what the file has.

本页由 `python tests/test_reference.py` 从程序的词表写成，不要手改。 Written from the program's catalogue, not by hand.
"""


def plain(words, key):
    """The sentence, of many if it has a plural, with a mark where a value of the inputs would stand."""
    return re.sub(r"\{\w+\}", "…", words.messages[key][-1]) if words.has(key) else ""


def listed():
    """`content/README-problems.md`: every code with what is wrong and what to do, in both languages."""
    words = [words_of(language) for language in LANGUAGES]
    lines = [HEAD]
    for key in sorted(one for one in words[0].messages if one.startswith("problem.")):
        lines.append(f"## `{key.removeprefix('problem.')}`\n")
        for one in words:
            cure = key.replace("problem.", "cure.", 1)
            lines.append(f"- {plain(one, key)} {plain(one, cure)}".rstrip())
        lines.append("")
    return "\n".join(lines)


def test_every_problem_is_in_the_list_with_its_cure():
    assert PROBLEMS.read_text("utf-8") == listed(), f"look at it, then: {BLESS}"


if __name__ == "__main__":
    PROBLEMS.write_text(listed(), "utf-8", newline="\n")
