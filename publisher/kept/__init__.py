"""Files of the last build that need not be made again: what they were made of is the same."""

from publisher.kept.fingerprint import Fingerprints, UntoldError
from publisher.kept.memory import Made, Memory, Reader, Scoped, remembered
from publisher.kept.reads import Read, Reads, plain

__all__ = ["Fingerprints", "Made", "Memory", "Read", "Reader", "Reads", "Scoped", "UntoldError", "plain", "remembered"]
