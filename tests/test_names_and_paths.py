"""Nothing outside the bureau's folder is read, and no path of the site can leave it or mean two files."""

# ruff: noqa: E501  (lists of names)
import shutil
from pathlib import Path

import pytest
from conftest import at_noon

from publisher.checking import checked
from publisher.load.folder import load
from publisher.load.validate import is_id
from publisher.write.paths import is_clean

BUREAU = Path(__file__).parent / "bureau"
NO_IDS = (
    *(
        "",
        " ",
        "x ",
        " x",
        "x\u3000",
        "x\n",
        "x.",
        "con",
        "CON",
        "nul",
        "com1",
        "lpt9",
        "index",
        ".",
        "..",
        "../x",
        "/x",
    ),
    *(
        "\\x",
        "C:x",
        "C:\\x",
        "\\\\host\\share",
        "x/y",
        "é",
        "e\u0301",
        "ｘ",
        "x\u200b",
        "x\u202ey",
        "x\0",
        "-x",
        "x-",
        "x--y",
    ),
    *("X", "x" * 61, "%2e%2e", "~", "~$x", "x:y", "x?y", "x*", 'x"', "x|y", "١", "²"),
)


@pytest.mark.parametrize("name", NO_IDS, ids=ascii)
def test_an_id_is_lower_case_letters_and_digits_and_nothing_else(name):
    assert not is_id(name)


@pytest.mark.parametrize("name", ["x", "gas-a", "2026-q3", "a_b", "00123", "x" * 60, "com", "console", "nul1"])
def test_plain_names_are_ids(name):
    assert is_id(name)


UNCLEAN = (
    *("", "/x", "x/", "x//y", "../x", "x/../y", "x/..", "./x", "x/./y", "C:/x", "\\\\host\\x", "x\\y", "x:y", "x\0", "x\ny"),
    *("con", "CON", "aux.html", "x/NUL", "com1.md", "LPT9.tar.gz", "com¹", "x./y", "x /y", "x.", "x ", "x/y.", "...", "x\u202ey"),
    *("x\u200by", "x\u2066y", "x\ufeff", "\udcff", "a*b", "a?b", 'a"b', "a<b", "a|b", ".publisher", ".publisher/x", "SHA256SUMS"),
)  # fmt: skip


@pytest.mark.parametrize("path", UNCLEAN, ids=ascii)
def test_a_path_that_leaves_the_site_or_that_windows_reads_otherwise_is_refused(path):
    assert not is_clean(path)


@pytest.mark.parametrize(
    "path", ["index.html", "a/b/c.html", ".nojekyll", "console/x", "com", "com10", "图/标.svg", "a b"]
)
def test_plain_paths_are_clean(path):
    assert is_clean(path)


@pytest.fixture
def bureau(tmp_path):
    return Path(shutil.copytree(BUREAU, tmp_path / "bureau"))


@pytest.mark.parametrize(
    "name",
    [
        *(
            "content",
            "results",
            "content/site.yaml",
            "content/companies.csv",
            "content/items.csv",
            "content/events.csv",
        ),
        *("content/schemes", "content/pages", "content/pages/about.md", "content/statements/2026-q2"),
        *("results/2026-q2", "results/2026-q2/round.yaml", "results/2026-q2/scores.csv"),
    ],
)
def test_nothing_behind_a_link_out_of_the_folder_is_opened(bureau, name, monkeypatch):
    """What lies there is healthy: only a reader that follows the link would have nothing to say."""
    outside = bureau.parent / "elsewhere"
    (bureau / name).rename(outside)
    (bureau / name).symlink_to(outside)
    opened = []
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.resolve()) or real(path))
    problems = checked(bureau, at_noon).problems
    assert [(one.code, one.place.path) for one in problems if one.code == "link-outside"] == [("link-outside", name)]
    assert opened
    assert not [path for path in opened if path.is_relative_to(outside)]


@pytest.mark.parametrize(
    "name", ["templates", "templates/home.html", "templates/assets", "templates/a/b/c/d/e/f/g/h/x.css"]
)
def test_a_link_of_the_bureaus_own_templates_out_of_the_folder_is_told(bureau, name):
    outside = bureau.parent / "elsewhere"
    outside.mkdir()
    (bureau / name).parent.mkdir(parents=True, exist_ok=True)
    (bureau / name).symlink_to(outside)
    assert [(one.code, one.place.path) for one in checked(bureau, at_noon).problems] == [("link-outside", name)]


def test_a_link_of_the_templates_that_stays_in_the_folder_is_no_fault(bureau):
    (bureau / "templates").mkdir()
    (bureau / "templates" / "x.css").symlink_to(bureau / "content" / "site.yaml")
    assert checked(bureau, at_noon).problems == []


def test_a_link_within_the_folder_is_followed(bureau):
    (bureau / "shared").mkdir()
    table = (bureau / "content" / "companies.csv").rename(bureau / "shared" / "list.csv")
    (bureau / "content" / "companies.csv").symlink_to(table)
    assert checked(bureau, at_noon).problems == []


def test_a_bureau_that_is_itself_reached_by_a_link_is_whole(bureau):
    link = bureau.parent / "link"
    link.symlink_to(bureau)
    assert checked(link, at_noon).problems == []


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "/etc/passwd", "x.md", "../../../../..", "/"])
def test_devices_loops_and_roots_behind_links_do_no_harm(bureau, target):
    (bureau / "content" / "pages" / "x.md").symlink_to(target)
    (bureau / "content" / "meetings" / "x").symlink_to(target)
    assert {one.code for one in load(bureau).problems} <= {"link-outside", "unreadable-file", "unexpected-file"}
