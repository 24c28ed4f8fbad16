"""The preview: on this machine only, nothing but the site, new at once after a change.

What it answers for the folder of a bureau is tested in test_live.py.
"""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from html import escape
from pathlib import Path

import pytest
from patience import WAIT

from publisher.messages import lines_of
from publisher.problems import Place, PublisherError, problem
from publisher.serve import answers, serve, watch
from publisher.words import words_of

ROOT = Path(__file__).parent.parent
BAD = problem("duplicate-id", Place("content/companies.csv", line=3), "<b>坏</b>")
PAGE = "<!doctype html><title>甲</title><body><p>甲</p></body></html>".encode()


class Bureau:
    """A running preview of a small site; `problems` is what the next making finds."""

    def __init__(self, folder):
        self.files, self.source = {}, folder / "source.txt"
        self.source.write_text("1")
        self.problems, self.builds, self.port = [], 0, 0
        self.ready, self.stop, self.failure = threading.Event(), threading.Event(), None
        self.thread = threading.Thread(target=self.run)

    def make(self):
        self.builds += 1
        self.during(self.builds)
        if self.problems:
            raise PublisherError(self.problems)
        return self.file

    def file(self, path):
        """What is asked for; tests replace it."""
        return self.files.get(path)

    def during(self, number):
        """What happens while that site is made; tests replace it."""

    def run(self):
        try:
            serve(self.make, lambda: [str(self.source)], port=0, ready=self.started, stop=self.stop)
        except BaseException as error:  # noqa: BLE001  (handed to the test)
            self.failure = error
            self.ready.set()

    def started(self, url):
        self.url, self.port = url, int(url.rstrip("/").rpartition(":")[2])
        self.ready.set()

    def ask(self, target="/", method="GET", **headers):
        return asked(self.port, target, method, headers)

    def change(self):
        """At once: a file seen while it is written would be one change more."""
        fresh = self.source.with_suffix(".new")
        fresh.write_text(f"{self.source.read_text()}+")
        fresh.replace(self.source)

    def end(self):
        self.stop.set()
        self.thread.join(WAIT)
        assert not self.thread.is_alive()


def asked(port, target, method="GET", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    try:
        connection.putrequest(method, target, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.fixture
def bureau(tmp_path):
    before = set(threading.enumerate())
    bureau = Bureau(tmp_path)
    bureau.files = {
        "index.html": PAGE,
        "404.html": b"<body>no such page</body>",
        "rounds/index.html": PAGE,
        "assets/a.css": b"a{}",
        "data/a.csv": "甲".encode(),
        ".publisher/new": b"draft",
        ".htaccess": b"secret",
    }
    bureau.thread.start()
    assert bureau.ready.wait(WAIT)
    yield bureau
    bureau.end()
    assert set(threading.enumerate()) <= before


def eventually(state):
    end = time.monotonic() + WAIT
    while not state():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.02)


class Events:
    """An open page, as far as the preview can tell."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=WAIT)
        self.socket.sendall(f"GET /-/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        self.lines = self.socket.makefile("rb")

    def next(self):
        for line in self.lines:
            if line.startswith(b"data: "):
                return line[6:].strip().decode()
        return None

    def close(self):
        self.lines.close()
        self.socket.close()


@pytest.fixture
def open_page(bureau):
    events = Events(bureau.port)
    yield events
    events.close()


# What is served


def test_the_address_is_given_when_the_first_site_is_there(bureau):
    assert bureau.url == f"http://127.0.0.1:{bureau.port}/"
    assert bureau.builds == 1


def test_a_folder_answers_with_its_index(bureau):
    assert "甲".encode() in bureau.ask("/")[2]
    assert "甲".encode() in bureau.ask("/rounds/")[2]


def test_a_folder_without_its_slash_is_sent_to_the_one_with_it(bureau):
    status, headers, _ = bureau.ask("/rounds?x=1")
    assert (status, headers["Location"]) == (302, "/rounds/")


@pytest.mark.parametrize("target", ["/none.html", "/none/", "/assets/", "/index.html/", "/rounds/none", "/a%00b"])
def test_what_is_not_there_answers_with_the_sites_own_page(bureau, target):
    status, headers, body = bureau.ask(target)
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"no such page" in body


def test_a_site_without_a_page_for_it_still_answers_404(bureau):
    del bureau.files["404.html"]
    assert bureau.ask("/none.html")[0] == 404


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.xml", "application/xml; charset=utf-8"),
        ("a.PNG", "image/png"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_every_kind_of_file_has_its_content_type(bureau, name, type_):
    bureau.files[name] = b"x"
    status, headers, _ = bureau.ask(f"/{name}")
    assert (status, headers["Content-Type"]) == (200, type_)


@pytest.mark.parametrize("target", ["/", "/assets/a.css", "/none", "/rounds", "/-/reload.js", "/-/problems.css"])
def test_nothing_is_stored_guessed_or_loaded_by_other_sites(bureau, target):
    _, headers, _ = bureau.ask(target)
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("target", ["/", "/assets/a.css", "/none", "/-/reload.js", "/-/events"])
def test_everything_is_sent_with_the_policy_that_the_pages_state(bureau, target):
    _, headers, _ = bureau.ask(target, method="HEAD")
    page = (Path(__file__).parent.parent / "templates" / "base.html").read_text("utf-8")
    stated = re.search(r'Content-Security-Policy" content="([^"]+)"', re.sub(r"{%.*?%}", "", page))[1].split("; ")
    sent = headers["Content-Security-Policy"].split("; ")
    assert sent == [*stated, "frame-ancestors 'self'"]


def test_a_file_with_a_chinese_name_is_found(bureau):
    bureau.files["甲 乙.txt"] = b"x"
    assert bureau.ask("/%E7%94%B2%20%E4%B9%99.txt")[2] == b"x"


def test_head_answers_as_get_without_a_body(bureau):
    get, head = bureau.ask("/"), bureau.ask("/", "HEAD")
    assert head[2] == b""
    assert (head[0], head[1]["Content-Length"]) == (200, str(len(get[2])))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "ANY"])
def test_other_methods_are_refused(bureau, method):
    status, headers, body = bureau.ask("/", method)
    assert (status, headers["Allow"], body) == (405, "GET, HEAD", b"")


# What is not served


@pytest.mark.parametrize(
    "target",
    [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/%2e%2e%2foutside.txt",
        "/rounds/../../outside.txt",
        "/..%5coutside.txt",
        "/%252e%252e/outside.txt",
        "//outside.txt",
        "/rounds//index.html",
        "/./index.html",
        "/.publisher/new",
        "/%2epublisher/new",
        "/.htaccess",
        "/C:/outside.txt",
        "/%ff",
        "/" + "x" * 5000,
        "index.html",
        "http://127.0.0.1/index.html",
        "*",
    ],
)
def test_nothing_hidden_or_outside_the_site_is_asked_for(bureau, target):
    asked_for = []
    bureau.file = lambda path: asked_for.append(path) or (b"no such page" if path == "404.html" else None)
    bureau.change()
    eventually(lambda: bureau.builds == 2)
    status, _, body = bureau.ask(target)
    assert status in {404, 421}
    assert b"draft" not in body
    parts = {part for path in asked_for for part in path.split("/")}
    assert not {"", ".", "..", ".publisher", ".htaccess"} & parts
    assert not [part for part in parts if set(part) & set("\\:\0")]


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_this_machine_may_call_itself_by_its_names(bureau, host):
    assert bureau.ask("/", Host=host.format(port=bureau.port))[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "", "0.0.0.0:{port}"]
)
@pytest.mark.parametrize("target", ["/", "/-/events", "/-/reload.js"])
def test_a_request_under_another_name_is_refused(bureau, host, target):
    status, _, body = bureau.ask(target, Host=host.format(port=bureau.port))
    assert (status, body) == (421, b"")


def test_on_the_port_of_http_the_name_comes_without_it():
    assert "localhost" in answers.hosts_of(80)


def test_only_the_loopback_address_listens(bureau):
    with socket.socket() as other:
        other.settimeout(1)
        # The whole of 127/8 leads to this machine; only one address of it answers.
        assert other.connect_ex(("127.0.0.2", bureau.port)) != 0


def test_a_broken_request_is_answered_without_a_sentence_in_a_foreign_language(bureau):
    with socket.create_connection(("127.0.0.1", bureau.port), timeout=WAIT) as client:
        client.sendall(b"GET / HTTP/9.9 x\r\n\r\n")
        answer = client.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.0 400 ")
    assert answer.endswith(b"\r\n\r\n")


# Reloading


def test_pages_are_sent_with_the_script_and_otherwise_as_they_are(bureau):
    _, _, body = bureau.ask("/")
    before, script, after = body.partition(b'<script src="/-/reload.js?')
    assert before + b"</body>" + after.partition(b"</body>")[2] == PAGE
    assert script


@pytest.mark.parametrize(
    ("page", "wanted"),
    [(b"<BODY>a</BODY >b", b"<BODY>a!</BODY >b"), (b"a", b"a!"), (b"</body></body>", b"</body>!</body>")],
)
def test_the_script_stands_before_the_last_end_of_the_body(page, wanted):
    script = b'<script src="/-/reload.js?1" defer></script>'
    assert answers.with_reload(page, "1") == wanted.replace(b"!", script)


def test_other_files_are_sent_byte_for_byte(bureau):
    assert bureau.ask("/assets/a.css")[2] == b"a{}"


def test_the_script_is_a_plain_file_of_the_same_origin(bureau):
    status, headers, body = bureau.ask("/-/reload.js?1")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert body == (ROOT / "publisher/preview/reload.js").read_bytes()


def test_a_page_knows_the_version_it_was_sent_with(bureau, open_page):
    assert f"reload.js?{open_page.next()}".encode() in bureau.ask("/")[2]


def test_a_change_makes_the_site_once_and_tells_open_pages(bureau, open_page):
    first = open_page.next()
    bureau.change()
    assert open_page.next() not in {first, None}
    time.sleep(3 * watch.POLL)
    assert bureau.builds == 2


def test_what_was_made_while_files_changed_is_made_again_before_it_is_told(bureau, open_page):
    """Saving ten files is one change, and half a file is none."""
    first = open_page.next()
    bureau.during = lambda number: bureau.change() if number < 5 else None
    bureau.change()
    second = open_page.next()
    assert bureau.builds == 5
    assert int(second.rpartition(".")[2]) == int(first.rpartition(".")[2]) + 1


def test_files_that_never_stop_changing_do_not_put_off_the_site_for_ever(bureau, open_page):
    first = open_page.next()
    bureau.during = lambda _: bureau.change()
    bureau.change()
    assert open_page.next() not in {first, None}
    bureau.during = lambda _: None


def test_removing_and_adding_a_file_is_a_change(tmp_path):
    file = tmp_path / "a"
    looks = [watch.look_at([str(file)])]
    file.write_text("x")
    looks.append(watch.look_at([str(file)]))
    looks.append(watch.look_at([]))
    assert looks[0] != looks[1] != looks[2]


def test_a_file_put_in_the_place_of_another_is_a_change_though_size_and_time_are_equal(tmp_path):
    """As editors save, and as a copy is brought back."""
    file, other = tmp_path / "a", tmp_path / "b"
    for path, text in ((file, "x"), (other, "y")):
        path.write_text(text)
        os.utime(path, ns=(10**18, 10**18))
    before = watch.look_at([str(file)])
    other.replace(file)
    assert watch.look_at([str(file)]) != before


def test_a_file_that_cannot_be_made_shows_why_in_its_place_and_the_others_stay(bureau):
    def file(path):
        if path.startswith("bad"):
            raise PublisherError([BAD])
        return bureau.files.get(path)

    bureau.file = file
    bureau.change()
    eventually(lambda: bureau.builds == 2)
    for name in ("bad.html", "bad.pdf"):
        status, headers, body = bureau.ask(f"/{name}")
        assert (status, headers["Content-Type"]) == (503, "text/html; charset=utf-8")
        assert "&lt;b&gt;坏&lt;/b&gt;" in body.decode()
        assert b"/-/reload.js?" in body
    assert bureau.ask("/")[0] == 200


# Problems


def test_while_there_are_problems_pages_show_them_and_nothing_else(bureau, open_page):
    open_page.next()
    bureau.problems = [BAD]
    bureau.change()
    open_page.next()
    for target in ("/", "/rounds/", "/none.html"):
        status, headers, body = bureau.ask(target)
        text = body.decode()
        assert (status, headers["Content-Type"]) == (503, "text/html; charset=utf-8")
        assert "\n".join(map(escape, lines_of([BAD], words_of("zh-Hans")))) in text
        assert "&lt;b&gt;坏&lt;/b&gt;" in text
        assert words_of("zh-Hans")("preview.problems.title") in text
        assert "/-/reload.js?" in text
    assert bureau.ask("/assets/a.css")[0] == 200


def test_mended_problems_bring_the_pages_back(bureau, open_page):
    open_page.next()
    bureau.problems = [BAD]
    bureau.change()
    open_page.next()
    bureau.problems = []
    bureau.change()
    open_page.next()
    assert bureau.ask("/")[0] == 200


def test_the_problems_page_is_in_the_language_of_the_bureau():
    assert b'<html lang="en">' in answers.problems_page(["x"], words_of("en"))
    assert b"Something needs mending" in answers.problems_page(["x"], words_of("en"))


# Beginning and end


def test_a_port_in_use_is_told(bureau):
    with pytest.raises(PublisherError) as error:
        serve(bureau.make, list, port=bureau.port, ready=print)
    [found] = error.value.problems
    assert found.code == "port-in-use"
    for language in ("zh-Hans", "en"):
        assert str(bureau.port) in words_of(language)(f"problem.{found.code}", **dict(found.details))
        assert words_of(language).has(f"cure.{found.code}")


def test_a_port_that_was_just_left_can_be_taken_again(bureau, open_page):
    open_page.next()
    bureau.end()
    stop = threading.Event()
    serve(lambda: bureau.file, list, port=bureau.port, ready=lambda _: stop.set(), stop=stop)


def test_the_end_waits_neither_for_open_pages_nor_for_silent_connections(bureau, open_page):
    open_page.next()
    with socket.create_connection(("127.0.0.1", bureau.port)):
        time.sleep(0.1)
        started = time.monotonic()
        bureau.end()
        assert time.monotonic() - started < WAIT / 10
    assert open_page.next() is None


def test_a_page_closed_in_the_middle_is_no_fault(bureau, open_page, capfd):
    open_page.next()
    open_page.close()
    bureau.change()
    eventually(lambda: bureau.builds == 2)
    assert bureau.ask("/")[0] == 200
    assert capfd.readouterr() == ("", "")


def broken(*_path):
    raise ZeroDivisionError


def test_a_bug_in_the_making_ends_the_preview_and_keeps_its_traceback():
    before = set(threading.enumerate())
    with pytest.raises(ZeroDivisionError):
        serve(broken, list, port=0, ready=print)
    assert set(threading.enumerate()) == before


def test_a_bug_in_a_page_ends_the_preview_and_keeps_its_traceback(capfd):
    before = set(threading.enumerate())
    asking = []

    def ready(url):
        asking.append(threading.Thread(target=given_up, args=(int(url.rstrip("/").rpartition(":")[2]),)))
        asking[0].start()

    with pytest.raises(ZeroDivisionError) as error:
        serve(lambda: broken, list, port=0, ready=ready)
    asking[0].join(WAIT)
    assert error.traceback[-1].name == "broken"
    assert set(threading.enumerate()) == before
    assert capfd.readouterr() == ("", "")


def given_up(port):
    with contextlib.suppress(OSError, http.client.HTTPException):
        asked(port, "/")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_cleanly():
    script = """
        import sys, threading
        from publisher.serve import serve
        serve(lambda: lambda path: None, list, port=0, ready=lambda url: print(url, flush=True))
        print("threads", threading.active_count())
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as preview:
        try:
            assert preview.stdout.readline().startswith("http://127.0.0.1:")
            preview.send_signal(signal.SIGINT)
            out, err = preview.communicate(timeout=WAIT)
        finally:
            preview.kill()
    assert (preview.returncode, out, err) == (0, "threads 1\n", "")
