"""The watermark of a preview in a browser: over everything, in the way of nothing, readable through, and printed."""

import re

import pytest
from conftest import ROOT
from test_browser import LEVELS, axe_api, chromium, pytestmark  # noqa: F401
from test_preview import previewed
from test_unreleased import SAMPLE
from unreleased import lay

PAGES = ("index.html", "companies/mingyan-gas.html", "rounds/zz-next/index.html", "rounds/zz-next/mingyan-gas.html")
CSS = ROOT / "templates" / "assets"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    return previewed(lay(SAMPLE, folder / "root", secret=True), folder / "preview", SAMPLE.own).folder


def opened(chromium, site, path, **context):  # noqa: F811
    page = chromium.new_context(**context).new_page()
    page.goto((site / path).as_uri())
    return page


MARK = "(() => { const s = getComputedStyle(document.body, '::after'); return {content: s.content, size: s.width, \
pointer: s.pointerEvents, position: s.position, opacity: s.opacity, display: s.display}; })()"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_watermark_lies_over_the_page_and_widens_nothing(chromium, site, path, width):  # noqa: F811
    page = opened(chromium, site, path, viewport={"width": width, "height": 900})
    mark = page.evaluate(MARK)
    assert mark["content"].count("预览 未发布") >= 300
    assert (mark["position"], mark["pointer"], mark["display"]) == ("fixed", "none", "block")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    link = page.locator("nav .links a").first
    box = link.bounding_box()
    at = [box["x"] + 3, box["y"] + box["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('a') !== null", at)
    page.context.close()


def test_it_is_printed_on_every_page(chromium, site):  # noqa: F811
    page = opened(chromium, site, PAGES[-1])
    page.emulate_media(media="print")
    mark = page.evaluate(MARK)
    assert (mark["position"], mark["display"], float(mark["opacity"])) == ("fixed", "block", 0.1)
    assert page.locator(".unreleased").is_visible()
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium, site, path, scheme):  # noqa: F811
    page = opened(chromium, site, path, viewport={"width": 360, "height": 900}, color_scheme=scheme)
    page.evaluate(axe_api.Axe().axe_script)
    options = {"runOnly": {"type": "tag", "values": LEVELS}}
    found = page.evaluate(
        "o => axe.run(document, o).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))", options
    )
    page.context.close()
    assert found == []


def hexes(text):
    return {name: [int(value[n : n + 2], 16) for n in (0, 2, 4)] for name, value in colours(text)}


def colours(text):
    for name, value in re.findall(r"--(\w+): #([0-9a-f]{3}|[0-9a-f]{6});", text):
        yield name, value if len(value) == 6 else "".join(2 * sign for sign in value)


def light_of(colour):
    parts = [(one / 255 / 12.92 if one <= 10 else ((one / 255 + 0.055) / 1.055) ** 2.4) for one in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((light_of(one), light_of(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
def test_every_text_keeps_its_contrast_under_the_watermark(place):
    """4.5 : 1 (WCAG 2.2, 1.4.3), whether the mark covers the ground alone or the letters too."""
    light, dark = (CSS / "tokens.css").read_text("utf-8").split("@media screen")
    tokens = hexes(light) | (hexes(dark) if place else {})
    css = (CSS / "preview.css").read_text("utf-8")
    inks = re.findall(r"body::after \{[^}]*?color: #([0-9a-f]{6}); opacity: (\.\d+)", css)
    assert len(inks) == 2
    ink = [int(inks[place][0][n : n + 2], 16) for n in (0, 2, 4)]
    share = float(inks[place][1])

    def under(colour):
        return [a * (1 - share) + b * share for a, b in zip(colour, ink, strict=True)]

    for text in ("ink", "soft", "link", "good", "mid", "bad"):
        for ground in ("paper", "wash"):
            for letters in (tokens[text], under(tokens[text])):
                assert contrast(letters, under(tokens[ground])) >= 4.5, (text, ground)
