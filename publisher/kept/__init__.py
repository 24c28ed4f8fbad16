"""Files of the last build that need not be made again: what they were made of is the same."""

from publisher.kept.fingerprint import Fingerprints, UntoldError
from publisher.kept.memory import Made, Memory, Reader, Scoped, remembered
from publisher.kept.reads import Read, Reads, plain
from publisher.kept.rounds import Rounds, kept_rounds

__all__ = [
    "Fingerprints",
    "Made",
    "Memory",
    "Read",
    "Reader",
    "Reads",
    "Rounds",
    "Scoped",
    "UntoldError",
    "kept_rounds",
    "plain",
    "remembered",
]
