"""An address as a QR code (ISO/IEC 18004), drawn as one line: no script, no picture, few bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

_QUIET = 4
"""Modules of white that the norm asks for on every side."""


@dataclass(frozen=True)
class Code:
    """A square of `size` modules, the white margin included; `path` is drawn with a stroke one module wide."""

    size: int
    path: str


def drawn(text: str) -> bytes:
    """A picture of its own, of 3 px a module. There are hundreds: of the eight masks the norm knows, one is taken."""
    code = code_of(text, mask=3)
    sides = f'width="{3 * code.size}" height="{3 * code.size}" viewBox="0 0 {code.size} {code.size}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {sides} shape-rendering="crispEdges">',
        f'<path fill="#fff" d="M0 0h{code.size}v{code.size}H0z"/>',
        f'<path stroke="#000" d="{code.path}"/>',
        "</svg>",
    )
    return "".join(f"{line}\n" for line in lines).encode()


@cache
def code_of(text: str, mask: int | None = None) -> Code:
    """Error correction L: it is read from a screen or from clean paper, and stays coarse enough for an old phone."""
    import segno  # noqa: PLC0415  (start-up time)

    modules = segno.make(text, error="l", micro=False, boost_error=False, mask=mask).matrix
    size = len(modules) + 2 * _QUIET
    return Code(size, "".join(_column(x, column) for x, column in enumerate(zip(*modules, strict=True), _QUIET)))


def _column(x: int, modules: Sequence[int]) -> str:
    """Down one column: `v3` draws three dark modules, `m0 3` passes over three light ones."""
    runs = [(dark, len(list(run))) for dark, run in groupby(modules)]
    return f"M{x}.5 {_QUIET}" + "".join(f"v{length}" if dark else f"m0 {length}" for dark, length in runs)
