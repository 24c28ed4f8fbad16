"""The language that the machine was set up in."""

import locale
import os


def spoken_here() -> str | None:
    """What Windows calls it, which seldom sets a variable; elsewhere the variables say all there is."""
    return locale.getlocale()[0] if os.name == "nt" else None
