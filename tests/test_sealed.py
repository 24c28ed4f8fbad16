"""What was sealed does not change in silence: every cell is named, and only a correction lets it pass."""

import csv
import hashlib
import io
import json
import re
import shutil
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from conftest import ROOT, at_noon

from publisher.build import build, with_refusals
from publisher.checking import checked
from publisher.editions.changes import changes, excerpt
from publisher.editions.covering import covering
from publisher.editions.dated import is_back_dated
from publisher.editions.facts import bytes_of, facts_of, kinds_of_record, number_text
from publisher.editions.restore import read_back, restored
from publisher.load.folder import load
from publisher.messages import lines_of
from publisher.model.editions import RECORD
from publisher.problems import PublisherError
from publisher.released import released
from publisher.sealing import seal
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"
ZONE = ZoneInfo("Asia/Shanghai")
SALT = "5a17" * 16


def at(text):
    moment = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    return lambda _bureau: moment


def sealed_at(root, subject, text):
    return seal(root, subject, at(text), today=at_noon, salt=SALT)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The tests' bureau with both quarters sealed, and a site built from it."""
    root = tmp_path_factory.mktemp("sealed") / "bureau"
    shutil.copytree(BUREAU, root)
    sealed_at(root, "2026-q1", "2026-08-14 12:00")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    return root


@pytest.fixture
def root(original, tmp_path):
    return shutil.copytree(original, tmp_path / "bureau")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def told(root, language="zh-Hans"):
    found = [one for one in checked(root, at_noon).problems if not one.warning]
    return [line.strip() for line in lines_of(found, words_of(language)) if line]


def codes(root, **options):
    return [(one.code, one.value) for one in checked(root, at_noon, **options).errors]


def correct(root, *covers, id_="fix", round_="2026-q2", **more):
    head = {"round": round_, "kind": "error", "reason": "录入有误。", "decided_by": "评价办公室负责人"}
    head |= {"decided_on": "2026-11-20"} | more
    lines = [f"{name}: {value}" for name, value in head.items()]
    lines += ["covers:", *(f"  - {path}" for path in covers)] if covers else []
    path = root / "content" / "corrections" / f"{id_}.md"
    path.write_text("\n".join(["---", *lines, "---", "", "核对原始答卷后更正。", ""]), "utf-8")


def made(root, site, moment=at_noon):
    build(root, site, moment, today=at_noon)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def text_of(data):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", data.decode().partition("<main")[2]))


MEND = "请核对写法，或者删去这一行。 [covers-unchanged]"
FAIR = "score/water-a/overall/grades/fair"
CURE = (
    "如果是误改，请改回原值；确需更正的，运行 publisher new correction 编号 --round {}，程序会列好改动；"
    "自己写的，在 covers 下加一行：- "
)
EDITS = [
    (
        *("results/2026-q2/scores.csv", "water-a,overall,,100,74,17,9", "water-a,overall,,100,73,18,9"),
        [
            ("单元格 F2（列“一般”）：", "2026-q2", "score/water-a/overall/grades/fair", "17", "18"),
            ("单元格 E2（列“满意”）：", "2026-q2", "score/water-a/overall/grades/good", "74", "73"),
        ],
    ),
    (
        *("results/2026-q2/scores.csv", "water-a,leaks,,,,,,,,,,,,,,,10,处", "water-a,leaks,,,,,,,,,,,,,,,9.5,处"),
        [
            ("单元格 Q9（列“数值”）：", "2026-q2", "score/water-a/leaks/value", "10", "9.5"),
        ],
    ),
    (
        *("results/2026-q2/round.yaml", "returned: 430", "returned: 429"),
        [
            ("第 6 行，“forms.returned”（收回）：", "2026-q2", "round/2026-q2/forms/returned", "430", "429"),
        ],
    ),
    (
        *("results/2026-q2/round.yaml", "area: 测试市全市\n", ""),
        [
            ("“area”（范围）：", "2026-q2", "round/2026-q2/area", "测试市全市", "—"),
        ],
    ),
    (
        *("content/site.yaml", "rate_decimals: 2", "rate_decimals: 1"),
        [
            (
                "第 12 行，“rounding.rate_decimals”（百分率小数位）：",
                "2026-q1",
                "rules/site/rounding/rate_decimals",
                "—",
                "1",
            ),
        ],
    ),
    (
        *("content/schemes/service.yaml", "target: 95%", "target: 1/3"),
        [
            (
                "第 23 行，“indicators[4].target”（目标）：",
                "2026-q1",
                "scheme/service/indicators/repairs-in-time/target",
                "0.95",
                "1/3",
            ),
        ],
    ),
    (
        *("content/companies.csv", "测试市乙燃气有限公司", "测试市乙燃气公司"),
        [
            (
                "单元格 B5（列“企业名称”）：",
                *("2026-q1", "company/gas-b/name", "测试市乙燃气有限公司", "测试市乙燃气公司"),
            ),
        ],
    ),
    (
        *("content/statements/2026-q2/water-b.md", "我公司接受", "我公司不接受"),
        [
            (
                "第 13 行，“body”（正文）：",
                "2026-q2",
                "statement/water-b/body",
                "我公司接受评价结果。",
                "我公司不接受评价结果。",
            ),
        ],
    ),
    (
        *("content/responses/2026-q2/water-b.md", "before: 30.5", "before: 31.5"),
        [
            ("第 8 行，“points[1].before”（原得分）：", "2026-q2", "response/water-b/points/1/before", "30.5", "31.5"),
        ],
    ),
    (
        *("content/notices/2026-q2-results.md", "测评〔2026〕2号", "测评〔2026〕3号"),
        [
            (
                "第 7 行，“document_number”（发文字号）：",
                "2026-q2",
                "notice/2026-q2-results/document_number",
                "测评〔2026〕2号",
                "测评〔2026〕3号",
            ),
        ],
    ),
    (
        *("content/notices/gas-b-warning.md", "经查，该企业", "据反映，该企业"),
        [
            (
                "第 10 行，“body”（正文）：",
                "record",
                "notice/gas-b-warning/body",
                "经查，该企业要求用户购买指定的报警器，现予以公告。",
                "据反映，该企业要求用户购买指定的报警器，现予以公告。",
            ),
        ],
    ),
    (
        *("content/meetings/water-2026-06.md", "residents: 20", "residents: 21"),
        [
            ("第 10 行，“residents”（居民代表人数）：", "record", "meeting/water-2026-06/residents", "20", "21"),
        ],
    ),
    (
        *("content/items.csv", "已清洗管道。", "已更换管道。"),
        [
            ("单元格 K3（列“答复内容”）：", "record", "item/w2/answer", "已清洗管道。", "已更换管道。"),
        ],
    ),
    (
        *("content/site.yaml", "broken_after: 30", "broken_after: 45"),
        [
            (
                "第 16 行，“ledger.broken_after”（逾期多少天算落空）：",
                "record",
                "rules/site/ledger/broken_after",
                "30",
                "45",
            ),
        ],
    ),
    (
        *("content/site.yaml", "answer_within: 5, ", ""),
        [
            ("第 16 行，“ledger”（办理规则）：", "record", "rules/site/ledger/answer_within", "5", "—"),
        ],
    ),
    (
        *("content/holidays.csv", "2026-09-20,workday", "2026-09-20,holiday"),
        [
            ("单元格 B4（列“类型”）：", "record", "holiday/2026-09-20/kind", "workday", "holiday"),
        ],
    ),
    (
        *("content/events.csv", "印制推迟。", "印刷厂推迟。"),
        [
            (
                "单元格 F2（列“原因”）：",
                *("record", "event/w1/2026-07-20/company/moved/reason", "印制推迟。", "印刷厂推迟。"),
            ),
        ],
    ),
]
"""File, what is replaced by what; then for each message: where, what was sealed, the fact, old and new value."""


@pytest.mark.parametrize(("path", "old", "new", "expected"), EDITS)
def test_an_edit_in_silence_is_told_cell_by_cell_and_nothing_is_built(root, tmp_path, path, old, new, expected):
    change(root / path, old, new)
    said = [
        f"{where}{subject} 第 1 版已经封存，{fact} 却由“{was}”改成了“{now}”。 "
        f"{CURE.format(subject)}{fact} [sealed-changed]"
        for where, subject, fact, was, now in expected
    ]
    assert told(root) == [path, *said]
    with pytest.raises(PublisherError):
        build(root, tmp_path / "site", at_noon)
    assert not (tmp_path / "site").exists()


def test_the_same_edit_in_english(root):
    change(root / "content" / "items.csv", "已清洗管道。", "已更换管道。")
    assert told(root, "en")[1] == (
        "cell K3 (column “答复内容”): record, edition 1, is sealed, but item/w2/answer was changed from “已清洗管道。” "
        "to “已更换管道。”. If this was a slip, put the old value back; to correct it run "
        "publisher new correction ID --round record, which lists the changes; "
        "in one of your own put this line under covers: - item/w2/answer [sealed-changed]"
    )


def test_a_row_that_came_or_went_is_told_once(root):
    path = root / "results" / "2026-q1" / "scores.csv"
    lines = path.read_text("utf-8").splitlines()
    gone = next(line for line in lines if line.startswith("water-a,leaks"))
    path.write_text("\n".join(line for line in lines if line != gone) + "\n", "utf-8")
    (found,) = checked(root, at_noon).errors
    assert (found.code, found.place.path, dict(found.details)["path"]) == (
        "sealed-row-gone",
        "results/2026-q1/scores.csv",
        "score/water-a/leaks",
    )
    correct(root, "score/water-a/leaks", round_="2026-q1")
    assert codes(root) == []


def test_a_thousand_changes_are_summed_up(root):
    """Of every count in the table one more: 20 cells are told, the rest is a number and the lines that cover all."""
    path = root / "results" / "2026-q2" / "scores.csv"
    head, *rows = path.read_text("utf-8").splitlines()
    for old, new in (
        (",100,", ",101,"),
        (",120,", ",121,"),
        (",24,", ",25,"),
        (",2,1,0,", ",3,1,0,"),
        (",1,0,2,", ",2,0,2,"),
    ):
        rows = [row.replace(old, new) for row in rows]
    rows = [re.sub(r"(\d+),处$", lambda found: f"{int(found[1]) + 1},处", row) for row in rows]
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    found = [one for one in checked(root, at_noon).errors if one.code.startswith("sealed")]
    assert [one.code for one in found].count("sealed-changed") == 20
    (more,) = [one for one in found if one.code == "sealed-changed-more"]
    assert (more.value, more.place.path, more.place.line) == ("24", "results/2026-q2/scores.csv", 0)
    covers = dict(more.details)["covers"]
    assert covers == "score/gas-a/*, score/gas-b/*, score/water-a/*, score/water-b/*"
    assert f"covers: [{covers}] [sealed-changed-more]" in "\n".join(told(root))
    correct(root, *covers.split(", "))
    assert not [code for code, _ in codes(root) if code.startswith(("sealed", "covers"))]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/items.csv", "高峰时水压低。,,,,,,,,", "高峰时水压低。,乙水务总经理,2026-11-01,已增压。,,,,,"),
        ("content/events.csv", "w5,2026-11-16", "w6,2026-11-15,company,note,,检修中。,\nw5,2026-11-16"),
        (
            "content/statements/2026-q2/water-b.md",
            "signed_on: 2026-07-28",
            "signed_on: 2026-07-28\nreceived_on: 2026-08-29",
        ),
        ("content/companies.csv", "城东,,https://water-a.example", "城东,96000,https://water-a.example"),
        ("content/schemes/quality.yaml", "version:", "frequency: 每年一次\nversion:"),
    ],
)
def test_what_comes_later_is_no_correction(root, tmp_path, path, old, new):
    change(root / path, old, new)
    assert [code for code, _ in codes(root) if code.startswith("sealed")] == []
    site = made(root, tmp_path / "site")
    assert not [name for name in site if ".v1." in name]


@pytest.mark.parametrize(
    ("path", "old", "new", "covers"),
    [
        (
            "content/events.csv",
            "w5,2026-11-16",
            "w3,2026-08-01,bureau,checked,,属实。,\nw5,2026-11-16",
            "event/w3/2026-08-01/bureau/checked",
        ),
        (
            "content/items.csv",
            "高峰时水压低。,,,,,,,,",
            "高峰时水压低。,乙水务总经理,2026-06-30,已增压。,,,,,",
            "item/w4/*",
        ),
        ("content/meetings/water-2026-06.md", "residents: 20", "residents: 20\nended_on: 2026-06-26", "meeting/*"),
        (
            "content/statements/2026-q2/water-b.md",
            "signed_on: 2026-07-28",
            "signed_on: 2026-07-28\nreceived_on: 2026-07-29",
            "statement/water-b/received_on",
        ),
    ],
)
def test_what_came_later_is_not_dated_before_the_seal(root, path, old, new, covers):
    """Else a promise that was broken when it was sealed could have been kept in time."""
    change(root / path, old, new)
    found = [code for code, _ in codes(root) if code.startswith("sealed")]
    assert found
    assert set(found) == {"sealed-back-dated"}
    subject = "2026-q2" if covers.startswith("statement") else "record"
    correct(root, covers, round_=subject)
    assert not [code for code, _ in codes(root) if code.startswith(("sealed", "covers"))]


def test_rules_that_move_a_printed_status_are_sealed_with_the_questions(root, tmp_path):
    """Days off that are still to come are announced every autumn; one of the past would move what was printed."""
    holidays = root / "content" / "holidays.csv"
    whole = holidays.read_text("utf-8")
    holidays.write_text(whole + "2026-12-31,holiday,调休\n", "utf-8")
    assert codes(root) == []
    holidays.write_text(whole + "2026-07-01,holiday,补记\n", "utf-8")
    assert [(one.code, dict(one.details)["path"]) for one in checked(root, at_noon).errors] == [
        ("sealed-back-dated", "holiday/2026-07-01")
    ]
    holidays.write_text(whole.replace("2026-10-02,holiday,国庆节\n", ""), "utf-8")
    assert [code for code, _ in codes(root)] == ["sealed-row-gone"]
    holidays.write_text(whole, "utf-8")
    change(root / "content" / "site.yaml", "show_alike: yes", "show_alike: no")
    change(root / "content" / "site.yaml", "ageing: [150]", "ageing: [140, 150]")
    assert codes(root) == [], "what moves no status may change"
    change(root / "content" / "site.yaml", "broken_after: 30", "broken_after: 45")
    correct(root, "rules/site/ledger/broken_after", round_="record", kind="revision")
    assert codes(root) == []
    told = text_of(made(root, tmp_path / "site")["corrections.html"])
    assert "办理规则 · 逾期多少天算落空 30 45" in told


def test_editions_from_before_the_rules_were_sealed_stay_valid(original):
    """Whatever the rules are now: nobody knows what they were."""
    facts = facts_of(released(load(original).bureau, at_noon()), RECORD)
    before = {kind: records for kind, records in facts.items() if kind not in {"rules", "holiday"}}
    found = changes(before, facts, RECORD)
    assert {one.kind for one in found} == {"rules", "holiday"}
    assert all(one.addition for one in found)
    assert not [one for one in found if is_back_dated(one, before, facts, at_noon().date())]
    assert [one for one in changes(facts, before, RECORD) if not one.addition], "but they do not get lost again"


def test_statements_of_a_round_that_was_never_sealed_are_held_against_the_site(root, tmp_path):
    """A warning: no edition has them."""
    site = tmp_path / "site"
    path = root / "content" / "statements" / "quality-2026" / "water-a.md"
    whole = path.read_text("utf-8")

    def warned():
        found = checked(root, at_noon, site=site).problems
        assert all(one.warning for one in found)
        return [(one.code, one.place.path) for one in found if not one.code.endswith("-unsealed")]

    path.unlink()
    build(root, site, at_noon)
    assert warned() == []
    path.write_text(whole, "utf-8")
    name = "content/statements/quality-2026/water-a.md"
    assert warned() == [("statement-back-dated", name)]
    build(root, site, at_noon)
    assert warned() == [], "it is public now"
    path.write_text(whole.rstrip() + "另外说明一点。\n", "utf-8")
    assert warned() == [("statement-restated", name)]
    (site / "data" / "statements.csv").write_bytes(b'\xff"\n')
    assert warned() == []


def unsealed(root, site):
    found = (one for one in checked(root, at_noon, site=site).problems if one.code.endswith("-unsealed"))
    return [(one.code, one.value, dict(one.details).get("kinds")) for one in found if one.warning]


def test_what_is_on_the_site_and_in_no_seal_is_told_of_every_kind(tmp_path):
    """Rounds that were never sealed; then, of what was, each kind of entry that came in since."""
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    site = tmp_path / "site"
    assert unsealed(root, site) == [], "nothing is published"
    build(root, site, at_noon)
    every = ["choice.kind.event", "choice.kind.item", "choice.kind.meeting", "choice.kind.notice"]
    rounds = [("public-unsealed", id_, None) for id_ in ("2026-q1", "2026-q2", "quality-2026")]
    assert unsealed(root, site) == [("added-unsealed", "record", tuple(every)), *rounds]
    sealed_at(root, "2026-q1", "2026-11-20 12:00")
    sealed_at(root, "2026-q2", "2026-11-20 12:00")
    assert unsealed(root, site) == [("public-unsealed", "quality-2026", None)]
    events = root / "content" / "events.csv"
    events.write_text(events.read_text("utf-8") + "w2,2026-11-21,bureau,note,,已到现场查看。,\n", "utf-8")
    assert unsealed(root, site)[0] == ("added-unsealed", "record", ("choice.kind.event",))


def test_a_notice_after_the_seal_is_an_addition_and_strict_from_then_on(root):
    notice = root / "content" / "notices" / "2026-q1-results.md"
    text = (root / "content" / "notices" / "2026-q2-results.md").read_text("utf-8")
    text = text.replace("2026-q2", "2026-q1").replace("〕2号", "〕1号").replace("00002", "00001")
    notice.write_text(re.sub("published_at: .*", "published_at: 2026-08-20 10:00", text), "utf-8")
    assert codes(root) == []
    sealed_at(root, "2026-q1", "2026-11-20 12:00")
    change(notice, "现将有关情况通报如下", "现将情况通报如下")
    assert [code for code, _ in codes(root)] == ["sealed-changed"]


def test_rows_in_another_order_and_other_ways_to_write_a_value_change_nothing(root):
    for path in ("results/2026-q2/scores.csv", "content/events.csv", "content/items.csv", "content/companies.csv"):
        head, *rows = (root / path).read_text("utf-8").splitlines()
        (root / path).write_text("\n".join([head, *rows[::-1]]) + "\n", "utf-8")
    change(
        root / "results" / "2026-q2" / "round.yaml", "release_at: 2026-07-20 10:00", "release_at: 2026年7月20日 10:00"
    )
    change(root / "content" / "schemes" / "service.yaml", "partly_counts: 0.5", "partly_counts: 50%")
    assert codes(root) == []


def test_a_list_in_another_order_is_a_change(root):
    path = root / "content" / "schemes" / "service.yaml"
    change(path, "  - {id: service, name: 服务质量, name_en: Service quality}\n", "")
    rules = "  - {id: rules, name: 服务制度, name_en: Rules of service}\n"
    change(path, rules, rules + "  - {id: service, name: 服务质量, name_en: Service quality}\n")
    (found,) = checked(root, at_noon).errors
    assert (dict(found.details)["path"], dict(found.details)["old"], found.value) == (
        *("scheme/service/dimensions", "service rules"),
        "rules service",
    )


def test_corrections_cover_exactly_what_changed(root):
    change(root / "results" / "2026-q2" / "scores.csv", "water-a,overall,,100,74,17,9", "water-a,overall,,100,73,18,9")
    correct(root, "score/water-a/overall/grades/good", "score/water-a/overall/grades/bad")
    assert told(root) == [
        "content/corrections/fix.md",
        (
            "第 9 行，“covers[2]”（更正的内容）：更正说改了“score/water-a/overall/grades/bad”，"
            f"但这一处与封存的 2026-q2 一样。 {MEND}"
        ),
        "results/2026-q2/scores.csv",
        (
            f"单元格 F2（列“一般”）：2026-q2 第 1 版已经封存，{FAIR} 却由“17”改成了“18”。 "
            f"{CURE.format('2026-q2')}{FAIR} [sealed-changed]"
        ),
    ]
    correct(root)
    assert ("correction-without-covers", "2026-q2") in codes(root)
    correct(root, "score/water-a/overall/grades/good", "score/water-a/overall/grades/fair", decided_on="2026-11-22")
    assert "correction-to-come" in [code for code, _ in codes(root)]
    correct(root, "score/water-a/overall/grades/good", "score/water-a/overall/grades/fair")
    assert codes(root) == []


def test_covers_of_an_unsealed_round_cannot_be_checked(root):
    correct(root, "score/water-a/taste/good", round_="quality-2026")
    assert codes(root) == [("covers-unsealed", "quality-2026")]


@pytest.fixture(scope="module")
def corrected(original, tmp_path_factory):
    """A score of gas-a corrected and a question of the record, before and after the second seal."""
    root = shutil.copytree(original, tmp_path_factory.mktemp("corrected") / "bureau")
    before = made(root, tmp_path_factory.mktemp("site") / "before")
    change(
        root / "results" / "2026-q2" / "scores.csv",
        "gas-a,inspection,,,,,,,,,,,42.5",
        "gas-a,inspection,,,,,,,,,,,40.5",
    )
    change(root / "content" / "items.csv", "账单看不懂。", "账单看不明白。")
    correct(root, "score/gas-a/inspection/score", companies="[gas-a]")
    correct(root, "item/w1/question", id_="typo", round_="record", kind="revision")
    pending = made(root, tmp_path_factory.mktemp("site") / "pending")
    done = seal(root, "2026-q2", at("2026-11-20 18:00"), today=at_noon, salt=SALT)
    after = made(root, tmp_path_factory.mktemp("site") / "after")
    return root, before, pending, done, after


def test_the_seal_takes_the_corrections_in(corrected):
    root, _, _, done, _ = corrected
    assert done.editions == (("2026-q2", 2), (RECORD, 2))
    assert done.corrections == ("fix", "typo")
    entries = load(root).bureau.sealed.entries
    assert [(one.kind, one.round, one.edition, one.corrections) for one in entries[-2:]] == [
        ("correction", "2026-q2", 2, ("fix",)),
        ("correction", RECORD, 2, ("typo",)),
    ]
    assert codes(root) == []
    with pytest.raises(PublisherError) as refused:
        seal(root, "2026-q2", at("2026-11-21 00:00"), today=at_noon, salt=SALT)
    assert [one.code for one in refused.value.problems] == ["nothing-to-seal"]


def test_the_words_of_a_correction_are_sealed_with_it(corrected, tmp_path):
    root = shutil.copytree(corrected[0], tmp_path / "bureau")
    change(root / "content" / "corrections" / "fix.md", "录入有误。", "无关紧要。")
    assert [(one.code, dict(one.details)["path"]) for one in checked(root, at_noon).errors] == [
        ("sealed-changed", "correction/fix/reason")
    ]
    (root / "content" / "corrections" / "fix.md").unlink()
    assert [code for code, _ in codes(root)] == ["sealed-row-gone"]


@pytest.mark.parametrize("site", [2, 4])
def test_a_corrected_page_says_so_and_the_old_one_stays(corrected, site):
    before, now = corrected[1], corrected[site]
    banner = "本页公布以后有更正 ：差错更正（2026年11月20日） 涉及测试市甲燃气有限公司。 录入有误。"
    with_banner = {name for name, data in now.items() if name.endswith(".html") and banner in text_of(data)}
    # gas-b, too: what its page says of the average of the sector is another number.
    changed = {f"rounds/2026-q2/{name}.html" for name in ("index", "gas-a", "gas-b")}
    assert with_banner == changed | {"notices/2026-q2-results.html", "compare/2026-q2.html"}
    assert b'href="../../rounds/2026-q2/gas-a.v1.html"' in now["rounds/2026-q2/gas-a.html"]
    assert b'href="../../rounds/2026-q2/gas-b.v1.html"' in now["rounds/2026-q2/index.v1.html"]
    assert b'href="../../corrections.html#fix"' in now["rounds/2026-q2/gas-a.html"]
    old = {name for name in now if ".v1." in name}
    companies = ("gas-a", "gas-b", "water-a", "water-b")
    files = {f"rounds/2026-q2/{name}.v1.{kind}" for name in companies for kind in ("csv", "json", "xlsx")}
    assert old - files == {f"rounds/2026-q2/{name}.v1.html" for name in (*companies, "index")} | {
        "data/rounds/2026-q2.v1.csv",
        "notices/2026-q2-results.v1.html",
    }
    assert files <= old
    assert now["data/rounds/2026-q2.v1.csv"] == before["data/rounds/2026-q2.csv"] != now["data/rounds/2026-q2.csv"]
    for company in companies:
        page = now[f"rounds/2026-q2/{company}.v1.html"]
        assert "这是第 1 版，已被更正取代" in text_of(page)
        assert f'href="../../rounds/2026-q2/{company}.html"'.encode() in page
        assert b'<meta name="robots" content="noindex">' in page
    figure = re.search(r'<p class="num">([\d.]+)', before["rounds/2026-q2/gas-a.html"].decode())[1]
    assert f'<p class="num">{figure}' in now["rounds/2026-q2/gas-a.v1.html"].decode()
    assert f'<p class="num">{figure}' not in now["rounds/2026-q2/gas-a.html"].decode()
    assert not re.search(rb"\.v1\.html", now["sitemap.html"] + now["sitemap.xml"])


@pytest.mark.parametrize("site", [2, 4])
def test_the_table_of_a_correction_is_worked_out_in_words(corrected, site):
    page = text_of(corrected[site]["corrections.html"])
    assert "测试市甲燃气有限公司 · 现场检查 得分 42.5 40.5" in page
    assert "提问 · w1 问题 账单看不懂。 账单看不明白。" in page
    assert "原来的页面 2026年第二季度（第1版）" in page


@pytest.mark.parametrize("site", [2, 4])
@pytest.mark.parametrize("page", ["corrections.html", "notices/2026-q2-results.html"])
def test_printed_figures_that_moved_with_a_correction_are_told_old_and_new(corrected, site, page):
    """Worked out anew from the data files: every figure, and no other."""
    tables = [
        list(csv.DictReader(io.StringIO(corrected[number]["data/rounds/2026-q2.csv"].decode("utf-8-sig"))))
        for number in (1, site)
    ]
    keys = ("record", "sector", "company", "indicator")
    before, now = (
        {tuple(row[key] for key in keys): row for row in rows if not row["channel"] and not row["answer"]}
        for rows in tables
    )
    moved = [
        (key, before[key]["value"], row["value"]) for key, row in now.items() if before[key]["value"] != row["value"]
    ]
    assert {key[0] for key, _, _ in moved} >= {"composite", "indicator"}
    text = text_of(corrected[site][page])
    rows = text.partition("随之变动的公布数字")[2]
    for key, old, new in moved:
        if key[0] in {"composite", "indicator"}:
            assert f"{old} {new} " in rows, key
    assert "测试市甲燃气有限公司 综合得分 88.01 87.61" in rows
    assert "供气 行业平均 88.01 87.61" in rows
    assert "测试市甲水务有限公司 综合得分" not in rows


def test_figures_that_several_corrections_moved_are_said_to_have_moved_together(root, tmp_path):
    """Of one correction it is not said; of two each page that shows the table names both."""
    scores = root / "results" / "2026-q2" / "scores.csv"
    change(scores, "gas-a,inspection,,,,,,,,,,,42.5", "gas-a,inspection,,,,,,,,,,,40.5")
    correct(root, "score/gas-a/inspection/score")
    note = "下表的数字是同一次的 2 份更正一起带动的，分不开是哪一份带动的："
    assert note not in text_of(made(root, tmp_path / "site")["corrections.html"])
    change(scores, "water-a,leaks,,,,,,,,,,,,,,,10,处", "water-a,leaks,,,,,,,,,,,,,,,9,处")
    correct(root, "score/water-a/leaks/value", id_="more", reason="漏记一处。")
    site = made(root, tmp_path / "site")
    assert text_of(site["corrections.html"]).count(f"{note} 录入有误。 ； 漏记一处。") == 2
    for page in ("rounds/2026-q2/index.html", "notices/2026-q2-results.html"):
        assert text_of(site[page]).count(note) <= 1, page
    assert note in text_of(site["notices/2026-q2-results.html"])


@pytest.mark.parametrize("site", [2, 4])
def test_the_notice_as_it_was_printed_stays(corrected, site):
    before, now = corrected[1], corrected[site]
    old, new = now["notices/2026-q2-results.v1.html"], now["notices/2026-q2-results.html"]
    assert "这是第 1 版，已被更正取代" in text_of(old)
    assert b'href="../notices/2026-q2-results.html"' in old
    assert b'href="../notices/2026-q2-results.v1.html"' in new
    assert b'href="../data/rounds/2026-q2.v1.csv"' in old
    printed = [
        text_of(one).partition("各供水、供气企业")[2].partition("发布以后")[0]
        for one in (before["notices/2026-q2-results.html"], old, new)
    ]
    assert "88.01" in printed[0]
    assert printed[0] == printed[1] != printed[2]


def test_a_notice_that_cites_a_corrected_figure_says_so(root, tmp_path):
    """Though it announces no round; one that cites nothing that moved says nothing."""
    head = "issuer: 测试市公用事业评价办公室\nissued_on: 2026-08-16\npublished_at: 2026-08-16 09:00\n"
    for id_, company in (("cites", "gas-a"), ("other", "water-a")):
        front = f"---\nkind: announcement\ntitle: 关于{id_}的公告\n{head}---\n"
        text = f'{front}\n得分为{{{{ score("{company}", round="2026-q2") }}}}。\n'
        (root / "content" / "notices" / f"{id_}.md").write_text(text, "utf-8")
    change(
        root / "results" / "2026-q2" / "scores.csv",
        "gas-a,inspection,,,,,,,,,,,42.5",
        "gas-a,inspection,,,,,,,,,,,40.5",
    )
    correct(root, "score/gas-a/inspection/score")
    now = made(root, tmp_path / "site")
    cites, other = (text_of(now[f"notices/{id_}.html"]) for id_ in ("cites", "other"))
    assert "得分为87.61分" in cites
    assert "本页公布以后有更正 ：差错更正（2026年11月20日） 涉及测试市甲燃气有限公司。" in cites
    assert "测试市甲燃气有限公司 综合得分 88.01 87.61" in cites
    assert "更正" not in other.partition("相关页面")[0].replace("更正记录", "")
    assert not [name for name in now if name.startswith(("notices/cites.v", "notices/other.v"))]


def test_the_feed_tells_each_correction_once(corrected):
    feed = corrected[4]["feed.xml"].decode()
    assert [feed.count(f"corrections.html#{id_}</id>") for id_ in ("fix", "typo")] == [1, 1]
    assert "corrections.html#fix" not in corrected[1]["feed.xml"].decode()
    assert ".v1.html" not in feed


def test_sealing_changes_no_page_but_what_tells_of_the_register(corrected):
    _, _, pending, _, after = corrected
    differ = {name for name in pending.keys() | after.keys() if pending.get(name) != after.get(name)}
    sealed = {"register.jsonl", "editions/2026-q2.2.json", "editions/record.2.json", "addresses.txt"}
    assert differ == {"SHA256SUMS", "verify.html", *sealed}


def test_the_same_inputs_give_the_same_bytes_with_any_number_of_processes(corrected, tmp_path):
    root, _, _, _, after = corrected
    build(root, tmp_path / "site", at_noon, jobs=2)
    again = {
        p.relative_to(tmp_path / "site").as_posix(): p.read_bytes()
        for p in (tmp_path / "site").rglob("*")
        if p.is_file()
    }
    assert again == after


def test_a_second_correction_keeps_both_old_editions(corrected, tmp_path):
    root = shutil.copytree(corrected[0], tmp_path / "bureau")
    change(
        root / "results" / "2026-q2" / "scores.csv", "gas-a,inspection,,,,,,,,,,,40.5", "gas-a,inspection,,,,,,,,,,,39"
    )
    correct(root, "score/gas-a/inspection/score", id_="again")
    now = made(root, tmp_path / "site")
    assert now["data/rounds/2026-q2.v1.csv"] == corrected[1]["data/rounds/2026-q2.csv"]
    assert now["data/rounds/2026-q2.v2.csv"] == corrected[4]["data/rounds/2026-q2.csv"]
    page = text_of(now["corrections.html"])
    assert "得分 42.5 40.5" in page
    assert "得分 40.5 39" in page


def test_anybody_can_check_the_published_register(corrected):
    after = corrected[4]
    previous = "0" * 64
    for number, line in enumerate(after["register.jsonl"].decode().splitlines(), 1):
        entry = json.loads(line)
        assert (entry["n"], entry["previous"]) == (number, previous)
        previous = hashlib.sha256(f"{line}\n".encode()).hexdigest()
        data = after[f"editions/{entry['round']}.{entry['edition']}.json"]
        assert hashlib.sha256(data).hexdigest() == entry.get("public", entry["facts"])


def test_a_renamed_company_is_covered_once_for_all_rounds_and_keeps_its_addresses(root, tmp_path):
    before = made(root, tmp_path / "site")
    change(root / "content" / "companies.csv", "测试市乙燃气有限公司", "测试市北城燃气有限公司")
    assert [one.code for one in checked(root, at_noon).errors] == ["sealed-changed"]
    correct(root, "company/gas-b/name", kind="revision")
    now = made(root, tmp_path / "site")
    assert before.keys() <= now.keys()
    assert "测试市乙燃气有限公司" in text_of(now["rounds/2026-q1/gas-b.v1.html"])
    assert "测试市北城燃气有限公司" in text_of(now["rounds/2026-q1/gas-b.html"])
    assert text_of(now["corrections.html"]).count("测试市乙燃气有限公司 测试市北城燃气有限公司") == 1
    sealed_at(root, "2026-q2", "2026-11-20 18:00")
    assert codes(root) == []
    sealed_at(root, "2026-q1", "2026-11-20 18:01")
    assert made(root, tmp_path / "site").keys() >= now.keys()


def test_a_merged_or_closed_company_keeps_its_addresses(root, tmp_path):
    before = made(root, tmp_path / "site")
    change(root / "content" / "companies.csv", "起始日期\n", "起始日期,终止日期\n")
    change(root / "content" / "companies.csv", "城西,,,2026-01-01\n", "城西,,,2026-01-01,2026-11-01\n")
    assert before.keys() <= made(root, tmp_path / "site").keys()


@pytest.mark.parametrize("subject", ["2026-q1", "2026-q2", RECORD])
def test_an_edition_reads_back_without_loss(original, subject):
    bureau = load(original).bureau
    edition = bureau.sealed.last(subject)
    assert all(read_back(edition).values())
    moment = datetime(2026, 8, 15, 12, tzinfo=ZONE)
    if subject != RECORD:
        public = released(bureau, moment)
        again = facts_of(restored(public, edition), subject)
        assert bytes_of(again) == edition.data


def test_an_edition_is_text_as_staff_type_it_and_names_no_signer(original):
    text = (original / "content" / "editions" / "2026-q2.1.json").read_text("utf-8")
    assert '"release_at": "2026-07-20 10:00"' in text
    assert '"reversed": "yes"' in text
    assert '"weight": "0.4"' in text
    assert '"score": "42.5"' in text
    assert "某某" not in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_numbers_are_written_as_decimals_or_as_parts():
    from fractions import Fraction as F  # noqa: N817, PLC0415

    from publisher.model.fields import read_number, read_share  # noqa: PLC0415

    assert [number_text(one) for one in (F(2, 5), F(1, 3), F(-1, 8), F(7), F(0))] == ["0.4", "1/3", "-0.125", "7", "0"]
    long = read_share("12.123456789012%")
    assert read_share(number_text(long)) == long
    assert read_number(number_text(F(-12345, 1000))) == F(-12345, 1000)


def test_an_excerpt_shows_what_differs_in_a_long_text():
    old, new = excerpt("前" * 90 + "甲" + "后" * 90, "前" * 90 + "乙" + "后" * 90)
    assert (old, new) == ("…" + "前" * 8 + "甲" + "后" * 8 + "…", "…" + "前" * 8 + "乙" + "后" * 8 + "…")
    assert excerpt("a", None) == ("a", "")
    assert excerpt("a" * 50, "a" * 51) == ("…" + "a" * 8, "…" + "a" * 9)


def test_nothing_differs_from_itself(original):
    facts = load(original).bureau.sealed.last("2026-q2").facts
    assert changes(facts, facts, "2026-q2") == []


@pytest.fixture
def small(tmp_path):
    """A bureau in which gas-b has too few answers to be shown."""
    root = shutil.copytree(BUREAU, tmp_path / "small")
    change(root / "content" / "site.yaml", "suppress_below: 10", "suppress_below: 30")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    return root


def test_numbers_too_small_to_publish_are_in_no_published_edition(small, tmp_path):
    site = made(small, tmp_path / "site")
    published = json.loads(site["editions/2026-q2.1.json"])["score"]
    assert published["gas-b/overall"]["grades"] == published["gas-b/overall"]["n"] == "withheld"
    assert published["gas-a/overall"]["n"] == "120"
    assert published["gas-b/leaks"]["value"] == "8"
    entry = json.loads(site["register.jsonl"].splitlines()[0])
    assert hashlib.sha256(site["editions/2026-q2.1.json"]).hexdigest() == entry["public"]
    whole = (small / "content" / "editions" / "2026-q2.1.json").read_bytes()
    assert hashlib.sha256(whole).hexdigest() == entry["facts"]
    assert SALT.encode() in whole
    assert SALT.encode() not in b"".join(site.values())


def test_a_correction_of_numbers_too_small_to_publish_does_not_tell_them(small, tmp_path):
    change(small / "results" / "2026-q2" / "scores.csv", "gas-b,overall,,24,19,3,2", "gas-b,overall,,24,17,5,2")
    correct(small, "score/gas-b/overall/*")
    site = made(small, tmp_path / "site")
    page = text_of(site["corrections.html"])
    assert page.count("测试市乙燃气有限公司 · 总体评价") == 2
    assert page.count("（样本太小，不公布） （样本太小，不公布）") == 2
    assert "19 17" not in page


def withdraw(root, *lost, **more):
    (root / "content" / "withdrawals").mkdir(exist_ok=True)
    head = {"reason": "资料有误。", "decided_by": "评价办公室", "withdrawn_on": "2026-11-19"} | more
    lines = ["addresses:", *(f"  - {one}" for one in lost), *(f"{name}: {value}" for name, value in head.items())]
    (root / "content" / "withdrawals" / "old.md").write_text(
        "\n".join(["---", *lines, "---", "", "说明。", ""]), "utf-8"
    )


def refused(root, site):
    with pytest.raises(PublisherError) as error:
        build(root, site, at_noon)
    return [(one.code, one.value) for one in error.value.problems]


def test_nothing_published_is_lost_without_a_word(root, tmp_path):
    site = tmp_path / "site"
    before = made(root, site)
    (root / "content" / "pages" / "about.md").unlink()
    assert refused(root, site) == [("address-lost", "about.html")]
    assert {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()} == before.keys()
    withdraw(root, "about.html", withdrawn_on="2026-11-30")
    assert refused(root, site) == [("address-withdrawn-later", "about.html")]
    withdraw(root, "about.html")
    now = made(root, site)
    assert "本页内容已经撤回 网址 about.html 撤回日期 2026年11月19日" in text_of(now["about.html"])
    assert "资料有误。" in text_of(now["about.html"])
    assert b'<meta name="robots" content="noindex">' in now["about.html"]
    assert b"about.html" not in now["sitemap.html"] + now["sitemap.xml"]
    assert "about.html" in text_of(now["corrections.html"])


def test_a_page_that_is_still_made_gives_way_to_its_tombstone_and_so_does_data(root, tmp_path):
    withdraw(root, "rounds/2026-q1/gas-b.html", "data/rounds/2026-q1.csv")
    now = made(root, tmp_path / "site")
    assert "本页内容已经撤回" in text_of(now["rounds/2026-q1/gas-b.html"])
    assert now["data/rounds/2026-q1.csv"].decode("utf-8-sig").splitlines() == [
        "id,withdrawn_on,decided_by,reason",
        "old,2026-11-19,评价办公室,资料有误。",
    ]


def test_what_should_never_have_been_published_can_be_taken_out_everywhere(root, tmp_path):
    change(root / "content" / "items.csv", "早上水发黄。", "早上水发浑。")
    correct(root, "item/w2/question", round_="record")
    assert "早上水发黄" in made(root, tmp_path / "site")["corrections.html"].decode()
    withdraw(root, "editions/record.1.json", withdrawn_on="2026-11-20")
    now = made(root, tmp_path / "site")
    assert [name for name, data in now.items() if "早上水发黄".encode() in data] == []
    assert "（已撤回） 早上水发浑。" in text_of(now["corrections.html"])
    record = json.loads(now["editions/record.1.json"])["withdrawal"]
    assert [one["reason"] for one in record.values()] == ["资料有误。"]


def test_a_withdrawal_names_addresses_that_were_published_and_can_go(root, tmp_path):
    withdraw(root, "rounds/2026-q7/index.html", "index.html", "assets/style.css")
    assert refused(root, tmp_path / "site") == [
        ("withdrawal-unknown", "rounds/2026-q7/index.html"),
        ("not-withdrawable", "index.html"),
        ("not-withdrawable", "assets/style.css"),
    ]


def test_a_sealed_withdrawal_stays_as_it_was(root):
    withdraw(root, "about.html")
    sealed_at(root, RECORD, "2026-11-20 18:00")
    entry = load(root).bureau.sealed.entries[-2]
    assert (entry.kind, entry.withdrawal) == ("withdrawal", "old")
    withdraw(root, "about.html", reason="别的原因。")
    assert codes(root) == [("withdrawal-changed", "old")]
    (root / "content" / "withdrawals" / "old.md").unlink()
    assert codes(root) == [("withdrawal-gone", "old")]


def test_a_site_of_an_earlier_moment_knows_no_later_seal(root, tmp_path):
    site = made(root, tmp_path / "site", at("2026-08-14 12:00"))
    assert len(site["register.jsonl"].splitlines()) == 2
    assert "editions/2026-q2.1.json" not in site


def test_a_site_of_a_day_before_a_sealed_correction_is_refused_with_its_name(corrected, tmp_path):
    """The files hold the corrected figures: shown as of an earlier day they would stand there without a word."""
    root, site = corrected[0], tmp_path / "site"

    def found(moment):
        problems = checked(root, at(moment), at_noon).errors
        return {(one.code, one.place.path, one.value) for one in problems}

    named = {("as-of-before-correction", f"content/corrections/{id_}.md", "2026-11-20") for id_ in ("fix", "typo")}
    assert found("2026-11-19 23:59") == named
    assert found("2026-08-14 10:00") == named
    with pytest.raises(PublisherError):
        build(root, site, at("2026-11-19 23:59"), today=at_noon)
    assert not site.exists()
    assert found("2026-07-19 10:00") == {one for one in named if "typo" in one[1]}, "the round was not out yet"
    assert found("2026-11-20 00:01") == set(), "it was decided, and the pages say so"
    said = text_of(made(root, site, at("2026-11-20 00:01"))["rounds/2026-q2/gas-a.html"])
    assert "本页公布以后有更正" in said


def test_check_tells_addresses_that_a_build_would_refuse_to_lose(root, monkeypatch):
    """Without rendering a page."""
    from click.testing import CliRunner  # noqa: PLC0415

    from publisher.cli import commands  # noqa: PLC0415

    (root / "content" / "pages" / "about.md").unlink()
    assert checked(root, at_noon).errors == []
    monkeypatch.setattr("publisher.render.Renderer.page", None)
    assert [(one.code, one.value) for one in with_refusals(checked(root, at_noon), root).errors] == [
        ("address-lost", "about.html")
    ]
    monkeypatch.chdir(root)
    done = CliRunner().invoke(commands(words_of("en")), ["check", "--as-of", "2026-11-21"])
    assert (done.exit_code, "[address-lost]" in done.output) == (1, True)


def test_an_unsealed_bureau_has_no_register(tmp_path):
    site = made(BUREAU, tmp_path / "site")
    assert "register.jsonl" not in site
    assert not [name for name in site if name.startswith("editions")]


def test_a_superseded_page_speaks_of_the_rules_of_its_time(root, tmp_path):
    change(root / "content" / "site.yaml", "rule: half_up", "rule: half_even")
    correct(root, "rules/site/rounding/rule", kind="revision")
    site = made(root, tmp_path / "site")
    up, even = (words_of("zh-Hans")(f"rule.rounding.{rule}") for rule in ("half_up", "half_even"))
    assert up in site["rounds/2026-q2/water-a.v1.html"].decode()
    assert even not in site["rounds/2026-q2/water-a.v1.html"].decode()
    assert even in site["rounds/2026-q2/water-a.html"].decode()


def test_each_correction_is_told_only_on_the_pages_that_it_changed(corrected, tmp_path):
    root = shutil.copytree(corrected[0], tmp_path / "bureau")
    change(
        root / "results" / "2026-q2" / "scores.csv",
        "water-a,inspection,,,,,,,,,,,39.5",
        "water-a,inspection,,,,,,,,,,,38",
    )
    correct(root, "score/water-a/inspection/score", id_="again")
    now = made(root, tmp_path / "site")
    for company, told_of in (("water-a", {"again"}), ("gas-a", {"fix"})):
        page = now[f"rounds/2026-q2/{company}.html"].decode().partition('<header class="hero">')[0]
        assert set(re.findall(r"corrections\.html#(\w+)", page)) == told_of


def test_a_folder_called_like_the_ledger_is_told_as_that_and_not_as_a_thousand_deletions(root):
    (root / "content" / "items.csv").unlink()
    (root / "content" / "items.csv").mkdir()
    assert codes(root) == [("folder-for-table", "")]


def test_a_record_without_an_edition_is_counted_as_if_every_change_were_told():
    """Counting tells no words, and must come to the same numbers."""
    bureau = load(BUREAU).bureau
    kinds = Counter(one.kind for one in covering(bureau, RECORD).additions)
    assert len(kinds) >= 4
    assert kinds_of_record(bureau) == kinds
