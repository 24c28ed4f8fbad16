"""One file, from its bytes to what is known of it: the kind, then whatever that kind can hide."""

from collections.abc import Callable

from publisher.load.attached.kinds import SUFFIXES, kind_of, refuse_twofold
from publisher.load.attached.look import Look, RefusedError
from publisher.model.attachments import FileKind

_READ = frozenset({"pdf", "png", "jpg", "docx", "xlsx"})
"""What is read by its own rules; the rest is plain text."""
_REFUSED = {"ole": "attachment-old-office", "macros": "attachment-macros"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def look_through(data: bytes, suffix: str, look: Look) -> FileKind:
    """The kind of a file by its content; raises RefusedError if it is none that may go out."""
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise RefusedError("attachment-empty")
    kind = _allowed(data, suffix)
    refuse_twofold(data, kind)
    _reader_of(kind)(data, look)
    return kind


def _reader_of(kind: FileKind) -> Callable[[bytes, Look], None]:
    """Imported for a file that is there (start-up time): most bureaus have one kind or two."""
    if kind == "pdf":
        from publisher.load.attached.pdf import read_pdf as read  # noqa: PLC0415
    elif kind == "png":
        from publisher.load.attached.png import read_png as read  # noqa: PLC0415
    elif kind == "jpg":
        from publisher.load.attached.jpeg import read_jpeg as read  # noqa: PLC0415
    elif kind == "docx":
        from publisher.load.attached.docx import read_docx as read  # noqa: PLC0415
    elif kind == "xlsx":
        from publisher.load.attached.xlsx import read_xlsx as read  # noqa: PLC0415
    else:
        from publisher.load.attached.plain import read_plain  # noqa: PLC0415

        return lambda data, look: read_plain(data, kind, look)
    return read


def _allowed(data: bytes, suffix: str) -> FileKind:
    """What it is must be on the list, and what its name says."""
    seen, named = kind_of(data), SUFFIXES.get(suffix)
    if seen == "ole" and _ENCRYPTED in data:
        raise RefusedError("attachment-encrypted")
    if seen in _REFUSED:
        raise RefusedError(_REFUSED[seen], suffix)
    if named is not None and (seen == named or (seen == "text" and named in {"csv", "txt"})):
        return named
    if not suffix:
        raise RefusedError("attachment-without-suffix", seen=f"choice.content.{seen}")
    allowed = seen == "text" or seen in _READ
    code = "attachment-wrong-name" if named or allowed else "attachment-not-allowed"
    raise RefusedError(code, suffix, seen=f"choice.content.{seen}")
