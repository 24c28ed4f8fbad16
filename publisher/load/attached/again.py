"""What looking through a file found, as one line, and back, for the next build: where nothing of it had to be told."""

import json
from dataclasses import astuple
from hashlib import sha256
from typing import get_args

from publisher.load.attached.look import Look
from publisher.model.attachments import FileKind, Metadatum, Passage
from publisher.problems import Place


def sign_of(path: str, digest: str) -> str:
    """What was found depends on the bytes, and on the name: it tells the kind, and stands in every place."""
    return sha256(f"attachment\n{path}\n{digest}".encode()).hexdigest()


def told(kind: FileKind, look: Look) -> bytes | None:
    """None where there is something to tell, which the next build has to find by itself."""
    if look.faults:
        return None
    passages = [[*astuple(one.place), one.text, one.post] for one in look.passages]
    return json.dumps([kind, passages, [astuple(one) for one in look.metadata]], separators=(",", ":")).encode()


def read_back(line: bytes, path: str) -> tuple[FileKind, Look] | None:
    """None for what nobody told."""
    try:
        kind, passages, metadata = json.loads(line)
        found = [Passage(Place(*place), text, post) for *place, text, post in passages]
        noted = dict.fromkeys(Metadatum(*one) for one in metadata)
        look = Look(path, found, noted, said=sum(len(one.text) for one in found))
    except (ValueError, TypeError, RecursionError):
        return None
    return (kind, look) if kind in get_args(FileKind) else None
