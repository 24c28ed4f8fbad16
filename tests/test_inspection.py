"""The self-check: each rule has a folder that fails it, with the exact line; thresholds hold to the day."""

# ruff: noqa: E501  (the exact lines of the report)

import re
import shutil
from datetime import date, datetime

import pytest
from conftest import NOON, ROOT
from test_embargo import ZONE, change
from test_sealed import sealed_at

from publisher.checking import checked
from publisher.inspecting import self_check
from publisher.inspection import RULES, lines_of, seen
from publisher.inspection.days import months_before
from publisher.inspection.links import is_attachment
from publisher.inspection.marks import codes_of
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"
NAMES = (
    *("home", "notices", "columns", "blank", "dates", "channel", "answers", "footer", "links", "attachments", "people"),
)


FAILS = ("  [扣分]", "  [单项否决]", "  [deduction]", "  [veto]")


def report(root, moment=NOON, language="zh-Hans"):
    found = checked(root, lambda _: moment, lambda _: max(moment, NOON))
    assert not found.errors
    title, *told, total = lines_of(self_check(found, root), words_of(language))
    lines = "\n".join(told).replace("\n      ", "\v").split("\n")
    lines = [line.replace("\v", "\n      ") for line in lines]
    assert len(lines) == len(RULES) == len(NAMES)
    assert all(("      " in line) == line.startswith(FAILS) for line in lines), "what fails says what to do"
    return dict(zip(NAMES, lines, strict=True)) | {"title": title, "sum": total}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def root(copy_of):
    """A bureau of which every rule that applies passes."""
    folder = copy_of(BUREAU)
    for meeting, day in {"water-2026-06": "2026-06-26 09:00", "water-2026-10": "2026-11-19 09:00"}.items():
        path = folder / "content" / "meetings" / f"{meeting}.md"
        text = path.read_text("utf-8")
        path.write_text(text.replace("held_on:", f"published_at: {day}\nheld_on:"), encoding="utf-8", newline="\n")
    items = folder / "content" / "items.csv"
    change(items, "高峰时水压低。,,,", "高峰时水压低。,乙水务总经理,2026-07-01,已调高水压。")
    settings = folder / "content" / "site.yaml"
    change(settings, "sample: yes", 'sample: yes\nsite_code: "4290060001"')
    return folder


def test_a_site_that_is_kept_up_passes(root):
    assert report(root) == {
        "title": "政府网站自查（按将要生成的网页，不写任何文件）：",
        "home": "  [合格] 首页更新：最近一次更新是2026年11月19日，已 2 天。超过 14 天没有更新，单项否决。位置：index.html",
        "notices": "  [合格] 通报公告更新：最近一件是2026年7月20日发布的，已 124 天。超过 6 个月没有新的，扣分。位置：notices/index.html",
        "columns": "  [合格] 栏目更新：8 个有日期的栏目里，0 个超过 6 个月没有更新。有一个就扣分，满 5 个单项否决。",
        "blank": "  [合格] 空白栏目：9 个栏目和页面里，0 个是空白。有一个就扣分，满 5 个单项否决。",
        "dates": "  [合格] 发布日期：17 个内容页里，0 个没有发布时间（PubDate）。缺一个就扣分。",
        "channel": "  [合格] 咨询渠道：首页页脚有 1 个电话或邮箱。一个也没有，单项否决。位置：index.html",
        "answers": "  [合格] 留言答复：8 件提问里，0 件超过 3 个月没有答复。最近一年内的有一件，单项否决；只有更早的，扣分。",
        "footer": "  [合格] 网站标识码：51 个页面里，0 个的页头、页脚或者找错链接与标识码 4290060001 不一致。三处不一致，扣分。",
        "links": "  [合格] 链接可用：1738 个链接里，0 个打不开。有打不开的，扣分。",
        "attachments": "  [合格] 附件可用：网页给出 51 个附件和数据文件，找不到的有 0 处。有找不到的，扣分。",
        "people": "  [不适用] 须人工检查：表述错误、泄密、发布日期是否属实，以及上线后首页能否打开，程序看不出来。",
        "sum": "自查结果：单项否决 0 项，扣分 0 项，合格 10 项，不适用 1 项。",
    }


def test_the_report_in_english(root):
    change(root / "content" / "site.yaml", "sample: yes", "sample: yes\nlanguage: en")
    told = report(root, language="en")
    assert told["home"] == (
        "  [pass] Home page kept up: The last new thing is of 19 November 2026, 2 days ago."
        " More than 14 days without anything new is a veto. Where: index.html"
    )
    assert told["footer"].startswith("  [pass] Identification code: Of 51 pages 0 have")
    assert told["sum"] == "In sum: 0 vetoes, 0 deductions, 10 passed, 1 not applicable."


def test_a_home_page_may_rest_two_weeks_and_no_longer(root):
    fourteen, fifteen = (report(root, at(f"2026-12-{day}T12:00"))["home"] for day in ("03", "04"))
    assert fourteen.startswith("  [合格] 首页更新：最近一次更新是2026年11月19日，已 14 天。")
    assert fifteen == (
        "  [单项否决] 首页更新：最近一次更新是2026年11月19日，已 15 天。超过 14 天没有更新，单项否决。位置：index.html"
        "\n      怎么办：请公布新的内容，例如通报、见面会、答复或者办理情况，再生成网站；只改日期不是更新。"
    )


def holidays_of_2027(root):
    """Limits in working days cannot be counted without them."""
    path = root / "content" / "holidays.csv"
    more = "".join(f"2027-{month:02}-0{n},holiday,假日\n" for month in (1, 2, 5, 10) for n in (1, 2, 3, 4, 5))
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")


def test_notices_may_rest_six_months_and_no_longer(root):
    holidays_of_2027(root)
    day, after = (report(root, at(f"2027-01-{day}T12:00")) for day in ("20", "21"))
    assert day["notices"].startswith("  [合格]")
    assert after["notices"] == (
        "  [扣分] 通报公告更新：最近一件是2026年7月20日发布的，已 185 天。超过 6 个月没有新的，扣分。位置：notices/index.html"
        "\n      怎么办：请把这段时间应当发布的通报、公告写在 content/notices/ 里。"
    )
    assert after["columns"] == (
        "  [扣分] 栏目更新：8 个有日期的栏目里，2 个超过 6 个月没有更新。有一个就扣分，满 5 个单项否决。位置：notices/index.html、methods/"
        "\n      怎么办：请补上列出的栏目里应有的新内容，例如新的一期、通报、提问和办理情况；只改日期不是更新。"
    )


def test_five_columns_that_rest_are_a_veto(root):
    """Every list of the site is a column: the veto can be reached, at the fifth and not before."""
    holidays_of_2027(root)
    four, five = (report(root, at(f"{day}T12:00"))["columns"] for day in ("2027-05-18", "2027-05-19"))
    assert four.startswith("  [扣分] 栏目更新：8 个有日期的栏目里，4 个")
    assert five.startswith(
        "  [单项否决] 栏目更新：8 个有日期的栏目里，5 个超过 6 个月没有更新。有一个就扣分，满 5 个单项否决。"
        "位置：notices/index.html、rounds/index.html、follow-up.html、methods/、corrections.html\n"
    )


def test_a_seal_or_a_correction_keeps_the_record_up(root):
    """A site without mistakes has a column of corrections that is as fresh as its last seal."""
    sealed_at(root, "2026-q2", "2026-09-15 12:00")
    assert report(root)["columns"].startswith("  [合格] 栏目更新：8 个有日期的栏目里，0 个")
    holidays_of_2027(root)
    day, after = (report(root, at(f"2027-03-{day}T12:00"))["columns"] for day in ("15", "16"))
    assert "corrections.html" not in day
    assert "corrections.html" in after


def test_without_a_notice_there_is_no_column_for_them(root):
    shutil.rmtree(root / "content" / "notices")
    assert report(root)["notices"] == "  [不适用] 通报公告更新：没有发布过通报公告，网站上没有这个栏目。"


@pytest.mark.parametrize(("count", "verdict"), [(1, "扣分"), (4, "扣分"), (5, "单项否决")])
def test_blank_pages(root, count, verdict):
    names = [f"blank-{n}" for n in range(1, count + 1)]
    for name in names:
        path = root / "content" / "pages" / f"{name}.md"
        path.write_text("---\ntitle: 空\n---\n\n略\n", encoding="utf-8")
    where = "、".join(f"{name}.html" for name in names)
    assert report(root)["blank"] == (
        f"  [{verdict}] 空白栏目：{9 + count} 个栏目和页面里，{count} 个是空白。有一个就扣分，满 5 个单项否决。位置：{where}"
        "\n      怎么办：请补上内容；content/pages/ 里用不着的页面，请删去它的文件。"
    )


def test_a_page_without_a_time_of_publication(root):
    path = root / "content" / "meetings" / "water-2026-06.md"
    change(path, "published_at: 2026-06-26 09:00\n", "")
    assert report(root)["dates"] == (
        "  [扣分] 发布日期：17 个内容页里，1 个没有发布时间（PubDate）。缺一个就扣分。位置：meetings/water-2026-06.html"
        "\n      怎么办：请在 round.yaml 写 release_at，在见面会、走访的文件写 published_at；写真实的时刻，倒填日期是单项否决。"
    )


def test_no_way_to_ask(root):
    change(root / "content" / "site.yaml", '  hotline: "12345"\n', "")
    assert report(root)["channel"] == (
        "  [单项否决] 咨询渠道：首页页脚有 0 个电话或邮箱。一个也没有，单项否决。位置：index.html"
        "\n      怎么办：请在 content/site.yaml 的 bureau 里写 hotline、phone 或者 email。"
    )


def test_a_question_may_wait_three_months_and_no_longer(root):
    change(root / "content" / "items.csv", "乙水务总经理,2026-07-01,已调高水压。", ",,")
    day, after, year = (
        report(root, at(f"{one}T12:00"))["answers"] for one in ("2026-09-25", "2026-09-26", "2026-11-21")
    )
    assert day.startswith("  [合格] 留言答复：4 件提问里，0 件")
    line = (
        "  [单项否决] 留言答复：{} 件提问里，1 件超过 3 个月没有答复。最近一年内的有一件，单项否决；只有更早的，扣分。"
        "位置：meetings/water-2026-06.html#q-w4\n      怎么办：请催促答复，答复以后登记在 content/items.csv 的“答复”各栏。"
    )
    assert (after, year) == (line.format(4), line.format(8))


def test_an_old_question_without_an_answer_costs_points_only(root):
    holidays_of_2027(root)
    items = root / "content" / "items.csv"
    change(items, "乙水务总经理,2026-07-01,已调高水压。", ",,")
    change(items, "水有异味。,,,", "水有异味。,甲水务副总经理,2026-11-20,已换管。")
    veto, older = (report(root, at(f"2027-06-{day}T12:00"))["answers"] for day in ("25", "26"))
    assert veto.startswith("  [单项否决]")
    assert older.startswith("  [扣分] 留言答复：8 件提问里，1 件超过 3 个月没有答复")


BASE = (ROOT / "templates" / "base.html").read_text("utf-8")


def with_base(root, old, new):
    """The bureau's own frame of pages, with a fault."""
    assert BASE.count(old) == 1
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "base.html").write_text(BASE.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("code=site.site_code)", 'code="4290060002")'),
        ("jiucuo.html?site_code={{ site.site_code }}", "jiucuo.html?site_code=4290060025"),
        ('<meta name="SiteIDCode" content="{{ site.site_code }}">', ""),
    ],
)
def test_a_code_that_differs_in_head_footer_or_link(root, old, new):
    with_base(root, old, new)
    told = report(root)["footer"]
    assert re.fullmatch(
        r"  \[扣分\] 网站标识码：51 个页面里，51 个的页头、页脚或者找错链接与标识码 4290060001 不一致。三处不一致，扣分。位置：.*等51处"
        r"\n      怎么办：自己的 templates/base\.html 里，三处都要用 site\.site_code；也可以删去自己的这个文件。",
        told,
    )


def test_a_footer_that_differs_on_one_page(root):
    with_base(root, "code=site.site_code)", 'code="4290060002" if page.path == "about.html" else site.site_code)')
    assert report(root)["footer"] == (
        "  [扣分] 网站标识码：51 个页面里，1 个的页头、页脚或者找错链接与标识码 4290060001 不一致。三处不一致，扣分。位置：about.html"
        "\n      怎么办：自己的 templates/base.html 里，三处都要用 site.site_code；也可以删去自己的这个文件。"
    )


def test_a_code_is_needed_below_the_government_domain_only(root):
    settings = root / "content" / "site.yaml"
    change(settings, 'site_code: "4290060001"\n', "")
    assert report(root)["footer"] == "  [不适用] 网站标识码：不是政府网站域名，也没有标识码。"
    change(settings, "https://test.example/pingjia", "https://www.test.gov.cn:8443/pingjia")
    assert report(root)["footer"] == (
        "  [扣分] 网站标识码：域名是 .gov.cn，content/site.yaml 却没有写 site_code。政府网站没有标识码，扣分。"
        "\n      怎么办：请在 content/site.yaml 写 site_code（政府网站标识码）。"
    )


def test_a_link_that_leads_nowhere(root):
    with_base(
        root,
        "{% block main %}{% endblock %}",
        '{% block main %}{% endblock %}<a href="nowhere.html">x</a><a href="#gone">y</a>',
    )
    told = report(root)["links"]
    assert told.startswith("  [扣分] 链接可用：")
    assert " 个打不开。有打不开的，扣分。位置：index.html → nowhere.html、index.html → index.html#gone、" in told
    assert re.search(r"等\d+处\n      怎么办：请改正“→”前面那一页里的链接：它写在那一页的内容或者自己的模板里。$", told)


def test_a_missing_attachment(root):
    page = root / "content" / "pages" / "about.md"
    (root / "templates").mkdir()
    article = (ROOT / "templates" / "article.html").read_text("utf-8")
    extra = article.replace("{% endblock %}", '<a href="content/attachments/form.docx">表</a>{% endblock %}')
    assert extra != article
    (root / "templates" / "article.html").write_text(extra, encoding="utf-8")
    assert page.is_file()
    told = report(root)
    assert told["attachments"] == (
        "  [扣分] 附件可用：网页给出 52 个附件和数据文件，找不到的有 1 处。有找不到的，扣分。位置：about.html → content/attachments/form.docx"
        "\n      怎么办：请把“→”后面的文件放回去，或者去掉“→”前面那一页里的链接。"
    )
    assert told["links"].startswith("  [合格]")


def test_three_months_before_the_last_of_may_is_the_last_of_february():
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
    assert months_before(date(2024, 5, 31), 3) == date(2024, 2, 29)
    assert months_before(date(2026, 2, 1), 3) == date(2025, 11, 1)
    assert months_before(date(2026, 1, 15), 12) == date(2025, 1, 15)


def test_a_page_is_read_as_a_visitors_program_reads_it():
    page = seen(
        "<head><meta name='PubDate' content='2026-01-02 03:04'><link rel=canonical href=x><link href=a.css></head>"
        "<main><h1>题</h1><p id=p>文<br>字</p></main><footer>网站标识码：42x <a href='?site_code=7&amp;u=1'>错</a></footer>".encode()
    )
    assert page.metas == {"PubDate": "2026-01-02 03:04"}
    assert page.links == ("a.css", "?site_code=7&u=1")
    assert (page.main, page.ids) == ("文字", {"p"})
    assert codes_of(page, "网站标识码：") == {"", "42x", "7"}


def test_what_is_an_attachment():
    assert all(map(is_attachment, ("data/a.csv", "x.pdf", "a/b.docx", "register.jsonl")))
    assert not any(
        map(is_attachment, ("a.html", "a.html#b.pdf", "assets/style.css", "feed.xml", "SHA256SUMS", "data/"))
    )


def test_the_command_ends_with_1_for_a_veto_and_writes_nothing(copy_of, command):
    root = copy_of(BUREAU)
    before = sorted(root.rglob("*"))
    done = command("check", "--self-check", "--as-of", "2026-11-21", cwd=root)
    said = done.stdout.decode()
    assert done.returncode == 1
    assert "检查通过：3 个评价期" in said
    assert "[单项否决] 留言答复" in said
    assert command("check", "--as-of", "2026-11-21", cwd=root).returncode == 0
    change(root / "content" / "items.csv", "高峰时水压低。,,,", "高峰时水压低。,乙水务总经理,2026-07-01,已调高水压。")
    assert command("check", "--self-check", "--as-of", "2026-11-21", cwd=root).returncode == 0
    assert sorted(root.rglob("*")) == before


def test_faults_come_first(copy_of, command):
    root = copy_of(BUREAU)
    change(root / "content" / "items.csv", "w2,water-2026-06,water-a", "w2,water-2026-06,water-x")
    done = command("check", "--self-check", "--as-of", "2026-11-21", cwd=root)
    assert done.returncode == 1
    assert done.stdout.decode().endswith("先改正以上问题，再做自查。\n")
