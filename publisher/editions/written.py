"""Facts as text: what `json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)` writes, in a third of the time.

Told to indent, the library goes through every part in a loop of Python that knows all kinds of values; facts are
mappings and lists of text. All rounds that wait for their signs are written each time the folder is checked.
"""

from collections.abc import Mapping
from json import dumps
from json.encoder import encode_basestring
from typing import Any


def text_of(value: Any, end: str = "\n") -> str:
    """`end` is the line end with the indentation of the line that the value ends on."""
    if isinstance(value, str):
        return encode_basestring(value)
    line = f"{end} "
    if isinstance(value, Mapping) and value:
        parts = [f"{encode_basestring(name)}: {text_of(value[name], line)}" for name in sorted(value)]
        return f"{{{line}{f',{line}'.join(parts)}{end}}}"
    if isinstance(value, list) and value:
        return f"[{line}{f',{line}'.join([text_of(one, line) for one in value])}{end}]"
    return dumps(value)
