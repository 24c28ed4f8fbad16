"""Every kind of page in both languages, at every width and in every view: what axe finds, what stands out or is small.

Each page is opened once and then looked at from all sides: opening is a good part of what looking costs.
"""

import re

import pytest
from test_browser import KINDS, LEVELS, Visit, axe_api, chromium, pytestmark  # noqa: F401
from test_modes import MODES, pressed

WIDTHS = {
    1280: LEVELS,
    768: (),
    360: ["target-size", "scrollable-region-focusable"],
    320: LEVELS,
}
"""And what axe looks at, besides colours. At 768 everything only has to stay within the window; at 360 it is drawn by
the same rules as at 320, so that only what depends on where things come to lie is looked at again."""
TABLET = 768
AXE = """rules => axe.run(document, {runOnly: rules, rules: {"color-contrast": {enabled: false}},
    resultTypes: ["violations"]}).then(found => found.violations)"""
CONTRAST = """known => {
    /* The most costly rule: colours are settled by where an element stands, so one of each place is looked at. */
    const seen = new Set(known), fresh = new Map();
    const settling = /^(class|lang|hidden|aria-current|aria-pressed)$/;
    const named = one => one.tagName
        + [...one.attributes].filter(named => settling.test(named.name)).map(named => named.name + named.value);
    const place = one => one ? place(one.parentElement) + ">" + named(one) : "";
    for (const one of document.body.querySelectorAll("*")) {
        if (![...one.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim())) continue;
        const where = place(one);
        if (!seen.has(where) && one.checkVisibility() && !fresh.has(where)) fresh.set(where, one);
    }
    if (!fresh.size) return {violations: [], fresh: []};
    return axe.run({include: [...fresh.values()]}, {runOnly: ["color-contrast"], resultTypes: ["violations"]})
        .then(found => ({violations: found.violations, fresh: [...fresh.keys()]}));
}"""
TEXT_SIZES = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = {};
    while (walk.nextNode()) {
        const one = walk.currentNode.parentElement;
        if (!walk.currentNode.textContent.trim() || !one.checkVisibility()) continue;
        const drawn = one.closest("svg.trend");
        const scale = drawn ? drawn.getBoundingClientRect().width / drawn.viewBox.baseVal.width : 1;
        const size = parseFloat(getComputedStyle(one).fontSize) * scale;
        if (size < 17.99) found[one.outerHTML.slice(0, 70)] = size;
    }
    return found;
}"""
SMALL_TARGETS = """([within, least]) => [...document.querySelectorAll(within)].filter(one => one.checkVisibility())
    .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
    .filter(([, box]) => box.height && (box.height < least - .01 || box.width < least - .01)).map(([text]) => text)"""
FOR_A_THUMB = 44
"""Pixels (WCAG 2.2, 2.5.5); a link in a sentence is as high as its line."""
MISSED_BY_A_THUMB = """least => {
    const letters = one => one.textContent.replace(/\\s/g, "").length;
    const beside = one => [...one.querySelectorAll("a")].reduce((left, link) => left - letters(link), letters(one));
    const inSentence = one => one && beside(one) > 5;
    return [...document.querySelectorAll("a, button, input, select, summary")]
        .filter(one => one.checkVisibility() && !one.matches(".sr, svg *") && !inSentence(one.closest("p")))
        .map(one => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.height && (box.height < least - .01 || box.width < least - .01))
        .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`);
}"""
SHARED_BY_TWO = """() => {
    const apart = one => !["inline", "contents"].includes(getComputedStyle(one).display);
    const found = [...document.querySelectorAll("a, button, input, select, summary")]
        .filter(one => one.checkVisibility() && !one.closest(".sr, svg, .cards thead") && apart(one))
        .map(one => [one, one.getBoundingClientRect()]);
    const common = ([, one], [, other]) => Math.min(
        Math.min(one.right, other.right) - Math.max(one.left, other.left),
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
    return found.flatMap((one, place) => found.slice(place + 1, place + 12)
        .filter(other => common(one, other) > .5)
        .map(other => `${one[0].outerHTML.slice(0, 90)} | ${other[0].outerHTML.slice(0, 90)}`));
}"""
"""What is made high enough for a finger must not be so at its neighbour's cost."""
CLIPPED = """() => [...document.body.querySelectorAll("*")]
    .filter(one => one.checkVisibility() && !one.closest(".sr, svg, .cards thead"))
    .filter(one => getComputedStyle(one).overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 90))"""
BROKEN_WORDS = """() => [...document.querySelectorAll("td .badge")].filter(one => one.checkVisibility())
    .filter(one => one.getClientRects().length > 1).map(one => one.outerHTML)"""
"""A word in a box that goes on in the next line, where tables with large letters are cards of two columns."""
ROOT_OF_THE_HOST = "file:///pingjia/"


class Looks:
    """Looks at the page of a visit; remembers in which places it has seen the colours, by width and view."""

    def __init__(self, visit):
        self.visit, self.page, self.seen, self.found = visit, visit.page, {}, {}

    def note(self, look, faults):
        if faults := [*faults]:
            self.found[look] = faults

    def contrast(self, view):
        seen = self.seen.setdefault(view, [])
        answer = self.page.evaluate(CONTRAST, seen)
        seen += answer["fresh"]
        return told(answer["violations"])

    def at_every_width(self, name, *modes):
        for width, rules in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            look = f"{name} {width} {' '.join(modes)}"
            self.note(f"{look} wide", self.visit.wider_than_the_window())
            if width >= TABLET:
                self.note(f"{look} broken", self.page.evaluate(BROKEN_WORDS))
            if rules:
                self.note(look, [*told(self.page.evaluate(AXE, rules)), *self.contrast((width, modes))])

    def for_a_thumb(self, name):
        for width in (360, 320):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.note(f"{name} {width} thumb", self.page.evaluate(MISSED_BY_A_THUMB, FOR_A_THUMB))
            self.note(f"{name} {width} shared", self.page.evaluate(SHARED_BY_TWO))

    def in_letters_twice_as_large(self, name):
        """WCAG 2.2, 1.4.4: nothing is lost and nothing has to be scrolled sideways.

        A phone enlarges letters alone; a browser that enlarges 1280 pixels twice lays the page out for 640.
        """
        for width, enlarge in ((640, ""), (360, "200%")):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate("size => document.documentElement.style.fontSize = size", enlarge)
            self.note(f"{name} {width} twice", [*self.visit.wider_than_the_window(), *self.page.evaluate(CLIPPED)])
        self.page.evaluate("document.documentElement.style.fontSize = ''")

    def in_the_dark(self, name):
        self.page.emulate_media(color_scheme="dark")
        self.note(f"{name} dark", self.contrast("dark"))
        self.page.emulate_media(color_scheme="light")

    def for_the_ageing(self, name):
        """The sizes that the rules for them ask for."""
        self.note(f"{name} letters", self.page.evaluate(TEXT_SIZES).items())
        for within, least in (
            ("header .links a, .modes button, .parts a, main select", 60),
            (".list a, .crumbs a, .foot .links a", 44),
        ):
            self.note(f"{name} targets {least}", self.page.evaluate(SMALL_TARGETS, [within, least]))

    def with_all_switches(self, name):
        pressed(self.visit, *MODES)
        self.note(f"{name} all", [*self.visit.wider_than_the_window(), *self.contrast("all")])


def told(violations):
    return [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]]


def test_the_style_changes_nowhere_between_the_narrow_widths(sample):
    limits = set()
    for path in (sample / "assets").glob("*.css"):
        limits |= {16 * float(rem) for rem in re.findall(r"width:\s*([\d.]+)rem\)", path.read_text("utf-8"))}
    assert limits
    assert min(limits) > 360


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_kind_of_page_is_sound_from_all_sides(chromium, sample, english_sample, language):  # noqa: F811
    site = sample if language == "zh-Hans" else english_sample
    with Visit(chromium, site.as_uri(), bypass_csp=True) as visit:
        looks = Looks(visit)
        # Only the page that hosts serve at any depth asks for it.
        visit.page.route(
            f"{ROOT_OF_THE_HOST}**", lambda one: one.fulfill(path=site / one.request.url[len(ROOT_OF_THE_HOST) :])
        )
        for name in KINDS:
            visit.open(name)
            visit.page.evaluate(axe_api.Axe().axe_script)
            looks.at_every_width(name)
            looks.for_a_thumb(name)
            looks.in_letters_twice_as_large(name)
            looks.in_the_dark(name)
            if name.startswith("embed/"):
                continue  # what other sites show has no switches: they are of the page around it
            pressed(visit, "senior")
            looks.at_every_width(name, "senior")
            looks.for_the_ageing(name)
            looks.with_all_switches(name)
            pressed(visit)
    assert looks.found == {}
