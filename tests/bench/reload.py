"""From saving an input of the sample to the reloaded page: medians by the clock, and of the preview's processor time.

`python tests/bench/reload.py [--runs 5] [--chromium PATH]`. `publisher serve` runs on a copy of the whole checkout, a
page is open in Chromium, a file is saved; the time ends with the `load` event of the page that shows what was saved.
Processor times are of the preview alone, from `/proc` and so in steps of a hundredth; the browser's are its own.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
AS_OF = "2026-11-21"
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60_000


@dataclass(frozen=True)
class Save:
    """One kind of edit: in every run `{n}` is another number, so that no two saves are alike."""

    name: str
    file: str
    before: str
    after: str
    page: str
    """On which `shown` is found afterwards, or in the style sheet that it loads."""
    shown: str


SAVES = (
    Save(
        "a word of a statement",
        "content/statements/home-visits-2026-11/nuanyang-heat.md",
        "这些毛病大半",
        "这些毛病第{n}",
        "rounds/home-visits-2026-11/nuanyang-heat.html",
        "这些毛病第{n}",
    ),
    Save(
        "one score",
        "results/2025-q4/scores.csv",
        "qingyuan-water,q02,400,298,38,64",
        "qingyuan-water,q02,400,{a},{b},64",
        "rounds/2025-q4/qingyuan-water.html",
        "{p}",
    ),
    Save(
        "one answer",
        "content/items.csv",
        "到底谁管？,明焰燃气总经理,2026-10-29,归我们公司管",
        "到底谁管？,明焰燃气总经理,2026-10-29,归我们公司{n}管",
        "meetings/gas-hotline-2026-10.html",
        "归我们公司{n}管",
    ),
    Save("the title of the site", "content/site.yaml", "title: 示例市", "title: 示例市{n}", "index.html", "示例市{n}"),
    Save(
        "the style sheet", "templates/assets/tokens.css", "--paper: #fff", "--paper: #fff{h}", "index.html", "#fff{h}"
    ),
    Save("a template", "templates/base.html", "</body>", "<!-- {n} --></body>", "index.html", "<!-- {n} -->"),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for part in ("content", "results", "templates", "publisher"):
            shutil.copytree(ROOT / part, folder / part)
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
        with _preview(folder) as (url, pid):
            page = browser.new_page()
            page.set_default_timeout(PATIENCE)
            for one in SAVES:
                _measure(one, folder, page, url, pid, asked.runs)
        browser.close()


def _measure(one: Save, folder: Path, page: Page, url: str, pid: int, runs: int) -> None:
    """The first run is not counted: it is the first time that such a thing is asked."""
    page.goto(f"{url}{one.page}", wait_until="load")
    text = (folder / one.file).read_text("utf-8-sig")
    assert one.before in text, one.name
    times = [_saved(one, text, folder, page, url, pid, number) for number in range(runs + 1)][1:]
    clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{one.name:24} {clock * 1000:6.0f} ms by the clock {processor * 1000:6.0f} ms of the processor", flush=True)


def _saved(one: Save, text: str, folder: Path, page: Page, url: str, pid: int, number: int) -> tuple[float, float]:
    time.sleep(0.5)  # the browser listens again
    yes = 297 - number
    share = f"{100 * yes / 336:.2f}"
    values = {"n": 1001 + number, "a": yes, "b": 336 - yes, "p": share, "h": f"{number:05x}"}
    used, start = _used(pid), time.perf_counter()
    with page.expect_event("load"):
        (folder / one.file).write_text(text.replace(one.before, one.after.format(**values)), "utf-8")
    clock = time.perf_counter() - start
    processor = _used(pid) - used
    shown = page.content() + page.request.get(f"{url}assets/style.css").text()
    assert one.shown.format(**values) in shown, f"{one.name}: the page was loaded too early"
    return clock, processor


def _used(pid: int) -> float:
    """Seconds of the processor, in the program and in the system, so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def _preview(folder: Path) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "publisher", "serve", "--port", "0", "--as-of", AS_OF]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(folder)}
    )
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline() if process.stdout else "")
        assert found, "the preview has not started"
        yield found[0], process.pid
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
