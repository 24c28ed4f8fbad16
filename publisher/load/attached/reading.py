"""One file, from its bytes to what is known of it: the kind, then whatever that kind can hide."""

from publisher.load.attached.docx import read_docx
from publisher.load.attached.jpeg import read_jpeg
from publisher.load.attached.kinds import SUFFIXES, kind_of, refuse_twofold
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.pdf import read_pdf
from publisher.load.attached.plain import read_plain
from publisher.load.attached.png import read_png
from publisher.load.attached.xlsx import read_xlsx
from publisher.model.attachments import FileKind

_READERS = {"pdf": read_pdf, "png": read_png, "jpg": read_jpeg, "docx": read_docx, "xlsx": read_xlsx}
_REFUSED = {"ole": "attachment-old-office", "macros": "attachment-macros"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def look_through(data: bytes, suffix: str, look: Look) -> FileKind:
    """The kind of a file by its content; raises RefusedError if it is none that may go out."""
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise RefusedError("attachment-empty")
    kind = _allowed(data, suffix)
    refuse_twofold(data, kind)
    if kind in _READERS:
        _READERS[kind](data, look)
    else:
        read_plain(data, kind, look)
    return kind


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
    allowed = seen == "text" or seen in _READERS
    code = "attachment-wrong-name" if named or allowed else "attachment-not-allowed"
    raise RefusedError(code, suffix, seen=f"choice.content.{seen}")
