"""PDF files: looked through by another process, which cannot outlast or outgrow its limits."""

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

from publisher.load.attached.exif import EXIF, read_exif
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.packets import read_xmp
from publisher.load.limits import (
    MAX_ATTACHED_TEXT,
    MAX_ATTACHED_UNPACKED,
    MAX_OBJECTS,
    MAX_PAGES,
    MAX_PDF_MEMORY,
    MAX_PDF_SECONDS,
    MEGABYTE,
)
from publisher.problems import Place

_WORKER = "publisher.load.attached.pdf_worker"
_LIMITS = {
    "objects": MAX_OBJECTS,
    "pages": MAX_PAGES,
    "text": MAX_ATTACHED_TEXT,
    "seconds": MAX_PDF_SECONDS,
    "memory": MAX_PDF_MEMORY,
    "unpacked": MAX_ATTACHED_UNPACKED,
}
_PATIENCE = 6
"""Times the seconds of computing: on a busy machine they take longer."""
_SPACE = b"\0\t\n\f\r "
_TAIL = 64
_FIELDS = {
    "Author": "author",
    "Creator": "software",
    "Producer": "software",
    "Title": "title",
    "Subject": "subject",
    "Keywords": "keywords",
    "Company": "company",
    "Manager": "manager",
    "CreationDate": "created",
    "ModDate": "changed",
}


def read_pdf(data: bytes, look: Look) -> None:
    _refuse_tail(data)
    found = _looked_through(data)
    if found["refused"]:
        limit = MAX_ATTACHED_TEXT // MEGABYTE if found["refused"] == "attachment-too-much-text" else found["limit"]
        raise RefusedError(found["refused"], limit=limit)
    for one in dict.fromkeys(found["active"]):
        if one == "embedded":
            look.fault("attachment-embedded", "PDF")
        else:
            look.fault("attachment-active", what=f"choice.active.{one}")
    if found["notes"]:
        look.fault("attachment-comments", len(found["notes"]))
    if found["layers"]:
        look.fault("attachment-hidden", "PDF", what="choice.hidden.layers")
    if found["earlier"]:
        look.doubt("attachment-earlier")
    _say(found, look)


def _refuse_tail(data: bytes) -> None:
    """The last thing in the file is its end mark."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise RefusedError("attachment-damaged")
    rest = data[end + 5 :]
    if rest.strip(_SPACE) or len(rest) > _TAIL:
        raise RefusedError("attachment-trailing", len(rest))


def _looked_through(data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", _WORKER, json.dumps(_LIMITS)]
    found_at = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    seconds = MAX_PDF_SECONDS * _PATIENCE
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=seconds, env=found_at)
    except subprocess.TimeoutExpired:
        raise RefusedError("attachment-too-slow", limit=MAX_PDF_SECONDS) from None
    except BrokenPipeError:
        raise RefusedError("attachment-damaged") from None
    if done.returncode < 0:
        slow = -done.returncode in {getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")}
        raise RefusedError("attachment-too-slow" if slow else "attachment-damaged", limit=MAX_PDF_SECONDS)
    if done.returncode and b"MemoryError" in done.stderr:
        raise RefusedError("attachment-too-complex")
    if b"ModuleNotFoundError" in done.stderr:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    if done.returncode:  # whatever nonsense in a file brings a library to, here it is the file that is at fault
        raise RefusedError("attachment-damaged")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _say(found: dict[str, Any], look: Look) -> None:
    for number, text in enumerate(found["pages"], 1):
        look.say(text, Place(look.path, page=number))
    if found["bare"]:
        pages = found["bare"]
        look.doubt("attachment-without-text", ", ".join(map(str, pages[:10])) + (" …" if len(pages) > 10 else ""))  # noqa: PLR2004
    for kind in dict.fromkeys(kind for _, kind in found["faint"]):
        pages = [page for page, one in found["faint"] if one == kind]
        look.doubt("attachment-hidden", len(pages), Place(look.path, page=pages[0]), what=f"choice.hidden.{kind}")
    look.say("\n".join(dict.fromkeys(found["strings"])))
    for key, value in found["information"]:
        look.note(_FIELDS.get(key, "custom"), value)
    for packet in found["packets"]:
        read_xmp(packet.encode(), look)
    for one in map(b64decode, found["exif"]):
        if one.startswith(EXIF):
            read_exif(one, look)
        else:
            read_xmp(one, look)
