"""Double braces in a Markdown body: where they stand and which call stands between them."""

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

_BRACES = re.compile(r"(?P<plain>\\\{\{)|\{\{(?:(?P<inner>(?:(?!\{\{|\}\}|\n[ \t]*\n).)*)\}\})?", re.DOTALL)
"""A citation may be wrapped onto the next line; a blank line or new braces before it is closed end it."""
_TYPED_WIDE = str.maketrans("“”‘’（），＝", "\"\"''(),=")
_LONGEST = 200
"""Signs between braces; no citation needs more, and short text cannot nest deep."""
FUNCTIONS = MappingProxyType(
    {
        "score": (2, frozenset({"round", "channel"})),
        "change": (2, frozenset({"round"})),
        "place": (1, frozenset({"round"})),
        "average": (2, frozenset({"round"})),
        "base": (2, frozenset({"round", "channel"})),
    }
)
"""Name -> how many texts it takes at most (one at least), and what else may be said by name."""


@dataclass(frozen=True)
class Call:
    """`score("a", "b", round="c")`: nothing but a name and constants."""

    function: str
    given: tuple[object, ...]
    by_name: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Citation:
    """One pair of braces in a text."""

    start: int
    end: int
    text: str
    """What stands between the braces."""
    closed: bool
    call: Call | None
    """None: it is no call of a name with constants."""


def citations(text: str) -> Iterator[Citation]:
    r"""Every citation of a text, in order. `\\{{` is no citation but two braces."""
    for found in _BRACES.finditer(text):
        if found["plain"]:
            continue
        inner = found["inner"]
        if inner is None:
            rest = text[found.end() :].split("\n", 1)[0].strip()
            yield Citation(found.start(), found.end(), rest, closed=False, call=None)
        else:
            yield Citation(found.start(), found.end(), inner.strip(), closed=True, call=call_of(inner))


def call_of(text: str) -> Call | None:
    """The call that a text is; full-width brackets and quotation marks are taken for plain ones."""
    plain = " ".join(text.split())
    if len(plain) > _LONGEST or "\\" in plain or "\0" in plain:
        return None
    return _parsed(plain) or _parsed(plain.translate(_TYPED_WIDE))


def _parsed(text: str) -> Call | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's own words on odd numbers mean nothing to a clerk
            call = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not all(isinstance(one, ast.Constant) for one in given) or not all(one.arg for one in call.keywords):
        return None
    values = [one.value for one in given if isinstance(one, ast.Constant)]
    names = [str(one.arg) for one in call.keywords]
    count = len(call.args)
    return Call(call.func.id, tuple(values[:count]), tuple(zip(names, values[count:], strict=True)))


def filled(text: str, say: Callable[[Call], str], *, plain_lines: re.Pattern[str] | None = None) -> str:
    """The text with every citation replaced by what `say` makes of it, as Markdown that prints just that.

    Lines that `plain_lines` matches are printed without Markdown.
    """

    def one(found: re.Match[str]) -> str:
        if found["plain"]:
            return "{{"
        call = call_of(found["inner"]) if found["inner"] is not None else None
        if call is None:
            return found[0]
        start = text.rfind("\n", 0, found.start()) + 1
        if plain_lines is not None and plain_lines.match(text, start):
            return say(call)
        return inert(say(call), first=not re.search(r"[\w`]", text[start : found.start()]))

    return _BRACES.sub(one, text)


def inert(said: str, *, first: bool) -> str:
    """Text in which no sign has a meaning in Markdown; at the start of a line a number must not begin a list."""
    text = re.sub(r"[^\w\s.,%]", lambda sign: f"&#{ord(sign[0])};" if sign[0].isascii() else sign[0], said)
    text = text.replace("_", "&#95;")
    return f"&#{ord(text[0])};{text[1:]}" if first and text[:1].isdigit() else text
