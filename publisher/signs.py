"""Signs that are not what they seem: unseen ones, private ones, heaps of marks, letters that pass for others."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

_FILLERS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
"""Unseen by their looks, though not by their category."""
_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Choose the form of the sign before them. Some scripts, pictographs and rare Chinese characters need them."""
_NO_CHARACTER = re.compile(
    "[\ufdd0-\ufdef\ufffe\uffff" + "".join(chr(n << 16 | e) for n in range(1, 17) for e in (0xFFFE, 0xFFFF)) + "]"
)
"""Numbers that Unicode gives to no character, ever."""
_MARKED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")
_PLAIN = re.compile("[\n\t -~\u00a0-\u00ac\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e\u2010-\u2027\u2030-\u205e]*")
_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\uff21-\uff3a\uff41-\uff5a]{2,}")
_ABROAD = re.compile("[\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\uff21-\uff3a\uff41-\uff5a]")
"""Of these signs, those that are not ASCII: without one no word is mixed."""
_WIDE = re.compile("[\uff21-\uff5a]")
_LIKE_LATIN = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανιορυχγκτϲϳАВЕЅІЈКМНОРСТУХаеосрхуіјѕԁԛԝһкмтпг")
"""Greek and Cyrillic letters that are read as Latin ones."""
_SKELETON = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανιορυχϲϳАВЕЅІЈКМНОРСТУХаеосрхуіјѕԁԛԝһкмт",
    "ABEZHIKMNOPTYXavIopuxcjABESIJKMHOPCTYXaeocpxyijsdqwhkmt",
)


@dataclass(frozen=True)
class Odd:
    """One odd sign, or a word with such a sign."""

    code: str
    seen: str
    """The word, or the number of a sign that cannot be shown."""
    position: int


def odd_signs(text: str) -> Iterator[Odd]:
    """Every odd sign and word once, where it first stands; in time proportional to the length."""
    if not _PLAIN.fullmatch(text):
        for sign in sorted(set(text)):
            code = _code_of(sign)
            if code:
                yield Odd(code, f"U+{ord(sign):04X}", text.index(sign))
        heap = _MARKED.search(text)
        if heap:
            yield Odd("sign-heaped", text[max(heap.start() - 1, 0)], heap.start())
    if text.isascii() or not _ABROAD.search(text):
        return
    words = {match[0]: match.start() for match in reversed(list(_WORD.finditer(text)))}
    for word, position in words.items():
        if _is_mixed(word):
            yield Odd("letters-mixed", word, position)


def joiners(text: str) -> Iterator[Odd]:
    """The first unseen sign that chooses a form: at home in prose, not in a name that must be one name."""
    found = _JOINERS.search(text)
    if found:
        yield Odd("sign-unseen", f"U+{ord(found[0]):04X}", found.start())


@cache
def _code_of(sign: str) -> str:
    """What is odd about a sign; empty if nothing is."""
    if sign in "\n\t" or _JOINERS.match(sign):
        return ""
    category = unicodedata.category(sign)
    if _NO_CHARACTER.match(sign):
        return "sign-unseen"
    if category == "Co":
        return "sign-private"
    return "sign-unseen" if _FILLERS.match(sign) or category in {"Cc", "Cf", "Cs", "Zl", "Zp"} else ""


def _is_mixed(word: str) -> bool:
    if word.isascii():
        return False
    wide = len(_WIDE.findall(word))
    latin = sum(sign < "\u0250" for sign in word)
    alike = sum(sign in _LIKE_LATIN for sign in word)
    others = len(word) - wide - latin
    return bool((wide and wide < len(word)) or (latin and alike) or (others and alike == others == len(word)))


def skeleton(name: str) -> str:
    """What a reader takes a name for: equal skeletons look the same."""
    seen = "".join(name.split())
    if not _PLAIN.fullmatch(seen):
        seen = "".join(sign for sign in seen if not (_code_of(sign) or _JOINERS.match(sign)))
    return unicodedata.normalize("NFKC", seen).translate(_SKELETON).casefold()


_HOST = re.compile(
    r"(?:(?P<scheme>https?)://|(?P<www>www\.))?(?:[^\s/@]{0,80}@)?"
    r"(?P<host>[^\s/@:?#<>()（），。；、“”\"']{1,200}\.(?P<top>[^\s/@:?#.<>()（），。；、“”\"']{2,30}))",
    re.IGNORECASE,
)
_TOPS = frozenset(("com", "cn", "net", "org", "gov", "edu", "info", "hk", "mo", "tw", "top", "xyz", "example", "test"))
"""Ends of names that are taken for a host even without `www` or `https`."""


def host_shown(text: str) -> str:
    """The host that a text seems to name; empty if it names none."""
    for match in _HOST.finditer(text):
        if match["scheme"] or match["www"] or match["top"].lower() in _TOPS:
            return _bare(match["www"] or "", match["host"])
    return ""


def host_of(target: str) -> str:
    """The host that a link leads to; empty if it stays on the site."""
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return _bare("", parts.path.rpartition("@")[2] if parts.scheme == "mailto" else host)


def _bare(www: str, host: str) -> str:
    return f"{www}{host}".lower().rstrip(".").removeprefix("www.")


def is_disguised(target: str) -> bool:
    """Someone's name before the host, backslashes, blanks, or a host in letters that pass for others."""
    try:
        parts = urlsplit(target)
        named = parts.scheme != "mailto" and "@" in parts.netloc
        host = parts.hostname or ""
    except ValueError:
        return True
    odd = any(odd_signs(host)) or any(joiners(host)) or unicodedata.normalize("NFKC", host) != host
    return named or odd or not host.isprintable() or bool(re.search(r"[\\\s\x00-\x20]", target))
