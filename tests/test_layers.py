"""The code goes one way, and every part keeps to what is its own."""

import ast
import csv
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "publisher"
MODULES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}

NOUNS = {"model", "problems"}
ALLOWED = {
    # what everything stands on
    "__init__": set(),
    "problems": set(),
    "catalogue": set(),
    "words": {"catalogue"},
    "rounding": set(),
    "identifiers": set(),
    "initials": set(),
    "datasets": set(),
    "model": {"problems"},
    "measures": {"model"},
    "recall": {"model"},  # what is computed from the same nouns is not computed again
    "cleared": set(),  # what a rule found nothing in
    "messages": {"problems", "words"},
    "addresses": {"model"},
    "workdays": {"model"},
    "similar": set(),
    "limits": set(),
    "hosting": set(),  # what hosts allow
    "archives": set(),  # packages that others made: the loader and `verify` open them alike
    "signs": set(),
    "qr": set(),  # drawn while a page is rendered
    "shown": {"markup"},
    "privacy": {"identifiers"},
    "replies": {"model"},
    "named": set(),  # tables, citations and typed figures find things by the same names
    "citations": {"model", "named"},  # what an expression in a body means: asked by check, and where it is filled
    "editions": {"addresses", *NOUNS},  # what was sealed against what is there: rules, pages and the seal need it
    "withdrawn": {"addresses", "editions", "model"},  # what goes with a withdrawn page, before anything is computed
    "until": {"model", "moments"},  # until when the last build is what a build would give
    "cache": set(),
    "stamp": {"__init__"},  # files as the disk tells of them: nothing is known of what is in them
    "moments": {"model"},  # when things come out by their own words: the policy of sign-off and the embargo ask
    "signoff": {
        "addresses",  # what had come out before the policy stands in a sealed list of addresses
        "editions",
        "model",
        "moments",
        "named",
    },  # what is signed are facts; the embargo and check ask which signs count
    # load -> check -> analyse -> pages -> render -> write
    "load": {
        *NOUNS,
        "addresses",
        "archives",
        "datasets",
        "limits",
        "named",
        "processors",
        "recall",
        "words",
    },  # the site as it is, at its addresses
    "check": {
        *{*NOUNS, "addresses", "citations", "identifiers", "ledger", "measures", "moments", "released", "rounding"},
        *{"addresses", "signoff"},
        *{"privacy", "similar", "workdays"},  # personal data, the clock of the ledger, and the look for copied answers
        *{"limits", "shown", "signs"},  # what a text would look like on the page, told before there is a page
        "editions",  # what was sealed
        "attendance",
        "aside",  # long rules may run beside what is computed
        "cleared",
        "named",  # whether the maker that a file names is the office or a company
    },
    "ahead": {"model", "named"},  # what one company may see before release; whose names a text must not have
    "released": {"editions", "model", "moments", "signoff"},  # a register ends at the moment the site speaks of
    "analyse": {"model", "measures", "recall", "rounding"},
    "ledger": {"model", "rounding", "workdays"},
    "pages": {
        *{"model", "addresses", "ledger", "moments", "replies", "similar", "words"},
        "editions",  # what a correction changed is told from the editions
        "datasets",  # tables as people read of them
        "initials",  # companies by letter
        "withdrawn",  # lists say what is not in them any more
        *{"measures", "rounding"},  # the worked example shows numbers on the way, which nothing else prints
    },
    "format": {"model", "pages", "rounding", "words"},
    "sentences": {"model", "format", "words"},
    "paragraphs": set(),
    "markup": {"paragraphs"},
    # judges notices by the finished analysis, so it runs behind `check` and only on a folder without errors
    "claims": {*NOUNS, "citations", "named", "rounding"},
    "cited": {"model", "citations", "format", "sentences", "words"},  # figures in the words of the pages
    "quicker": {"called", "repeated", "words"},  # what templates are compiled to
    "called": {"repeated", "words"},  # what they call then
    "repeated": {"kept"},  # what was read for a text that many pages have
    "filters": {"format", "markup", "moments", "pages", "qr", "sentences"},
    "compiled": {"cache", "stamp"},  # the theme compiled for this program, beside it
    "kept": {"ledger", "model", "problems"},  # what a file was made of, in a few signs
    "assets": {"addresses", "problems"},
    "theme": {"named", "problems"},  # what a bureau's own templates may not do, told before and while a page is made
    "render": {
        *{"addresses", "called", "filters", "kept", "pages", "problems", "quicker", "theme"},
        *{"compiled", "recall"},
        "foreign",  # texts in the bureau's own language, on pages of another
        "pieces",  # a page of twenty megabytes
        *{"once", "repeated"},  # words of a noun that many pages print
    },
    "pieces": set(),
    "once": set(),
    "foreign": set(),
    "speaking": {"cited", "editions", "model", "pages", "withdrawn", "words"},  # the same site in its other languages
    # the extra `print`: what the pages say, as PDF and images; its faces lie in the theme
    "press": {*NOUNS, "addresses", "format", "moments", "pages", "processors", "render", "withdrawn", "words"},
    "outputs": {
        *{"model", "addresses", "ledger", "moments", "pages", "rounding", "words"},
        "editions",  # what stands in the place of something withdrawn
        "qr",  # the code of a scorecard is a file of its own
        *{"initials", "markup"},  # a search looks through what a reader sees
        *{"datasets", "format", "sentences"},  # a workbook and a comparison say what a page says
        "named",  # a workbook to fill in offers names that reading finds again
    },
    "write": {"addresses", "problems", "stamp"},  # what the list of hashes is called; files that did not move
    "permanent": {*NOUNS, "addresses", "outputs", "pages", "press"},  # every address of a site, before it is rendered
    "diff": {"addresses", "datasets", "editions", "words"},  # two sites as bytes; shows long texts as corrections do
    # a folder held against its rules, and against the site as it is: its addresses, tables and register
    "checking": {
        *{
            *NOUNS,
            "addresses",
            "analyse",
            "aside",
            "check",
            "claims",
            "cleared",
            "datasets",
            "editions",
            "load",
            "released",
            "signoff",
        },
        "recall",
    },
    # what people start
    "dated": {"words"},
    "parts": {"addresses", "kept", "pages", "problems", "write"},  # how files are made, and of what
    "standing": {"aside", "kept", "parts", "write"},  # which need not be made
    "remade": {"kept", "parts", "standing", "write"},
    "contents": {  # which files a site has, and how each is made: asked by all that make them
        *{*NOUNS, "addresses", "assets", "dated", "editions", "load", "outputs", "pages", "parts", "render"},
        "press",  # the extra, where it is installed
        *{"qr", "recall"},
    },
    "cluster": {"cache", "problems", "working"},  # the same on other machines
    "processors": set(),
    "aside": {"cache", "problems", "processors"},  # rules and files are shared among the same kind of processes
    "working": {"aside", "cache", "contents", "parts", "processors"},  # who makes them
    "build": {
        *{*NOUNS, "checking", "contents", "released", "analyse", "ledger", "pages", "press", "render", "write"},
        *{"addresses", "ahead", "cited", "editions", "kept", "parts", "permanent", "recall", "speaking", "withdrawn"},
        *{"aside", "cleared", "remade", "stamp", "standing", "words", "working"},
        "assets",
        "theme",  # what a bureau's own templates change nothing with
    },
    "inspection": {"addresses", "ledger", "pages", "words"},  # reads the finished pages, and the days behind them
    "inspecting": {"addresses", "build", "checking", "inspection", "pages", "render"},
    "previewing": {
        *{*NOUNS, "addresses", "ahead", "build", "checking", "contents", "moments", "named", "outputs", "pages"},
        *{"aside", "parts", "recall", "released", "remade", "render", "working", "write"},
    },
    "signing": set(),  # the format of minisign: bytes in, bytes out
    # judges a folder that somebody else made; of `write` it has what a SHA256SUMS is, of `words` how dates are printed
    "verify": {
        *{*NOUNS, "editions", "signing", "words", "write"},
        *{"addresses", "datasets"},  # where the tables lie, and what their columns are called
        "archives",
        "diff",  # the words of two pages are compared as the bureau's own comparison does
        *{
            "analyse",
            "ledger",
            "outputs",
            "workdays",
        },  # what follows from sealed scores and from the tables is computed once more
    },
    # A finished site, by what `verify` finds and by what names may be; which folders are those of languages.
    "deploying": {"addresses", "hosting", "verify", "words", "write"},
    # nothing is signed that was not found whole
    "signature": {"addresses", "load", "problems", "signing", "verify", "write"},
    "opening": {"checking", "named", "problems", "signoff"},  # how commands about one round read the folder, all alike
    "sealing": {*NOUNS, "analyse", "build", "checking", "editions", "opening", "permanent", "released", "write"},
    "signing_off": {
        *NOUNS,
        "checking",
        "editions",
        "load",
        "named",
        "opening",
        "signoff",
        "write",
    },  # tried out as well
    # what offices send, as bytes: packages and tables are read as the loader reads them, pages as readers see them
    "attendance": {"model"},  # who should be in a round: `check` warns of it, `status` lists it
    "outstanding": {"attendance", "ledger", "model", "released", "replies"},  # what `check` and pages say, as a list
    "incoming": {"limits", "load", "markup", "named", "problems", "words"},  # labels of letters are found like headings
    "importing": {*NOUNS, "checking", "incoming", "load", "named", "words", "write"},  # tried out before it is written
    "differing": {
        *{
            *NOUNS,
            "addresses",
            "build",
            "checking",
            "parts",
            "diff",
            "load",
            "opening",
            "pages",
            "permanent",
            "released",
        },
        *{"render", "signoff", "words"},
    },
    "sheet": {*NOUNS, "diff", "differing", "format", "markup", "messages", "released", "signoff", "words"},
    "report": {"messages", "problems", "words"},  # what `check` tells, as a page to send
    "serve": {"messages", "problems", "words"},
    "live": {
        *NOUNS,
        "build",
        "checking",
        "cleared",
        "contents",
        "parts",
        "previewing",
        "recall",
        "render",
        "serve",
        "words",
    },
    "starting": {"problems"},
    # new files to complete: what they may say of results (without what was withdrawn), what a correction of sealed ones
    # covers, and whether an id is one
    "scaffold": {*NOUNS, "analyse", "editions", "load", "named", "withdrawn", "words"},
    "commands": {
        *{
            *NOUNS,
            "build",
            "checking",
            "hosting",  # how large a file may be, told by the help
            "importing",
            "ledger",
            "outstanding",
            "live",
            "messages",
            "moments",
            "named",  # what was probably meant
            "released",
            "sealing",
            "signing_off",
            "starting",
            "words",
        },
        *{"diff", "differing", "report", "sheet", "signoff"},
        *{"inspecting", "inspection", "previewing"},
        *{"check", "load", "outputs", "write"},  # likely years, and a workbook to fill in: no site is built for it
        *{"deploying", "signature", "signing", "verify"},  # a copy is proved without a bureau
        "addresses",  # what tells a site from another folder
        "scaffold",  # new files to complete
        *{"aside", "cluster", "working"},  # who makes the files of a build, and runs its rules
        *{"cache", "cleared", "kept", "stamp", "until"},  # whether there is anything to build
        "opening",  # that a round is unknown is told by all commands alike
    },
    "usage": {"words"},  # the form of help; Click's own words come from a catalogue of gettext
    "cli": {"__init__", "commands", "usage", "words"},
    "__main__": {"cli"},
}
"""Part -> the parts it may import. A new part needs its line here, and a reason."""

OPENS_INPUTS = {"load"}
OPENS_ITS_OWN = {
    "words": "the catalogues of the package",
    "render": "the theme",
    "cluster": "the program itself, to compare it with that of another machine",
    "processors": "what the system says of itself: the share of the processors that a container was given",
    "assets": "the theme",
    "press": "fonts of the theme and of the extra",
    "serve": "its own error page and script",
    "starting": "the starter of the package",
    "stamp": "looks whether inputs and site are still those of the last build",
    "verify": "the copy that it is asked about, and never through a link",
    "signature": "the list of hashes that was just found right",
    "live": "looks at which inputs there are",
    "deploying": "how large the files of the finished site are",
    "incoming": "pictures within a package that is in memory",
    "cli": "one line of site.yaml, so that it speaks the bureau's language",
}
OPENING = {"open", "read_text", "read_bytes", "scandir", "iterdir", "glob", "rglob", "listdir", "stat", "lstat"}
CHANGES_FILES = {"write", "starting", "cache"}
CHANGING = {
    *{"write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "rename", "rmtree", "copy", "copyfile"},
    *{"copytree", "move", "touch", "symlink_to", "hardlink_to", "chmod", "utime", "fsync"},
}
PURE = {
    "cleared",
    "until",
    "model",
    "problems",
    "rounding",
    "identifiers",
    "measures",
    "recall",
    "addresses",
    "released",
    "analyse",
    "ledger",
} | {
    *{
        "moments",
        "until",
        "check",
        "editions",
        "pages",
        "privacy",
        "replies",
        "withdrawn",
        "diff",
        "signoff",
        "similar",
        "workdays",
        "named",
        "citations",
        "cited",
        "claims",
        "ahead",
        "attendance",
        "outstanding",
        "inspection",
    }
}
CLOCKS = {("datetime", "now"), ("datetime", "today"), ("date", "today"), ("datetime", "utcnow")}
CLOCK_MODULES = {"time", "random", "secrets", "uuid", "locale"}
MAY_SEE_THE_CLOCK = {"commands", "serve"}
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
CHINESE_ALLOWED = {
    "incoming/numbering.py": {"〇一二三四五六七八九", "十", "百", "千", "零", "甲乙丙丁戊己庚辛壬癸"},
    "incoming/papers.py": {"零○Oo"},
    "initials.py": {"啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"},
    "citations/syntax.py": {"“”‘’（），＝"},
    "claims/reading.py": {"０１２３４５６７８９．％"},
    "claims/subjects.py": {"一二三四"},
    "model/fields.py": {"是", "否", "％", "．", "，", "－", "＋", "："},
}
"""Not words to read but signs that staff type. Regular expressions and docstrings are left out anyway."""
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 48


def part_of(name):
    """`load/text.py` -> load, `words.py` -> words."""
    first = name.split("/")[0]
    return first.removesuffix(".py")


def imports_of(tree):
    """The parts of the publisher that a module imports, and every foreign module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "publisher":
                yield from (f"publisher.{alias.name}" for alias in node.names)
            else:
                yield node.module


def parts_imported(tree):
    for module in imports_of(tree):
        first, _, rest = module.partition(".")
        if first == "publisher":
            part = rest.split(".")[0]
            yield part if part in ALLOWED else "__init__"


def attributes_called(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                owner = called.value.id if isinstance(called.value, ast.Name) else ""
                yield owner, called.attr, node
            elif isinstance(called, ast.Name):
                yield "", called.id, node


def test_every_part_is_in_the_table_and_no_line_is_left_over():
    assert {part_of(name) for name in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_what_lies_before_it(name):
    part = part_of(name)
    assert set(parts_imported(MODULES[name])) <= ALLOWED[part] | {part}


def test_what_was_probably_meant_is_found_in_one_place():
    assert [name for name in MODULES if "get_close_matches" in (PACKAGE / name).read_text("utf-8")] == ["named.py"]


def test_the_table_has_no_circle():
    seen = {}

    def height(part, way=()):
        assert part not in way, way
        if part not in seen:
            seen[part] = 1 + max((height(one, (*way, part)) for one in ALLOWED[part]), default=0)
        return seen[part]

    for part in ALLOWED:
        height(part)
    steps = [height(part) for part in ("model", "pages", "render", "build", "cli")]
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_only_the_door_in_opens_inputs(name):
    part = part_of(name)
    if part in OPENS_INPUTS | CHANGES_FILES | set(OPENS_ITS_OWN):
        return
    opened = [f"{attr}, line {node.lineno}" for _, attr, node in attributes_called(MODULES[name]) if attr in OPENING]
    assert not opened


@pytest.mark.parametrize("name", sorted(MODULES))
def test_only_the_door_out_changes_files(name):
    if part_of(name) in CHANGES_FILES:
        return
    found = [
        f"{owner}.{attr}, line {node.lineno}"
        for owner, attr, node in attributes_called(MODULES[name])
        if (attr in CHANGING and owner != "copy")
        or (attr in {"replace", "remove"} and owner == "os")
        or (attr == "open" and any(isinstance(a, ast.Constant) and set(str(a.value)) & set("wax+") for a in node.args))
    ]
    assert not found


def test_the_door_out_writes_nowhere_else():
    """`write` is given its folder; it knows neither `site/` nor any other path of the bureau."""
    names = {"content", "results", "templates", "site"}
    for name, tree in MODULES.items():
        if part_of(name) == "write":
            strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            assert not strings & names


@pytest.mark.parametrize("name", sorted(MODULES))
def test_the_clock_is_an_input(name):
    if part_of(name) in MAY_SEE_THE_CLOCK:
        return
    seen = [f"line {node.lineno}" for owner, attr, node in attributes_called(MODULES[name]) if (owner, attr) in CLOCKS]
    assert not seen
    assert not CLOCK_MODULES & set(imports_of(MODULES[name])), "neither clock nor chance nor the machine's language"


@pytest.mark.parametrize("name", sorted(name for name in MODULES if part_of(name) in PURE))
def test_a_pure_part_imports_nothing_that_reads_or_writes(name):
    doors = {"os", "io", "shutil", "tempfile", "subprocess", "socket", "urllib", "pathlib", "sys", "logging"}
    if name == "model/attachments.py":
        doors -= {"pathlib"}  # the place of an attachment is a noun there
    modules = set(imports_of(MODULES[name])) - {"urllib.parse"}  # which only takes addresses apart
    assert not doors & {module.split(".")[0] for module in modules}
    assert not {attr for _, attr, _ in attributes_called(MODULES[name])} & {"print", "input", "open"}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_is_short(name):
    assert len((PACKAGE / name).read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_function_is_short(name):
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < MOST_LINES_OF_A_FUNCTION, node.name


def docstrings_of(tree):
    """Also the strings below a name, which explain it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def is_pattern(text):
    return bool(re.search(r"\\[du]|\[.+\]|\(\?|\*|\|", text))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_prose_stands_in_the_code(name):
    """What people read comes from the catalogues, in both languages."""
    explained = set(docstrings_of(MODULES[name]))
    strings = [n for n in ast.walk(MODULES[name]) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    found = [
        f"line {node.lineno}: {node.value}"
        for node in strings
        if node not in explained and CHINESE.search(node.value) and not is_pattern(node.value)
    ]
    allowed = CHINESE_ALLOWED.get(name, set())
    assert not [line for line in found if line.partition(": ")[2] not in allowed]


def test_no_broad_except_hides_a_bug():
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{name}, line {node.lineno}"
                caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
                raises = any(isinstance(n, ast.Raise) and n.exc is None for n in ast.walk(node))
                assert raises or not caught & {"Exception", "BaseException"}, f"{name}, line {node.lineno}"


def names_of_the_sample():
    """Every name that a bureau chooses: companies, places, indicators, grades, sectors, dimensions."""
    with (ROOT / "content" / "companies.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield from (row[key] for key in ("id", "name", "name_en", "short_name", "sector", "sector_en", "area"))
    settings = yaml.safe_load((ROOT / "content" / "site.yaml").read_text("utf-8"))
    yield from settings["bureau"].values()
    yield from (settings["title"], settings["title_en"])
    for path in sorted((ROOT / "content" / "schemes").glob("*.yaml")):
        scheme = yaml.safe_load(path.read_text("utf-8"))
        yield from (path.stem, scheme["name"])
        for kind in ("grades", "dimensions", "aspects", "channels", "indicators", "bands"):
            for one in scheme.get(kind, ()):
                yield from (one.get("name"), one.get("name_en"))
    yield from ("示例市", "荆门", "胶州", "天门", "重庆", "Jingmen", "Jiaozhou", "Tianmen", "Chongqing")


ORDINARY = {"是", "一般", "服务", "Fair", "Good", "Poor", "12345"}
"""Names of the sample that are ordinary words of a language, too."""


def test_program_and_theme_know_no_company_indicator_grade_or_city():
    """A new grade, weight, question, sector or system is a line in `content/`."""
    names = {str(name) for name in names_of_the_sample() if name and len(str(name)) > 1} - ORDINARY
    assert len(names) > 100
    starters = PACKAGE / "starter"
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".po"} and starters not in path.parents]
    files += [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    found = []
    for path in files:
        text = path.read_text("utf-8")
        if path.suffix == ".po":
            # The catalogues hold the words of the trade; a company's or a city's name is none of them.
            real = {name for name in names if re.search("示例市|荆门|胶州|天门|重庆", name)}
            found += [f"{path.name}: {name}" for name in real if name in text]
        else:
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names if _occurs(name, text)]
    assert not found


def _occurs(name, text):
    """Names in Latin letters count as whole words."""
    return re.search(rf"\b{re.escape(name)}\b", text) if name.isascii() else name in text


def test_templates_hold_no_words_to_read():
    """Text outside tags and expressions comes from the catalogues as well."""
    for path in sorted((ROOT / "templates").glob("*.html")):
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", bare)
        words = re.findall(r"[A-Za-z]{3,}|[\u4e00-\u9fff]+", re.sub(r"&\w+;", "", text))
        assert not set(words) - {"DOCTYPE", "html", "paper", "CSV", "XLSX"}, path.name  # paper: a class
