"""What the last build read and wrote: so that a build of the same says so at once, without reading any of it.

Nothing here decides what is published. A stamp that does not fit to the last sign is as good as none: the whole
build runs. A stamp holds sizes, times and hashes, and what the command said; no contents.
"""

from publisher.stamp.glance import Glance, Sight, folders_of, glance_of, glance_told, read_glance, sight_of, still_lies
from publisher.stamp.states import Seen, State, UnsureError, hashed, state_of
from publisher.stamp.told import (
    Asked,
    Before,
    Stamp,
    built,
    inputs_hold,
    looked_at,
    program,
    read_stamp,
    seen_by,
    still_holds,
    told,
)

__all__ = [
    "Asked",
    "Before",
    "Glance",
    "Seen",
    "Sight",
    "Stamp",
    "State",
    "UnsureError",
    "built",
    "folders_of",
    "glance_of",
    "glance_told",
    "hashed",
    "inputs_hold",
    "looked_at",
    "program",
    "read_glance",
    "read_stamp",
    "seen_by",
    "sight_of",
    "state_of",
    "still_holds",
    "still_lies",
    "told",
]
