"""HTTP on the loopback address: who may ask, and how an answer or a stream of events is sent."""

import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any

from publisher.problems import Problem
from publisher.serve.answers import EVENTS, Answer, Shown, Site, answer_to, hosts_of
from publisher.words import Words

_HEARTBEAT = 15.0
"""Seconds after which a silent stream is tested, so that closed pages are noticed."""


POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What the pages say of themselves, for every kind of file; `data:` is the empty icon of the page of problems."""


def _nothing(_path: str) -> None:
    """The site before there is one."""


class News:
    """The version that open pages should show; pages wait here for the next one."""

    def __init__(self, start: str) -> None:
        self._changed = threading.Condition()
        self._start = start
        self._builds = 0
        self._site: Site = _nothing
        self._problems: Sequence[Problem] = ()
        self._closed = False
        self.failure: BaseException | None = None
        """A bug that an answer met: the preview ends with it."""

    @property
    def shown(self) -> Shown:
        with self._changed:
            return Shown(f"{self._start}.{self._builds}", self._site, self._problems)

    def tell(self, site: Site | None, problems: Sequence[Problem]) -> None:
        """None: the one before stays."""
        with self._changed:
            self._builds += 1
            self._site = site or self._site
            self._problems = problems
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def after(self, version: str) -> str | None:
        """The next version, or the same again after a while; None when the preview ends."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or f"{self._start}.{self._builds}" != version, timeout=_HEARTBEAT
            )
            return None if self._closed else f"{self._start}.{self._builds}"


class Server(ThreadingTCPServer):
    """Not `HTTPServer`: that one asks the name service for its own name, which may take seconds."""

    daemon_threads = False
    request_queue_size = 64
    # On Windows the option would let two programs share one port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, port: int, news: News, words: Words) -> None:
        self.news, self.words = news, words
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", port), Handler)
        self.hosts = hosts_of(self.port)

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """The thread that watches raises it."""
        self.news.failure = sys.exception()

    def hang_up(self) -> None:
        """Browsers keep connections ready that say nothing; the end must not wait for them."""
        self.news.close()
        with self._guard:
            for request in self._open:
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = 30

    def handle(self) -> None:
        # A page that was closed while it loaded is no news.
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def do_GET(self) -> None:
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST))
        elif self.path.partition("?")[0] == EVENTS:
            self._stream()
        else:
            self._send(answer_to(self.path, self.server.news.shown, self.server.words))

    def do_HEAD(self) -> None:
        self.do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Methods other than GET and HEAD and broken requests: the number says it, in no language."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self.close_connection = True
        # A broken first line counts as HTTP/0.9, which knows no status.
        self.request_version = "HTTP/1.0"
        self._send(Answer(status))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self._common_headers(answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _common_headers(self, content_type: str) -> None:
        self.send_header("Content-Type", content_type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Referrer-Policy", "no-referrer")
        # No page of another site may load a draft as its script or picture.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def _stream(self) -> None:
        """Server-sent events (WHATWG HTML, section 9.2): the version now, and each one after it."""
        self.send_response(HTTPStatus.OK)
        self._common_headers("text/event-stream; charset=utf-8")
        self.end_headers()
        if self.command == "HEAD":
            return
        version: str | None = self.server.news.shown.version
        while version is not None:
            self.wfile.write(f"data: {version}\n\n".encode())
            version = self.server.news.after(version)

    def version_string(self) -> str:
        return "publisher"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The terminal belongs to the problems of the build."""
