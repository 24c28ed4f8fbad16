"""What may be seen ahead of release: by one company, its own part and nothing of any other."""

from publisher.ahead.apart import apart
from publisher.ahead.company import held_back, part_of

__all__ = ["apart", "held_back", "part_of"]
