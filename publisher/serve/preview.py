"""Makes, serves and watches until it is told to stop."""

import errno
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from publisher.problems import Place, Problem, PublisherError, problem
from publisher.serve.answers import Site
from publisher.serve.server import News, Server
from publisher.serve.watch import POLL, Look, look_at
from publisher.words import LANGUAGES, words_of

_TAKEN = {errno.EADDRINUSE}
_REFUSED = {errno.EACCES, errno.EPERM}
MOST_TRIES = 10
"""So often a site is made before it is shown although files keep changing."""


def serve(
    make: Callable[[], Site],
    watched: Callable[[], Iterable[str]],
    *,
    port: int,
    ready: Callable[[str], None],
    stop: threading.Event | None = None,
    language: str = LANGUAGES[0],
) -> None:
    """Serves a site on the loopback address until Ctrl-C or `stop`.

    `make` gives the site, or raises PublisherError with its problems. It is called at the start and after changes
    to the files of `watched`. `port` 0 takes any free one; `ready` gets the address when the first site is there.
    """
    stop = stop or threading.Event()
    # A page that outlived an earlier preview must see that this is another one.
    news = News(secrets.token_hex(4))
    server = _listening(port, news, language)
    with suppress(KeyboardInterrupt), _answering(server):
        look = _renewed(make, watched, look_at(watched()), news)
        ready(f"http://127.0.0.1:{server.port}/")
        while not stop.wait(POLL):
            if news.failure:
                raise news.failure
            seen, look = look, look_at(watched())
            if look != seen:
                look = _renewed(make, watched, look, news)


def _renewed(make: Callable[[], Site], watched: Callable[[], Iterable[str]], look: Look, news: News) -> Look:
    """Shows the site, or its problems; what was made while a file changed is made again: it may be half a file."""
    for _ in range(MOST_TRIES):
        site: Site | None = None
        problems: Sequence[Problem] = ()
        try:
            site = make()
        except PublisherError as error:
            problems = error.problems
        seen, look = look, look_at(watched())
        if look == seen:
            break
    news.tell(site, problems)
    return look


def _listening(port: int, news: News, language: str) -> Server:
    try:
        return Server(port, news, words_of(language))
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
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": POLL / 2})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()
