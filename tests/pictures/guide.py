"""Takes the pictures of the guides of `publisher init --scheme`: `python tests/pictures/guide.py SITE_DIR LANGUAGE`.

The site is the sample of this repository, built in that language. Needs Chromium, as make.py does.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STARTER = Path(__file__).parent.parent.parent / "publisher" / "starter" / "pictures"
PAGES = {
    "a": ("rounds/dissatisfaction-2026/qingyuan-water.html", "#main"),
    "b": ("rounds/2026-q3/mingyan-gas.html", "#main"),
    "c": ("rounds/home-visits-2026-11/nuanyang-heat.html", "#main"),
    "d": ("rounds/promises-2026-q3/mingyan-gas.html", "#main"),
    "e": ("rounds/jiaozhou-2020-h1/jiaozhou-water.html", "#main"),
    "notice": ("notices/2026-q3-results.html", ".document"),
    "meeting": ("meetings/resident-meeting-2026-10.html", "#main"),
    "ledger": ("follow-up.html", "#main"),
}
"""By the name of the picture: the page, and where on it the picture begins."""
SIZE = {"width": 640, "height": 400}
LARGEST = 60_000  # bytes of one picture


def main(site: Path, language: str) -> None:
    folder = STARTER / language
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        for name, (path, anchor) in PAGES.items():
            page = browser.new_page(viewport=SIZE)
            page.goto((site / path).as_uri())
            page.locator(anchor).first.evaluate("one => one.scrollIntoView()")
            picture = page.screenshot()
            page.close()
            if len(picture) > LARGEST:
                sys.exit(f"{name}: {len(picture)} > {LARGEST}")
            (folder / f"{name}.png").write_bytes(picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
