"""Names for a template that are worked out when one of them is asked for: of most pages none is, after an edit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, eq=False)
class Later(Mapping[str, Any]):
    """The same as what it works out, which is worked out once."""

    of: tuple[Any, ...]
    """All that it is worked out from, besides the settings of the site and its words."""
    work_out: Callable[[], Mapping[str, Any]]

    @cached_property
    def _found(self) -> Mapping[str, Any]:
        return self.work_out()

    def __getitem__(self, name: str) -> Any:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
