"""Notices as PDF and share images: what they say, how they are laid out, and a site without the extra."""

import re
import shutil
import struct
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import NOON, ROOT, at_noon
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from test_sealed import SALT, change, correct, sealed_at

from publisher import addresses
from publisher.build import build, files, publication_of
from publisher.checking import checked as checked_at
from publisher.cleared import Cleared
from publisher.live import site_of
from publisher.markup import html_of
from publisher.messages import lines_of
from publisher.pages import site_pages
from publisher.press import made, setting
from publisher.press.faces import letters_of, missing
from publisher.press.setting import Press
from publisher.press.tree import text_of, tree_of
from publisher.previewing import preview
from publisher.problems import PublisherError
from publisher.recall import Recall
from publisher.render import theme_folders
from publisher.sealing import seal
from publisher.words import words_of

pytest.importorskip("typst")
pytest.importorskip("pylopdf_fonts_zh_cn")

BUREAU = ROOT / "tests" / "bureau"
MM = 72 / 25.4
PAGE = 297 * MM
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, (297 - 37) * MM, 35 * MM
TITLE = "关于测试市用水安全检查情况的通报"
HEAD = f"""---
kind: announcement
title: {TITLE}
issuer: 测试市公用事业评价办公室
issued_on: 2026-07-01
published_at: 2026-07-01 10:00
"""


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    """The tests' bureau, printing."""
    root = tmp_path_factory.mktemp("printing") / "bureau"
    shutil.copytree(BUREAU, root)
    settings_ = root / "content" / "site.yaml"
    text = settings_.read_text("utf-8")
    assert "print: no\n" in text
    settings_.write_text(text.replace("print: no\n", ""), "utf-8")
    return root


@pytest.fixture
def root(bureau, tmp_path):
    return shutil.copytree(bureau, tmp_path / "bureau")


def add_notice(root, body, id_="long", **more):
    head = HEAD + "".join(f"{key}: {value}\n" for key, value in more.items())
    (root / "content" / "notices" / f"{id_}.md").write_text(f"{head}---\n\n{body}\n", "utf-8")


def made_by(root, *paths):
    """Some files of the site, without writing it."""
    publication = publication_of(checked_at(root, at_noon).bureau, NOON)
    found = dict(files(publication, theme_folders(root)))
    return [found[path] for path in paths] if paths else found


def read(path, data):
    path.write_bytes(data)
    return PdfReader(path)


def pieces(page):
    """(x, y, text) of what stands on a page, in points from its lower left corner."""
    found = []

    def visit(text, matrix, position, _font, _size):
        if text.strip():
            x = position[4] * matrix[0] + position[5] * matrix[2] + matrix[4]
            y = position[4] * matrix[1] + position[5] * matrix[3] + matrix[5]
            found.append((x, y, text.strip()))

    page.extract_text(visitor_text=visit)
    return found


def bare(text):
    """Without white space and without the marks that every sheet carries."""
    return re.sub(r"\s", "", text)


def text_in(reader):
    return bare("".join(page.extract_text() for page in reader.pages))


# What a site has


def test_every_notice_of_the_sample_is_there_as_pdf_and_its_page_says_how_large(sample):
    pages = sorted(path for path in (sample / "notices").glob("*.html") if path.name != "index.html")
    assert len(pages) > 5
    sums = (sample / "SHA256SUMS").read_text("utf-8")
    for page in pages:
        data = page.with_suffix(".pdf").read_bytes()
        size = -(-len(data) // 1000)
        link = f'<a href="../notices/{page.stem}.pdf" type="application/pdf">下载本件（PDF，{size} kB）</a>'
        assert '<link rel="alternate" type="application/pdf" title="' in page.read_text("utf-8")
        assert link in page.read_text("utf-8"), page.name
        assert f"{sha256(data).hexdigest()}  notices/{page.stem}.pdf\n" in sums


def test_the_pdf_has_every_figure_of_the_page(sample):
    """Read out of both files, in one order."""
    page = (sample / "notices" / "2026-q3-results.html").read_text("utf-8")
    article = page[page.index("<article") : page.index("</article>")]
    figures = re.findall(r'<span class="num">([^<]+)</span>', article)
    assert len(figures) > 150
    text = text_in(PdfReader(sample / "notices" / "2026-q3-results.pdf"))
    place = 0
    for figure in figures:
        place = text.index(bare(figure), place)


def test_a_page_that_is_shared_names_its_image_in_full(sample):
    page = (sample / "companies" / "qingyuan-water.html").read_text("utf-8")
    address = "https://service.example/pingjia/cards/qingyuan-water.png"
    assert f'<meta property="og:image" content="{address}">' in page
    # and relatively, so that a mirror has it too
    assert '<link rel="alternate" type="image/png" title="' in page
    assert ' href="../cards/qingyuan-water.png">' in page
    assert "og:image" not in (sample / "rounds" / "2026-q3" / "qingyuan-water.html").read_text("utf-8")
    images = [*(sample / "cards").rglob("*.png")]
    assert len(images) > 20
    for image in images:
        data = image.read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", data[16:24]) == (1200, 630), image


def test_an_image_says_what_the_latest_scorecard_says(sample):
    """The values that the layout is given; what it makes of them was looked at."""
    found = checked_at(ROOT, at_noon)
    publication = publication_of(found.bureau, NOON)
    sheets = {one.path: one for one in made.sheets(publication, theme_folders(ROOT), site_pages(publication))}
    card = sheets["cards/qingyuan-water.png"].data()
    assert card["title"] == "示例市清源水务有限公司（样例）"
    assert (card["what"], card["figure"], card["direction"]) == ("综合得分", "83.97分", "得分越高越好")
    assert card["facts"] == ["第2名（共4家参与排名）", "有效样本400份"]
    assert card["mark"] == "样例数据"
    assert sheets["cards/jiaozhou-water.png"].data()["figure"] == ""
    assert sheets["cards/notices/2026-q3-results.png"].data()["facts"] == ["示公评〔2026〕12号", "2026年10月21日"]


# A file to keep and to be read out


def test_a_pdf_is_tagged_and_says_so(sample):
    reader = PdfReader(sample / "notices" / "2026-q3-results.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a noun of the library)
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert root["/StructTreeRoot"]["/ParentTree"]
    facts = root["/Metadata"].get_data().decode()
    assert re.search(r'pdfaid:part(?:>|=")2\b', facts)
    assert re.search(r'pdfaid:conformance(?:>|=")A\b', facts)
    assert re.search(r'pdfuaid:part(?:>|=")1\b', facts)
    assert reader.metadata.title == "关于2026年第三季度供水供气供热企业服务评价结果的通报"
    assert reader.metadata.creation_date.isoformat() == "2026-10-22T02:00:00+00:00"


def test_every_font_of_a_pdf_is_in_it(sample):
    for path in (sample / "notices").glob("*.pdf"):
        for page in PdfReader(path).pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
                assert {"/FontFile2", "/FontFile3"} & inner["/FontDescriptor"].keys()


def roles(node, found=None):
    """The kinds of parts in the tree of a tagged PDF."""
    found = [] if found is None else found
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object()
        if isinstance(one, dict) and "/S" in one:
            found.append(one["/S"])
            roles(one, found)
    return found


def test_headings_and_tables_are_told_as_such(sample):
    found = roles(PdfReader(sample / "notices" / "2026-q3-results.pdf").trailer["/Root"]["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert found.count("/H2") == 7  # six sections and the annex
    assert found.count("/H3") == 3
    assert found.count("/H4") == 9
    assert found.count("/Table") == 6
    assert found.count("/TH") > 30
    assert "/Link" in found


# The layout of GB/T 9704-2012


@pytest.fixture(scope="module")
def plain(bureau, tmp_path_factory):
    """Four sheets of one letter, so that nothing but the grid decides where a line ends."""
    root = shutil.copytree(bureau, tmp_path_factory.mktemp("plain") / "bureau")
    add_notice(root, f"各有关单位：\n\n{'字' * 28 * 66}", document_number="测评〔2026〕7号")
    (data,) = made_by(root, "notices/long.pdf")
    return read(root / "long.pdf", data)


def lines_on(page):
    """The lines of the body by their height: how many letters each has."""
    found = {}
    for _, y, text in pieces(page):
        if set(text) == {"字"}:
            found[round(y)] = found.get(round(y), 0) + len(text)
    return [found[y] for y in sorted(found, reverse=True)]


def test_a_full_sheet_has_22_lines_of_28_characters(plain):
    assert plain.pages[1].mediabox.width == pytest.approx(210 * MM, abs=0.1)
    assert plain.pages[1].mediabox.height == pytest.approx(297 * MM, abs=0.1)
    assert lines_on(plain.pages[1]) == [28] * 22
    assert lines_on(plain.pages[2]) == [28] * 22


def test_the_lines_fill_the_type_area(plain):
    """156 x 225 mm, 37 mm from the top and 28 mm from the left, each line 225/22 mm below the other."""
    found = [(x, y) for x, y, text in pieces(plain.pages[1]) if set(text) == {"字"}]
    heights = sorted({round(y, 1) for _, y in found}, reverse=True)
    steps = {round(above - below, 1) for above, below in pairwise(heights)}
    assert steps <= {28.9, 29.0, 29.1}
    assert min(x for x, _ in found) == pytest.approx(LEFT, abs=0.5)
    assert heights[0] + 0.88 * 16 == pytest.approx(TOP, abs=1)  # the upper edge of the first line
    assert heights[-1] - 0.12 * 16 > BOTTOM


def test_a_paragraph_begins_two_characters_in_and_the_addressee_does_not(plain):
    first = next(x for x, _, text in pieces(plain.pages[0]) if set(text) == {"字"})
    assert first == pytest.approx(LEFT + 2 * 15.79, abs=0.5)
    addressee = next(x for x, _, text in pieces(plain.pages[0]) if text.startswith("各有关"))
    assert addressee == pytest.approx(LEFT, abs=0.5)


def test_the_head_stands_where_the_standard_puts_it(plain):
    page = plain.pages[0]
    mark = next((x, y) for x, y, text in pieces(page) if "评价办公室" in text and y > TOP - 60 * MM)
    number = next((x, y) for x, y, text in pieces(page) if "〔2026〕7号" in text)
    # the letters of the mark are 24 to 44 points high, their upper edge 35 mm below that of the type area
    assert TOP - 35 * MM - mark[1] == pytest.approx(0.88 * 32.5, abs=4)
    assert number[1] < mark[1] - 2 * 225 / 22 * MM
    drawn = page.get_contents().get_data().decode("latin-1")
    assert "0.7529412 0 0" in drawn  # the red of the rule and the mark


def test_the_number_of_a_sheet_is_on_its_outer_side(plain):
    for number, page in enumerate(plain.pages, 1):
        x, y = next((x, y) for x, y, text in pieces(page) if re.fullmatch(rf"— ?{number} ?—", text))
        assert (x > 105 * MM) == (number % 2 == 1)
        assert BOTTOM - 7 * MM - 14 < y < BOTTOM - 7 * MM


def test_issuer_and_date_stand_as_without_a_seal(plain):
    page = plain.pages[-1]
    issuer = next((x, y) for x, y, text in pieces(page) if text == "测试市公用事业评价办公室")
    day = next((x, y) for x, y, text in pieces(page) if text.startswith("2026年7月1日") and "印发" not in text)
    assert day[0] - issuer[0] == pytest.approx(2 * 15.79, abs=0.5)
    assert issuer[0] + 12 * 15.79 + 2 * 15.79 == pytest.approx(RIGHT, abs=1)
    assert issuer[1] - day[1] == pytest.approx(225 / 22 * MM, abs=0.5)
    assert "（此件公开发布）" in text_in(plain)
    assert "2026年7月1日印发" in text_in(plain)


def test_the_signature_never_stands_on_a_sheet_without_text(root, tmp_path):
    """Full sheets of every length, and a short last paragraph: it goes along."""
    for n in range(27, 34):
        add_notice(root, f"{'字' * 28 * n}\n\n特此通报。", id_=f"of-{n}")
    found = made_by(root)
    for n in range(27, 34):
        sheets = [bare(page.extract_text()) for page in read(tmp_path / "one.pdf", found[f"notices/of-{n}.pdf"]).pages]
        signed = next(text for text in sheets if "（此件公开发布）" in text)
        assert "特此通报。" in signed, n


# What people write


NASTY = (
    r"""#import "x.typ": * $a^2$ \ @x // /* */ *b* _i_ `c` <l> ~ -- --- ... = + 1. #{1+1} [x] #eval("1") 'q' \u{41}"""
)


def test_text_that_looks_like_source_is_printed_as_it_stands(root, tmp_path):
    written = "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!" else letter for letter in NASTY)
    add_notice(root, f"开头{written}结尾", issuer="甲#x$y办公室")
    path = root / "content" / "notices" / "long.md"
    path.write_text(path.read_text("utf-8").replace("issuer: 测试市公用事业评价办公室\n", ""), "utf-8")
    (data,) = made_by(root, "notices/long.pdf")
    text = text_in(read(tmp_path / "one.pdf", data))
    assert f"开头{bare(NASTY)}结尾" in text
    assert "甲#x$y办公室" in text


ANY = st.text(alphabet="#$\\@/*_`<>[]{}()\"'=+-~^&%.,:;!?0aZ 字，", min_size=1, max_size=40)


@settings(max_examples=40, deadline=None)
@given(ANY)
def test_no_text_is_source(text):
    """Set by the layout of the theme in a paragraph, as a title and in a cell, and read out of the PDF again."""
    press = Press(theme_folders(ROOT))
    rows = {"tag": "tr", "kinds": [], "nodes": [{"tag": "td", "kinds": [], "nodes": [text]}]}
    table = {"tag": "table", "kinds": [], "nodes": [rows]}
    page = {"tag": "p", "kinds": [], "nodes": ["始", text, "终"]}
    data = {
        "language": "en",
        "marks": [],
        "watermark": "",
        "colon": ":",
        "title": "t",
        "lines": ["题", text],
        "issuer": "i",
        "text": {"tag": "root", "kinds": [], "nodes": [page, table]},
    }
    found = text_in(PdfReader(BytesIO(press.pdf("notice.typ", data, NOON))))
    assert f"题{bare(text)}始{bare(text)}终{bare(text)}" in found


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="#*_`-+>|<&[]()!1. \n\t甲，x", max_size=60))
def test_the_tree_loses_no_letter_of_the_sanitised_text(text):
    html = str(html_of(text))
    seen = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert bare(text_of(tree_of(html, "https://x.example/notices/a.html"))) == bare(seen)


PARTS = [
    "# ",
    "## ",
    "#### ",
    "- ",
    "1. ",
    "> ",
    "|a|b|\n|-|-|\n|1|2|\n",
    "**b**",
    "[l](u)",
    "[](u)",
    "`c`",
    "\n",
    "\n\n",
]
PARTS += ["    ", "字", "，", "---\n", "\\", "<x>", "&amp;", " ", "|", "  \n", "[t](tel:1)", "\x02", "\ufeff", "\u200b"]


def pdf_of(markdown):
    data = {
        "language": "zh-Hans",
        "marks": [],
        "watermark": "",
        "colon": "：",
        "title": "t",
        "lines": ["题"],
        "issuer": "i",
        "text": tree_of(str(html_of(markdown)), "https://x.example/notices/a.html"),
    }
    return Press(theme_folders(ROOT)).pdf("notice.typ", made._printable(data), NOON)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_whatever_markdown_people_write_becomes_a_pdf_that_keeps_the_standards(markdown):
    """typst refuses a file that is not PDF/A-2a and PDF/UA-1."""
    assert pdf_of(markdown).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("sign", ["\ufeff", "\x7f", "\x9f", "\u200b", "\u3000"])
def test_a_heading_of_which_nothing_is_seen_is_none(sign):
    assert pdf_of(f"# {sign}\n\n正文").startswith(b"%PDF-1.7")


def test_what_stands_for_a_sign_when_it_is_read_out_is_not_printed_beside_it():
    html = '<p><span aria-hidden="true">—</span><span class="sr">没有调查</span></p><p class="screen">x</p>'
    assert text_of(tree_of(html, "https://x.example/")) == "—"


@pytest.mark.parametrize(
    "markdown",
    [
        "> " * 90 + "深",
        "\n".join("    " * depth + "- 深" for depth in range(60)),
        f"[深](https://x.example/{'a' * 9000})",
        "|" + "深|" * 40 + "\n|" + "-|" * 40 + "\n|" + "b|" * 40,
        f"|深|\n|-|\n|{'字' * 3000}|",
    ],
)
def test_what_is_very_deep_long_or_wide_is_printed_too(markdown):
    assert "深" in text_in(PdfReader(BytesIO(pdf_of(markdown))))


def test_headings_never_skip_a_level_and_links_are_full_addresses():
    html = '<h2>a</h2><h5>b</h5><h3>c</h3><p><a href="../rounds/x.html">d</a></p>'
    tree = tree_of(html, "https://x.example/n/a.html")
    assert [node["tag"] for node in tree["nodes"]] == ["h2", "h3", "h3", "p"]
    assert tree["nodes"][3]["nodes"][0]["to"] == "https://x.example/rounds/x.html"


def test_a_sign_that_no_font_has_stops_the_build_and_is_named(root):
    add_notice(root, "开头\U0001f600与\U000e01ef结尾\u17b4")
    add_notice(root, "安\U00013000", id_="other")
    with pytest.raises(PublisherError) as raised:
        build(root, root / "site", at_noon)
    told = "\n".join(lines_of(raised.value.problems, words_of("zh-Hans")))
    assert "content/notices/long.md" in told
    assert "\U0001f600 (U+1F600)" in told
    assert "\U00013000 (U+13000)" in told
    assert not (root / "site").exists()


def test_a_page_that_asks_for_the_size_of_what_cannot_be_printed_tells_why(root):
    """In a preview, where the page is made first; the fault is not that of the template that asked."""
    add_notice(root, "\U00013000")
    own = root / "templates" / "notice.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text('{% extends "theme/notice.html" %}', "utf-8")
    site = site_of(root, at_noon, at_noon, Recall(), Cleared())
    assert site("index.html")
    for path in ("notices/long.html", "notices/long.pdf"):
        with pytest.raises(PublisherError) as error:
            site(path)
        assert [(one.code, one.place.path) for one in error.value.problems] == [
            ("no-letter", "content/notices/long.md")
        ]


def test_what_is_not_printed_has_no_size_and_nothing_is_made_to_know_it(monkeypatch):
    monkeypatch.setattr(made, "printed", lambda *_: pytest.fail("made"))
    assert made.Pressed([], []).get("notices/2026-q1.pdf") is None


def test_rare_characters_of_names_and_places_are_there():
    fonts = Press(theme_folders(ROOT)).fonts
    assert missing("喆堃赟昇頔婳镕翀珺〔〕—①℃㎡▲▼≈≤«»é\u3000\u200b\ufe0f", fonts) == []
    assert missing("字\U0001f600字", fonts) == ["\U0001f600"]


def test_a_font_of_the_old_format_is_read_and_a_damaged_one_is_told(tmp_path):
    """Two segments of format 4: A to C by difference, and D whose glyph is number 0."""
    ends, starts = (67, 68, 0xFFFF), (65, 68, 0xFFFF)
    deltas, ranges = (1, 65536 - 68, 1), (0, 0, 0)
    body = struct.pack(">3H", *ends) + b"\0\0" + struct.pack(">9H", *starts, *deltas, *ranges)
    table = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 6, 0, 0, 0) + body
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table
    head = b"\0\1\0\0" + struct.pack(">HHHH", 1, 0, 0, 0) + b"cmap" + struct.pack(">III", 0, 28, len(cmap))
    font = tmp_path / "old.ttf"
    font.write_bytes(head + cmap)
    assert letters_of(font) >= {65, 66, 67}
    assert 68 not in letters_of(font)
    assert 0xFFFF not in letters_of(font)


def test_a_font_of_the_bureaus_own_that_is_none_is_told_with_its_file(root):
    folder = root / "templates" / "print" / "fonts"
    folder.mkdir(parents=True)
    (folder / "FangSong.ttf").write_bytes(b"\0\1\0\0 no font")
    with pytest.raises(PublisherError) as raised:
        made_by(root)
    told = [(one.code, one.place.path) for one in raised.value.problems]
    assert told == [("broken-font", "templates/print/fonts/FangSong.ttf")]


def test_every_address_that_is_printed_can_be_followed(root, tmp_path):
    """Of the page in the imprint, and of the data in an annex."""
    (data,) = made_by(root, "notices/2026-q2-results.pdf")
    reader = read(tmp_path / "one.pdf", data)
    links = {note["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", []) if "/A" in note}
    said = set(re.findall(r"https://test\.example[!-~]+", re.sub(r"\s", "", text_in(reader))))
    assert "https://test.example/pingjia/notices/2026-q2-results.html" in said
    assert said <= links


@pytest.mark.parametrize("name", ["fonts/FangSong.ttf", "notice.typ"])
def test_a_font_or_layout_of_the_bureaus_own_that_cannot_be_read_is_told(root, monkeypatch, name):
    path = root / "templates" / "print" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    whole = Path.read_bytes

    def locked(one):
        if one == path:
            raise PermissionError(13, "Permission denied", str(one))
        return whole(one)

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(PublisherError) as raised:
        made_by(root)
    told = [(one.code, one.place.path) for one in raised.value.problems]
    assert told == [("unreadable-file", f"templates/print/{name}")]


# Large and small


def test_forty_companies_with_long_names_fit_and_heads_are_repeated(root, tmp_path):
    name = "测试市城乡一体化供水排水有限责任公司" * 3
    rows = "\n".join(f"| {n} | {name}（第{n}分公司） | {80 + n / 100:.2f} | 良好 |" for n in range(1, 41))
    add_notice(root, f"| 名次 | 企业名称 | 得分 | 等次 |\n|---|---|---|---|\n{rows}")
    (data,) = made_by(root, "notices/long.pdf")
    reader = read(tmp_path / "one.pdf", data)
    assert len(reader.pages) > 3
    with_rows = [page for page in reader.pages if "分公司" in page.extract_text()]
    assert all("企业名称" in bare(page.extract_text()) for page in with_rows)
    for page in reader.pages:
        for x, y, text in pieces(page):
            assert LEFT - 1 <= x < RIGHT, text
            assert 20 * MM < y < PAGE - 25 * MM, text
    assert all(f"（第{n}分公司）" in text_in(reader) for n in range(1, 41))


def test_a_notice_without_number_addressee_or_body_is_a_whole_sheet_too(root, tmp_path):
    add_notice(root, "")
    (data,) = made_by(root, "notices/long.pdf")
    reader = read(tmp_path / "one.pdf", data)
    assert len(reader.pages) == 1
    assert TITLE in text_in(reader)


def test_files_that_go_out_with_a_notice_are_listed_each_on_a_sheet_of_its_own(sample):
    reader = PdfReader(sample / "notices" / "2026-q4-arrangement.pdf")
    heads = [bare(page.extract_text()) for page in reader.pages]
    assert [n for n in (1, 2, 3) if any(f"附件{n}" in text for text in heads)] == [1, 2, 3]
    listed = next(text for text in heads if "附件：1.第四季度" in text)
    assert "2.用户名册格式（样例）" in listed
    assert "SHA-256：" in heads[-1]


# Guarantees


def test_nothing_of_a_notice_to_come_is_printed(root):
    add_notice(root, "还没有公布的话。", id_="to-come")
    path = root / "content" / "notices" / "to-come.md"
    path.write_text(path.read_text("utf-8").replace("published_at: 2026-07-01", "published_at: 2027-07-01"), "utf-8")
    found = made_by(root)
    assert "notices/gas-b-warning.pdf" in found
    assert [path for path in found if "to-come" in path] == []


def test_a_preview_says_on_every_sheet_that_it_is_none_of_the_published_ones(root):
    add_notice(root, "字" * 3000, id_="to-come")
    path = root / "content" / "notices" / "to-come.md"
    path.write_text(path.read_text("utf-8").replace("published_at: 2026-07-01", "published_at: 2027-07-01"), "utf-8")
    preview(root, root / "preview", at_noon, token="t")  # noqa: S106
    made_ = root / "preview" / "t"
    assert not (made_ / "cards").exists()
    assert len([*made_.rglob("*.pdf")]) == 3
    for file in made_.rglob("*.pdf"):
        for page in PdfReader(file).pages:
            text = bare(page.extract_text())
            assert "预览未发布" in text
            assert "预览，未发布，不得转载" in text
    assert "（PDF，" in (made_ / "notices" / "to-come.html").read_text("utf-8")


def test_in_english_the_words_are_english(english_sample):
    reader = PdfReader(english_sample / "notices" / "2026-q3-results.pdf")
    assert reader.trailer["/Root"]["/Lang"] == "en"
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Circular on the results" in text
    assert "Sample data: " in text
    assert "Annex" in text
    page = (english_sample / "notices" / "2026-q3-results.html").read_text("utf-8")
    assert re.search(r">This notice as PDF, \d+ kB</a>", page)


def forget():
    """What this process keeps of files and compilers."""
    for kept in (setting._made, setting._idle, setting._faces):
        kept.cache_clear()


def test_files_set_beside_each_other_are_those_set_one_by_one_in_the_same_order(bureau, monkeypatch):
    publication = publication_of(checked_at(bureau, at_noon).bureau, NOON)
    theme = theme_folders(bureau)
    sheets = list(made.sheets(publication, theme, site_pages(publication)))
    beside, together = [], set()
    whole = Press._set

    def watched(*about):
        beside.append(about)
        together.add(len(beside))
        try:
            return whole(*about)
        finally:
            beside.remove(about)

    monkeypatch.setattr(Press, "_set", watched)
    found = []
    for count in (1, 4):
        forget()
        together.clear()
        monkeypatch.setattr(made, "processors", lambda count=count: count)
        found.append(list(made.printed(theme, sheets)))
        assert max(together) <= count
    assert max(together) > 1
    assert found[0] == found[1]
    assert [path for path, _ in found[0]] == [sheet.path for sheet in sheets]


def test_the_same_inputs_give_the_same_bytes_in_another_place(bureau, tmp_path):
    """Not from memory: what this process keeps is thrown away between."""
    names = ("notices/2026-q2-results.pdf", "cards/water-a.png", "cards/notices/gas-b-warning.png")
    first = made_by(bureau, *names)
    forget()
    assert made_by(shutil.copytree(bureau, tmp_path / "another place"), *names) == first


def test_without_the_extra_the_rest_is_the_same_and_the_build_says_so(bureau, tmp_path, monkeypatch):
    both = made_by(bureau)
    monkeypatch.setattr(made, "find_spec", lambda _: None)
    without = made_by(bureau)
    assert {path for path in both if path not in without} == {
        *(path for path in both if path.endswith(".pdf") or path.startswith("cards/"))
    }
    assert build(bureau, tmp_path / "site", at_noon).unprinted
    changed = {path for path in without if without[path] != both[path]}
    assert all(path.startswith(("notices/", "companies/")) for path in changed)


def test_who_wants_no_pdf_says_so_and_is_not_told_again(tmp_path, monkeypatch):
    assert not build(BUREAU, tmp_path / "site", at_noon).unprinted
    assert not list((tmp_path / "site").rglob("*.pdf"))
    monkeypatch.setattr(made, "find_spec", lambda _: None)
    assert not build(BUREAU, tmp_path / "site", at_noon).unprinted


def both_languages(root):
    with (root / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("language: zh-Hans\nlanguages: [zh-Hans, en]\n")


def test_another_language_has_images_of_its_own_and_leads_to_the_one_official_document(root):
    both_languages(root)
    found = made_by(root)
    cards = {path for path in found if path.startswith("cards/")}
    assert cards
    assert {path for path in found if path.startswith("en/cards/")} == {f"en/{path}" for path in cards}
    assert all(found[path] != found[f"en/{path}"] for path in cards)
    assert not [path for path in found if path.startswith("en/") and path.endswith(".pdf")]
    page, own = found["en/notices/2026-q2-results.html"].decode(), found["notices/2026-q2-results.html"].decode()
    pdf = 'hreflang="zh-Hans" href="../../notices/2026-q2-results.pdf" type="application/pdf">'
    assert re.search(rf"<a {pdf}The official document, in Chinese \(PDF, \d+ kB\)</a>", page)
    assert re.search(
        r'<link rel="alternate" type="application/pdf" hreflang="zh-Hans" [^>]*2026-q2-results.pdf">', page
    )
    assert 'href="../notices/2026-q2-results.pdf" type="application/pdf">下载本件' in own
    for path in ("notices/2026-q2-results", "companies/water-a"):
        card = addresses.card(f"{path}.html")
        for source, folder in ((found[f"{path}.html"], ""), (found[f"en/{path}.html"], "en/")):
            assert (
                f'<meta property="og:image" content="https://test.example/pingjia/{folder}{card}">' in source.decode()
            )
            assert f' href="../{card}">' in source.decode()


@pytest.mark.parametrize("how", ["no extra", "print: no"])
def test_what_was_published_as_pdf_does_not_vanish(root, monkeypatch, how):
    both_languages(root)
    seal(root, "2026-q2", at_noon, today=at_noon, salt=SALT)
    listed = (root / "content" / "editions" / "addresses.txt").read_text("utf-8").splitlines()
    assert {"notices/2026-q2-results.pdf", "cards/gas-a.png", "cards/notices/gas-b-warning.png"} <= {*listed}
    assert {"en/cards/gas-a.png", "en/404.html"} <= {*listed}
    assert build(root, root / "site", at_noon).pages
    if how == "no extra":
        monkeypatch.setattr(made, "find_spec", lambda _: None)
    else:
        with (root / "content" / "site.yaml").open("a", encoding="utf-8") as file:
            file.write("print: no\n")
    with pytest.raises(PublisherError) as raised:
        build(root, root / "site", at_noon)
    assert {one.code for one in raised.value.problems} == {"printed-lost"}
    told = "\n".join(lines_of(raised.value.problems, words_of("zh-Hans")))
    assert "notices/2026-q2-results.pdf" in told
    assert "en/cards/gas-a.png" in told
    assert 'pip install "publisher[print]"' in told


def test_a_withdrawn_notice_leaves_a_pdf_and_an_image_that_say_so(root, tmp_path):
    folder = root / "content" / "withdrawals"
    folder.mkdir()
    (folder / "warning.md").write_text(
        "---\naddresses: [notices/gas-b-warning.html]\nreason: 事实有误。\ndecided_by: 测试市公用事业评价办公室\n"
        "withdrawn_on: 2026-08-03\n---\n",
        "utf-8",
    )
    seal(root, "2026-q2", at_noon, today=at_noon, salt=SALT)
    assert build(root, root / "site", at_noon).pages
    text = text_in(PdfReader(root / "site" / "notices" / "gas-b-warning.pdf"))
    assert "事实有误。" in text
    assert "报警器" not in text
    assert (root / "site" / "cards" / "notices" / "gas-b-warning.png").is_file()
    page = (root / "site" / "notices" / "gas-b-warning.html").read_text("utf-8")
    assert 'href="../notices/gas-b-warning.pdf"' in page
    assert 'href="../cards/notices/gas-b-warning.png"' in page


def test_a_withdrawn_round_takes_its_notice_along_in_print_too(root):
    folder = root / "content" / "withdrawals"
    folder.mkdir()
    (folder / "round.md").write_text(
        "---\naddresses: [rounds/2026-q2/index.html]\nreason: 统计有误。\ndecided_by: 测试市公用事业评价办公室\n"
        "withdrawn_on: 2026-08-03\n---\n",
        "utf-8",
    )
    assert build(root, root / "site", at_noon).pages
    assert "统计有误。" in text_in(PdfReader(root / "site" / "notices" / "2026-q2-results.pdf"))


def test_a_layout_of_the_bureaus_own_is_used_and_its_fault_is_told_with_its_file(root, tmp_path):
    folder = root / "templates" / "print"
    folder.mkdir(parents=True)
    own = folder / "notice.typ"
    head = "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
    own.write_text(f"{head}= #data.title\n自家版式", "utf-8")
    (data,) = made_by(root, "notices/gas-b-warning.pdf")
    assert "自家版式" in text_in(read(tmp_path / "two.pdf", data))
    own.write_text("#let data = \n#oops()", "utf-8")
    with pytest.raises(PublisherError) as raised:
        made_by(root)
    told = [(one.code, one.place.path) for one in raised.value.problems]
    assert told == [("broken-template", "templates/print/notice.typ")]


def test_the_layouts_hold_no_words():
    """What is read comes as values."""
    for path in (ROOT / "templates" / "print").glob("*.typ"):
        source = re.sub(r"//.*", "", path.read_text("utf-8"))
        assert not re.findall(r"[\u4e00-\u9fff]", source), path.name


def test_a_notice_as_it_was_before_a_correction_stays_a_page_and_is_not_printed(tmp_path):
    """What is printed is the one in force; the old page offers neither its files nor a citation."""
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    change(root / "content" / "site.yaml", "print: no\n", "")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    scores = root / "results" / "2026-q2" / "scores.csv"
    change(scores, "gas-a,inspection,,,,,,,,,,,42.5", "gas-a,inspection,,,,,,,,,,,40.5")
    correct(root, "score/gas-a/inspection/score")
    site = tmp_path / "site"
    build(root, site, at_noon)
    there = {path.name for path in (site / "notices").iterdir()}
    assert {"2026-q2-results.html", "2026-q2-results.pdf", "2026-q2-results.v1.html"} <= there
    assert "2026-q2-results.v1.pdf" not in there
    assert 'id="kit"' in (site / "notices/2026-q2-results.html").read_text("utf-8")
    assert 'id="kit"' not in (site / "notices/2026-q2-results.v1.html").read_text("utf-8")


def test_every_link_of_a_preview_in_two_languages_leads_to_a_file(root, tmp_path):
    both_languages(root)
    site = preview(root, tmp_path / "preview", at_noon, token="0" * 32, today=at_noon).folder
    pages = [*site.rglob("*.html")]
    assert len([page for page in pages if page.is_relative_to(site / "en")]) > 20
    lost = set()
    for page in pages:
        for target in re.findall(r'(?:href|src)="([^"#:?]+)(?:[#?][^"]*)?"', page.read_text("utf-8")):
            if not (page.parent / unquote(target)).is_file():
                lost.add((page.relative_to(site).as_posix(), target))
    assert lost == set()


def test_a_document_is_made_once_for_its_size_and_for_itself(root, monkeypatch):
    set_, whole = [], made.printed
    monkeypatch.setattr(
        made, "printed", lambda theme, some: whole(theme, (set_.append(one.path) or one for one in some))
    )
    site = site_of(root, at_noon, at_noon, Recall(), Cleared())
    size = len(site("notices/2026-q2-results.pdf"))
    assert f"PDF，{-(-size // 1000)} kB" in site("notices/2026-q2-results.html").decode()
    assert "PDF，" in site("notices/gas-b-warning.html").decode()
    assert site("notices/gas-b-warning.pdf").startswith(b"%PDF")
    assert sorted(one for one in set_ if one.endswith(".pdf")) == [
        "notices/2026-q2-results.pdf",
        "notices/gas-b-warning.pdf",
    ]
