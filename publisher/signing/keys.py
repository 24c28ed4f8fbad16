"""Key files of minisign: the public one, and the secret one with or without a password.

The layout is that of minisign 0.11 (its manual page, "Secret key format" and "Public key format"); numbers of
more than one byte have the lowest first.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field

from publisher.signing.curve import SEED, public_of
from publisher.signing.errors import KeyUnreadableError, WrongPasswordError

ALGORITHM = b"Ed"
ID = 8
"""Bytes of a key's number."""
SALT = 32
_SCRYPT = b"Sc"
_OPEN = b"\0\0"
_CHECK = b"B2"
_PUBLIC_BYTES = 2 + ID + 32
_SECRET_BYTES = 2 + 2 + 2 + SALT + 8 + 8 + ID + 64 + 32
_OPERATIONS = 4 * 8 * 2**17
_MEMORY = 128 * 2**17 * 8
"""A new key is locked with 128 MB of memory: N = 2^17, r = 8, p = 1."""
_MOST_MEMORY = 2**20
"""The largest N: one gigabyte and some seconds, which is what minisign itself takes."""
_LONGEST = 10_000
_COMMENT = "untrusted comment: minisign encrypted secret key"
"""What minisign writes above every secret key, locked or not."""


@dataclass(frozen=True)
class PublicKey:
    number: bytes
    key: bytes

    @property
    def shown(self) -> str:
        """As `minisign -P` takes it."""
        return base64.b64encode(ALGORITHM + self.number + self.key).decode()

    @property
    def name(self) -> str:
        """The number as minisign prints it, in hexadecimal digits."""
        return self.number[::-1].hex().upper()


@dataclass(frozen=True)
class SecretKey:
    number: bytes
    seed: bytes = field(repr=False)

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.number, public_of(self.seed))


def read_public(text: str) -> PublicKey:
    """The key itself, or a file with a comment above it."""
    data = _decoded(_last_line(text))
    if len(data) != _PUBLIC_BYTES or data[:2] != ALGORITHM:
        raise KeyUnreadableError
    return PublicKey(data[2 : 2 + ID], data[2 + ID :])


def public_file(key: PublicKey) -> bytes:
    return f"untrusted comment: minisign public key {key.name}\n{key.shown}\n".encode()


def is_locked(text: str) -> bool:
    """Whether a secret key needs a password."""
    return _parts(text)[0] == _SCRYPT


def read_secret(text: str, password: str) -> SecretKey:
    """The password is not looked at where the key has none."""
    kind, salt, operations, memory, body = _parts(text)
    if kind == _SCRYPT:
        body = _masked(body, password, salt, operations, memory)
    number, secret, check = body[:ID], body[ID : ID + 64], body[ID + 64 :]
    if kind == _SCRYPT and not hmac.compare_digest(check, _check(number, secret)):
        raise WrongPasswordError
    found = SecretKey(number, secret[:SEED])
    if found.public.key != secret[SEED:]:
        raise KeyUnreadableError
    return found


def secret_file(key: SecretKey, password: str, salt: bytes) -> bytes:
    """Without a password the key stands in it for everybody who can read the file."""
    secret = key.seed + public_of(key.seed)
    if password:
        body = key.number + secret + _check(key.number, secret)
        body = _masked(body, password, salt, _OPERATIONS, _MEMORY)
        head = _SCRYPT + _CHECK + salt + _OPERATIONS.to_bytes(8, "little") + _MEMORY.to_bytes(8, "little")
    else:
        body = key.number + secret + bytes(32)  # minisign, too, writes no checksum here
        head = _OPEN + _CHECK + bytes(SALT + 16)
    return f"{_COMMENT}\n{base64.b64encode(ALGORITHM + head + body).decode()}\n".encode()


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines()]
    if not lines or len(lines) > 2 or len(text) > _LONGEST:  # noqa: PLR2004  (a comment and the key)
        raise KeyUnreadableError
    return lines[-1]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyUnreadableError from error


def _parts(text: str) -> tuple[bytes, bytes, int, int, bytes]:
    """How the key is locked, salt, operations, memory, and the locked rest."""
    data = _decoded(_last_line(text))
    kind = data[2:4]
    if len(data) != _SECRET_BYTES or data[:2] != ALGORITHM or kind not in {_SCRYPT, _OPEN} or data[4:6] != _CHECK:
        raise KeyUnreadableError
    rest = data[6 + SALT :]
    return kind, data[6 : 6 + SALT], int.from_bytes(rest[:8], "little"), int.from_bytes(rest[8:16], "little"), rest[16:]


def _check(number: bytes, secret: bytes) -> bytes:
    return hashlib.blake2b(ALGORITHM + number + secret, digest_size=32).digest()


def _masked(body: bytes, password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Locks, and unlocks: each byte with one that the password gives."""
    n, p = _costs(operations, memory)
    if n > _MOST_MEMORY or n * p > 2 * _MOST_MEMORY:
        raise KeyUnreadableError
    mask = hashlib.scrypt(
        password.encode("utf-8", "surrogateescape"), salt=salt, n=n, r=8, p=p, maxmem=1100 * n + 2**24, dklen=len(body)
    )
    return bytes(a ^ b for a, b in zip(body, mask, strict=True))


def _costs(operations: int, memory: int) -> tuple[int, int]:
    """N and p of scrypt, from the two limits that minisign writes down (libsodium, `pickparams`; r is 8)."""
    operations = max(operations, 32768)
    if operations < memory // 32:
        return _power(operations // 32), 1
    n = _power(memory // 1024)
    return n, max(1, min(operations // 4 // n, 0x3FFFFFFF) // 8)


def _power(most: int) -> int:
    """The smallest power of two above half of it, two at least."""
    found = 2
    while found <= most // 2:
        found *= 2
    return found
