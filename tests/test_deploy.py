"""A site that passes works on any host, below any path; what would not is named."""

import functools
import re
import shutil
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from publisher.commands.deploy_check import deploy_check_command
from publisher.deploying import deploy_check
from publisher.hosting import LONGEST
from publisher.words import words_of

BLESSED = Path(__file__).parent / "blessed"


def put(site: Path, path: str, data: bytes, *, listed: bool = True) -> None:
    """A file, with its line in SHA256SUMS as the publisher would write it."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_bytes(data)
    if listed:
        sums = site / "SHA256SUMS"
        lines = [one for one in sums.read_text("utf-8").splitlines() if not one.endswith(f"  {path}")]
        sums.write_text("\n".join([*lines, f"{sha256(data).hexdigest()}  {path}", ""]), "utf-8", newline="\n")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The blessed tree under a list of its own: whether the blessed one is up to date is another test's business."""
    folder = tmp_path / "site"
    shutil.copytree(BLESSED, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8", newline="\n")
    return folder


def found(site: Path, **options: int) -> set[tuple[str, str, bool]]:
    return {(one.code, one.path, one.told) for one in deploy_check(site, **options).findings}


def test_a_site_as_it_is_built_may_be_uploaded(site: Path, sample: Path) -> None:
    assert found(site) == set()
    assert deploy_check(site).ready
    assert found(sample) == set()


LONG = "/".join(["a" * 49] * 4) + "b.txt"
DAMAGES = {
    "altered": ("altered", "about.html", lambda s: (s / "about.html").write_text("x", "utf-8")),
    "missing": ("missing", "about.html", lambda s: (s / "about.html").unlink()),
    "stray": ("deploy-stray", "old.html", lambda s: put(s, "old.html", b"x", listed=False)),
    "stray data": ("deploy-stray", "data/内部.xlsx", lambda s: put(s, "data/内部.xlsx", b"x", listed=False)),
    "lock file": ("deploy-leaving", "data/~$a.xlsx", lambda s: put(s, "data/~$a.xlsx", b"x", listed=False)),
    "thumbs": ("deploy-leaving", "Thumbs.db", lambda s: put(s, "Thumbs.db", b"x", listed=False)),
    "case": ("deploy-case", "about.html", lambda s: put(s, "About.html", b"x")),
    "long": ("deploy-long", LONG, lambda s: put(s, LONG, b"x")),
    "Chinese name": ("deploy-name", "data/表.csv", lambda s: put(s, "data/表.csv", b"x")),
    "blank": ("deploy-name", "a b.txt", lambda s: put(s, "a b.txt", b"x")),
    "device": ("deploy-name", "con.txt", lambda s: put(s, "con.txt", b"x", listed=False)),
    "absolute": ("deploy-absolute", "x.html", lambda s: put(s, "x.html", b'<a href="/about.html">a</a>')),
    "host": ("deploy-absolute", "x.html", lambda s: put(s, "x.html", b'<img src="//evil.example/a.png">')),
    "dead": ("deploy-dead", "x.html", lambda s: put(s, "x.html", b'<a href="nothing.html">a</a>')),
    "case of a link": ("deploy-dead", "x.html", lambda s: put(s, "x.html", b'<a href="About.html">a</a>')),
    "out": ("deploy-dead", "x.html", lambda s: put(s, "x.html", b'<a href="../../about.html">a</a>')),
    "style": ("deploy-dead", "assets/x.css", lambda s: put(s, "assets/x.css", b"a{background:url(no.png)}")),
    "no list": ("no-sums", "SHA256SUMS", lambda s: (s / "SHA256SUMS").unlink()),
    "killed build": ("deploy-unfinished", ".publisher", lambda s: (s / ".publisher").mkdir()),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_would_not_work_somewhere_is_named(site: Path, name: str) -> None:
    code, path, damage = DAMAGES[name]
    damage(site)
    assert (code, path, False) in found(site)
    assert not deploy_check(site).ready


def test_a_folder_of_one_capital_letter_more_is_one_folder_elsewhere(site: Path) -> None:
    put(site, "Data/new.csv", b"x")
    assert ("deploy-case", "data", False) in found(site)


def test_a_path_may_have_200_signs(site: Path) -> None:
    put(site, LONG[1:], b"x")
    assert len(LONG) == LONGEST + 4
    put(site, LONG[4:], b"x")
    assert [one.path for one in deploy_check(site).findings] == [LONG[1:]]


@pytest.mark.parametrize("name", ["CNAME", ".nojekyll", "google123.txt", ".well-known/acme"])
def test_what_hosts_need_is_listed_and_stays(site: Path, name: str) -> None:
    put(site, name, b"x", listed=False)
    assert found(site) == {("deploy-beside", name, True)}
    assert deploy_check(site).ready


def test_a_file_over_the_limit_is_told_with_its_size(site: Path) -> None:
    put(site, "data/big.csv", b"x" * 2_000_001)
    assert ("deploy-large", "data/big.csv", False) in found(site, largest=2)
    assert found(site, largest=3) == set()
    assert deploy_check(site).largest == "data/big.csv"


def test_links_to_other_hosts_and_within_a_page_are_left_alone(site: Path) -> None:
    put(
        site,
        "x.html",
        b'<a href="https://a.example/">a</a><a href="#b">b</a><a href="about.html?x#y">c</a><a href="tel:1">',
    )
    assert found(site) == set()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_command_ends_with_1_if_something_is_to_be_mended(site: Path, language: str) -> None:
    def run() -> tuple[int, str]:
        result = CliRunner().invoke(deploy_check_command(words_of(language)), [str(site)])
        return result.exit_code, result.output

    code, output = run()
    assert (code, len(output.splitlines())) == (0, 2)
    put(site, "old.html", b"x", listed=False)
    code, output = run()
    assert code == 1
    assert output.startswith("old.html")


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a path of two levels, as a plain server hands it out."""
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(BLESSED, root / "bureau" / "pingjia")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/bureau/pingjia/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_link_leads_somewhere_below_a_path_and_none_out_of_it(below: str) -> None:
    """A second way of looking: a visitor who follows every link from the home page."""
    open_, seen, pages = [below], set(), 0
    while open_:
        address = open_.pop()
        if address in seen or address.endswith("404.html"):
            continue
        seen.add(address)
        try:
            with urlopen(address) as answer:
                body, kind = answer.read(), answer.headers.get_content_type()
        except HTTPError as error:
            pytest.fail(f"{address}: {error.code}")
        if kind != "text/html":
            continue
        pages += 1
        for link in re.findall(r'(?:href|src)="([^"]+)"', body.decode()):
            target = urldefrag(urljoin(address, link.replace("&amp;", "&"))).url
            if target.startswith("http://127.0.0.1"):
                assert target.startswith(below), (address, link)
                open_.append(target)
    assert pages > 50
