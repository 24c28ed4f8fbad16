"""What every page must carry: a date where it is an article, and one identification code in head and footer."""

import re

from publisher.inspection.built import Built, Seen
from publisher.inspection.finding import Finding, Verdict
from publisher.inspection.limits import GOVERNMENT

ARTICLES = frozenset({"notice.html", "round.html", "scorecard.html", "meeting.html"})
"""Templates of pages that were published at a time."""
_CARDS = "embed/"
"""Cards in frames of other sites have no footer."""
_LINKED = re.compile(r"[?&]site_code=([^&#]*)")


def pages_are_dated(built: Built) -> Finding:
    """Articles say when they were published, to the minute."""
    articles = [one.path for one in built.pages if one.template in ARTICLES and one.listed and one.path in built.seen]
    undated = tuple(path for path in articles if not built.seen[path].metas.get("PubDate"))
    verdict: Verdict = "deduct" if undated else "pass" if articles else "none"
    return Finding("dates", verdict, {"undated": len(undated), "all": len(articles)}, undated)


def footers_agree(built: Built) -> Finding:
    """Head, footer and the link for reporting faults say one code, the same on every page."""
    site = built.publication.bureau.site
    host = site.base_url.split("/")[2].partition(":")[0]
    if not site.site_code:
        needed = host.endswith(GOVERNMENT)
        return Finding("footer", "deduct" if needed else "none", variant="missing" if needed else "without")
    before = built.publication.words("foot.site-code", code="")
    whole = {path: page for path, page in built.seen.items() if not path.startswith(_CARDS)}
    wrong = tuple(path for path, page in whole.items() if codes_of(page, before) != {site.site_code})
    seen = {"code": site.site_code, "wrong": len(wrong), "all": len(whole)}
    return Finding("footer", "deduct" if wrong else "pass", seen, wrong)


def codes_of(page: Seen, before: str) -> set[str]:
    """Of head, printed footer (behind `before`) and link; an empty one where the code should stand and does not."""
    printed = re.findall(rf"{re.escape(before.strip())}\s*([0-9A-Za-z]*)", page.footer)
    linked = [found[1] for link in page.footer_links if (found := _LINKED.search(link))]
    return {page.metas.get("SiteIDCode", ""), *(printed or [""]), *(linked or [""])}
