"""The permanent address of every page. An address, once published, is never given to anything else."""

import re
from collections.abc import Iterable

from publisher.model.asked import Item, Meeting
from publisher.model.attachments import Attachment
from publisher.model.records import Article, Company, Correction, Notice, Response, Round, Statement
from publisher.model.scheme import Indicator, Scheme
from publisher.model.settings import Site

HOME = "index.html"
ROUNDS = "rounds/index.html"
COMPANIES = "companies/index.html"
NOTICES = "notices/index.html"
MEETINGS = "meetings/index.html"
FOLLOW_UP = "follow-up.html"
FOLLOW_UP_COMPANIES = "follow-up/companies.html"
FOLLOW_UP_TOPICS = "follow-up/topics.html"
CORRECTIONS = "corrections.html"
SITEMAP = "sitemap.html"
SEARCH = "search.html"
COMPARE = "compare.html"
DATA = "data/index.html"
DATA_PACKAGE = "data/datapackage.json"
DATA_COLUMNS = "data/csv-metadata.json"
DATA_GUIDE = "data/README.md"
NOT_FOUND = "404.html"
FEED = "feed.xml"
SITE_MAP = "sitemap.xml"
"""For programs; `SITEMAP` is for people."""
ROBOTS = "robots.txt"
CORRECTIONS_FEED = "corrections.xml"
REGISTER = "register.jsonl"
ADDRESSES = "addresses.txt"
VERIFY = "verify.html"
SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.minisig"
"""Of SHA256SUMS, if the bureau signs: it goes as soon as what it was made of does."""
EDITIONS = "editions/"
ATTACHMENTS = "attachments/"
STYLE = "assets/style.css"
SCRIPT = "assets/page.js"

Owner = Notice | Meeting | Statement | Response | Correction
"""What may have attachments."""

SCORECARD_OR_RESULTS = re.compile(r"rounds/[^/]+/(?!index\.)[^/]+\.(?:html|csv)|data/rounds/[^/.]+\.csv")
"""What has the same figures in other forms beside it."""
RESULTS = re.compile(r"data/rounds/[^/]+\.csv|rounds/[^/]+/[^/]+\.csv")
"""A table of results, of a round or of one of its companies."""
_ROUND_DATA = re.compile(r"data/rounds/([^/.]+(?:\.v[0-9]+)?)\.csv")
_OF_A_ROUND = re.compile(r"(?:rounds|embed)/(?!notices/)([^/]+)/|compare/([^/]+)\.html")
_NOTICE_CARD = re.compile(r"embed/notices/([^/.]+)\.html")
RESERVED_ROUNDS = frozenset({"notices"})
"""Ids that no round may have: cards of scorecards lie in a folder of their round, those of notices beside them."""
RESERVED_ARTICLES = frozenset({"index", "follow-up", "corrections", "sitemap", "404", "search", "verify", "compare"})
"""Ids that `content/pages/` may not use: the site has these addresses already."""


def round_page(round_: Round) -> str:
    return f"rounds/{round_.id}/index.html"


def round_of(path: str) -> str:
    """The id of the round whose figures stand at an address, on one page or on several; empty if there is none."""
    found = _OF_A_ROUND.match(path)
    return (found[1] or found[2]) if found else ""


def scorecard(round_: Round, company: Company) -> str:
    return f"rounds/{round_.id}/{company.id}.html"


def old(path: str, edition: int) -> str:
    """Where the superseded edition of a page or a file stays: `water.html` -> `water.v1.html`."""
    stem, _, suffix = path.rpartition(".")
    return f"{stem}.v{edition}.{suffix}"


def edition(round_: str, number: int) -> str:
    """The facts of an edition; `record` stands for what belongs to no round."""
    return f"{EDITIONS}{round_}.{number}.json"


def comparison(round_: Round) -> str:
    """The companies of a round, neighbours side by side."""
    return f"compare/{round_.id}.html"


def comparison_data(round_: Round) -> str:
    """What the page for choosing loads; no address that anybody keeps."""
    return f"compare/{round_.id}.js"


def company_page(company: Company) -> str:
    return f"companies/{company.id}.html"


def company_feed(company: Company) -> str:
    return f"companies/{company.id}.xml"


def indicator_page(scheme: Scheme, indicator: Indicator) -> str:
    return f"indicators/{scheme.id}/{indicator.id}.html"


def method(scheme: Scheme) -> str:
    return f"methods/{scheme.id}.html"


def notice_page(notice: Notice) -> str:
    return notice_called(notice.id)


def notice_called(id_: str) -> str:
    """The page of a notice of which nothing but its id is left."""
    return f"notices/{id_}.html"


def code(path: str) -> str:
    """The QR code of a page, beside it; no address that anybody keeps."""
    return f"{path.removesuffix('.html')}.svg"


def is_notice(path: str) -> bool:
    """Whether it is the address of a single notice."""
    return path.startswith("notices/") and path.endswith(".html") and path != NOTICES


def printed(path: str) -> str:
    """The PDF of a notice, beside its page."""
    return f"{path.removesuffix('.html')}.pdf"


def is_printed(path: str) -> bool:
    """Whether the extra for printing makes it."""
    return path.startswith("cards/") or (path.startswith("notices/") and path.endswith(".pdf"))


def card(path: str) -> str:
    """The share image of the page of a notice or a company; none of any other page."""
    name = path.rpartition("/")[2].removesuffix(".html")
    if is_notice(path):
        return f"cards/notices/{name}.png"
    return f"cards/{name}.png" if path.startswith("companies/") and path != COMPANIES else ""


def meeting_page(meeting: Meeting) -> str:
    return f"meetings/{meeting.id}.html"


def question(item: Item) -> str:
    """Each question has an address of its own on the page of its meeting."""
    return f"meetings/{item.meeting}.html#q-{item.id}"


def article_page(article: Article) -> str:
    return f"{article.id}.html"


def round_data(round_: Round) -> str:
    return f"data/rounds/{round_.id}.csv"


def round_of_data(path: str) -> str | None:
    """The id of the round whose table has this address; none for any other, superseded ones too."""
    name = name_of_data(path)
    return None if name and "." in name else name


def name_of_data(path: str) -> str | None:
    """What the table of a round is called: its id, of a superseded edition `2026-q1.v1`; none for any other address."""
    match = _ROUND_DATA.fullmatch(path)
    return match[1] if match else None


def search_file(name: str) -> str:
    """A file of the index behind the search page; no address that anybody keeps."""
    return f"search/{name}.js"


def round_workbook(round_: Round) -> str:
    return f"data/rounds/{round_.id}.xlsx"


def round_json(round_: Round) -> str:
    return f"data/rounds/{round_.id}.json"


def downloads(page: str) -> tuple[str, str, str]:
    """The table, the workbook and the JSON beside a page, under its name."""
    stem = page.removesuffix(".html")
    return f"{stem}.csv", f"{stem}.xlsx", f"{stem}.json"


def embed(page: str) -> str:
    """The card of a scorecard, of a company's latest one or of a notice, for other sites to show."""
    return f"embed/{page.removeprefix('rounds/').removeprefix('companies/')}"


def notice_of_embed(path: str) -> str:
    """The id of the notice whose card has this address; empty for any other."""
    found = _NOTICE_CARD.fullmatch(path)
    return (found[1] or found[2]) if found else ""


def data(table: str) -> str:
    """A table of open data."""
    return f"data/{table}.csv"


def attachment(owner: Owner, one: Attachment) -> str:
    """The owner's shelf, and what the file is: another file never gets this address, the same one always does."""
    if isinstance(owner, Statement):
        return attachment_of("statement", owner.round, owner.company, one)
    if isinstance(owner, Response):
        return attachment_of("response", owner.round, owner.company, one)
    kind = {Notice: "notice", Meeting: "meeting", Correction: "correction"}[type(owner)]
    return attachment_of(kind, "", owner.id, one)


def attachment_of(kind: str, round_: str, key: str, one: Attachment) -> str:
    """The same of an owner known by its kind and key, as editions name it; only replies are kept by round."""
    shelf = f"{round_}/{key}" if kind in {"statement", "response"} else key
    return f"{ATTACHMENTS}{kind}s/{shelf}-{(one.sha256 or '')[:16]}.{one.kind}"


def has_words(path: str) -> bool:
    """Whether every language has this page, share image, feed or index of its own.

    Data, documents (the PDF of a notice among them: there is one official text) and the theme are there once.
    """
    path = path.partition("#")[0]
    folder = path.partition("/")[0]
    if folder in {"assets", "attachments", "data"} and not path.endswith(".html"):
        return False
    return folder == "cards" or (path.endswith((".html", ".xml", ".js", ".svg")) and path != SITE_MAP)


def spoken(site: Site, path: str) -> str:
    """Where a page stands in the language of `site`: a language that is not the bureau's own has a folder."""
    return path if site.language == site.own_language or not has_words(path) else f"{folder_of(site.language)}{path}"


def folder_of(language: str) -> str:
    return f"{language.lower()}/"


def unspoken(path: str, languages: Iterable[str]) -> str:
    """The address without the folder of a language."""
    starts = (folder for one in languages if path.startswith(folder := folder_of(one)))
    return path.removeprefix(next(starts, ""))


def canonical(site: Site, path: str) -> str:
    """The one full address of a page: what search engines and citations use."""
    path = spoken(site, path)
    return f"{site.base_url}/{path.removesuffix(HOME) if path in {HOME, spoken(site, HOME)} else path}"


def relative(target: str, origin: str) -> str:
    """The link from one page to another, so that the site opens from any folder, host or stick."""
    return "../" * origin.count("/") + target
