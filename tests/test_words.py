"""Every word has a key, every key has words, in both languages, with the same placeholders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from publisher.words import LANGUAGES, words_of

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "publisher").rglob("*.py"))
OWN = [*(ROOT / "publisher" / "preview").rglob("*.*"), *(ROOT / "publisher").glob("*/*.html")]
THEME = sorted([*(ROOT / "templates").rglob("*.html"), *OWN])
CODE_TAKERS = {"problem", "warning", "refuse", "UnreadableTableError", "RefusedError", "_fault", "fault", "doubt"}
"""What is called with the code of a problem first."""
DYNAMIC = {
    "field.": "headings, by table and field of its model",
    "problem.": "by the code of a problem",
    "cure.": "by the code of a problem",
    "problem.unknown-": "by the sort of record",
    "period.quarter.": "1 to 4",
    "period.half.": "1 and 2",
    "state.": "why there is no figure",
    "tally.": "kinds of answers",
    "heading.": "what other offices call the columns of a table",
    "change.": "by verdict and unit",
}
"""Beginnings of keys that are put together, and of what."""


@pytest.fixture(scope="module")
def keys() -> set[str]:
    return set(words_of("zh-Hans").messages)


def test_both_languages_have_the_same_keys(keys: set[str]) -> None:
    assert set(words_of("en").messages) == keys


def test_every_key_has_words(keys: set[str]) -> None:
    for language in LANGUAGES:
        messages = words_of(language).messages
        assert [key for key in keys if not messages[key] or not all(messages[key])] == []


def test_both_languages_have_the_same_placeholders(keys: set[str]) -> None:
    chinese, english = (words_of(language).messages for language in LANGUAGES)
    differ = [key for key in keys if _placeholders(chinese[key]) != _placeholders(english[key])]
    assert differ == []


def _placeholders(forms: tuple[str, ...]) -> set[str]:
    """Names in braces; `n` is left out, since a plural form may say "one"."""
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name} - {"n"}


def test_every_code_of_a_problem_says_what_is_wrong_and_what_to_do(keys: set[str]) -> None:
    codes = {code for path in SOURCES for code in _codes(path)}
    assert len(codes) > 80
    assert sorted(code for code in codes if not {f"problem.{code}", f"cure.{code}"} <= keys) == []


def test_no_words_are_left_for_a_code_that_is_gone(keys: set[str]) -> None:
    texts = {text for path in SOURCES for text in _texts(path)}
    codes = {key.partition(".")[2] for key in keys if key.startswith(("problem.", "cure."))}
    assert sorted(code for code in codes - texts if not code.startswith("unknown-")) == []


def test_every_key_in_a_template_exists(keys: set[str]) -> None:
    used = {(path.name, key) for path in THEME for key in _template_keys(path)}
    assert sorted((name, key) for name, key in used if key not in keys and not _begins_one(key, keys)) == []


def test_every_key_in_the_code_exists(keys: set[str]) -> None:
    used = {(path.name, key) for path in SOURCES for key in _called_with_text(path, {"words", "t"})}
    assert sorted((name, key) for name, key in used if key not in keys) == []


def test_no_words_are_unused(keys: set[str]) -> None:
    """A key is used where it stands in quotes, or where its beginning does and it is put together."""
    texts = {text for path in SOURCES for text in _texts(path)}
    texts |= {
        text for path in THEME for text in re.findall(r"""["']([a-z0-9._-]+)(?:%d)?["']""", path.read_text("utf-8"))
    }
    beginnings = (*DYNAMIC, *_beginnings(texts))
    unused = [key for key in keys - texts if not key.startswith(beginnings)]
    assert sorted(unused) == []


def _beginnings(texts: set[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*[.]([a-z0-9-]+-)?", text))


def _begins_one(beginning: str, keys: set[str]) -> bool:
    """What stands before `~` in a template."""
    return beginning.endswith((".", "-")) and any(key.startswith(beginning) for key in keys)


def _template_keys(path: Path) -> list[str]:
    """Whole keys, and what stands before a `~` or `%` that adds the rest."""
    found = re.findall(r"""\bt\(\s*["']([^"']+)["']""", path.read_text("utf-8"))
    return [key.partition("%")[0] for key in found]


def _codes(path: Path) -> Iterator[str]:
    yield from _called_with_text(path, CODE_TAKERS)
    yield from (text for text in _texts(path) if path.name == "validate.py" and re.fullmatch(r"not-a-[a-z]+", text))


def _called_with_text(path: Path, names: set[str]) -> Iterator[str]:
    """The first arguments, where they are plain text, of the calls of these names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in names:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def _texts(path: Path) -> Iterator[str]:
    """Every text in quotes, those within f-strings included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
