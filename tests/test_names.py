"""Tables are filled in by people: a name, or a word of either language, loads as the id it stands for."""

import re
from collections.abc import Mapping
from dataclasses import fields
from types import SimpleNamespace

import pytest
from conftest import ROOT, at_noon
from pydantic import BaseModel

from publisher.checking import checked
from publisher.load.folder import load
from publisher.load.names import MOST_SUGGESTIONS, Names, choices_by_word
from publisher.messages import lines_of
from publisher.model.asked import Holiday
from publisher.named import ids_by_name
from publisher.problems import Place, Source, problem
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"
COMPANIES = {
    "water-a": "测试市甲水务有限公司",
    "water-b": "乙水务",
    "gas-a": "Gas A (sample)",
    "gas-b": "测试市乙燃气有限公司",
}
MEETINGS = {"water-2026-06": "供水企业与居民代表见面会", "water-2026-10": "Water companies visit homes"}
INDICATORS = {"taste": "水质", "billing": "账单"}
CHANNELS = {"online": "网络投票", "paper": "Questionnaire", "ballot": "现场投票"}
CHINESE = {
    "company": "企业",
    "bureau": "主管部门",
    "resident": "居民",
    "moved": "延期",
    "done": "称已完成",
    "checked": "已核查",
    "confirmed": "已确认",
    "disagreed": "不认可",
    "reopened": "重新办理",
    "note": "说明",
}

CORRECTION = "content/corrections/2026-q1-water-b.md"


@pytest.fixture
def bureau(copy_of):
    return copy_of(BUREAU)


def rewrite(path, change):
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def cells_named(path, *names_for_ids):
    """Every cell below the headings that is one of the ids becomes its name."""
    names = {id_: name for one in names_for_ids for id_, name in one.items()}

    def change(text):
        top, *rows = text.split("\n")
        return "\n".join([top, *(",".join(names.get(cell, cell) for cell in row.split(",")) for row in rows)])

    rewrite(path, change)


def same(one, other):
    """Everything that was read, and the row where it stood."""
    return all(bare(getattr(one, field.name)) == bare(getattr(other, field.name)) for field in fields(one))


def bare(value):
    """Records without the cells that they remember; these do differ."""
    if isinstance(value, BaseModel):
        own = {name: bare(getattr(value, name)) for name in type(value).model_fields if name != "origin"}
        return own | {"where": value.origin.where} if hasattr(value, "origin") else own
    if isinstance(value, Mapping):
        return {key: bare(one) for key, one in value.items()}
    return [bare(one) for one in value] if isinstance(value, tuple) else value


def codes(root):
    return [(problem.code, problem.value) for problem in checked(root, at_noon).problems]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("content/items.csv", [COMPANIES]),
        ("content/items.csv", [MEETINGS]),
        ("content/events.csv", [CHINESE]),
        ("results/2026-q2/scores.csv", [COMPANIES]),
        ("results/quality-2026/scores.csv", [COMPANIES]),
        ("results/quality-2026/scores.csv", [INDICATORS]),
        ("results/quality-2026/scores.csv", [CHANNELS]),
        ("results/quality-2026/scores.csv", [COMPANIES, INDICATORS, CHANNELS]),
    ],
)
def test_a_table_with_names_is_the_table_with_ids(bureau, path, names):
    before = load(bureau)
    text = (bureau / path).read_text(encoding="utf-8")
    cells_named(bureau / path, *names)
    assert (bureau / path).read_text(encoding="utf-8") != text
    after = load(bureau)
    assert after.problems == before.problems == ()
    assert same(after.bureau, before.bureau)


def test_documents_may_name_companies_too(bureau):
    before = load(bureau).bureau
    for path, said in (("notices/gas-b-warning.md", "[gas-b]"), ("meetings/water-2026-06.md", "[water-a, water-b]")):
        names = "[测试市乙燃气有限公司]" if "gas" in said else "[甲水务, 乙 水务]"
        rewrite(bureau / "content" / path, lambda text, said=said, names=names: text.replace(said, names))
    after = load(bureau)
    assert after.problems == ()
    assert {one.id: one.companies for one in after.bureau.notices} == {one.id: one.companies for one in before.notices}
    assert after.bureau.meetings["water-2026-06"].companies == ("water-a", "water-b")
    rewrite(bureau / "content" / "notices/gas-b-warning.md", lambda text: text.replace("乙燃气", "丙燃气"))
    assert [(one.code, one.value) for one in load(bureau).problems] == [("not-an-id", "测试市丙燃气有限公司")]


def test_names_are_read_as_people_type_them(bureau):
    """Full-width signs, capital letters and stray blanks are no other name; English event words keep working."""
    before = load(bureau)
    rewrite(
        bureau / "content" / "items.csv",
        lambda text: text.replace("w2,water-2026-06,water-a", "w2, water-2026-06 ,ＷＡＴＥＲ Ａ（sample）"),
    )
    rewrite(
        bureau / "content" / "events.csv",
        lambda text: text.replace("company,moved", "COMPANY,Moved").replace("resident", "居 民"),
    )
    after = load(bureau)
    assert after.problems == ()
    assert same(after.bureau, before.bureau)


def test_holidays_are_written_in_words(bureau):
    before = load(bureau)
    words = {value: word for word, value in choices_by_word("holidays", Holiday, "kind").items() if not word.isascii()}
    cells_named(bureau / "content" / "holidays.csv", words)
    assert same(load(bureau).bureau, before.bureau)


def test_a_name_that_two_companies_share_names_neither(bureau):
    rewrite(bureau / "content" / "companies.csv", lambda text: text.replace("乙水务,供水", "甲水务,供水"))
    assert codes(bureau) == []
    rewrite(
        bureau / "content" / "items.csv",
        lambda text: text.replace("w2,water-2026-06,water-a", "w2,water-2026-06,甲水务"),
    )
    found = checked(bureau, at_noon).errors
    assert [(one.value, one.place.path, one.place.line, one.place.column) for one in found] == [
        ("甲水务", "content/items.csv", 3, "企业")
    ]


def test_a_shared_name_in_ascii_letters_is_an_unknown_id(bureau):
    """What could be an id is looked for as one."""
    rewrite(bureau / "content" / "companies.csv", lambda text: re.sub("甲水务,供水|乙水务,供水", "water,供水", text))
    rewrite(
        bureau / "content" / "items.csv",
        lambda text: text.replace("w2,water-2026-06,water-a", "w2,water-2026-06,water"),
    )
    assert codes(bureau) == [("unknown-company", "water")]


def test_an_id_always_means_itself(bureau):
    """Though another company calls itself by that id."""
    before = load(bureau)
    rewrite(bureau / "content" / "companies.csv", lambda text: text.replace("甲水务,供水", "water-b,供水"))
    after = load(bureau)
    assert codes(bureau) == []
    assert after.bureau.items == before.bureau.items
    assert after.bureau.scores == before.bureau.scores


def test_a_name_said_twice_of_one_thing_is_one_name():
    both = SimpleNamespace(id="a", name="甲", short_name="甲", name_en=None)
    again = SimpleNamespace(id="b", name="乙", title="丙")
    assert ids_by_name([both, both, again]) == {"甲": "a", "乙": "b", "丙": "b"}


def test_names_that_fold_alike_are_shared():
    """Width and case tell no two companies apart."""
    things = [
        SimpleNamespace(id="a", name="ＡＢＣ"),
        SimpleNamespace(id="b", name="abc"),
        SimpleNamespace(id="c", name="c"),
    ]
    assert ids_by_name(things) == {}


@pytest.mark.parametrize("word", ["完成", "dne", "称完成"])
def test_an_event_in_no_known_word_is_refused(bureau, word):
    rewrite(
        bureau / "content" / "events.csv",
        lambda text: text.replace("w8,2026-10-30,company,done", f"w8,2026-10-30,company,{word}"),
    )
    assert ("not-allowed", word) in codes(bureau)


def test_only_for_the_first_unknown_names_of_a_table_is_it_looked_for_what_was_meant() -> None:
    """Each is held against all that there are: ten thousand against ten thousand would take minutes."""
    source = Source(Place("a.csv", line=2))
    names = Names("scores", {"company": {f"公司{n}": f"c{n}" for n in range(50)}})
    told = [names.as_unknown(problem("not-an-id", source.place("company"), f"公司 {n}x"), source) for n in range(100)]
    near = [dict(one.details)["near"] for one in told]
    assert {one.code for one in told} == {"unknown-company"}
    assert near[0] == "公司0"
    assert len([one for one in near if one]) == MOST_SUGGESTIONS


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("差错", "error"),
        ("修订", "revision"),
        ("异议成立 ", "appeal"),
        ("Appeal", "appeal"),
        ("revision", "revision"),
    ],
)
def test_why_something_was_corrected_may_be_said_in_words(bureau, typed, kind):
    rewrite(bureau / CORRECTION, lambda text: text.replace("kind: error", f"kind: {typed}"))
    loaded = load(bureau)
    assert loaded.problems == ()
    assert [one.kind for one in loaded.bureau.corrections] == [kind]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh-Hans",
            (
                "第 4 行，“kind”（类型）：“差借”不在可选范围内。是不是“差错”？ "
                "请从下列写法中选一个：差错、修订、异议成立。 [not-allowed]"
            ),
        ),
        (
            "en",
            (
                "line 4, “kind” (Kind): “差借” is not one of the choices. Did you mean “Error”? "
                "Choose one of: Error, Revision, Appeal. [not-allowed]"
            ),
        ),
    ],
)
def test_a_wrong_word_is_told_with_those_that_may_be_typed(bureau, language, told):
    rewrite(bureau / CORRECTION, lambda text: text.replace("kind: error", "kind: 差借"))
    assert [line.strip() for line in lines_of(load(bureau).problems, words_of(language))] == [CORRECTION, told, ""]
