"""Signature files of minisign: of the BLAKE2b hash of a file, with a comment that is signed too."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from publisher.signing.curve import is_signed, signed
from publisher.signing.keys import ID, PublicKey, SecretKey

MOST_BYTES = 10_000
_HASHED = b"ED"
_WHOLE = b"Ed"
"""The older way signs the file itself."""
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


@dataclass(frozen=True)
class Signature:
    hashed: bool
    number: bytes
    """Of the key."""
    signature: bytes
    comment: str
    over_all: bytes
    """Over the signature and the comment."""


def signature_file(key: SecretKey, data: bytes, comment: str) -> bytes:
    """`comment` is one line; it is signed."""
    own = signed(key.seed, hashlib.blake2b(data).digest())
    over_all = signed(key.seed, own + comment.encode())
    lines = (
        f"{_UNTRUSTED}signature from minisign secret key {key.public.name}",
        base64.b64encode(_HASHED + key.number + own).decode(),
        f"{_TRUSTED}{comment}",
        base64.b64encode(over_all).decode(),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def read_signature(data: bytes) -> Signature | None:
    """None if it is not one."""
    try:
        lines = data[:MOST_BYTES].decode().replace("\r\n", "\n").split("\n")
        untrusted, own, trusted, over_all = lines[:4]
        first, last = base64.b64decode(own, validate=True), base64.b64decode(over_all, validate=True)
    except (UnicodeDecodeError, binascii.Error, ValueError):
        return None
    shaped = untrusted.startswith(_UNTRUSTED) and trusted.startswith(_TRUSTED) and not any(lines[4:])
    if not shaped or len(first) != 2 + ID + 64 or len(last) != 64 or first[:2] not in {_HASHED, _WHOLE}:  # noqa: PLR2004
        return None
    comment = trusted.removeprefix(_TRUSTED)
    return Signature(first[:2] == _HASHED, first[2 : 2 + ID], first[2 + ID :], comment, last)


def is_valid(signature: Signature, key: PublicKey, data: bytes) -> bool:
    """Whether this key signed this file, and the comment with it."""
    message = hashlib.blake2b(data).digest() if signature.hashed else data
    if signature.number != key.number or not is_signed(key.key, signature.signature, message):
        return False
    return is_signed(key.key, signature.over_all, signature.signature + signature.comment.encode())
