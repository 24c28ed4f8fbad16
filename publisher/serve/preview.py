"""Builds, serves and watches until it is told to stop."""

import errno
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.serve.server import News, Server
from publisher.serve.watch import POLL, look_at, settled
from publisher.words import LANGUAGES, words_of

_TAKEN = {errno.EADDRINUSE}
_REFUSED = {errno.EACCES, errno.EPERM}


def serve(
    site: Path,
    build: Callable[[], list[str] | None],
    watched: Callable[[], Iterable[Path]],
    *,
    port: int,
    ready: Callable[[str], None],
    stop: threading.Event | None = None,
    language: str = LANGUAGES[0],
) -> None:
    """Serves `site` on the loopback address until Ctrl-C or `stop`.

    `build` makes the site and returns None, or the problems as lines in the bureau's language. It is
    called at the start and once for every burst of changes to the files of `watched`. `port` 0 takes
    any free one; `ready` gets the address when the first build is done.
    """
    stop = stop or threading.Event()
    # A page that outlived an earlier preview must see that this is another one.
    news = News(secrets.token_hex(4))
    server = _listening(port, site, news, language)
    with suppress(KeyboardInterrupt), _answering(server):
        look = look_at(watched())
        news.tell(build())
        ready(f"http://127.0.0.1:{server.port}/")
        while not stop.wait(POLL):
            seen, look = look, look_at(watched())
            if look != seen:
                look = settled(watched, look, stop)
                news.tell(build())


def _listening(port: int, site: Path, news: News, language: str) -> Server:
    try:
        return Server(port, site, news, words_of(language))
    except OSError as error:
        place = Place(f"127.0.0.1:{port}")
        if error.errno in _TAKEN:
            raise PublisherError([problem("port-in-use", place, port, port=port)]) from error
        if error.errno in _REFUSED:
            raise PublisherError([problem("port-refused", place, port, port=port)]) from error
        raise


@contextmanager
def _answering(server: Server) -> Iterator[None]:
    """Answers in a thread of its own; afterwards every thread has ended and the port is free."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": POLL / 4})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()
