"""What the preview answers to a request: pure but for its own two files."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from string import Template
from urllib.parse import quote, unquote

from publisher.messages import lines_of
from publisher.problems import Problem, PublisherError
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


Site = Callable[[str], bytes | None]
"""The file at an address, none where there is none; raises PublisherError if it cannot be made."""


@dataclass(frozen=True)
class Answer:
    status: HTTPStatus
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    location: str = ""


@dataclass(frozen=True)
class Shown:
    """What a browser may see now. Each making has its `version`; `problems` hide the pages while there are any."""

    version: str
    site: Site
    problems: Sequence[Problem] = ()


def hosts_of(port: int) -> frozenset[str]:
    """Names under which this machine reaches itself.

    Any other comes from a page that had its own name point here in order to read drafts (DNS rebinding).
    """
    names = ("127.0.0.1", "localhost", "[::1]")
    plain = names if port == 80 else ()  # noqa: PLR2004  (browsers leave out the port of http)
    return frozenset([f"{name}:{port}" for name in names] + list(plain))


def answer_to(target: str, shown: Shown, words: Words) -> Answer:
    """The answer to GET of a target as it stands in the request line."""
    path = target.partition("?")[0].partition("#")[0]
    if path in _OWN_FILES:
        own = _PREVIEW / _OWN_FILES[path]
        return Answer(HTTPStatus.OK, own.read_bytes(), _TYPES[own.suffix])
    problems = shown.problems
    try:
        found = _from_site(path, shown.site)
    except PublisherError as error:
        found, problems = Answer(HTTPStatus.NOT_FOUND, type=_HTML), problems or error.problems
    if found.type != _HTML:
        return found
    if problems:
        # Not 200: a link checker or a script that reads the preview must not take this for the page.
        page = problems_page(list(lines_of(problems, words)), words)
        found = Answer(HTTPStatus.SERVICE_UNAVAILABLE, page, _HTML)
    return Answer(found.status, with_reload(found.body, shown.version), _HTML)


def _from_site(path: str, site: Site) -> Answer:
    name = name_of(path)
    if name is not None and not path.endswith("/"):
        body = site(name)
        if body is not None:
            suffix = PurePosixPath(name).suffix.lower()
            return Answer(HTTPStatus.OK, body, _TYPES.get(suffix, "application/octet-stream"))
        if site(f"{name}/index.html") is not None:
            return Answer(HTTPStatus.FOUND, location=quote(unquote(path)) + "/")
    elif name is not None:
        body = site(f"{name}/index.html".removeprefix("/"))
        if body is not None:
            return Answer(HTTPStatus.OK, body, _HTML)
    return Answer(HTTPStatus.NOT_FOUND, site("404.html") or b"", _HTML)


def name_of(path: str) -> str | None:
    """The address within the site, empty for its folder; none for anything hidden, above it, or oddly written."""
    try:
        name = unquote(path, errors="strict").removeprefix("/").removesuffix("/")
    except UnicodeDecodeError:
        return None
    refused = not path.startswith("/") or any(_is_refused(part) for part in name.split("/") if name)
    return None if refused else name


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
