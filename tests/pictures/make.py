"""Takes the pictures of the README from a built site: `python tests/pictures/make.py SITE_DIR`.

scorecard.png: the top of a scorecard as a reader at a desk sees it, 1280 pixels wide.
phone.png: scorecard, notice and the list of what was promised as a phone of 360 pixels shows them, side by side.
views.png: the home page as it is, in the senior view and in high contrast.
Needs Chromium: playwright's own, or the one that the variable CHROMIUM names.
"""

import os
import sys
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
SCORECARD = "rounds/2026-q3/mingyan-gas.html"
NOTICE = "notices/2026-q3-results.html"
FOLLOW_UP = "follow-up.html"
DESK = {"width": 1280, "height": 1100}
PHONE = {"width": 360, "height": 720}
GAP = 24  # pixels round and between the phone views
LARGEST = 250_000  # bytes of one picture in the repository


def seen(browser: Browser, address: str, size: dict[str, int], anchor: str = "", mode: str = "") -> bytes:
    """What a window of this size shows of a page, from the element named by `anchor`, with the switch `mode` on."""
    page = browser.new_page(viewport=size)
    page.goto(address)
    if mode:
        page.click(f"[data-mode={mode}]")
        page.wait_for_load_state("networkidle")
    if anchor:
        page.locator(anchor).evaluate("one => one.scrollIntoView()")
    picture = page.screenshot()
    page.close()
    return picture


def beside(browser: Browser, pictures: list[bytes]) -> bytes:
    """The phone views in one row on a grey ground."""
    images = "".join(f'<img src="data:image/png;base64,{b64encode(one).decode()}">' for one in pictures)
    style = f"body {{ margin: 0; padding: {GAP}px; display: flex; gap: {GAP}px; background: #d5dce4 }}"
    width = len(pictures) * (PHONE["width"] + GAP) + GAP
    page = browser.new_page(viewport={"width": width, "height": PHONE["height"] + 2 * GAP})
    page.set_content(f"<style>{style}</style>{images}")
    picture = page.screenshot()
    page.close()
    return picture


def main(site: Path) -> None:
    """Writes the pictures beside this file."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        home, scorecard = ((site / one).as_uri() for one in ("index.html", SCORECARD))
        papers = ((SCORECARD, "#main"), (NOTICE, ".document"), (FOLLOW_UP, "#main"))
        phones = [seen(browser, (site / one).as_uri(), PHONE, anchor) for one, anchor in papers]
        views = [seen(browser, home, PHONE, mode=mode) for mode in ("", "senior", "contrast")]
        pictures = {
            "scorecard.png": seen(browser, scorecard, DESK),
            "phone.png": beside(browser, phones),
            "views.png": beside(browser, views),
        }
        browser.close()
    for name, picture in pictures.items():
        if len(picture) > LARGEST:
            sys.exit(f"{name}: {len(picture)} > {LARGEST}")
        (HERE / name).write_bytes(picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
