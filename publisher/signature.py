"""Signs the SHA256SUMS of a site that was found whole, and makes the keys for it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from publisher.addresses import SUMS
from publisher.load.text import read_text
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.signing.curve import SEED
from publisher.signing.errors import ExtraMissingError, KeyUnreadableError, WrongPasswordError
from publisher.signing.keys import (
    ID,
    SALT,
    PublicKey,
    SecretKey,
    is_locked,
    public_file,
    read_secret,
    secret_file,
)
from publisher.signing.signatures import signature_file
from publisher.verify import verify
from publisher.write import write_new, write_secret, write_signature

INPUTS = ("content", "results", "templates", "site")
"""What of a bureau's folder is published, or is kept where many can read it."""


def sign_site(folder: Path, path: Path, password: str, comment: str) -> PublicKey:
    """Raises PublisherError if the key cannot be used or the site is not what its SHA256SUMS says."""
    key = _secret(path, password)
    found = verify(folder)
    if not found.proved:
        raise PublisherError(
            [problem("sign-not-proved", Place(folder.as_posix()), sum(not one.told for one in found.findings))]
        )
    sums = (Path(found.folder) / SUMS).read_bytes()
    if hashlib.sha256(sums).hexdigest() != found.sums:
        raise PublisherError([problem("sign-moved", Place(folder.as_posix()))])
    write_signature(Path(found.folder), folder.name, signature_file(key, sums, comment), sums)
    return key.public


def is_locked_key(path: Path) -> bool:
    try:
        return is_locked(_text(path))
    except KeyUnreadableError as error:
        raise PublisherError([problem("key-unreadable", Place(path.as_posix()))]) from error


def _secret(path: Path, password: str) -> SecretKey:
    try:
        return read_secret(_text(path), password)
    except KeyUnreadableError as error:
        raise PublisherError([problem("key-unreadable", Place(path.as_posix()))]) from error
    except WrongPasswordError as error:
        raise PublisherError([problem("key-password", Place(path.as_posix()))]) from error
    except ExtraMissingError as error:
        raise PublisherError([problem("sign-extra", Place(path.as_posix()))]) from error


def _text(path: Path) -> str:
    found: list[Problem] = []
    text = read_text(path, path.as_posix(), found.append)
    if text is None:
        raise PublisherError(found)
    return text


def new_pair(path: Path, password: str, chance: Callable[[int], bytes]) -> PublicKey:
    """The secret key at `path`, which only its owner may read, and beside it the public one, `.pub`."""
    refuse_place(path)
    key = SecretKey(chance(ID), chance(SEED))
    try:
        secret, public = secret_file(key, password, chance(SALT)), public_file(key.public)
    except ExtraMissingError as error:
        raise PublisherError([problem("sign-extra", Place(path.as_posix()))]) from error
    write_secret(path, secret)
    write_new(path.with_suffix(".pub"), public)
    return key.public


def refuse_place(path: Path) -> None:
    """A secret key is not to lie where it may be published, nor in the place of something else."""
    public = path.with_suffix(".pub")
    if path == public:
        raise PublisherError([problem("key-suffix", Place(path.as_posix()))])
    for one in (path, public):
        if one.is_symlink() or one.exists():
            raise PublisherError([problem("file-exists", Place(one.as_posix()))])
    if _is_published(path):
        raise PublisherError([problem("key-place", Place(path.as_posix()))])


def _is_published(path: Path) -> bool:
    full = path.resolve()
    for above in full.parents:
        if (above / SUMS).exists():
            return True
        if (above / "content" / "site.yaml").is_file() and full.relative_to(above).parts[0] in INPUTS:
            return True
    return False
