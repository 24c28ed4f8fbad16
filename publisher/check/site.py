"""Rules for `site.yaml`, and for what no text may say because the footer says it."""

import re
from collections.abc import Iterator

from publisher.check.context import Context
from publisher.check.written import MARKDOWN
from publisher.problems import Problem, problem, warning

GOVERNMENT = ".gov.cn"
"""Sites below it must have an identification code (国办发〔2017〕47号, annex on page design)."""
_CODES = (
    ("site_code", "unusual-site-code", r"bm\d{8}|\d{10}"),
    ("icp", "unusual-icp", r"[\u4e00-\u9fff]ICP备\d{8}号(?:-\d{1,3})?"),
    ("public_security", "unusual-public-security", r"[\u4e00-\u9fff]公网安备\s?\d{14}号"),
)
"""Patterns of real codes."""
_FOOTER_MARKS = re.compile("政府网站标识码|公网安备|ICP备|网站地图|主办单位[：:]")
"""Where readers by machine cut a page, so that the footer does not pass for the article."""


def site_codes_look_right(context: Context) -> Iterator[Problem]:
    """Only a warning, since real codes outside the patterns have been seen."""
    site = context.bureau.site
    for name, code, pattern in _CODES:
        value = getattr(site, name)
        if value and not re.fullmatch(pattern, value):
            yield warning(code, site.origin.place(name), value)


def government_sites_have_a_code(context: Context) -> Iterator[Problem]:
    """A body that is no organ of the state has none, and needs none."""
    site = context.bureau.site
    if not site.site_code and site.domain.endswith(GOVERNMENT):
        yield warning("site-code-missing", site.origin.place("base_url"), site.domain)


def thresholds_are_in_order(context: Context) -> Iterator[Problem]:
    site = context.bureau.site
    least, limit = site.thresholds.rank_from, site.thresholds.suppress_below
    if limit > least:
        yield problem("thresholds-order", site.origin.place("thresholds", "rank_from"), least, limit=limit)


def languages_begin_with_the_own(context: Context) -> Iterator[Problem]:
    """The first has the addresses without a folder: were it another, every published address would change its words."""
    site = context.bureau.site
    for place, one in enumerate(site.languages):
        if one in site.languages[:place]:
            yield problem("language-again", site.origin.place("languages", place), one)
    if site.languages and site.languages[0] != site.language:
        where = site.origin.place("languages", 0)
        yield problem("language-first", where, site.languages[0], language=site.language)


def texts_keep_off_footer_marks(context: Context) -> Iterator[Problem]:
    for one in context.written:
        if one.field in MARKDOWN and _FOOTER_MARKS.search(one.text):
            for number, line in enumerate(one.text.split("\n")):
                for mark in dict.fromkeys(_FOOTER_MARKS.findall(line)):
                    yield warning("footer-mark", one.at(number), mark)


SITE_RULES = (
    site_codes_look_right,
    government_sites_have_a_code,
    thresholds_are_in_order,
    languages_begin_with_the_own,
    texts_keep_off_footer_marks,
)
