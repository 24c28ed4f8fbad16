"""The page that tells a reporter how to check: what it says to type works, and finds what it says it finds."""

import html
import os
import posixpath
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from patience import WAIT
from tampering import chain, copy, cover, edit, flip, lines_of, write_lines

from publisher.signature import new_pair, sign_site
from publisher.verify import verify

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the commands of the page are for a POSIX shell")
WINDOWS = {"powershell", "cmd", "find"}


def commands_of(site):
    text = (site / "verify.html").read_text("utf-8")
    return {
        name: html.unescape(code)
        for name, code in re.findall(r'<pre id="cmd-(.+?)"><code>(.*?)</code>', text, re.DOTALL)
    }


def sh(command, folder):
    """As typed: (status, what was printed)."""
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=WAIT,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture
def site(sample, tmp_path):
    return copy(sample, tmp_path / "newer")


@pytest.fixture(scope="module")
def typed(sample):
    return commands_of(sample)


def test_the_page_has_every_command_and_no_other_is_tested(typed):
    tested = {"mirror", "check", "check-mac", "unlisted", "line", "chain", "editions", "list", "gone", "note", "head"}
    assert set(typed) == tested | {"older", "publisher"} | WINDOWS


def test_commands_print_nothing_where_all_is_well(site, typed):
    for name in ("check", "check-mac", "chain", "editions", "gone"):
        assert sh(typed[name], site)[1] == "", name
    assert sh(typed["unlisted"], site)[1] == "SHA256SUMS\n"


def test_all_files_are_checked(site, typed):
    flip(site / "about.html")
    (site / "contact.html").unlink()
    (site / "extra.html").write_text("x")
    for name in ("check", "check-mac"):
        told = sh(typed[name], site)[1]
        assert "about.html" in told
        assert "contact.html" in told
        assert "index.html" not in told
    assert sorted(sh(typed["unlisted"], site)[1].split()) == ["SHA256SUMS", "extra.html"]


def test_the_line_shown_leads_to_the_next(site, typed):
    _, told = sh(typed["line"], site)
    assert typed["line"].startswith("sed -n 3p ")
    assert told.split()[0] == lines_of(site)[3]["previous"]


def test_the_whole_chain_is_checked(site, typed):
    edit(site / "register.jsonl", '"n": 3, "at": "2026-05-12', '"n": 3, "at": "2026-05-13')
    assert sh(typed["chain"], site)[1].split() == ["4"]
    edit(site / "register.jsonl", '"previous": "b', '"previous": "c')
    assert "2" in sh(typed["chain"], site)[1].split()


def test_editions_and_addresses_are_checked(site, typed):
    assert sh(typed["list"], site)[1].split()[0] == lines_of(site)[-1]["addresses"]
    flip(site / "editions" / "2026-q2.1.json")
    assert sh(typed["editions"], site)[1].split() == ["editions/2026-q2.1.json"]
    (site / "rounds" / "2026-q3" / "mingyan-gas.html").unlink()
    assert sh(typed["gone"], site)[1].split() == ["rounds/2026-q3/mingyan-gas.html"]


def test_the_figures_to_note_down_are_those_that_verify_prints(site, typed):
    found = verify(site)
    assert sh(typed["note"], site)[1].split()[0] == found.sums
    before = sh(typed["head"], site)[1]
    write_lines(site, chain([*lines_of(site), {**lines_of(site)[-1], "edition": 4}]))
    assert sh(typed["head"], site)[1] == before, "a line more changes nothing above"
    write_lines(site, chain([{**lines_of(site)[0], "edition": 4}, *lines_of(site)[1:]]))
    assert sh(typed["head"], site)[1] != before


def test_an_older_copy_is_compared(site, sample, typed, tmp_path):
    copy(sample, tmp_path / "older")
    assert sh(typed["older"], tmp_path) == (0, "")
    publisher = typed["publisher"].replace("publisher", f"{sys.executable} -m publisher", 1)
    from conftest import ROOT  # noqa: PLC0415

    assert sh(f"PYTHONPATH={ROOT} {publisher}", tmp_path)[0] == 0
    edit(site / "register.jsonl", '"n": 3, "at": "2026-05-12', '"n": 3, "at": "2026-05-13')
    flip(site / "editions" / "2026-q2.1.json")
    told = sh(typed["older"], tmp_path)[1]
    assert "register.jsonl" in told
    assert "2026-q2.1.json" in told
    cover(site)
    assert sh(f"PYTHONPATH={ROOT} {publisher}", tmp_path)[0] == 1


def test_a_bureau_that_signs_prints_its_key_and_the_command_works(build, copy_of, root, tmp_path):
    key = new_pair(tmp_path / "own.key", "", bytes)
    folder = copy_of(root / "tests" / "bureau")
    edit(folder / "content" / "site.yaml", "base_url:", f"public_key: {key.shown}\nbase_url:")
    site = tmp_path / "site"
    build(folder, site)
    sign_site(site, tmp_path / "own.key", "", "file:SHA256SUMS")
    typed = commands_of(site)
    assert key.shown in typed["minisign"]
    assert sh(typed["minisign"], site)[0] == 0
    assert sorted(sh(typed["unlisted"], site)[1].split()) == ["SHA256SUMS", "SHA256SUMS.minisig"]
    assert "SHA256SUMS.minisig" in linked(site)
    flip(site / "SHA256SUMS")
    assert sh(typed["minisign"], site)[0] != 0


# Every file can be had by following links


def linked(site):
    """Files that a program finds that follows links from the home page, as wget does: of pages and style sheets."""
    seen, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen or not (site / path).is_file():
            continue
        seen.add(path)
        if path.endswith(".html") and path != "404.html":
            found = re.findall(r'(?:href|src)="([^"#:]+)', (site / path).read_text("utf-8"))
        elif path.endswith(".css"):
            found = re.findall(r'url\("([^"]+)', (site / path).read_text("utf-8"))
        else:
            continue
        todo += [posixpath.normpath(posixpath.join(posixpath.dirname(path), one)) for one in found]
    return seen


@pytest.mark.parametrize("name", ["sample", "english_sample"])
def test_every_file_can_be_reached_by_links(request, name):
    site = request.getfixturevalue(name)
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert there - linked(site) == set()


def test_every_file_of_a_bureau_that_never_sealed_can_be_reached(build, root, tmp_path):
    build(root / "tests" / "bureau", tmp_path / "site")
    there = {
        path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*") if path.is_file()
    }
    assert there - linked(tmp_path / "site") == set()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(sample, tmp_path_factory):
    """The sample in a subfolder of a host on this machine alone."""
    folder = tmp_path_factory.mktemp("served")
    copy(sample, folder / "pingjia")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/pingjia"
    server.shutdown()
    server.server_close()
    thread.join()


def mirrored(typed, served, folder, *options):
    command = typed["mirror"].replace("https://service.example/pingjia", served)
    command = command.replace("cd service.example", f"cd {served.split('/')[2]}")
    command = command.replace("--mirror", " ".join(["--quiet", "--mirror", *options]))
    folder.mkdir()
    status, told = sh(f"{command} && pwd", folder)
    assert status == 0, told
    return folder, told.strip()


def test_a_mirror_by_wget_is_proved(typed, served, tmp_path):
    above, folder = mirrored(typed, served, tmp_path / "mirror")
    assert sh(typed["check"], folder) == (0, "")
    found = verify(above)
    assert found.proved
    assert [one.code for one in found.findings] == ["below"]


def test_a_mirror_with_rewritten_links_gets_one_line_and_a_forgery_in_it_another(typed, served, tmp_path):
    above, folder = mirrored(typed, served, tmp_path / "mirror", "-k")
    found = [one for one in verify(above).findings if not one.told]
    assert [one.code for one in found] == ["links-rewritten-only"]
    assert dict(found[0].details)["count"] > 200
    edit(above / os.path.relpath(folder, above) / "about.html", "</main>", "!</main>")
    assert {(one.code, one.path) for one in verify(above).findings} > {("altered", "about.html")}


def test_the_tools_of_these_tests_are_there():
    assert [one for one in ("wget", "minisign", "shasum", "sha256sum", "cmp") if shutil.which(one) is None] == []
