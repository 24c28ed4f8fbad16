"""What the last build read and wrote: so that a build of the same says so at once, without reading any of it.

Nothing here decides what is published. A stamp that does not fit to the last sign is as good as none: the whole
build runs. A stamp holds sizes, times and hashes, and what the command said; no contents.
"""

from publisher.stamp.states import UnsureError, hashed
from publisher.stamp.told import Asked, Before, Stamp, built, looked_at, program, read_stamp, still_holds, told

__all__ = [
    "Asked",
    "Before",
    "Stamp",
    "UnsureError",
    "built",
    "hashed",
    "looked_at",
    "program",
    "read_stamp",
    "still_holds",
    "told",
]
