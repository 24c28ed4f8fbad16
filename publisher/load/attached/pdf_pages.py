"""Pages of a PDF: their tree has no circle, their text readable, and none of it unseen (ISO 32000-1, 7.7, 8.6, 9.3)."""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_NEARLY = 0.06
_MOST_KEPT = 1000
_NO_PAINT = 3
"""Text that is neither filled nor drawn (ISO 32000-1, table 106)."""
_TINY = 2
"""Points."""


class Faint:
    """Follows the content of a page: text in white, or too small to be read.

    White is often honest, on a dark ground; what stands there is found all the same.
    """

    def __init__(self) -> None:
        self.white = self.unseen = False
        self.kept: list[tuple[bool, bool]] = []
        self.kinds: set[str] = set()

    def operand(self, operator: bytes, operands: Any, _matrix: Any, _text_matrix: Any) -> None:
        name = operator.decode("latin-1")
        if name in {"g", "rg", "k", "sc", "scn"}:
            numbers = [float(one) for one in operands if isinstance(one, int | float)]
            wanted = 0.0 if name == "k" or len(numbers) == 4 else 1.0  # noqa: PLR2004  (cyan, magenta, yellow, black)
            self.white = bool(numbers) and all(abs(one - wanted) < _NEARLY for one in numbers)
        elif name == "Tr":
            self.unseen = bool(operands) and operands[0] == _NO_PAINT
        elif name == "cs":
            self.white = False
        elif name == "q" and len(self.kept) < _MOST_KEPT:
            self.kept.append((self.white, self.unseen))
        elif name == "Q" and self.kept:
            self.white, self.unseen = self.kept.pop()

    def text(self, text: str, matrix: Any, text_matrix: Any, _font: Any, size: Any) -> None:
        if not text.strip():
            return
        scale = abs(float(text_matrix[3] or text_matrix[1])) * abs(float(matrix[3] or matrix[1]))
        if self.white:
            self.kinds.add("white")
        if self.unseen:
            self.kinds.add("unseen")
        if isinstance(size, int | float) and abs(float(size)) * scale < _TINY:
            self.kinds.add("tiny")


def refuse_circles(root: DictionaryObject) -> None:
    """A branch of the tree stands there once: else there could be more pages than anybody can count."""
    waiting, seen = [root["/Pages"].get_object()], set[int]()
    while waiting:
        node = waiting.pop()
        kids = node["/Kids"].get_object() if isinstance(node, DictionaryObject) and "/Kids" in node else None
        for kid in kids if isinstance(kids, ArrayObject) else ():
            found = kid.get_object()
            if not isinstance(found, DictionaryObject) or "/Kids" not in found:
                continue
            if isinstance(kid, IndirectObject) and kid.idnum in seen:
                raise ValueError(kid)
            seen |= {kid.idnum} if isinstance(kid, IndirectObject) else set()
            waiting.append(found)


def is_readable(text: str) -> bool:
    """Some letters, and few signs that stand for nothing."""
    signs = [sign for sign in text if not sign.isspace()]
    odd = sum(not sign.isprintable() or sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" for sign in signs)
    return bool(signs) and odd * 5 < len(signs)
