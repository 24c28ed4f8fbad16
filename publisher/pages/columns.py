"""The columns of the site (栏目): which one a page stands in, for the tags that programs read."""

_COLUMNS = {
    "index.html": "home",
    "rounds": "rounds",
    "companies": "companies",
    "notices": "notices",
    "meetings": "meetings",
    "follow-up.html": "follow-up",
    "follow-up": "follow-up",
    "indicators": "indicators",
    "compare": "compare",
    "compare.html": "compare",
    "methods": "methods",
    "corrections.html": "corrections",
    "data": "data",
    "search.html": "search",
}
"""The first part of an address -> the column; everything else tells of the site itself."""
_NAMES = {
    "home": "nav.home",
    "rounds": "site.rounds",
    "companies": "site.companies",
    "notices": "site.notices",
    "meetings": "site.meetings",
    "follow-up": "site.follow-up",
    "indicators": "columns.name.indicators",
    "compare": "compare.title",
    "methods": "columns.name.methods",
    "corrections": "site.corrections",
    "data": "site.data",
    "search": "site.search",
}
"""The words for its name; a page about the site is a column of its own."""


def column_of(path: str) -> str:
    return _COLUMNS.get(path.partition("/")[0], "site")


def name_of(path: str) -> str | None:
    """The key of its column's name; none: the column is called as the page is."""
    return _NAMES.get(column_of(path))
