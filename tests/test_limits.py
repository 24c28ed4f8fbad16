"""Every text is rendered or refused, with a clear message, within seconds: however it is built."""

import csv
import shutil
from pathlib import Path

import pytest
from conftest import at_noon
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import no_stall

from publisher import limits
from publisher.checking import checked
from publisher.limits import excesses
from publisher.load.documents import read_document
from publisher.load.limits import MAX_ROWS
from publisher.load.settings import read_yaml
from publisher.markup import html_of
from publisher.messages import MOST_OF_A_CODE, lines_of
from publisher.problems import Place, Problem, problem
from publisher.shown import Shown, losses, shown
from publisher.signs import host_of, host_shown, is_disguised, odd_signs, skeleton
from publisher.words import words_of

pytestmark = pytest.mark.unmeasured

BUREAU = Path(__file__).parent / "bureau"
N = limits.MAX_TEXT - 100
tried = settings(deadline=None, max_examples=150, derandomize=True, database=None)


def repeated(part: str, before: str = "", after: str = "", size: int = N) -> str:
    return before + part * (size // len(part)) + after


STALLS = {
    # found by hand and by random repetition: seconds to minutes before there were limits
    "open brackets": repeated("["),
    "open pictures": repeated("!["),
    "open links": repeated("[a]("),
    "open links with angles": repeated("[a](<"),
    "half brackets": repeated("[[]"),
    "brackets round brackets": "[" * 1000 + "a" + "]" * 1000,
    "links by name": repeated("[a]["),
    "definitions": "".join(f"[{n}]: b\n" for n in range(N // 10)),
    "many links": repeated("[a](b)"),
    "escapes": repeated("\\__", "*"),
    "backslashes": repeated("\\"),
    "backticks": repeated("`"),
    "backticks of all lengths": " ".join("`" * n for n in range(1, 440)),
    "stars": repeated("*"),
    "emphasis in emphasis": repeated("**a *b _c "),
    "ampersands": repeated("&"),
    "headings": repeated("## a\n"),
    "underlined headings": repeated("a\n===\n"),
    "lists in one line": repeated("- ", after="a"),
    "numbers in one line": repeated("1. ", after="a"),
    "quotations in one line": repeated("> ", after="a"),
    "four hundred nested lists": "\n".join("    " * n + "- a" for n in range(400)),
    "nested quotations": "\n".join("> " * n + "a" for n in range(400)),
    "empty items": repeated("\n-   "),
    "items in quotations": repeated("\n> \\`\n- ", "["),
    "paragraphs": repeated("\n\n1"),
    "wide table": "|".join("a" * 20_000) + "\n" + "|".join("-" * 20_000) + "\n" + "|\n" * 9_000,
    "long table": "a|b\n-|-\n" + repeated("a|b\n"),
    "fences": repeated("```\n~~~\n"),
    "one sign": repeated("甲"),
    "a megabyte": "x" * 1_000_000,
    "one line of words": repeated("停水 "),
    "rules": repeated("---\n"),
    "closing marks": repeated("# ", "## a ", "x"),
}
REFUSED = {
    *("open brackets", "open pictures", "open links", "many links", "backticks", "headings", "underlined headings"),
    *("lists in one line", "four hundred nested lists", "wide table", "long table", "a megabyte", "escapes"),
    *("empty items", "brackets round brackets"),
}


@pytest.mark.parametrize("name", STALLS)
def test_a_text_is_rendered_or_refused_in_seconds(name: str) -> None:
    text = STALLS[name]
    with no_stall():
        refused = list(excesses(text))
        if not refused:
            _, published = shown(text)
            list(losses(text, published))
    assert bool(refused) or name not in REFUSED


@pytest.mark.parametrize("name", ["open links", "underlined headings", "four hundred nested lists"])
def test_check_looks_at_the_limits_before_anything_parses_the_text(name: str, tmp_path: Path) -> None:
    root = tmp_path / "bureau"
    shutil.copytree(BUREAU, root)
    path = root / "content" / "statements" / "2026-q2" / "gas-b.md"
    path.write_text(path.read_text(encoding="utf-8") + STALLS[name], encoding="utf-8")
    with no_stall():
        codes = [one.code for one in checked(root, at_noon).problems]
    assert codes
    assert all("-exceed" in code for code in codes)


def test_an_honest_statement_of_twenty_thousand_characters_is_far_from_every_limit() -> None:
    sections = "".join(f"## 标题{n}\n\n{'我公司已经按照要求逐项整改，' * 26}\n\n" for n in range(60))
    links = "".join(f'- 见[第{n}号](https://a.example/{n}_(a).html "说明")（注）[2026]{n}号 \\*\n' for n in range(200))
    head = "\n| 序号 | 事项 | 岗位 | 时限 | 备注 |\n|---|---|---|---|---|\n"
    rows = "".join(f"| {n} | 更换水表 | 营销部主任 | 2026-11-30 | [单](https://a.example/{n}) |\n" for n in range(500))
    text = sections + links + head + rows
    assert sum("一" <= sign <= "鿿" for sign in text) > 20_000
    assert list(excesses(text)) == []
    written, published = shown(text)
    assert list(losses(text, published)) == []
    assert len(written.links) == len(published.links) == 700


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("MAX_TEXT", lambda n: "停" * n, "text-exceeds"),
        ("MAX_LEVELS", lambda n: "> " * n + "停", "levels-exceed"),
        ("MAX_ITEMS", lambda n: "- 停\n" * n, "items-exceed"),
        ("MAX_HEADINGS", lambda n: "# 停\n" * n, "headings-exceed"),
        ("MAX_BLOCKS", lambda n: "停\n\n" * n, "blocks-exceed"),
        ("MAX_MARKS", lambda n: "*" * n, "marks-exceed"),
        ("MAX_LOOSE", lambda n: "[" * n, "brackets-exceed"),
        ("MAX_CITATIONS", lambda n: "{{ a }}" * n, "citations-exceed"),
        ("MAX_CELLS", lambda n: "\n".join(["||"] * (n // 3)), "cells-exceed"),
    ],
)
def test_a_limit_is_kept_to_the_last_one(name: str, text, code: str) -> None:
    limit = getattr(limits, name)
    assert [one.code for one in excesses(text(limit))] == []
    assert [one.code for one in excesses(text(limit + 3))] == [code]


def test_the_guide_names_every_limit() -> None:
    guide = (BUREAU.parent.parent / "content" / "README.md").read_text(encoding="utf-8")
    values = [value for name, value in vars(limits).items() if name.startswith("MAX_")]
    assert len(values) == 13
    assert [value for value in values if f" {value:,} ".replace(",", " ") not in guide.replace("共 ", " ")] == []


YAMLS = {
    "nested lists": "[" * 90_000,
    "nested mappings": "a: " + "{a: " * 20_000,
    "nested by indentation": "\n".join(" " * n + "a:" for n in range(420)),
    "nested dashes": "- " * 40_000,
    "laughs": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *a]\n" for n in range(2000)),
    "aliases": "a: &x 1\nb: [" + "*x," * 30_000 + "]",
    "itself": "a: &x [*x]",
    "many keys": "".join(f"k{n}: 1\n" for n in range(9_000)),
    "many values": "a: [" + "1," * 45_000 + "]",
    "long value": "a: " + "x" * 99_000,
    "long key": "x" * 99_000 + ": 1",
    "long key, marked": "? " + "x" * 99_000 + "\n: 1",
    "ten megabytes": "a: " + "x" * 10_000_000,
    "sign beyond all": 'a: "\\U00110000"',
    "half a sign": 'a: "\\ud800"',
    "hidden sign": 'a: "\\u202e"',
    "hidden key": '"\\u200b": 1',
    "version": "%YAML 1." + "9" * 5_000 + "\n---\na: 1",
    "object": "a: !!python/object/apply:os.system [x]",
    "end beyond the last line": "a: [1\n\n\n",
}


@pytest.mark.parametrize("name", YAMLS)
def test_settings_are_read_or_refused_in_seconds(name: str) -> None:
    found: list[Problem] = []
    with no_stall():
        read = read_yaml(YAMLS[name], "a.yaml", found.append)
    assert (read is None) == bool(found), "nothing is dropped without a word"


def large(name: str, root: Path) -> None:
    """A table as large as a table may be, in which every row has something that is looked for at length."""
    rows = MAX_ROWS - 1
    if name == "unknown names":
        head = ["id", "meeting", "company", "raised_on", "question"]
        body = ([f"x{n}", f"water-2026-{n}", f"water-{n}", "2026-06-25", f"水压低{n}"] for n in range(rows))
        path = root / "content" / "items.csv"
    elif name == "unknown companies":
        head = ["company", "indicator", "n"]
        body = ([f"water-{n}", "billing", "12"] for n in range(rows))
        path = root / "results" / "2026-q2" / "scores.csv"
    else:
        head = ["value", "reason", "decided_by", "file"]
        body = ([f"138{n:08}", "示例", "主任", "content/items.csv"] for n in range(rows))
        path = root / "content" / "allowed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *body])


@pytest.mark.parametrize("name", ["unknown names", "unknown companies", "exceptions"])
def test_the_largest_tables_are_checked_in_seconds_and_told_of_in_few_lines(name: str, tmp_path: Path) -> None:
    """Minutes before every rule looked at a row in a time that does not grow with the table."""
    root = tmp_path / "bureau"
    shutil.copytree(BUREAU, root)
    large(name, root)
    with no_stall():
        problems = checked(root, at_noon).problems
        lines = list(lines_of(problems, words_of("zh-Hans")))
    assert len(problems) > MAX_ROWS / 2
    assert len(lines) < 3000


def test_of_a_fault_told_too_often_the_rest_is_counted() -> None:
    many = [problem("unknown-company", Place("a.csv", line=n), f"c{n}", near="") for n in range(MOST_OF_A_CODE + 7)]
    lines = list(lines_of(many, words_of("zh-Hans")))
    assert len(lines) == MOST_OF_A_CODE + 3
    assert "7" in lines[-2]
    assert lines[-2].endswith("[unknown-company]")


def test_front_matter_of_ten_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"---\n" + b"a: " + b"x" * 10_000_000 + b"\n---\n\nb\n")
    found: list[Problem] = []
    assert read_document(path, "a.md", found.append) is None
    assert [one.code for one in found] == ["text-too-long"]


def test_the_body_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: a\n---\n\n\nb\n", encoding="utf-8")
    data, source = read_document(path, "a.md", [].append)
    assert (data["body"], source.place("body").line) == ("b", 6)


@pytest.mark.parametrize("columns", [401, 100_000])
def test_a_table_of_endless_columns_is_told_once(tmp_path: Path, columns: int) -> None:
    root = tmp_path / "bureau"
    shutil.copytree(BUREAU, root)
    (root / "content" / "holidays.csv").write_text(",".join(f"h{n}" for n in range(columns)), encoding="utf-8")
    with no_stall():
        codes = [one.code for one in checked(root, at_noon).problems if one.place.path == "content/holidays.csv"]
    assert codes == ["table-too-many-columns"]


def test_a_ledger_of_endless_answers_is_refused_and_a_long_one_is_read(tmp_path: Path) -> None:
    root = tmp_path / "bureau"
    shutil.copytree(BUREAU, root)
    path = root / "content" / "items.csv"
    head, first, *_ = list(csv.reader(path.open(encoding="utf-8")))
    for size, wanted in ((7_200, {"table-text-exceeds"}), (500, set())):
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = ([f"w{n}", *first[1:7], f"{n}号" * (size // 3), *first[8:]] for n in range(300))
            csv.writer(file).writerows([head, *rows])
        with no_stall():
            problems = checked(root, at_noon).problems
        assert {
            one.code for one in problems if one.place.path == "content/items.csv" and "exceed" in one.code
        } == wanted


PIECES = [
    *("[", "]", "(", ")", "![", "*", "_", "`", "<", ">", "&#x202e;", "&amp;", "\\", '"', " ", "\n", "\n\n", "甲", "A"),
    *("1. ", "- ", "> ", "# ", "|", "|-|", "---", "===", "    ", "[a](b)", "<http://a.b>", "<a@b.c>", "//", ":", "@"),
]


@tried
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_text_crashes_and_none_is_lost_without_a_word(text: str) -> None:
    """Letters that are on the page were written, and the other way round, or it is told."""
    if any(excesses(text)):
        return
    written, published = shown(text)
    told = list(losses(text, published))
    for link in written.links:
        is_disguised(link.target)
        host_of(link.target)
        host_shown(link.text)
    if not told and not written.pictures:
        kept = "".join(sign for sign in published.text if sign.isalnum())
        assert kept.count("甲") >= text.count("甲")


@tried
@given(st.text(max_size=60))
def test_no_settings_crash(text: str) -> None:
    for one in (text, f"a: {text}", f'a: "{text}"', f"a: [{text}", f"%{text}\n---\na: 1"):
        found: list[Problem] = []
        read = read_yaml(one.replace("\r", "\n"), "a.yaml", found.append)
        assert (read is None) == bool(found)


@tried
@given(st.text(max_size=40), st.integers(1, 400))
def test_signs_are_looked_at_without_a_crash(text: str, times: int) -> None:
    list(odd_signs(text * times))
    skeleton(text)
    host_shown(text * times)
    is_disguised(f"https://{text}")


def test_a_name_in_angle_brackets_and_a_note_in_square_ones_stay_text() -> None:
    assert html_of("<A公司>说") == "<p>&lt;A公司&gt;说</p>"
    assert html_of("[注]: 本公司不同意") == "<p>[注]: 本公司不同意</p>"


@pytest.mark.parametrize(
    ("word", "odd"),
    [
        ("paypal", False),
        ("pаypal", True),
        ("ＧＰＳ", False),
        ("ＧPS", True),
        ("μm", False),
        ("kΩ", False),
        ("Москва", False),
        ("ВТВ", True),
        ("Ａ公司", False),
        ("甲公司A座", False),
        ("café", False),
    ],
)
def test_only_letters_that_pass_for_others_are_odd(word: str, odd: bool) -> None:
    assert [one.code for one in odd_signs(word)] == (["letters-mixed"] if odd else [])


@pytest.mark.parametrize(
    ("text", "target", "named", "host"),
    [
        ("https://a.example/x", "https://b.example/", "a.example", "b.example"),
        ("www.a.com", "https://a.com/", "a.com", "a.com"),
        ("见 a.gov.cn 公告", "https://b.cn", "a.gov.cn", "b.cn"),
        ("report.pdf", "https://a.example/report.pdf", "", "a.example"),
        ("2026.10.21", "https://a.example/", "", "a.example"),
        ("me@a.example", "mailto:me@b.example", "a.example", "b.example"),
        ("a.example", "https://a.example:8080/", "a.example", "a.example"),
        ("a.example", "about.html", "a.example", ""),
    ],
)
def test_the_host_that_a_text_names_and_the_one_that_a_link_has(text: str, target: str, named: str, host: str) -> None:
    assert (host_shown(text), host_of(target)) == (named, host)


@pytest.mark.parametrize(
    "target", ["https://a@b.example", "https://a.example\\@b", "https://ａ.example", "https://[", "a b"]
)
def test_a_disguised_target(target: str) -> None:
    assert is_disguised(target)
    assert not is_disguised("https://数据.example/甲?b=c@d")


def test_a_line_that_stands_twice_must_be_published_twice() -> None:
    assert [one.line for one in losses("停止\n停止", Shown(["停止"]))] == [1]
