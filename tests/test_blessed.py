"""The whole output of the tests' bureau, byte for byte, as it was last looked at and found good.

When a change of the output is meant:  python tests/test_blessed.py
"""

import difflib
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

HERE = Path(__file__).parent
BUREAU = HERE / "bureau"
BLESSED = HERE / "blessed"
MOMENT = datetime(2026, 11, 21, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
HOW = "If this change is meant: python tests/test_blessed.py"
MOST_LINES = 60


def made(folder):
    """The site of the bureau, as it is built today."""
    from publisher.build import build  # noqa: PLC0415  (the path is set below when this is run as a command)

    build(BUREAU, folder, lambda _: MOMENT)
    return files(folder)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def difference(name, old, new):
    """As git shows it, cut where nobody reads on."""
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (old, new))
    lines = list(difflib.unified_diff(before, after, f"blessed/{name}", f"now/{name}", lineterm="", n=1))
    rest = [f"... and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
    return "\n".join(lines[:MOST_LINES] + rest)


@pytest.fixture(scope="module")
def now(tmp_path_factory):
    return made(tmp_path_factory.mktemp("blessed") / "site")


def test_the_site_has_the_files_that_were_blessed(now):
    blessed = files(BLESSED)
    more = sorted(now.keys() - blessed.keys())
    fewer = sorted(blessed.keys() - now.keys())
    assert (more, fewer) == ([], []), HOW


def test_every_file_is_as_it_was_blessed(now):
    blessed = files(BLESSED)
    changed = [name for name in sorted(now.keys() & blessed.keys()) if now[name] != blessed[name]]
    first = [name for name in changed if name != "SHA256SUMS"][:3]
    shown = "\n\n".join(difference(name, blessed[name], now[name]) for name in first)
    assert not changed, f"{len(changed)} files changed: {', '.join(changed)}\n\n{shown}\n\n{HOW}"


def bless():
    """Makes the site of today the blessed one."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        count = len(made(site))
        shutil.rmtree(BLESSED, ignore_errors=True)
        shutil.copytree(site, BLESSED)
    print(f"{count} files blessed; look at them with: git diff --stat tests/blessed")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    bless()
