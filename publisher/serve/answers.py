"""What the preview answers to a request: pure but for reading the file that was asked for."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from string import Template
from urllib.parse import quote, unquote

from publisher.words import Words

EVENTS = "/-/events"
_PREVIEW = Path(__file__).parent.with_name("preview")
_OWN_FILES = {"/-/reload.js": "reload.js", "/-/problems.css": "problems.css"}
_HTML = "text/html; charset=utf-8"
_TYPES = {
    ".html": _HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    "": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
# Not mimetypes: it asks the registry of Windows, where any program may have said that .js is text/plain.
_FORBIDDEN = re.compile(r"[\\:\x00-\x1f\x7f]")
_BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    status: HTTPStatus
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    location: str = ""


@dataclass(frozen=True)
class Shown:
    """What a browser may see now. Each build has its `version`; `problems` hide the pages while there are any."""

    version: str
    problems: Sequence[str] | None


def hosts_of(port: int) -> frozenset[str]:
    """Names under which this machine reaches itself.

    Any other comes from a page that had its own name point here in order to read drafts (DNS rebinding).
    """
    names = ("127.0.0.1", "localhost", "[::1]")
    plain = names if port == 80 else ()  # noqa: PLR2004  (browsers leave out the port of http)
    return frozenset([f"{name}:{port}" for name in names] + list(plain))


def answer_to(target: str, site: Path, shown: Shown, words: Words) -> Answer:
    """The answer to GET of a target as it stands in the request line."""
    path = target.partition("?")[0].partition("#")[0]
    if path in _OWN_FILES:
        own = _PREVIEW / _OWN_FILES[path]
        return Answer(HTTPStatus.OK, own.read_bytes(), _TYPES[own.suffix])
    found = _from_site(path, site)
    if found.type != _HTML:
        return found
    if shown.problems is not None:
        # Not 200: a link checker or a script that reads the preview must not take this for the page.
        page = problems_page(shown.problems, words)
        found = Answer(HTTPStatus.SERVICE_UNAVAILABLE, page, _HTML)
    return Answer(found.status, with_reload(found.body, shown.version), _HTML)


def _from_site(path: str, site: Path) -> Answer:
    file = file_of(path, site)
    if file is not None and file.is_dir():
        if not path.endswith("/"):
            return Answer(HTTPStatus.FOUND, location=quote(unquote(path)) + "/")
        file = file_of(f"{path}index.html", site)
    elif path.endswith("/"):
        file = None
    try:
        body = file.read_bytes() if file is not None and file.is_file() else None
    except OSError:
        body = None  # replaced by a build at this very moment, or not for us to read
    if file is None or body is None:
        return _not_found(site)
    return Answer(HTTPStatus.OK, body, _TYPES.get(file.suffix.lower(), "application/octet-stream"))


def _not_found(site: Path) -> Answer:
    file = file_of("/404.html", site)
    try:
        body = file.read_bytes() if file is not None else b""
    except OSError:
        body = b""
    return Answer(HTTPStatus.NOT_FOUND, body, _HTML)


def file_of(path: str, site: Path) -> Path | None:
    """What the path names inside the site: nothing hidden, nothing above it, nothing by a link that leads out."""
    try:
        parts = unquote(path, errors="strict").removeprefix("/").removesuffix("/").split("/")
    except UnicodeDecodeError:
        return None
    if not path.startswith("/") or any(_is_refused(part) for part in parts if parts != [""]):
        return None
    try:
        root = site.resolve()
        file = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError):
        return None  # not there, a link that leads to itself, or a name too long for the disk
    return file if file.is_relative_to(root) else None


def _is_refused(part: str) -> bool:
    return part == "" or part.startswith(".") or bool(_FORBIDDEN.search(part))


def with_reload(page: bytes, version: str) -> bytes:
    """Only what is sent carries the script; the file stays as it will be published."""
    script = f'<script src="/-/reload.js?{version}" defer></script>'.encode()
    ends = [match.start() for match in _BODY_END.finditer(page)]
    at = ends[-1] if ends else len(page)
    return page[:at] + script + page[at:]


def problems_page(lines: Sequence[str], words: Words) -> bytes:
    values: Mapping[str, str] = {
        "language": words.language,
        "title": words("preview.problems.title"),
        "lead": words("preview.problems.lead"),
        "lines": "\n".join(lines),
        "after": words("preview.problems.after"),
    }
    template = Template((_PREVIEW / "problems.html").read_text("utf-8"))
    return template.substitute({key: html.escape(value) for key, value in values.items()}).encode()
