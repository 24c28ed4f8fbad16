"""Templates compiled, kept as Python keeps its own modules: of the theme that comes with the program, and beside it.

Compiling the theme took an eighth of a build of three hundred pages. What is kept is code: it lies where the program
lies, among what Python compiled, and is trusted as that is. Nothing compiled is ever read from the folder of a bureau,
and of a template that a bureau wrote nothing is kept. One that it copied and left as it was is the theme's: the same
text gives the same code, but for the name of the file that a fault is told of. That took a fifth of a cold build of
the sample, whose theme is copied. It counts only for the same program, theme, Python and libraries.
Where the folder cannot be written, or Python is told to keep nothing, each build compiles what it needs.
"""

import marshal
import sys
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, FileSystemLoader
from jinja2.bccache import Bucket

from publisher.cache import read_cache, write_compiled
from publisher.stamp import program

_SUM = 32
"""Bytes of a SHA-256."""


class Compiled(BytecodeCache):
    """Templates of one language, for what a filter makes of a constant is compiled in; `theme` is the program's own.

    What this process compiled, the next build and superseded editions need not compile again.
    """

    def __init__(self, language: str, theme: Path) -> None:
        self.language, self.theme = language, theme
        self.codes: dict[str, tuple[str, CodeType | None]] = {}
        """By name and file: of each only the text that was compiled last."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return f"{name}|{filename or ''}"

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else self._kept(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.checksum, bucket.code
        path = self._path(bucket)
        if path and bucket.code and not sys.dont_write_bytecode and self._is_of_the_theme(bucket):
            data = marshal.dumps(_as_of(bucket.code, str(self.theme / _name(bucket))))
            write_compiled(path, self._sum(bucket, data) + data)

    def _is_of_the_theme(self, bucket: Bucket) -> bool:
        """Whether the theme has the same text under the same name."""
        try:
            text, _, _ = FileSystemLoader(self.theme).get_source(bucket.environment, _name(bucket))
        except (OSError, UnicodeDecodeError):
            return False
        return self.get_source_checksum(text) == bucket.checksum

    def _kept(self, bucket: Bucket) -> CodeType | None:
        """None if there is none, a damaged one, or one of another program or text."""
        path = self._path(bucket)
        kept = read_cache(path) if path else None
        if kept is None or kept[:_SUM] != self._sum(bucket, kept[_SUM:]):
            return None
        code = _as_of(marshal.loads(kept[_SUM:]), bucket.key.partition("|")[2])  # noqa: S302  (as Python reads its own)
        self.codes[bucket.key] = bucket.checksum, code
        return code

    def _path(self, bucket: Bucket) -> Path | None:
        """Where the code of a template of the theme is kept; none of one that is no file."""
        if not bucket.key.partition("|")[2] or sys.implementation.cache_tag is None:
            return None
        name = _name(bucket).replace("/", "-")
        return Path(cache_from_source(str(Path(__file__).with_name(f"theme-{self.language}-{name}.py"))))

    def _sum(self, bucket: Bucket, data: bytes) -> bytes:
        said = f"{_program()} {self.theme / _name(bucket)} {bucket.checksum}\n"
        return sha256(said.encode() + data).digest()


def _name(bucket: Bucket) -> str:
    return bucket.key.partition("|")[0]


def _as_of(code: CodeType, file: str) -> CodeType:
    """The same code, whose faults are told of the file."""
    if code.co_filename == file:
        return code
    parts = tuple(_as_of(one, file) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=file, co_consts=parts)


@cache
def _program() -> str:
    return program()


@cache
def compiled(language: str, theme: Path) -> Compiled:
    """Of this process."""
    return Compiled(language, theme)
