"""`publisher template items`: a workbook that staff fill in with Excel, and that reads back without loss."""

import io
import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from publisher.cli import commands
from publisher.load.folder import load
from publisher.model.asked import Event, Item
from publisher.outputs.forms import fields_of, items_form
from publisher.words import LANGUAGES, words_of

ROOT = Path(__file__).parent.parent
BUREAU = Path(__file__).parent / "bureau"
SHEETS = {"zh-Hans": ("事项", "办理情况"), "en": ("Items", "Events")}


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def form_of(folder, language="zh-Hans"):
    return items_form(load(folder).bureau, words_of(language))


def put_in_place(folder, data, *gone):
    """What the guide tells the clerk to do: the workbook comes, the tables go."""
    for name in gone:
        (folder / "content" / name).unlink()
    (folder / "content" / "items.xlsx").write_bytes(data)
    return load(folder)


def rows_of(bureau):
    """Every field of every row, without the place it was read at."""
    return [
        [{name: value for name, value in dict(row).items() if name != "origin"} for row in rows]
        for rows in (bureau.items, bureau.events)
    ]


@pytest.fixture
def folder(copy_of):
    return copy_of(BUREAU)


@pytest.fixture
def strange(folder):
    """Values that a workbook spoils easily."""
    path = folder / "content" / "items.csv"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("w2,", "007,").replace("早上水发黄。", '"=1+1\n第二行 https://water-a.example"'), "utf-8"
    )
    return folder


@pytest.fixture(params=LANGUAGES)
def words(request):
    return words_of(request.param)


def checks_of(sheet):
    """Validation by heading."""
    headings = {cell.column_letter: cell.value for cell in sheet[1]}
    found = {}
    for one in sheet.data_validations.dataValidation:
        for area in one.sqref.ranges:
            assert (area.min_row, area.max_row) == (2, 15_000)
            found[headings[openpyxl.utils.get_column_letter(area.min_col)]] = one
    return found


def listed(book, check):
    """The choices that a list refers to."""
    if check.formula1.startswith("OFFSET("):  # as many as there are
        area = re.search(r"COUNTA\('([^']+)'!\$A\$2:\$A\$15000\)", check.formula1)
        return [cell.value for cell in book[area[1]]["A"][1:] if cell.value is not None]
    sheet, _, area = check.formula1.removeprefix("=").partition("!")
    cells = book[sheet.strip("'")][area.replace("$", "")]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return [row[0].value for row in rows if row[0].value is not None]


def test_headings_are_the_words_of_the_language(words):
    book = opened(form_of(BUREAU, words.language))
    names = [words(f"sheet.{name}") for name in ("items", "lists", "events", "guide")]
    assert book.sheetnames == names
    for sheet, table, model in ((names[0], "items", Item), (names[2], "events", Event)):
        shown = [cell.value for cell in book[sheet][1]]
        assert shown == [words(f"field.{table}.{name}") for name in fields_of(model)]
    assert book[names[1]].sheet_state == "hidden"
    assert [cell.value for cell in book[names[3]]["A"]] == words("form.guide").split("\n")


def test_what_may_be_chosen_is_listed(words):
    bureau = load(BUREAU).bureau
    book = opened(form_of(BUREAU, words.language))
    items, events = (checks_of(book[name]) for name in SHEETS[words.language])
    heading = lambda table, name: words(f"field.{table}.{name}")  # noqa: E731
    chosen = {
        name: listed(book, checks[heading(table, name)])
        for checks, table, names in (
            (items, "items", ("company", "meeting", "topic", "repeats")),
            (events, "events", ("item", "by", "kind")),
        )
        for name in names
    }
    assert chosen["company"] == list(bureau.companies)
    assert chosen["meeting"] == list(bureau.meetings)
    assert chosen["item"] == chosen["repeats"] == [one.id for one in bureau.items]
    by = ("company", "bureau", "resident")
    kinds = ("moved", "done", "checked", "confirmed", "disagreed", "reopened", "note")
    assert chosen["by"] == [words(f"choice.events.by.{one}") for one in by]
    assert chosen["kind"] == [words(f"choice.events.kind.{one}") for one in kinds]
    assert chosen["topic"] == ["账单", "水质", "水压", "维修"]
    assert items[heading("items", "topic")].errorStyle == "information", "a new topic may be typed"
    assert items[heading("items", "company")].errorStyle in (None, "stop")


def test_the_first_workbook_of_questions_lies_where_it_is_read(folder, monkeypatch):
    """Whatever is unfinished in a round; with tables beside it, it would be read twice."""
    (folder / "results" / "2026-q2" / "round.yaml").write_text("scheme: 【待填：办法】\n", "utf-8")
    monkeypatch.chdir(folder)
    for name in ("items.csv", "events.csv"):
        result = CliRunner().invoke(commands(words_of("zh-Hans")), ["template", "items"])
        assert (result.exit_code, (folder / "items.xlsx").exists()) == (0, True)
        assert not (folder / "content" / "items.xlsx").exists()
        (folder / "items.xlsx").unlink()
        (folder / "content" / name).unlink()
    result = CliRunner().invoke(commands(words_of("zh-Hans")), ["template", "items"])
    assert result.output == "已写入 content/items.xlsx。打开填写，保存，再运行 publisher check。\n"
    assert (folder / "content" / "items.xlsx").is_file()


def test_ids_are_offered_as_far_as_a_table_may_go(folder):
    """Not only the first two thousand."""
    path = folder / "content" / "items.csv"
    top, first, *_ = path.read_text("utf-8").splitlines()
    rows = [first.replace("w1,", f"n{number},", 1) for number in range(3000)]
    path.write_text("\n".join([top, *rows]) + "\n", "utf-8")
    (folder / "content" / "events.csv").unlink()
    book = opened(form_of(folder))
    check = checks_of(book["办理情况"])["事项"]
    assert check.formula1 == "OFFSET('事项'!$A$2,0,0,MAX(1,COUNTA('事项'!$A$2:$A$15000)),1)"
    assert len(listed(book, check)) == 3000
    assert check.errorStyle == "warning"


def test_dates_and_numbers_are_checked_as_they_are_typed(words):
    book = opened(form_of(BUREAU, words.language))
    items, events = (checks_of(book[name]) for name in SHEETS[words.language])
    dates = [(items, f"field.items.{name}") for name in ("raised_on", "answered_on", "due_on")]
    dates += [(events, f"field.events.{name}") for name in ("date", "new_due")]
    for checks, key in dates:
        assert (checks[words(key)].type, checks[words(key)].error) == ("date", words("form.date"))
    assert items[words("field.items.due_in")].type == "whole"


def test_every_heading_has_a_note_that_says_whether_it_must_be_filled(words):
    book = opened(form_of(BUREAU, words.language))
    for sheet, table, model in zip(SHEETS[words.language], ("items", "events"), (Item, Event), strict=True):
        for name, cell in zip(fields_of(model), book[sheet][1], strict=True):
            key = "form.required" if model.model_fields[name].is_required() else "form.optional"
            assert cell.comment.text.startswith(words(key))
            assert words(f"note.{table}.{name}") in cell.comment.text


def test_equal_contents_give_equal_bytes():
    assert form_of(ROOT) == form_of(ROOT)
    assert form_of(BUREAU) == form_of(BUREAU)


def test_a_new_bureau_gets_an_empty_form(copy_of, words):
    folder = copy_of(BUREAU)
    for path in (folder / "content").glob("*s.csv"):
        if path.stem in {"items", "events"}:
            path.unlink()
    data = form_of(folder, words.language)
    assert opened(data)[SHEETS[words.language][0]].max_row == 1
    loaded = put_in_place(folder, data)
    assert (loaded.problems, loaded.bureau.items, loaded.bureau.events) == ((), (), ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", [ROOT, BUREAU], ids=["sample", "bureau"])
def test_what_is_exported_is_what_is_read_again(copy_of, source, language):
    folder = copy_of(source)
    before = load(folder).bureau
    after = put_in_place(folder, form_of(folder, language), "items.csv", "events.csv")
    assert after.problems == ()
    assert rows_of(after.bureau) == rows_of(before)
    assert len(before.items) > 5
    assert len(before.events) > 5
    assert {one.origin.where.sheet for one in after.bureau.events} == {SHEETS[language][1]}


def test_leading_zeros_line_breaks_formulas_and_addresses_are_kept(strange):
    before = load(strange).bureau
    after = put_in_place(strange, form_of(strange), "items.csv", "events.csv").bureau
    assert rows_of(after) == rows_of(before)
    assert after.items[1].id == "007"
    assert after.items[1].question == "=1+1\n第二行 https://water-a.example"


def test_the_form_of_a_form_is_the_same_form(folder):
    first = form_of(folder)
    put_in_place(folder, first, "items.csv", "events.csv")
    assert form_of(folder) == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_clerk_types_is_read(folder, language):
    """A changed answer, a date as Excel stores it, working days as a number, a new event of a new item."""
    book = opened(form_of(folder, language))
    items, events = (book[name] for name in SHEETS[language])
    columns = {name: number for number, name in enumerate(fields_of(Item), 1)}
    row = next(row for row in items.iter_rows() if row[0].value == "w4")[0].row
    for name, value in {
        "answered_by": "乙水务总经理",
        "answered_on": datetime(2026, 10, 30),  # noqa: DTZ001  (as Excel has it)
        "answer": "泵站已修好。\n请再看看。",
        "promise": "每周测压",
        "owner": "工程部主任",
        "due_in": 15,
    }.items():
        items.cell(row, columns[name]).value = value
    items.append(["w10", "water-2026-10", "water-a", date(2026, 11, 17), None, "新的类别", None, "表坏了。"])
    events.append(["w10", date(2026, 11, 18), "bureau", "note", None, "已派人。"])
    changed = io.BytesIO()
    book.save(changed)
    loaded = put_in_place(folder, changed.getvalue(), "items.csv", "events.csv")
    assert loaded.problems == ()
    item = next(one for one in loaded.bureau.items if one.id == "w4")
    assert (item.answered_on, item.due_in) == (date(2026, 10, 30), 15)
    assert item.answer == "泵站已修好。\n请再看看。"
    assert loaded.bureau.items[-1].topic == "新的类别"
    assert (loaded.bureau.events[-1].item, loaded.bureau.events[-1].date) == ("w10", date(2026, 11, 18))


def test_items_alone_may_be_a_workbook_beside_the_table_of_events(folder):
    before = load(folder).bureau
    book = opened(form_of(folder))
    book["办理情况"].delete_rows(2, 2000)
    changed = io.BytesIO()
    book.save(changed)
    loaded = put_in_place(folder, changed.getvalue(), "items.csv")
    assert loaded.problems == ()
    assert rows_of(loaded.bureau) == rows_of(before)


def test_events_in_two_places_are_never_chosen_between(folder):
    loaded = put_in_place(folder, form_of(folder), "items.csv")
    assert [one.code for one in loaded.problems] == ["events-in-two-places"]


def test_the_command_writes_the_form_and_never_over_a_file(folder, monkeypatch):
    monkeypatch.chdir(folder)
    words = words_of("zh-Hans")
    run = lambda *options: CliRunner().invoke(commands(words), ["template", "items", *options])  # noqa: E731
    done = run()
    assert (done.exit_code, done.output) == (0, words("cli.template.done", path="items.xlsx") + "\n")
    assert (folder / "items.xlsx").read_bytes() == form_of(folder)
    (folder / "items.xlsx").write_bytes(b"mine")
    again = run()
    assert (again.exit_code, "file-exists" in again.output) == (1, True)
    assert (folder / "items.xlsx").read_bytes() == b"mine"
    assert run("--output", "other.xlsx").exit_code == 0
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["items.xlsx", "other.xlsx"]


def test_the_command_says_why_it_cannot_write(folder, monkeypatch):
    monkeypatch.chdir(folder)
    nowhere = CliRunner().invoke(commands(words_of("en")), ["template", "items", "--output", "no/such/form.xlsx"])
    assert (nowhere.exit_code, "cannot-write" in nowhere.output) == (1, True)
    path = folder / "content" / "items.csv"
    path.write_text(path.read_text("utf-8").replace("2026-06-26", "26.6.2026"), "utf-8")
    unread = CliRunner().invoke(commands(words_of("en")), ["template", "items"])
    assert (unread.exit_code, "not-a-date" in unread.output) == (1, True), "a row that cannot be read would be lost"
    assert not (folder / "items.xlsx").exists()
