"""Tables as staff write them: what is read, where it stood, and what is said of every fault (CSV; headings)."""

import csv
import io
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.load import delimited
from publisher.load.tables import Row, find_table, read_table
from publisher.problems import Place, Problem
from publisher.words import words_of

HEADINGS = {
    "company": "company", "企业": "company", "indicator": "indicator", "指标": "indicator",
    "score": "score", "得分": "score", "note": "note", "备注": "note",
}  # fmt: skip


def read(tmp_path: Path, data: bytes | str, **options) -> tuple[list[Row], list[Problem]]:
    path = tmp_path / "scores.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    problems: list[Problem] = []
    rows = read_table(path, "results/scores.csv", HEADINGS, problems.append, **options)
    return rows, problems


def cells(rows: list[Row]) -> list[dict[str, str]]:
    return [dict(row.cells) for row in rows]


def seen(problems: list[Problem]) -> list[tuple[str, int, str, str]]:
    """Code, row, heading and value of every problem, in the order told; each is told once."""
    assert len(set(problems)) == len(problems)
    assert {problem.place.path for problem in problems} <= {"results/scores.csv"}
    return [(p.code, p.place.line, p.place.column, p.value) for p in problems]


def said(problem: Problem, language: str = "zh-Hans") -> str:
    words = words_of(language)
    values = {"value": problem.value, **dict(problem.details)}
    assert words(f"cure.{problem.code}", **values)
    return words(f"problem.{problem.code}", **values)


# What is read


def test_a_table_may_be_named_by_any_suffix_in_any_case_and_lock_files_are_no_tables(tmp_path):
    for name in ("scores.csv", "scores.XLSX", "scores.xls", "scores.ods", "~$scores.xlsx", "scores.txt", "a.csv"):
        (tmp_path / name).touch()
    (tmp_path / "scores").mkdir()
    found = [path.name for path in find_table(tmp_path, "scores")]
    assert found == sorted(["scores.csv", "scores.XLSX", "scores.xls", "scores.ods"])
    assert find_table(tmp_path / "nowhere", "scores") == []


def test_headings_are_understood_in_both_languages_without_regard_to_width_case_and_blanks(tmp_path):
    rows, problems = read(tmp_path, "ＣＯＭＰＡＮＹ, 指 标 ,Score\na,b,1\n")
    assert cells(rows) == [{"company": "a", "indicator": "b", "score": "1"}]
    assert problems == []


def test_every_cell_knows_the_place_it_stood_even_an_empty_one(tmp_path):
    [row], _ = read(tmp_path, "企业,得分\n 甲 ,\n")
    assert dict(row.cells) == {"company": "甲"}
    assert row.source.where == Place("results/scores.csv", line=2)
    assert row.source.place("company") == Place("results/scores.csv", line=2, column="企业", cell="A2")
    assert row.source.place("score") == Place("results/scores.csv", line=2, column="得分", cell="B2")
    assert row.source.place("note") == row.source.where


def test_texts_stay_what_was_typed(tmp_path):
    rows, problems = read(tmp_path, "company,score,note\n00123,NA,1e5\nno,9:30,2024/9/30\n")
    assert [list(row.cells.values()) for row in rows] == [["00123", "NA", "1e5"], ["no", "9:30", "2024/9/30"]]
    assert problems == []


def test_rows_are_counted_as_excel_shows_them(tmp_path):
    rows, problems = read(tmp_path, 'company,note\r\n"a","one\r\ntwo"\r\n\r\n,\r\nb,three\r\n')
    assert [(row.source.where.line, row.cells["note"]) for row in rows] == [(2, "one\ntwo"), (5, "three")]
    assert problems == []


def test_a_table_without_rows_is_no_fault(tmp_path):
    assert read(tmp_path, "company,score\n", required=["company"]) == ([], [])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_heading_line_alone_decides_on_the_separator(tmp_path, separator):
    rows, problems = read(tmp_path, f'"企业"{separator}备注\n甲{separator}"a,b;c;d"\n')
    assert cells(rows) == [{"company": "甲", "note": "a,b;c;d"}]
    assert problems == []


def test_separators_inside_a_quoted_heading_do_not_count():
    assert delimited.separator('"a;b;c",d\n') == ","
    assert delimited.separator("only\nx;y") == ","


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_that_office_programs_write_are_understood(tmp_path, encoding):
    rows, problems = read(tmp_path, "企业,备注\n甲,㐀𠀀中文\n".encode(encoding))
    assert cells(rows) == [{"company": "甲", "note": "㐀𠀀中文"}]
    assert problems == []


def test_utf16_of_the_other_byte_order_is_understood(tmp_path):
    rows, _ = read(tmp_path, b"\xfe\xff" + "企业\n甲\n".encode("utf-16-be"))
    assert cells(rows) == [{"company": "甲"}]


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufffd"), min_size=1, max_size=8
).filter(lambda text: "E+" not in text)  # which Excel makes of a long number
TABLES = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6)


@given(table=TABLES, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(deadline=None)
def test_any_table_reads_back_as_written(tmp_path_factory, table, encoding):
    assert written_and_read(tmp_path_factory.mktemp("t"), table, encoding) == [tuple(row) for row in table]


@given(table=st.lists(st.tuples(*[st.text("甲乙丙企业得分，。a1,;\"'", min_size=1)] * 3), min_size=1))
@settings(deadline=None)
def test_any_table_in_gb18030_reads_back_as_written(tmp_path_factory, table):
    assert written_and_read(tmp_path_factory.mktemp("t"), table, "gb18030") == table


def written_and_read(folder: Path, table, encoding: str) -> list[tuple[str, ...]]:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("企业", "指标", "备注"), *table])
    rows, problems = read(folder, text.getvalue().encode(encoding))
    assert problems == []
    return [tuple(row.cells.values()) for row in rows]


# What is refused

FAULTS = {
    "empty file": (b"", [("table-empty", 0, "", "")], "表格是空的，连标题行也没有。"),
    "only a byte order mark": (b"\xef\xbb\xbf\r\n", [("table-empty", 0, "", "")], None),
    "only separators": (",,,\n,,,\n", [("table-empty", 0, "", "")], None),
    "unknown heading": (
        "企业,天气\n甲,晴\n",
        [("table-unknown-heading", 1, "天气", "天气")],
        "不认识 B 列的标题“天气”。",
    ),
    "misspelled heading": (
        "企业,indicater\n甲,a\n",
        [("table-unknown-heading-near", 1, "indicater", "indicater")],
        "不认识 B 列的标题“indicater”，是不是“indicator”？",
    ),
    "two headings of one field": (
        "企业,得分,company\n甲,1,乙\n",
        [("table-duplicate-heading", 1, "company", "company")],
        "C 列的标题“company”与 A 列的“企业”是同一个意思。",
    ),
    "missing column": (
        "得分\n1\n",
        [("table-missing-column", 1, "", "company")],
        "缺少必须有的一列：company / 企业。",
    ),
    "cells under an empty heading, told once": (
        "企业,,得分\n甲,x,1\n乙,,2\n丙,y,3\n",
        [("table-cell-without-heading", 2, "", "x")],
        "B 列没有标题，下面却填了内容（共 2 格，第一格是“x”）。",
    ),
    "row too long": (
        "企业,备注\n甲,水压低,停水,久\n乙,好,,\n",
        [("table-row-too-long", 2, "", "停水")],
        "这一行的格数比标题行（2 列）多，C 列多出了“停水”。",
    ),
    "unbalanced quotes": (
        '企业,备注\n甲,"好\n乙,差\n',
        [("table-quotes", 2, "", "")],
        "从这一行起，英文双引号不成对，分不清单元格到哪里结束。",
    ),
    "text behind a quote": ('企业,备注\n甲,"好"的\n乙,差\n', [("table-quotes", 2, "", "")], None),
    "NUL byte": (
        "企业,备注\n甲,水\0压\n",
        [("table-unseen-character", 2, "", "U+0000")],
        "B 列的文字“水压”里夹有看不见的字符 U+0000。",
    ),
    "zero-width blank in a heading": (
        "企业\u200b,备注\n甲,好\n",
        [("table-unseen-character", 1, "", "U+200B")],
        None,
    ),
    "not decodable": (
        "企业,备注\n甲,好\n乙,".encode() + b"\xff\xff\n",
        [("table-undecodable", 3, "", "FF")],
        "这一行有不能识别的文字（字节 FF），按 UTF-8 编码读不通。",
    ),
    "broken GB18030": (
        "企业,备注\n甲,好\n乙,差".encode("gb18030") + b"\xff\n",
        [("table-undecodable", 3, "", "FF")],
        None,
    ),
    "broken UTF-8 that is GB18030 by accident": (
        "企业,备注\n甲,好\n".encode() + "乙,差的\n".encode("gb18030"),
        [("table-undecodable", 3, "", "D2")],
        None,
    ),
    "UTF-8 with a mark and a wrong byte": (
        b"\xef\xbb\xbfcompany\na\xff\n",
        [("table-undecodable", 2, "", "FF")],
        None,
    ),
    "half a UTF-16 character": (
        "company\na".encode("utf-16") + b"\x00",
        [("table-undecodable", 2, "", "00")],
        None,
    ),
    "binary file": (
        b"\x00\xffab\xfe\xff" * 9,
        [("table-not-a-table", 0, "", "")],
        "认不出这个文件的内容，它不是 CSV、Excel 或 ODS 表格。",
    ),
    "PDF": (b"%PDF-1.7\n", [("table-not-a-table", 0, "", "")], None),
    "web page": (
        "\ufeff\n<!DOCTYPE html><table>",
        [("table-markup", 0, "", "")],
        "这个文件的内容是网页或 XML，不是表格。",
    ),
    "too many columns": (
        "企业" + "," * 400 + "得分\n",
        [("table-too-many-columns", 1, "", "401")],
        "标题行有 401 列，最多允许 400 列。",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_told_once_with_its_place_in_plain_chinese(tmp_path, fault):
    data, expected, sentence = FAULTS[fault]
    required = ["company"] if fault == "missing column" else []
    _, problems = read(tmp_path, data, required=required)
    assert seen(problems) == expected
    if sentence:
        assert said(problems[0]) == sentence


def test_every_code_has_words_and_a_cure_with_the_same_details_in_both_languages():
    sources = Path(delimited.__file__).parent.glob("*.py")
    codes = {code for path in sources for code in re.findall(r'"(table-[a-z-]+)"', path.read_text("utf-8"))}
    codes -= {"table-cell", "table-column", "table-properties", "table-row"}  # elements of ODS
    assert len(codes) == 46
    chinese, english = (words_of(language).messages for language in ("zh-Hans", "en"))
    for key in (f"{kind}.{code}" for code in codes for kind in ("problem", "cure")):
        assert placeholders(chinese[key]) - {"n"} == placeholders(english[key]) - {"n"}, key


def placeholders(forms: tuple[str, ...]) -> set[str]:
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def test_english_words_choose_the_plural_by_the_number_of_cells(tmp_path):
    _, [one] = read(tmp_path, "company,,score\na,x,1\n")
    _, [two] = read(tmp_path, "company,,score\na,x,1\na,y,1\n")
    assert said(one, "en") == "Column B has no heading, but one cell below is filled (“x”)."
    assert said(two, "en") == "Column B has no heading, but 2 cells below are filled (the first one is “x”)."


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    data = '公司名,得分,score,\n甲,1,,x\n乙,2,,,,z\n丙,"3"x,\n丁,水\x01,\n'
    _, problems = read(tmp_path, data, required=["company", "indicator"])
    assert seen(problems) == [
        ("table-quotes", 4, "", ""),
        ("table-unseen-character", 5, "", "U+0001"),
        ("table-duplicate-heading", 1, "score", "score"),
        ("table-unknown-heading", 1, "公司名", "公司名"),
        ("table-missing-column", 1, "", "company"),
        ("table-missing-column", 1, "", "indicator"),
        ("table-row-too-long", 3, "", "z"),
        ("table-cell-without-heading", 2, "", "x"),
    ]


def test_after_a_fault_the_other_rows_are_read(tmp_path):
    rows, problems = read(tmp_path, '企业,备注\n甲,"好"的\n乙,差\n丙,水\x01压\n')
    assert cells(rows) == [{"company": "乙", "note": "差"}, {"company": "丙", "note": "水压"}]
    assert len(problems) == 2


def test_a_misspelled_required_heading_is_not_told_to_be_missing_as_well(tmp_path):
    rows, problems = read(tmp_path, "compamy,score\na,1\n", required=["company"])
    assert seen(problems) == [("table-unknown-heading-near", 1, "compamy", "compamy")]
    assert rows == []


def test_a_heading_is_not_taken_for_one_that_the_table_has_already(tmp_path):
    _, problems = read(tmp_path, "score,scores\n1,2\n")
    assert seen(problems) == [("table-unknown-heading", 1, "scores", "scores")]


def test_a_file_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    def locked(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    _, problems = read(tmp_path, "company\n")
    assert seen(problems) == [("table-cannot-open", 0, "", "")]
    assert said(problems[0]) == "打不开这个文件。"


def test_a_file_of_senseless_size_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("publisher.load.content.MAX_BYTES", 5)
    _, problems = read(tmp_path, "company\n")
    assert seen(problems) == [("table-too-large", 0, "", "")]


def test_too_many_rows_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr("publisher.load.delimited.MAX_ROWS", 3)
    _, problems = read(tmp_path, "company\na\nb\nc\n")
    assert seen(problems) == [("table-too-many-rows", 0, "", "")]
    assert said(problems[0]) == "表格超过 3 行。"


def test_a_vanished_file_is_told(tmp_path):
    problems: list[Problem] = []
    assert read_table(tmp_path / "a.csv", "results/scores.csv", HEADINGS, problems.append) == []
    assert seen(problems) == [("table-cannot-open", 0, "", "")]


@given(data=st.binary(max_size=400))
@settings(deadline=None)
def test_no_bytes_whatever_bring_reading_down(tmp_path_factory, data):
    read(tmp_path_factory.mktemp("t"), data)


@given(data=st.text(st.sampled_from('企a",;\t\n\r\0﻿'), max_size=60))
@settings(deadline=None)
def test_no_text_whatever_is_told_of_twice(tmp_path_factory, data):
    seen(read(tmp_path_factory.mktemp("t"), data)[1])
