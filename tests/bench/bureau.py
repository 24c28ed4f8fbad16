"""Makes a bureau's folder of any size: companies x rounds; a scorecard has 12 indicators, a statement, 3 questions.

Everything is invented, and the same for the same numbers: `python tests/bench/bureau.py FOLDER COMPANIES ROUNDS`.
"""

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

INDICATORS = 12
QUESTIONS = 3
STATEMENT = 250
"""Signs of a company's statement."""
AT_A_MEETING = 25
"""Companies that answer at one meeting."""
MOST_ROWS = 14_999
"""Of one table (`publisher/load/limits.py`), without its headings."""
FIRST_YEAR = 2015
GRADES = ("good", "fair", "bad")
SECTORS = (("供水", "Water supply"), ("供气", "Gas supply"), ("供热", "Heating"))
TOPICS = ("水压", "账单", "维修", "停供通知", "报装", "热线")
PLACES = ("东园", "西园", "南湖", "北山", "中山", "河口", "桥头", "学府")
_WHAT = ("维修班组", "营业厅", "服务热线", "管网巡查", "抄表收费", "停供通知", "报装窗口", "应急抢修")
_DONE = ("增加了人手", "缩短了时限", "公布了进度", "重新作了培训", "换了新的设备", "改了办事流程")
_WHEN = ("本月起", "下季度以前", "采暖季以前", "年底以前", "两周以内", "逐个小区")
_SHOWN = ("每周公布一次结果", "请居民代表到场查看", "结果贴在小区公告栏", "由客服逐户回访", "接受评价办公室核查")
_SITE = """bureau:
  name: 评测市公用事业服务评价办公室
  name_en: Bench City Office for Utility Service
  address: 评测市政务服务大厅
  hotline: "12345"
title: 评测市公用事业服务评价
title_en: Bench City Utility Service Evaluation
description: 供水、供气、供热企业服务评价结果。
base_url: https://bench.example/pingjia
sample: yes
print: no
rounding: {rule: half_up, score_decimals: 2, rate_decimals: 2}
ranking: dense
thresholds: {suppress_below: 10, rank_from: 30}
highlights: 3
ledger: {answer_within: 10, due_soon: 10, broken_after: 30, show_alike: no}
"""
_HEAD = """name: 季度服务评价
name_en: Quarterly evaluation
version: "1.0"
direction: satisfaction
unit: points
raters: 抽样的用户
frequency: 每季度一次
grades:
  - {id: good, name: 满意, name_en: Satisfied, points: 100, satisfied: yes}
  - {id: fair, name: 一般, name_en: Fair, points: 60}
  - {id: bad, name: 不满意, name_en: Dissatisfied, points: 0, dissatisfied: yes}
dimensions:
  - {id: service, name: 服务质量, name_en: Service quality}
  - {id: rules, name: 服务制度, name_en: Rules of service}
indicators:
"""
_TAIL = """bands:
  - {id: excellent, name: 优秀, name_en: Excellent, at_least: 90}
  - {id: pass, name: 合格, name_en: Pass, at_least: 60}
  - {id: fail, name: 不合格, name_en: Fail, at_least: 0}
legal_basis:
  - 《评测市公用企业服务评价办法》
method: |
  ## 怎样评

  每季度从用户名册中随机抽样。
"""


def main() -> None:
    folder, companies, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    make(folder, companies, rounds)


def make(folder: Path, companies: int, rounds: int) -> None:
    ids = [f"company-{n:05}" for n in range(1, companies + 1)]
    _settings(folder, ids)
    for number in range(rounds):
        add_round(folder, ids, number)


def round_id(number: int) -> str:
    return f"{FIRST_YEAR + number // 4}-q{number % 4 + 1}"


def add_round(folder: Path, ids: list[str], number: int) -> None:
    """One more round on top of what is there."""
    name, chance = round_id(number), random.Random(number)  # noqa: S311  (test data)
    start = date(FIRST_YEAR + number // 4, number % 4 * 3 + 1, 1)
    end = (start + timedelta(days=100)).replace(day=1) - timedelta(days=1)
    _round(folder, name, start, end, len(ids))
    _scores(folder, name, ids, chance)
    for id_ in ids:
        _write(folder / f"content/statements/{name}/{id_}.md", _statement(chance, end + timedelta(days=30)))
    _asked(folder, name, ids, end - timedelta(days=20), chance)


def _settings(folder: Path, ids: list[str]) -> None:
    _write(folder / "content/site.yaml", _SITE)
    lines = [
        f"  - {{id: q{n:02}, name: 第{n}项服务, name_en: Service {n}, question: 第{n}项服务办得好吗？,"
        f" measure: {'grades' if n == INDICATORS else 'yes_no'}, dimension: {'rules' if n % 2 else 'service'},"
        f" weight: {'34%' if n == INDICATORS else '6%'}}}\n"
        for n in range(1, INDICATORS + 1)
    ]
    _write(folder / "content/schemes/service.yaml", _HEAD + "".join(lines) + _TAIL)
    rows = [(id_, f"评测第{n}公司", f"Bench Company {n}", *SECTORS[n % len(SECTORS)]) for n, id_ in enumerate(ids, 1)]
    _tables(folder / "content/companies.csv", ("id", "name", "name_en", "sector", "sector_en"), rows)
    days = [(date(year, 1, 1), "holiday", "元旦") for year in range(FIRST_YEAR, FIRST_YEAR + 13)]
    _table(folder / "content/holidays.csv", ("date", "kind", "name"), days)
    _write(folder / "content/pages/about.md", "---\ntitle: 关于\n---\n\n本站用于测速，数据都是虚构的。\n")


def _round(folder: Path, name: str, start: date, end: date, companies: int) -> None:
    release = end + timedelta(days=20)
    _write(
        folder / f"results/{name}/round.yaml",
        f"scheme: service\nperiod: {{start: {start}, end: {end}}}\n"
        f"fieldwork: {{start: {end - timedelta(days=30)}, end: {end - timedelta(days=10)}}}\n"
        f"area: 评测市全市\nsampling: 从用户名册中随机抽样。\n"
        f"forms: {{issued: {600 * companies}, returned: {500 * companies}, valid: {400 * companies}}}\n"
        f"population: {9000 * companies}\nrelease_at: {release} 10:00\nstatements_due: {end + timedelta(days=35)}\n",
    )


def _scores(folder: Path, name: str, ids: list[str], chance: random.Random) -> None:
    rows = []
    for id_ in ids:
        for n in range(1, INDICATORS):
            base = chance.randint(120, 400)
            yes = chance.randint(base // 2, base - 10)
            rows.append((id_, f"q{n:02}", base, yes, base - yes, "", "", ""))
        good, fair, bad = chance.randint(60, 200), chance.randint(30, 120), chance.randint(5, 60)
        rows.append((id_, f"q{INDICATORS:02}", good + fair + bad, "", "", good, fair, bad))
    _tables(folder / f"results/{name}/scores.csv", ("company", "indicator", "n", "yes", "no", *GRADES), rows)


def _statement(chance: random.Random, day: date) -> str:
    """Two paragraphs, a list and something in bold."""
    text = "".join(_sentence(chance) for _ in range(20))[: STATEMENT - 60]
    points = "".join(f"- {_sentence(chance)}\n" for _ in range(2))
    return f"---\nsignatory: 总经理\nsigned_on: {day}\n---\n\n{text[:90]}\n\n{points}\n**请用户监督。**{text[90:]}。\n"


def _sentence(chance: random.Random) -> str:
    said = (chance.choice(_WHEN), chance.choice(_WHAT), chance.choice(_DONE), chance.choice(_SHOWN))
    return "{}，{}{}，{}。".format(*said)


_ITEMS = (
    *("id", "meeting", "company", "raised_on", "raised_by", "topic", "question"),
    *("answered_by", "answered_on", "answer"),
)


def _asked(folder: Path, name: str, ids: list[str], day: date, chance: random.Random) -> None:
    """A meeting for every so many companies, and a table of questions of the round."""
    rows = []
    for first in range(0, len(ids), AT_A_MEETING):
        group = ids[first : first + AT_A_MEETING]
        meeting = f"{name}-meeting-{first // AT_A_MEETING + 1}"
        _write(
            folder / f"content/meetings/{meeting}.md",
            f"---\nkind: meeting\ntitle: {name}居民代表见面会\nheld_on: {day}\nplace: 政务服务大厅\n"
            f"companies: [{', '.join(group)}]\nround: {name}\nanswered_by: [各公司总经理]\n---\n\n"
            "逐条回答居民代表的提问。\n",
        )
        for id_ in group:
            for _ in range(QUESTIONS):
                rows.append(_item(f"{name}-{len(rows) + 1}", meeting, id_, day, chance))
    for number, first in enumerate(range(0, len(rows), MOST_ROWS)):
        part = f"{name}-{number + 1}" if len(rows) > MOST_ROWS else name
        _table(folder / f"content/items/{part}.csv", _ITEMS, rows[first : first + MOST_ROWS])


def _item(id_: str, meeting: str, company: str, day: date, chance: random.Random) -> tuple[object, ...]:
    place, topic = chance.choice(PLACES), chance.choice(TOPICS)
    question = f"{place}小区的{topic}问题什么时候能解决？{_sentence(chance)}"
    answer = "".join(_sentence(chance) for _ in range(3))
    asked = (id_, meeting, company, day, f"{place}街道居民代表", topic, question)
    return (*asked, "客户服务部经理", day, answer)


def _tables(path: Path, heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """One table, or as many as it takes to keep to what one may hold."""
    for number, first in enumerate(range(0, len(rows), MOST_ROWS), 1):
        part = path.with_suffix("") / f"{number:03}.csv" if len(rows) > MOST_ROWS else path
        _table(part, heads, rows[first : first + MOST_ROWS])


def _table(path: Path, heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
