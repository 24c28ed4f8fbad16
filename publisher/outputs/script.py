"""Data that loads as a script: one call of a function, so that it works from a folder too."""

import json


def script(function: str, name: str, data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Two signs that end a line in scripts of old browsers.
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'{function}("{name}",{safe});\n'.encode()
