"""An address as a QR code (ISO/IEC 18004), drawn as one line: no script, no picture, few bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from publisher.qr.symbol import columns_of

_QUIET = 4
"""Modules of white that the norm asks for on every side."""
_RUN = re.compile("0+|1+")
MOST_KEPT = 4096
"""Codes of some three thousand bytes."""


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


@lru_cache(MOST_KEPT)
def code_of(text: str, mask: int | None = None) -> Code:
    """Error correction L: it is read from a screen or from clean paper, and stays coarse enough for an old phone."""
    columns = columns_of(text, mask) or _by_library(text, mask)
    return Code(len(columns) + 2 * _QUIET, "".join(_column(x, column) for x, column in enumerate(columns, _QUIET)))


def _by_library(text: str, mask: int | None) -> Sequence[str]:
    import segno  # noqa: PLC0415  (start-up time)

    modules = segno.make(text, error="l", micro=False, boost_error=False, mask=mask).matrix
    return ["".join(map(str, column)) for column in zip(*modules, strict=True)]


def _column(x: int, modules: str) -> str:
    """Down one column: `v3` draws three dark modules, `m0 3` passes over three light ones."""
    return f"M{x}.5 {_QUIET}" + "".join(map(_run, _RUN.findall(modules)))


@cache
def _run(modules: str) -> str:
    return f"v{len(modules)}" if modules[0] == "1" else f"m0 {len(modules)}"
