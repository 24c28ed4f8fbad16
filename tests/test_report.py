"""The report of `publisher check`: all that is wrong on one page that stands alone and does nothing."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher.commands.check import check_command
from publisher.messages import MOST_OF_A_CODE, lines_of
from publisher.problems import Place, Problem, in_order, problem, warning
from publisher.report import MARK, MOST, parts_of, report_of
from publisher.words import words_of

HERE = Path(__file__).parent
ZH = words_of("zh-Hans")
EVIL = "<script>alert(1)</script><img src=x onerror=y>\"'&"


class Reader(HTMLParser):
    """Tags, addresses, ids and the text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.links += [given[name] or "" for name in ("href", "src") if name in given]
        self.ids += [given["id"] or ""] if "id" in given else []

    def handle_data(self, data: str) -> None:
        self.text += data


def some() -> list[Problem]:
    return in_order([
        problem("unknown-company", Place("results/a.xlsx", "得分", 12, "企业", "B12"), EVIL, near="甲水务"),
        problem("table-empty", Place(f"content/{EVIL}.csv")),
        warning("unexpected-file", Place("content/b.md")),
        *(problem("unknown-company", Place("results/z.csv", line=n), f"c{n}", near="") for n in range(MOST + 7)),
    ])  # fmt: skip


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_page_stands_alone_and_nothing_in_it_runs(language: str) -> None:
    page = report_of(some(), EVIL, "2026-11-20 12:00", words_of(language))
    read = Reader(page)
    assert not read.tags & {"script", "img", "iframe", "object", "b"}
    assert {one for one in read.links if not one.startswith("#")} == {"data:,"}
    assert b"default-src 'none'" in page
    assert EVIL in read.text


def test_every_file_has_an_anchor_that_the_list_leads_to() -> None:
    read = Reader(report_of(some(), "", "", ZH))
    assert sorted(one[1:] for one in read.links if one.startswith("#")) == sorted(read.ids)
    assert len(read.ids) == 4


def test_place_value_and_suggestion_stand_there_as_excel_shows_them() -> None:
    text = Reader(report_of(some(), "", "", ZH)).text
    assert "工作表“得分”，单元格 B12（列“企业”）" in text
    assert "是不是“甲水务”？" in text


def test_warnings_stand_apart_and_files_with_errors_come_first() -> None:
    parts = parts_of(some(), ZH)
    assert [bool(one.errors) for one in parts] == [True, True, True, False]
    assert not any(one.warning for part in parts for one in part.errors)
    assert [one.warning for one in parts[-1].warnings] == [True]


def test_what_is_told_too_often_is_counted() -> None:
    last = next(one for one in parts_of(some(), ZH) if one.path == "results/z.csv")
    assert (len(last.errors), last.more, last.count) == (
        MOST,
        (("unknown-company", 7, "（第 200、201、202、203、204 行 等）"),),
        MOST + 7,
    )
    told = [line for line in lines_of(some(), ZH) if "“c" in line]
    assert len(told) == MOST_OF_A_CODE


def check(root: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> tuple[int, str]:
    monkeypatch.chdir(root)
    result = CliRunner().invoke(check_command(ZH), ["--as-of", "2026-11-20", *options])
    return result.exit_code, result.output


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "bureau", tmp_path / "bureau")
    return tmp_path / "bureau"


def test_the_report_is_written_with_and_without_faults_and_again(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = bureau / "报告.html"
    assert check(bureau, monkeypatch, "--html", page.name)[0] == 0
    assert "没有发现问题" in page.read_text("utf-8")
    (bureau / "content" / "items.csv").write_text("x\n", "utf-8")
    assert check(bureau, monkeypatch, "--html", page.name)[0] == 1
    assert page.read_bytes().startswith(MARK)
    assert re.search(r'<a href="#f\d+">content/items.csv</a>', page.read_text("utf-8"))


def test_nobody_elses_file_is_written_over_and_nothing_goes_into_the_site(
    bureau: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bureau / "mine.html").write_text("mine", "utf-8")
    assert check(bureau, monkeypatch, "--html", "mine.html")[0] == 1
    assert (bureau / "mine.html").read_text("utf-8") == "mine"
    assert check(bureau, monkeypatch, "--html", "site/report.html")[0] == 2
    assert check(bureau, monkeypatch, "--html", "report.txt")[0] == 2


def test_of_what_is_only_counted_the_first_cells_are_named() -> None:
    many = [problem("negative", Place("a.csv", "", n, "是", f"C{n}"), -n) for n in range(2, 5002)]
    *_, last, _ = lines_of(many, ZH)
    assert last == (
        "  ……另有 4980 处同类问题（C22、C23、C24、C25、C26 等）没有逐一列出，改好上面的以后再检查。 [negative]"
    )
