"""How long tests wait. A limit tells a stall from work, on any machine and under coverage; it times nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

WAIT = 300
"""Seconds for what ends by itself: a busy disk can hold up the writing of a single file for half a minute."""
STALL = 60
"""Seconds of processor time. What is refused or read takes a few; what stalls takes minutes, or never ends."""


@contextmanager
def no_stall(seconds: float = STALL) -> Iterator[None]:
    begun = time.process_time()
    yield
    spent = time.process_time() - begun
    assert spent < seconds, f"{spent:.0f} s"
