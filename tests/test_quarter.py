"""The shortest honest two quarters of a clerk, for every system: an empty folder, then two sealed notices."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from clerks import complete, fill, told_in

from publisher.build import build as build_site
from publisher.checking import checked
from publisher.sealing import seal
from publisher.words import words_of

FIRST = datetime(2026, 11, 12, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
CORRECTED = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
NEXT = datetime(2027, 2, 12, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
COMPANIES = "编号,企业名称,行业\r\njia-water,甲供水有限公司,供水\r\nyi-water,乙供水有限公司,供水\r\n"
LATER = {
    "release_at": "2027年2月10日 10：00",
    "published_at": "2027-02-10 10:00",
    "statements_due": "2027年3月1日",
    "issued_on": "2027/2/9",
}


def codes(folder, moment):
    return {one.code for one in checked(folder, lambda _: moment).errors}


def begin_round(told, folder, id_, **said):
    """A new round, and its workbook as Excel leaves it when every cell is filled in."""
    assert told(folder, "new", "一期", id_).exit_code == 0
    complete(folder / f"results/{id_}/round.yaml", **said)
    assert told(folder, "template", id_).exit_code == 0
    path = folder / f"results/{id_}/scores.xlsx"
    book = openpyxl.load_workbook(path)
    later = {"start": datetime(2026, 12, 1), "end": datetime(2026, 12, 20)} if said else {}  # noqa: DTZ001
    fill(book, words_of("zh-Hans"), **later)
    if "样本" in book.sheetnames:
        for cell in ("C3", "D3", "E3"):
            book["样本"][cell] = book["样本"][cell].value * 2  # the whole is two companies
    book.save(path)


def announce(told, folder, id_, **said):
    assert told(folder, "new", "通报", "--round", id_).exit_code == 0
    complete(folder / f"content/notices/{id_}-results.md", **said)


def sealed(folder, id_, moment):
    return seal(folder, id_, lambda _: moment, salt="0" * 64)


def one_less(path):
    """A counting fault that is found after publication: one vote or case too many."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    moved = {"分子": -1} if "分子" in headings else {"非常满意": -1, "满意": 1}
    for name, step in moved.items():
        sheet.cell(3, headings.index(name) + 1).value += step
    book.save(path)


@pytest.mark.parametrize("system", ["a", "b", "c", "d", "e"])
def test_from_an_empty_folder_to_the_next_quarter(tmp_path, monkeypatch, system):
    """init, companies, workbook, notice, seal, correction of what was sealed, the next quarter, the site of it all."""
    told = partial(told_in, monkeypatch)
    folder = tmp_path / "我的 单位"
    made = told(tmp_path, "init", folder, "--scheme", system, "--name", "测试市城市管理局")
    assert made.exit_code == 0
    (folder / "content/companies.csv").write_bytes(COMPANIES.encode("gbk"))
    begin_round(told, folder, "2026-q3")
    assert codes(folder, FIRST) == {"address-not-filled"}, "the only thing left from init"
    settings = folder / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("to-be-filled-in.invalid", "pj.test.example"), "utf-8")
    announce(told, folder, "2026-q3")
    assert codes(folder, FIRST) == set()
    assert sealed(folder, "2026-q3", FIRST).editions[0] == ("2026-q3", 1)

    one_less(folder / "results/2026-q3/scores.xlsx")
    assert codes(folder, CORRECTED) == {"sealed-changed"}
    begun = told(folder, "new", "更正", "2026-11-q3", "--round", "2026-q3")
    assert (begun.exit_code, "covers" in begun.output) == (0, True)
    correction = folder / "content/corrections/2026-11-q3.md"
    assert "companies: [jia-water]\n" in correction.read_text("utf-8")
    complete(correction)
    assert codes(folder, CORRECTED) == set(), "what the program listed is all that was changed"
    assert sealed(folder, "2026-q3", CORRECTED).corrections == ("2026-11-q3",)

    begin_round(told, folder, "2026-q4", **LATER)
    announce(told, folder, "2026-q4", **LATER)
    assert codes(folder, NEXT) == set()
    assert sealed(folder, "2026-q4", NEXT).editions == (("2026-q4", 1),)
    site = tmp_path / "site"
    build_site(folder, site, lambda _: NEXT)
    for page in ("notices/2026-q3-results", "rounds/2026-q3/jia-water.v1", "rounds/2026-q4/yi-water"):
        assert (site / f"{page}.html").is_file()
    assert "人手不够" in (site / "corrections.html").read_text("utf-8")
    assert {path.name for path in (folder / "content/editions").glob("2026-q*.json")} >= {
        "2026-q3.1.json",
        "2026-q3.2.json",
        "2026-q4.1.json",
    }
