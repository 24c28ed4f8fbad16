"""A preview shows what is not released, says so on every page, and is nothing that could pass for the site."""

import csv
import io
import re
from datetime import date

import pytest
from conftest import NOON, ROOT
from test_unreleased import KNOWN, SAMPLE, SMALL, later
from unreleased import bytes_of, found_in, inputs_of, lay, read, secrets_of, table, write, write_table

from publisher.build import build
from publisher.load.folder import load
from publisher.previewing import UnknownCompanyError, preview, use_until
from publisher.problems import PublisherError

pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("preview")]
TOKEN = "0123456789abcdef" * 2
BOTH = {"small": SMALL, "sample": SAMPLE}


def previewed(root, folder, company=None, token=TOKEN, jobs=1):
    return preview(root, folder, lambda _: NOON, token=token, company=company, today=later, jobs=jobs)


@pytest.fixture(scope="module", params=BOTH)
def laid(request, tmp_path_factory):
    """(setting, folder with secrets, folder without)"""
    one, folder = BOTH[request.param], tmp_path_factory.mktemp("preview")
    return one, lay(one, folder / "full", secret=True), lay(one, folder / "public", secret=False)


small = pytest.mark.parametrize("laid", ["small"], indirect=True)
"""For rules of which the larger bureau says nothing new."""


@pytest.fixture(scope="module")
def public(laid, tmp_path_factory):
    """The site as it is published."""
    site = tmp_path_factory.mktemp("public") / "site"
    build(laid[2], site, lambda _: NOON, today=later)
    return site


@pytest.fixture(scope="module")
def whole(laid, tmp_path_factory):
    return previewed(laid[1], tmp_path_factory.mktemp("whole")).folder


@pytest.fixture(scope="module")
def alone(laid, tmp_path_factory):
    return previewed(laid[1], tmp_path_factory.mktemp("alone"), laid[0].own).folder


@pytest.fixture(scope="module")
def pages(whole, alone):
    return {path: path.read_text("utf-8") for site in (whole, alone) for path in site.rglob("*.html")}


def test_what_is_held_back_is_there_and_what_did_not_happen_yet_is_not(laid, whole):
    one, full, public = laid
    secrets = secrets_of(inputs_of(full), inputs_of(public)) - KNOWN
    found = found_in(whole, secrets)
    assert {"密札下期", "密札试行", "密札公告", "密札会议", "密札答乙。", "71347", "密札说明甲。"} <= found.keys()
    assert {"密札公告内容。", "密札说明乙内容。", "密札会议内容。"} <= found.keys()
    assert ("密札未签" in found) == bool(one.stages)
    coming = {"密札答复内容。", "密札说明丙。", "密札将来会议", "密札更正理由", "密札撤回理由", "密札办结。"}
    assert coming <= secrets
    assert coming & found.keys() == set()


def test_every_page_says_that_it_is_a_preview_and_tells_robots_to_leave(pages):
    assert len(pages) > 100
    for path, text in pages.items():
        assert text.count('<meta name="robots"') == 1, path
        assert '<meta name="robots" content="noindex, nofollow">' in text, path
        assert "<strong>预览，未发布，不得转载</strong>" in text, path
        assert re.search(r'<body data-preview="(?:预览 未发布　　)+">', text), path
        assert re.search(r'<link rel="stylesheet" href="(?:\.\./)*assets/preview\.css">', text), path


def test_a_time_that_has_not_come_is_called_planned_and_no_other(laid, whole, alone, public):
    """A page that the site has was published; another is only meant to be."""
    seen = set()
    for site in (whole, alone):
        for path in sorted([*site.glob("rounds/*/*.html"), *site.glob("notices/*.html")]):
            name, text = path.relative_to(site).as_posix(), path.read_text("utf-8")
            if name.endswith("notices/index.html"):
                continue
            is_out = (public / name).is_file()
            times = re.findall("(计划)?发布时间(?:：|</dt>)", text)
            assert set(times) <= {"" if is_out else "计划"}, name
            seen |= {(name.partition("/")[0], is_out) for _ in times}
    assert seen == {(kind, is_out) for kind in ("rounds", "notices") for is_out in (True, False)}


def test_no_page_leads_to_the_public_address_or_to_what_is_not_there(pages, laid, whole, alone):
    base = re.search(r"base_url: (\S+)", read(laid[0].folder / "content" / "site.yaml"))[1]
    for path, text in pages.items():
        assert base not in text, path
        assert "canonical" not in text
        for target in re.findall(r'(?:href|src)="([^"#:]+)(?:#[^"]*)?"', text):
            assert (path.parent / target).resolve().is_file(), (path, target)


def test_there_is_nothing_that_could_pass_for_the_site(whole, alone):
    for site in (whole, alone):
        names = set(bytes_of(site))
        assert not names & {"feed.xml", "sitemap.xml", "SHA256SUMS", "register.jsonl", "404.html"}
        assert not [name for name in names if name.startswith("editions/")]
        assert (site / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
        assert (site / "data" / "README.txt").read_text("utf-8").startswith("预览，未发布，不得转载\n")


def test_every_row_of_data_is_marked(whole, alone):
    for path in [*whole.rglob("*.csv"), *alone.rglob("*.csv")]:
        head, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        assert head[0] == "preview"
        assert rows
        assert {row[0] for row in rows} == {"预览，未发布，不得转载"}


def test_no_file_of_a_preview_is_a_file_of_the_site_but_the_looks(public, whole):
    """So no list of hashes of the one proves anything about the other."""
    published = bytes_of(public)
    same = [name for name, data in bytes_of(whole).items() if published.get(name) == data]
    assert all(name.startswith(("assets/", "attachments/")) for name in same)


def test_the_public_site_knows_nothing_of_previews(public):
    assert not (public / "assets" / "preview.css").exists()
    assert found_in(public, {"data-preview", "preview.css", "预览，未发布"}) == {}


OTHERS = {
    *("64811", "9173", "55339", "18181", "密札新企业有限公司", "zz-new", "Zznew Company"),
    *(
        "密札说明乙。",
        "密札问题乙。",
        "密札答乙。",
        "密札承诺乙",
        "密札责任乙",
        "密札乙办结。",
        "密札违规",
        "密札出席乙",
    ),
    *("密札通报", "密札通报正文。", "9970001", "9980001", "9990001", "99900017", "密札附注", "密札会议记录。", "4127"),
    *("密札说明乙内容。", "密札会议内容。", "密札说明乙附表", "密札会议附表"),
    *("密札抽样", "密札签署乙", "密札岗乙", "密札违规正文。", "密札公告"),
}


def test_one_company_sees_its_own_part(laid, alone):
    own = {
        "71347",
        "2953",
        "密札下期",
        "密札试行",
        "密札说明甲。",
        "密札说明甲内容。",
        "密札回应甲。",
        "密札问题甲。",
        "密札答甲。",
        "密札表扬正文。",
    }
    assert own - found_in(alone, own).keys() == set()
    assert (alone / "companies" / f"{laid[0].own}.html").is_file()
    assert (alone / "rounds" / "zz-next" / f"{laid[0].own}.html").is_file()


def test_one_company_sees_nothing_unreleased_of_another(laid, alone):
    one, full, public = laid
    assert found_in(alone, OTHERS) == {}
    everything = secrets_of(inputs_of(full), inputs_of(public)) - KNOWN
    column = next(name for name in ("是", "yes") if name in table(full / "results" / "zz-next" / "scores.csv")[0])
    rows = table(full / "results" / "zz-next" / "scores.csv")
    own = {row[column] for row in rows if one.own in row.values()} - {""}
    others = {row[column] for row in rows if row[column]} - own
    assert len(others & everything) > 3
    assert found_in(alone, others & everything) == {}
    assert own & found_in(alone, own).keys() == own


def changed(one, root):
    """Everything of the others that is not released becomes something else."""
    scores = root / "results" / "zz-next" / "scores.csv"
    rows = table(scores)
    yes, n = (next(name for name in pair if name in rows[0]) for pair in (("是", "yes"), ("有效样本", "n")))
    for row in rows:
        if row[yes] and one.own not in row.values():
            row[yes] = str(int(row[yes]) + 977)
            row[n] = str(int(row[n]) + 977) if row[n] else ""
    write_table(scores, rows)
    secret = root / "results" / "zz-secret" / "scores.csv"
    write_table(secret, [row | ({"yes": "11"} if row["company"] != one.own else {}) for row in table(secret)])
    for path in ("results/zz-next/round.yaml", "content/items.csv", "content/events.csv", "content/companies.csv"):
        text = read(root / path)
        for old, new in {
            "9970001": "9970002",
            "99900017": "99900018",
            "密札附注": "密札另附",
            "乙。": "丁。",
            "密札承诺乙": "另诺",
            "密札乙": "密札丁",
            "密札新企业": "密札另企业",
        }.items():
            text = text.replace(old, new)
        write(root / path, text)
    for path in (f"statements/zz-next/{one.other}.md", "notices/zz-violation.md", "notices/zz-results.md"):
        file = root / "content" / path
        write(file, read(file) + "\n又及：密札别样。\n")
    return root


@small
def test_whatever_changes_of_the_others_changes_no_byte_for_the_one(laid, alone, tmp_path):
    one = laid[0]
    root = changed(one, lay(one, tmp_path / "root", secret=True))
    other = previewed(root, tmp_path / "preview", one.own).folder
    assert bytes_of(other) == bytes_of(alone)
    assert bytes_of(previewed(root, tmp_path / "preview", token="f" * 32).folder)["rounds/zz-next/index.html"]


def test_what_is_released_stays_as_the_public_sees_it(laid, alone, public):
    """Every page of the public site is there with its text, but for the company's own page."""
    published = bytes_of(public)
    pages = {name for name in published if name.endswith(".html")} - {f"companies/{laid[0].own}.html"}
    pages -= {
        "404.html",
        "search.html",
        "compare.html",
        "data/index.html",
        "verify.html",
        "sitemap.html",
    }  # of the site alone
    pages = {name for name in pages if not name.startswith("embed/")}
    assert len(pages) > 20
    for name in pages:
        assert main_of(published[name]) == main_of((alone / name).read_bytes()), name


def main_of(data):
    text = data.decode()
    text = text[text.index('<main id="main"') : text.index("</main>")]
    # a preview has no address to cite, scan or follow, no register, of the data tables alone, nothing to choose from
    text = re.sub(r"<p class=\"more\"><a href=\"../compare.html[^<]*</a></p>", "", text)
    text = re.sub(r"（PDF，[^）]*）", "", text)  # the mark of a preview makes it larger
    text = re.sub(r"、<a href=\"[^\"]*\.(?:xlsx|json)\">[^<]*</a>", "", text)
    text = re.sub(r'<section class="screen" aria-labelledby="(?:kit|embed)">.*?</section>', "", text, flags=re.DOTALL)
    text = re.sub(r'<div class="run">\n<p class="meta">.*', "", text, flags=re.DOTALL)
    text = re.sub(
        r'<img hidden [^>]*>|<p data-print="[^"]*"></p>| <a href="corrections.xml">[^<]*</a>| data-cop[^>]*', "", text
    )
    of_site = "本页永久地址|引用格式|数据下载|最新结果|嵌入网页|订阅更新"
    text = re.sub(rf"<div><dt>(?:{of_site})</dt>.*?</div>\n?", "", text, flags=re.DOTALL)
    return re.sub(r"<p>[^<]*<a href=\"register.jsonl\">register.jsonl</a></p>\n?|\n+", "", text)


def test_a_scorecard_for_one_company_has_neither_place_nor_average(laid, alone):
    text = (alone / "rounds" / "zz-next" / f"{laid[0].own}.html").read_text("utf-8")
    assert "名次发布时公布" in text
    assert "行业平均</th>" not in text
    assert "预览只列这一家企业的得分" in (alone / "rounds" / "zz-next" / "index.html").read_text("utf-8")
    data = (alone / "data" / "rounds" / "zz-next.csv").read_text("utf-8-sig")
    assert "sector" not in data.replace(data.split("\n")[0], "")


def test_a_text_that_names_another_company_is_not_for_the_one(tmp_path):
    root = lay(SMALL, tmp_path / "root", secret=True)
    for path in ("notices/zz-praise.md", "responses/zz-next/water-a.md"):
        file = root / "content" / path
        write(file, read(file) + "\n好过乙 水务，密札比较。\n")
    items = root / "content" / "items.csv"
    write(items, read(items).replace("密札问题甲。", "密札问题甲，Water B (sample) 就没有。"))
    site = previewed(root, tmp_path / "preview", "甲水务").folder
    secret = {"密札比较", "密札表扬", "密札问题甲", "密札答甲。", "密札回应甲。"}
    assert found_in(site, secret) == {}
    assert found_in(previewed(root, tmp_path / "preview", token="e" * 32).folder, secret).keys() == secret


def test_a_round_of_one_company_alone_is_wholly_its_own(tmp_path):
    root = lay(SMALL, tmp_path / "root", secret=True)
    rows = [row for row in table(root / "results" / "zz-secret" / "scores.csv") if row["company"] == "water-a"]
    write_table(root / "results" / "zz-secret" / "scores.csv", rows)
    settings = root / "results" / "zz-secret" / "round.yaml"
    write(settings, read(settings) + "population: '88001234'\n")
    site = previewed(root, tmp_path / "preview", "water-a").folder
    page = (site / "rounds" / "zz-secret" / "index.html").read_text("utf-8")
    assert "88001234" in page
    assert "预览只列" not in page


def test_an_indicator_that_goes_on_in_a_new_scheme_says_nothing_of_who_else_is_in_the_round(tmp_path):
    """A dash in the row of another company would say that it was left out."""
    root = lay(SMALL, tmp_path / "root", secret=True)
    scheme = root / "content" / "schemes" / "zz-scheme.yaml"
    again = "- {id: no-runaround, name: 不推诿, name_en: No passing the buck, measure: yes_no, reversed: yes}\n"
    write(scheme, read(scheme) + again)
    scores = root / "results" / "zz-secret" / "scores.csv"
    more = [{"company": id_, "indicator": "no-runaround", "yes": "50", "no": "61"} for id_ in ("water-a", "water-b")]
    write_table(scores, table(scores) + more)
    site = previewed(root, tmp_path / "preview", "water-a").folder
    page = (site / "indicators" / "zz-scheme" / "no-runaround.html").read_text("utf-8")
    assert "companies/water-a.html" in page
    assert "rounds/2026-q2/index.html" in page
    assert not {one for one in ("water-b", "gas-a", "gas-b") if f"companies/{one}.html" in page}


def test_a_preview_is_used_until_the_next_release_and_at_most_a_week(tmp_path):
    bureau = load(lay(SMALL, tmp_path / "root", secret=True)).bureau
    assert use_until(bureau, NOON) == date(2026, 11, 21)
    assert use_until(bureau, NOON.replace(day=23)) == date(2026, 11, 30)
    assert use_until(load(SMALL.folder).bureau, NOON) == date(2026, 11, 28)


@small
def test_the_same_folder_is_never_written_twice_and_older_ones_are_counted(laid, tmp_path):
    root = laid[2]
    assert previewed(root, tmp_path).older == 0
    before = bytes_of(tmp_path)
    with pytest.raises(PublisherError, match="file-exists"):
        previewed(root, tmp_path)
    assert bytes_of(tmp_path) == before
    assert previewed(root, tmp_path, token="a" * 32).older == 1


def test_a_preview_that_fails_leaves_nothing(tmp_path):
    root = lay(SMALL, tmp_path / "root", secret=True)
    write(
        root / "templates" / "base.html", (ROOT / "templates" / "base.html").read_text("utf-8").replace("nofollow", "")
    )
    with pytest.raises(PublisherError, match="preview-unmarked"):
        previewed(root, tmp_path / "preview")
    assert not (tmp_path / "preview").exists()


@small
def test_several_processes_make_the_same_preview(laid, alone, tmp_path):
    assert bytes_of(previewed(laid[1], tmp_path, laid[0].own, jobs=2).folder) == bytes_of(alone)


@pytest.mark.parametrize(("name", "near"), [("water-z", "water-b"), ("不知道", "")])
def test_a_company_that_is_not_there(name, near):
    with pytest.raises(UnknownCompanyError) as error:
        previewed(SMALL.folder, ROOT / "preview", name)
    assert error.value.near == near


def test_the_command_tells_where_how_long_and_what_lies_there_already(copy_of, command):
    root = copy_of(SMALL.folder)
    for older in (0, 1):
        done = command("build", "--preview", "--as-of", "2026-11-21", cwd=root)
        said = done.stdout.decode().splitlines()
        assert (done.returncode, done.stderr) == (0, b"")
        path = re.search(rf"从这一页看起：({re.escape(str(root))}/preview/[0-9a-f]{{32}}/index\.html)", said[0])
        assert path
        assert (root / path[1]).is_file()
        assert "用到2026年11月28日为止" in said[1]
        assert len(said) == 2 + older
    assert said[2] == f"{root}/preview 里还有 1 份以前的预览；不再需要的，请删除。"
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--company", "water-a"), "--company 只能和 --preview 一起用：正式网站不能只发布一家企业。"),
        (("--preview", "--company", "water-z"), "没有企业“water-z”。是不是“water-b”？请写企业编号或全称。"),
        (("--preview", "--output", "site"), "site 放着原始内容，或在一个网站的文件夹里，预览不能放在这里"),
        (("--preview", "--output", "site/x"), "site/x 放着原始内容，或在一个网站的文件夹里"),
        (("--preview", "--output", "content/x"), "content/x 放着原始内容"),
        (("--preview", "--output", "elsewhere/deep"), "elsewhere/deep 放着原始内容，或在一个网站的文件夹里"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(copy_of, command, words, told):
    root = copy_of(SMALL.folder)
    (root / "elsewhere").mkdir()
    (root / "elsewhere" / "SHA256SUMS").write_text("")
    before = bytes_of(root)
    done = command("build", *words, cwd=root)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert bytes_of(root) == before
