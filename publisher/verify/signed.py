"""The signature beside SHA256SUMS, against a key that the reader has from elsewhere."""

from dataclasses import dataclass

from publisher.addresses import SIGNATURE
from publisher.signing.errors import ExtraMissingError
from publisher.signing.keys import PublicKey
from publisher.signing.signatures import is_valid, read_signature
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding, told


@dataclass(frozen=True)
class Signed:
    faults: tuple[Finding, ...]
    by: str = ""
    comment: str = ""


def signed_of(copy: Copy, sums: bytes, key: PublicKey | None) -> Signed:
    """Who has a key expects a signature: without one, or without the extra, nothing is proved."""
    data = copy.read(SIGNATURE)
    if key is None:
        return Signed((told("unchecked", SIGNATURE),) if data is not None else ())
    if data is None:
        return Signed((finding("unsigned", SIGNATURE, number=key.name),))
    signature = read_signature(data)
    if signature is None:
        return Signed((finding("signature-unreadable", SIGNATURE),))
    if signature.number != key.number:
        return Signed((finding("other-key", SIGNATURE, number=key.name, other=signature.number[::-1].hex().upper()),))
    try:
        good = is_valid(signature, key, sums)
    except ExtraMissingError:
        return Signed((finding("extra-missing", SIGNATURE),))
    return (
        Signed((), key.name, signature.comment)
        if good
        else Signed((finding("signature-wrong", SIGNATURE, number=key.name),))
    )
