"""The settings of web servers that README shows serve every file of a site from below a path."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from socket import AF_UNIX, socket
from xml.etree import ElementTree as ET

import pytest

from publisher.addresses import SIGNATURE
from publisher.load.attached.kinds import SUFFIXES

ROOT = Path(__file__).parent.parent
READMES = [(ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")]
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
KNOWN_TO_IIS = {
    *{".html", ".css", ".js", ".xml", ".txt", ".csv"},
    *{".png", ".jpg", ".jpeg", ".pdf", ".docx", ".xlsx"},
}
"""Kinds that every version of IIS hands out by itself."""
Answer = tuple[int, str, bytes]


def block(kind: str, readme: str = READMES[0]) -> str:
    found = re.findall(rf"^```{kind}\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("kind", ["nginx", "xml"])
def test_both_languages_show_the_same_settings(kind: str) -> None:
    assert len({block(kind, one) for one in READMES}) == 1


def test_iis_learns_of_every_kind_of_file_that_it_does_not_know(sample: Path) -> None:
    settings = ET.fromstring(block("xml").encode())  # noqa: S314  (our own)
    content = settings.find("./location/system.webServer/staticContent")
    assert content is not None
    told = [(one.tag, one.get("fileExtension")) for one in content]
    kinds = {path.suffix or "." for path in sample.rglob("*") if path.is_file()} | {*SUFFIXES, Path(SIGNATURE).suffix}
    assert kinds - KNOWN_TO_IIS == {kind for tag, kind in told if tag == "mimeMap"}
    assert told == [(tag, kind) for _, kind in told[::2] for tag in ("remove", "mimeMap")], "known twice stops IIS"
    error = settings.find(".//httpErrors/error")
    assert error is not None
    assert error.get("path") == settings.find("./location").get("path") + "\\404.html"  # type: ignore[union-attr]


class ByFile(HTTPConnection):
    """A server that listens on a file: no port is taken from anybody."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=120)
        self.path = path

    def connect(self) -> None:
        self.sock = socket(AF_UNIX)
        self.sock.settimeout(120)
        self.sock.connect(self.path)


@pytest.fixture(scope="module")
def ask(sample: Path) -> Iterator[Callable[[str], Answer]]:
    if not Path(NGINX).is_file():
        pytest.skip("needs nginx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "www").mkdir()
        (folder / "www" / "pingjia").symlink_to(sample)
        temporary = "".join(
            f"{one}_temp_path {name}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        settings = block("nginx").replace("/srv/www/", f"{name}/www/")
        http = f"include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; {temporary}"
        (folder / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {name}/pid; error_log {name}/log; events {{}}\n"
            f"http {{ {http}\nserver {{ listen unix:{name}/s;\n{settings}}} }}\n",
            "utf-8",
        )
        server = subprocess.Popen([NGINX, "-e", f"{name}/log", "-c", f"{name}/nginx.conf"])
        while not (folder / "s").exists() and server.poll() is None:
            time.sleep(0.02)

        def answer(path: str) -> Answer:
            connection = ByFile(f"{name}/s")
            connection.request("GET", path)
            found = connection.getresponse()
            body = found.read()
            connection.close()
            return found.status, found.getheader("Content-Type") or found.getheader("Location") or "", body

        yield answer
        server.terminate()
        server.wait(120)


def test_nginx_hands_out_every_file_as_it_is(ask: Callable[[str], Answer], sample: Path) -> None:
    for path in sample.rglob("*"):
        if path.is_file():
            status, kind, body = ask(f"/pingjia/{path.relative_to(sample).as_posix()}")
            assert (status, body) == (200, path.read_bytes()), path
            if path.suffix in {".html", ".css", ".js", ".json", ".xml", ".txt"}:
                assert kind.endswith("; charset=utf-8"), path


def test_nginx_shows_the_home_page_and_the_page_for_what_is_not_there(
    ask: Callable[[str], Answer], sample: Path
) -> None:
    status, kind, _ = ask("/pingjia")
    assert status == 301
    for path in ("/pingjia/", "/pingjia/index.html"):
        assert ask(path)[::2] == (200, (sample / "index.html").read_bytes())
    for path in ("/pingjia/nothing", "/pingjia/a/b/nothing.html", "/pingjia/rounds/2026-q3/nothing.html"):
        status, kind, body = ask(path)
        assert (status, kind, body) == (404, "text/html; charset=utf-8", (sample / "404.html").read_bytes())
