"""`publisher diff`: what the public would see change, and the sheet that the leader signs."""

import csv
import io
import json
import re
import shutil
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from conftest import ROOT, at_noon
from damages_signoff import Q2, Q2_NOTICE, SCORE, edited
from signed import ask_for_sign_off

from publisher import datasets
from publisher.build import build, publication_of
from publisher.commands.diff import diff_command
from publisher.diff import Names, difference, sections
from publisher.diff.pages import KINDS, anchors, kind_of, links, text_changes
from publisher.diff.tables import cells, table_of
from publisher.load.folder import load
from publisher.sheet.view import _matrix
from publisher.signoff import content_of_round, shown
from publisher.words import LANGUAGES, words_of

BUREAU = ROOT / "tests" / "bureau"
CHINESE, ENGLISH = words_of("zh-Hans"), words_of("en")
NOW = "2026-11-21 12:00"
BEFORE = "2026-07-10 12:00"
"""Then the second quarter is still to come out."""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The bureau with its site of today."""
    root = tmp_path_factory.mktemp("published") / "bureau"
    shutil.copytree(BUREAU, root)
    build(root, root / "site", at_noon)
    return root


@pytest.fixture
def root(published, tmp_path):
    return shutil.copytree(published, tmp_path / "bureau")


def diff(root, monkeypatch, *words, as_of=NOW, language="zh-Hans"):
    monkeypatch.chdir(root)
    return CliRunner().invoke(diff_command(words_of(language)), [*map(str, words), "--as-of", as_of])


def state(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def lines(done):
    assert done.exit_code == 0, done.output
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


# The command


def test_the_same_inputs_change_nothing(root, monkeypatch):
    assert lines(diff(root, monkeypatch))[1:] == [CHINESE("cli.diff.nothing")]


def test_nothing_is_written(root, monkeypatch):
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    before = state(root)
    diff(root, monkeypatch)
    assert state(root) == before


def test_a_score_is_told_cell_by_cell_by_company(root, monkeypatch):
    """The rows are held against the two data files read by another reader."""
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    found = lines(diff(root, monkeypatch, "--full"))
    old = (root / "site" / "data" / "rounds" / "2026-q2.csv").read_text("utf-8-sig")
    build(root, root / "site", at_noon)
    new = (root / "site" / "data" / "rounds" / "2026-q2.csv").read_text("utf-8-sig")
    changed = list(changed_cells(old, new))
    assert ("gas-a", "composite", "value") in {one[:3] for one in changed}
    for company, _, _, was, now in changed:
        name = load(root).bureau.companies[company].name if company else ""
        assert any(line.startswith(f"{name}，") for line in found) or not company
        assert any(line.endswith(f"{told(was)} → {told(now)}") for line in found), (company, was, now)
    figures = [line for line in found if re.search(r"：\S+ → \S+$", line) and "“" not in line]
    assert len(figures) == len(changed) + 1, "the heading is one of these lines"
    assert f"综合结果，数值：{value(changed, 'composite')}" in found
    assert f"现场检查，数值：{value(changed, 'indicator')}" in found


def told(value):
    key = f"diff.value.{value}"
    return CHINESE(key) if CHINESE.has(key) else value or CHINESE("diff.nothing")


def value(changed, record):
    return next(f"{was} → {now}" for company, kind, column, was, now in changed if kind == record and column == "value")


def changed_cells(old, new):
    silent = {"round", "company_name", "indicator_name", "unit"}
    for was, now in zip(csv.DictReader(io.StringIO(old)), csv.DictReader(io.StringIO(new)), strict=True):
        assert (was["company"], was["record"]) == (now["company"], now["record"])
        for name in was.keys() - silent:
            if was[name] != now[name]:
                yield now["company"], now["record"], name, was[name], now[name]


def test_the_words_of_a_notice_are_told(root, monkeypatch):
    edited(root, Q2_NOTICE, "请各企业对照问题整改", "请各企业对照问题立即整改")
    found = "\n".join(lines(diff(root, monkeypatch)))
    assert "~ notices/2026-q2-results.html\n“请各企业对照问题整改。” → “请各企业对照问题立即整改。”" in found


def test_a_later_day_alone_is_no_news(root, monkeypatch):
    """Pages that only print another date are counted, not listed; what really moved with the day is told."""
    found = lines(diff(root, monkeypatch, "--full", as_of="2026-11-22 12:00"))
    old = pages_without_their_date(root / "site")
    build(root, root / "site", lambda _: moment("2026-11-22 12:00"))
    new = pages_without_their_date(root / "site")
    assert {line[2:] for line in found if re.fullmatch(r"~ .*\.html", line)} == {p for p in old if old[p] != new[p]}
    (dated,) = [line for line in found if line.startswith("另有")]
    assert int(re.search(r"\d+", dated)[0]) > 5


def pages_without_their_date(site):
    pages = (path for path in site.rglob("*.html"))
    return {
        path.relative_to(site).as_posix(): re.sub(r"办理情况截至[^。]*。", "", path.read_text("utf-8"))
        for path in pages
    }


def test_statuses_that_move_are_told_by_company(root, monkeypatch):
    build(root, root / "site", lambda _: moment("2026-07-07 12:00"), today=at_noon)
    found = lines(diff(root, monkeypatch, as_of="2026-07-19 12:00"))
    old = standings(root / "site")
    build(root, root / "site", lambda _: moment("2026-07-19 12:00"), today=at_noon)
    moved = {item: (old[item], now) for item, now in standings(root / "site").items() if old[item] != now}
    assert moved
    ledger = found[found.index(CHINESE("diff.section.ledger")) :]
    for item, (was, now) in moved.items():
        change = f"{CHINESE(f'standing.{was}')} → {CHINESE(f'standing.{now}')}"
        assert any(line.startswith(f"{item}（") and line.endswith(f"）状态：{change}") for line in ledger)
    assert sum("）状态：" in line for line in ledger) == len(moved)


def standings(site):
    text = (site / "data" / "items.csv").read_text("utf-8-sig")
    return {row["item"]: row["standing"] for row in csv.DictReader(io.StringIO(text))}


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def test_addresses_that_would_die_and_links_to_them_are_told(root, monkeypatch):
    about = root / "content" / "pages"
    about.mkdir(exist_ok=True)
    (about / "extra.md").write_text("---\ntitle: 附录\n---\n正文。\n", encoding="utf-8", newline="\n")
    build(root, root / "site", at_noon)
    (about / "extra.md").unlink()
    for name in ("items", "events"):
        table = root / "content" / f"{name}.csv"
        table.write_text(table.read_text("utf-8").replace("\nw8,", "\nw9,"), encoding="utf-8", newline="\n")
    found = lines(diff(root, monkeypatch))
    dead = found[found.index(CHINESE("diff.section.dead")) + 1 :]
    assert "extra.html" in dead
    assert any(re.fullmatch(r"meetings/.*\.html#q-w8", line) for line in dead)
    assert "- extra.html" in dead


def test_a_round_to_come_is_shown_as_if_it_were_signed_and_out(root, monkeypatch):
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, issue], distinct: yes}\n")
    build(BUREAU, root / "site", lambda _: moment(BEFORE), today=at_noon)
    assert "2026年第二季度（2026-q2）" not in lines(diff(root, monkeypatch, as_of=BEFORE))
    found = lines(diff(root, monkeypatch, "--round", "2026-q2", as_of=BEFORE))
    assert "2026年第二季度（2026-q2）" in found
    assert "2026-07-20 10:00" in found[0]
    content = shown(content_of_round(load(root).bureau, "2026-q2"))
    assert any("2026-q2" in line and content in line and "初审" in line for line in found)


def test_without_a_site_everything_is_new(root, monkeypatch):
    shutil.rmtree(root / "site")
    found = lines(diff(root, monkeypatch))
    assert CHINESE("cli.diff.first") in found
    assert not any(line.startswith(("~ ", "- ")) for line in found)
    assert CHINESE("diff.section.broken") not in found


def damaged_sums(data):
    def damage(site):
        (site / "SHA256SUMS").write_bytes(data)

    return damage


GARBAGE = {
    "no folder": (shutil.rmtree, "old-site-missing"),
    "no list": (lambda site: (site / "SHA256SUMS").unlink(), "old-site-none"),
    "a list of nonsense": (damaged_sums(b"\xff\xfe\x00nonsense\n"), "old-site-unreadable"),
    "a path that leads out": (damaged_sums(b"0" * 64 + b"  ../../secret\n"), "old-site-unreadable"),
    "an absolute path": (damaged_sums(b"0" * 64 + b"  /etc/passwd\n"), "old-site-unreadable"),
    "a blank line": (damaged_sums(b"\n\n"), "old-site-unreadable"),
    "a line of digits": (damaged_sums(b"0" * 64 + b"\n"), "old-site-unreadable"),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_an_old_site_that_is_none_is_told_in_words(root, monkeypatch, name):
    damage, code = GARBAGE[name]
    old = shutil.copytree(root / "site", root.parent / "old")
    damage(old)
    done = diff(root, monkeypatch, old)
    assert done.exit_code == 1
    assert f"[{code}]" in done.stderr


DAMAGED = [b"", b"\xff\xfe\x00", b'a,b\n"never closed', b"\xef\xbb\xbf", b"x" * 200_000, b"a,b\n1\n2,3,4\n"]


@pytest.mark.parametrize("data", DAMAGED)
def test_damaged_files_of_the_old_site_stop_nothing(root, monkeypatch, data):
    for name in ("data/rounds/2026-q2.csv", "data/items.csv", "data/statements.csv", "notices/2026-q2-results.html"):
        (root / "site" / name).write_bytes(data)
    (root / "site" / "index.html").unlink()
    found = lines(diff(root, monkeypatch))
    assert "+ index.html" in found
    assert "~ notices/2026-q2-results.html" in found


def test_faults_of_the_inputs_are_told_as_check_tells_them(root, monkeypatch):
    edited(root, "content/companies.csv", "gas-b,", "gas b,")
    done = diff(root, monkeypatch)
    assert done.exit_code == 1
    assert "[not-an-id]" in done.stderr


def test_a_void_sign_is_told_and_the_rest_reckoned_as_if_it_were_signed_again(root, monkeypatch):
    ask_for_sign_off(root)
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    found = lines(diff(root, monkeypatch))
    assert "- rounds/2026-q2/index.html" not in found
    assert CHINESE("cli.diff.assumed", ids="2026-q2") in found
    assert CHINESE("cli.diff.stopped") in found
    assert any("[signoff-content-changed]" in line for line in found)


# The sheet


@pytest.fixture
def asked(root):
    """The second quarter waits for two signatures; a third is void."""
    shutil.rmtree(root / "site")
    build(BUREAU, root / "site", lambda _: moment(BEFORE), today=at_noon)
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, review2, issue], distinct: yes}\n")
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    return root


def sheet_of(root, monkeypatch, *words, language="zh-Hans", as_of=BEFORE):
    path = root.parent / "sheet.html"
    done = diff(root, monkeypatch, "--sheet", path, *words, as_of=as_of, language=language)
    assert done.exit_code == 0, done.output
    return path.read_text("utf-8")


def test_a_sheet_for_a_missing_folder_is_told_as_that_and_leaves_nothing(asked, monkeypatch):
    before = sorted(asked.parent.iterdir())
    done = diff(asked, monkeypatch, "--sheet", asked.parent / "nowhere" / "sheet.html", as_of=BEFORE)
    assert done.exit_code == 1
    assert "nowhere/sheet.html" in done.output
    assert "[cannot-write-nowhere]" in done.output
    assert sorted(asked.parent.iterdir()) == before


class Outline(HTMLParser):
    """Which elements are open where a text stands."""

    VOID = frozenset({"meta", "link", "br", "hr", "img"})

    def __init__(self, html):
        super().__init__()
        self.open, self.texts, self.attributes, self.unclosed = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data):
        if data.strip():
            self.texts.append((tuple(self.open), " ".join(data.split())))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_says_on_every_page_that_it_is_not_public(asked, monkeypatch, language):
    """What stands in the head of the table round everything is printed again on every page."""
    html = sheet_of(asked, monkeypatch, "--round", "2026-q2", language=language)
    outline = Outline(html)
    assert not outline.open
    assert not outline.unclosed
    (mark,) = [way for way, text in outline.texts if text == words_of(language)("sheet.internal")]
    assert mark[:6] == ("html", "body", "table", "thead", "tr", "td")
    rest = [way for way, _ in outline.texts if "body" in way and way[:4] != ("html", "body", "table", "thead")]
    assert all(way[:4] == ("html", "body", "table", "tbody") for way in rest)


def test_the_sheet_has_the_results_the_hash_and_room_to_sign(asked, monkeypatch):
    html = sheet_of(asked, monkeypatch, "--round", "2026-q2")
    content = shown(content_of_round(load(asked).bureau, "2026-q2"))
    texts = [text for _, text in Outline(html).texts]
    assert texts.count(content) == 2
    for stage in ("拟稿", "初审", "复审", "签发"):
        assert stage in texts
    assert html.count("<td></td><td></td><td></td>") == 4, "nobody's signature counts"
    assert CHINESE("sheet.void", name="某某", at="2026-07-18 16:00") in texts
    assert CHINESE("sheet.distinct") in texts
    build(asked_as_public(asked), asked.parent / "after", at_noon)
    page = (asked.parent / "after" / "rounds" / "2026-q2" / "index.html").read_text("utf-8")
    leagues = re.findall(r'<td class="n">([0-9]+\.[0-9]+)</td>', html)
    assert leagues
    assert all(figure in page for figure in leagues)
    assert "请各企业对照问题整改。" in texts


def asked_as_public(root):
    """The same inputs without a policy."""
    copy = shutil.copytree(root, root.parent / "public")
    settings = copy / "content" / "site.yaml"
    settings.write_text(re.sub(r"^signoff:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return copy


def test_signatures_that_count_are_on_the_sheet(root, monkeypatch):
    ask_for_sign_off(root)
    html = sheet_of(root, monkeypatch, "--round", "2026-q2", as_of=NOW)
    assert "<td>同意</td><td>某某</td><td>签发</td>" in html


def test_the_sheet_loads_and_runs_nothing(asked, monkeypatch):
    hostile = "<script>alert(1)</script><img src=https://evil.example/x.png>"
    edited(asked, Q2_NOTICE, "请各企业对照问题整改", f"请各企业对照问题整改 {hostile}")
    edited(asked, Q2, "area: 测试市全市", "title: <b>第二季度</b>\narea: 测试市全市")
    outline = Outline(sheet_of(asked, monkeypatch, "--round", "2026-q2"))
    assert not {tag for tag, _, _ in outline.attributes} & {"script", "img", "iframe", "object", "form"}
    loaded = [value for _, name, value in outline.attributes if name in {"src", "href", "action", "data"}]
    assert loaded == ["data:,"]
    assert "<b>第二季度</b>" in {text for _, text in outline.texts}


def test_without_a_round_the_sheet_is_for_all_that_wait(asked, monkeypatch):
    html = sheet_of(asked, monkeypatch)
    assert html.count('<table class="page"') == len(load(asked).bureau.rounds)
    assert re.findall(r'class="what">.*（([a-z0-9-]+)）</p>', html) == ["2026-q1", "quality-2026", "2026-q2"]


def test_a_sheet_of_nothing_is_not_written(root, monkeypatch):
    done = diff(root, monkeypatch, "--sheet", root.parent / "sheet.html")
    assert done.exit_code == 2
    assert not (root.parent / "sheet.html").exists()
    assert diff(root, monkeypatch, "--round", "2026-q9").exit_code == 1


PUBLIC = ["site/sheet.html", "site/rounds/sheet.html", "copy/data/sheet.html", "sheet.txt", "sheet"]


@pytest.mark.parametrize("name", PUBLIC)
def test_the_sheet_does_not_go_where_it_would_be_published(root, monkeypatch, name):
    shutil.copytree(root / "site", root / "copy")
    before = state(root)
    done = diff(root, monkeypatch, "--sheet", name, "--round", "2026-q2")
    assert done.exit_code == 2
    assert state(root) == before


def test_the_sheet_is_written_over_no_other_file(root, monkeypatch):
    path = root / "sheet.html"
    path.write_text("mine", encoding="utf-8")
    done = diff(root, monkeypatch, "--sheet", path, "--round", "2026-q2")
    assert done.exit_code == 1
    assert path.read_text("utf-8") == "mine"


# The parts


def test_every_kind_of_page_has_a_name():
    for kind in {*KINDS.values(), "article", "other"}:
        for words in (CHINESE, ENGLISH):
            assert words(f"diff.kind.{kind}")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "home"),
        ("about.html", "article"),
        ("404.html", "other"),
        ("feed.xml", "other"),
        ("data/rounds/a.csv", "data"),
        ("rounds/a/b.v1.html", "rounds"),
    ],
)
def test_the_kind_of_a_page(path, kind):
    assert kind_of(path) == kind


def test_links_are_those_within_the_site():
    page = b'<a href="../b.html#x">b</a><a href="https://a.example/">a</a><a href="mailto:a@b.example">m</a>'
    page += b'<a href="/root.html">r</a><a href="#here">h</a><img src="c%20d.png"><link href="data:,">'
    assert list(links("a/x.html", page)) == ["b.html", "a/c d.png"]
    assert anchors(b'<li id="q-w1"><p id="other">') == {"q-w1"}


def test_words_are_told_one_by_one_and_figures_where_they_matter():
    old, new = b"<p>one 1</p><p>two</p><p>same</p>", b"<p>one 2</p><p>zwei</p><p>same</p><p>more</p>"
    assert list(text_changes(old, new, numbers=True)) == [("one 1", "one 2"), ("two", "zwei"), ("", "more")]
    assert list(text_changes(old, new, numbers=False)) == [("two", "zwei"), ("", "more")]
    assert list(text_changes(b"<script>a</script><p>b", b"<script>c</script><p>b", numbers=True)) == []


ITEMS = "data/items.csv"


def test_rows_are_known_by_their_key_and_not_by_their_place():
    old = b"item,standing,as_of\nw1,promised,2026-01-01\nw2,answered,2026-01-01\n"
    new = b"item,standing,as_of\nw3,unanswered,2026-01-02\nw2,answered,2026-01-02\nw1,overdue,2026-01-02\n"
    found = {(one.row["item"], one.column, one.old, one.new) for one in cells(ITEMS, table_of(ITEMS), old, new)}
    assert found == {("w1", "standing", "promised", "overdue"), ("w3", "", "", "")}


ROUND = "data/rounds/r.csv"


def test_a_figure_of_a_round_is_known_by_company_indicator_channel_and_answer():
    """A row that is put in before others moves none of them."""
    head = b"record,company,indicator,channel,answer,value\n"
    rows = [b"indicator,a,i,,,1\n", b"indicator,a,j,,,2\n", b"channel,a,j,web,,3\n", b"answer,a,j,web,good,4\n"]
    for place in range(len(rows)):
        without = head + b"".join(rows[:place] + rows[place + 1 :])
        (found,) = cells(ROUND, table_of(ROUND), without, head + b"".join(rows))
        assert (found.column, found.old, found.new) == ("", "", str(place + 1))


def test_rows_with_one_key_are_told_from_each_other_by_their_order():
    table = table_of("data/statements.csv")
    old = b"record,round,company,indicator,text\nmeasure,r,a,,one\nmeasure,r,a,,two\n"
    (found,) = cells("data/statements.csv", table, old, old.replace(b"two", b"three"))
    assert (found.column, found.old, found.new) == ("text", "two", "three")


def test_a_column_that_is_new_or_gone_is_told():
    found = list(cells(ITEMS, table_of(ITEMS), b"item,standing\nw1,promised\n", b"item,owner\nw1,x\n"))
    assert {(one.column, one.old, one.new) for one in found} == {("owner", "", "x"), ("standing", "promised", "")}


def test_only_the_line_of_the_date_makes_no_change():
    old = {"a.html": b"<p>on day 1</p>", "b.html": b"<p>on day 1</p><p>x</p>", ITEMS: b"item,as_of\nw1,1\n"}
    new = [("a.html", b"<p>on day 2</p>"), ("b.html", b"<p>on day 2</p><p>y</p>"), ("c.html", b'<a href="d.html">')]
    new.append((ITEMS, b"item,as_of\nw1,2\n"))
    found = difference(old, old.get, new, ("on day 1", "on day 2"), lambda _: False)
    assert found.dated == ("a.html", ITEMS)
    assert [one.path for one in found.changed] == ["b.html"]
    assert found.added == ("c.html",)
    assert found.broken == (("c.html", "d.html"),)
    told = sections(found, Names({}, {}), CHINESE)
    assert [one.title for one in told] == [CHINESE("diff.section.broken"), CHINESE("diff.section.pages")]


# Words for columns, units and the description of the data


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("data/rounds/x.csv", datasets.RESULTS),
        ("data/items.csv", datasets.ITEMS),
        ("data/statements.csv", datasets.STATEMENTS),
        ("data/rounds.csv", datasets.ROUNDS),
    ],
)
def test_every_column_that_may_be_told_has_a_name_of_its_table(path, table):
    """No reader meets `score_before` or `period_end`."""
    compared = table_of(path)
    told = [name for name in table.names if name not in {*compared.key, *compared.silent}]
    assert told
    for words in (CHINESE, ENGLISH):
        assert [name for name in told if not words.has(f"diff.column.{name}")] == []


def test_a_decision_on_a_statement_is_told_in_words():
    head = "record,round,company,indicator,decision,score_before\n"
    old, new = (f"{head}point,2026-q2,gas-a,,{one}\n".encode() for one in ("partly,80", "accepted,81"))
    found = difference(
        ["data/statements.csv"], lambda _: old, [("data/statements.csv", new)], ("", ""), set().__contains__
    )
    (section, _) = sections(found, Names({"gas-a": "甲燃气"}, {"2026-q2": "二季度"}), CHINESE)
    assert section.groups[0].lines == ("回应的一点，处理：部分采纳 → 采纳", "回应的一点，更正以前的得分：80 → 81")


def test_the_sheet_prints_units_in_its_language():
    result = publication_of(load(BUREAU).bureau, at_noon()).result_of("2026-q2")
    cells = {}
    for words in (CHINESE, ENGLISH):
        tables = [table for sector in result.sectors for table in _matrix(sector, words)]
        rows = {row[0]: row[1:] for table in tables for row in table.rows}
        cells[words.language] = " ".join(rows["管道漏损" if words is CHINESE else "Leaks"])
    assert "处" in cells["zh-Hans"]
    assert "places" in cells["en"]
    assert "处" not in cells["en"]


def package(*resources, title="数据"):
    made = [{"path": path, "bytes": size, "hash": f"sha256:{size}"} for path, size in resources]
    return json.dumps({"title": title, "resources": made}).encode()


ITEM = "item,standing,as_of\nw1,{},{}\n"


@pytest.mark.parametrize(
    ("standing", "described", "told"),
    [
        ("open", package(("items.csv", 2)), []),
        ("kept", package(("items.csv", 2)), ["data/datapackage.json", "data/items.csv"]),
        ("open", package(("items.csv", 2), title="别的"), ["data/datapackage.json"]),
        ("open", package(("items.csv", 2), ("more.csv", 3)), ["data/datapackage.json"]),
        ("open", b"[]", ["data/datapackage.json"]),
    ],
)
def test_a_description_of_data_that_only_moved_on_by_a_day_is_no_news(standing, described, told):
    """Its hashes follow the tables: where a table has news, so has it."""
    old = {
        "data/items.csv": ITEM.format("open", "2026-11-21").encode(),
        "data/datapackage.json": package(("items.csv", 1)),
    }
    new = {"data/datapackage.json": described, "data/items.csv": ITEM.format(standing, "2026-11-22").encode()}
    found = difference(old, old.get, new.items(), ("", ""), set().__contains__)
    assert [one.path for one in found.changed] == told
    assert set(found.dated) == {*new} - {*told}


def test_a_sign_that_is_dated_later_is_waited_for(root, monkeypatch):
    """Not yet a sign: the round is told as one that lacks it."""
    edited(root, Q2, "at: 2026-07-18 16:00", "at: 2026-11-21 18:00")
    ask_for_sign_off(root)
    shutil.rmtree(root / "site")
    content = shown(content_of_round(load(root).bureau, "2026-q2"))
    line = CHINESE("cli.diff.waiting.unsigned", id="2026-q2", stages="签发", content=content)
    assert line in lines(diff(root, monkeypatch))
