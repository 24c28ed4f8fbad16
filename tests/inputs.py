"""Reads a bureau's folder a second time: tables, settings, front matter; nothing of the package is used."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import yaml

HEADINGS = (
    {"企业": "company", "指标": "indicator", "渠道": "channel", "检查点": "point", "有效样本": "n", "得分": "score"}
    | {"是": "yes", "否": "no", "不适用": "not_applicable", "分子": "numerator", "分母": "denominator"}
    | {"达标": "met", "部分达标": "partly", "未达标": "not_met", "数值": "value", "单位": "unit"}
)
Row = dict[str, str]


def number(text: str) -> Fraction:
    """`40%`, `0.4` or `2/5`."""
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)


def day(text: str) -> date:
    for mark in "/年月":
        text = text.replace(mark, "-")
    return date(*(int(part) for part in text.removesuffix("日").split(" ")[0].split("-")))


def grid(path: Path) -> list[Row]:
    """A table's rows by field name, blank cells left out."""
    if path.suffix == ".xlsx":
        cells = list(openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
        lines = [["" if cell is None else str(cell).strip() for cell in line] for line in cells]
    else:
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
        lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text))]
    head, *body = lines
    return [{name: cell for name, cell in zip(head, line, strict=True) if cell} for line in body if any(line)]


@dataclass
class Folder:
    """The inputs, as text."""

    site: dict
    companies: dict[str, Row]
    schemes: dict[str, dict]
    rounds: list[dict]
    """In order of period; each with `id` and, under `rows`, its table."""
    items: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    notices: dict[str, dict] = field(default_factory=dict)
    meetings: dict[str, dict] = field(default_factory=dict)
    holidays: list[Row] = field(default_factory=list)
    statements: dict[tuple[str, str], dict] = field(default_factory=dict)
    """By round and company, of those that are public."""
    responses: dict[tuple[str, str], dict] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    """The texts of the bureau's own pages."""


def typed(root: Path) -> list[str]:
    """Every text that someone wrote: cells, settings, lines of Markdown."""
    found: list[str] = []
    for path in sorted((root / "content").rglob("*")):
        if path.suffix == ".csv":
            found += [cell for row in grid(path) for cell in row.values()]
        elif path.suffix == ".md":
            head, body = path.read_text("utf-8").split("---", 2)[1:] if path.stem != "README" else ("", "")
            found += [*scalars(yaml.load(head, Loader=yaml.BaseLoader)), *body.splitlines()]  # noqa: S506
    for path in [*sorted((root / "content").rglob("*.yaml")), *sorted((root / "results").rglob("*.yaml"))]:
        found += scalars(settings(path))
    return [line for text in found for line in text.splitlines()]


def scalars(value: object) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    return [text for one in value for text in scalars(one)] if isinstance(value, list) else [str(value)]


def settings(path: Path) -> dict:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (BaseLoader makes only text)


def read_folder(root: Path, as_of: date) -> Folder:
    """What is released at the end of a day."""
    content = root / "content"
    notices = {path.stem: front_matter(path) | body(path) for path in sorted((content / "notices").glob("*.md"))}
    rounds = [one_round(path.parent) for path in sorted((root / "results").glob("*/round.yaml"))]
    released = [one for one in rounds if "release_at" not in one or day(one["release_at"]) <= as_of]
    tables = {name: content / f"{name}.csv" for name in ("items", "events", "holidays")}
    public = {one["id"] for one in released}
    statements = by_company(content / "statements", "signed_on", public, as_of)
    return Folder(
        site=settings(content / "site.yaml"),
        companies={row["id"]: row for row in grid(content / "companies.csv")},
        schemes={path.stem: settings(path) | {"id": path.stem} for path in (content / "schemes").glob("*.yaml")},
        rounds=sorted(released, key=lambda one: (day(one["period"]["end"]), day(one["period"]["start"]), one["id"])),
        notices={id_: one for id_, one in notices.items() if day(one["published_at"]) <= as_of},
        meetings={path.stem: front_matter(path) for path in sorted((content / "meetings").glob("*.md"))},
        statements=statements,
        responses=by_company(content / "responses", "responded_on", public, as_of),
        pages=[body(path)["body"] for path in sorted((content / "pages").glob("*.md"))],
        **{name: grid(path) if path.is_file() else [] for name, path in tables.items()},
    )


def by_company(folder: Path, dated: str, rounds: set[str], as_of: date) -> dict[tuple[str, str], dict]:
    """The files `<round>/<company>.md` of public rounds, dated up to a day."""
    found = {(path.parent.name, path.stem): front_matter(path) for path in sorted(folder.glob("*/*.md"))}
    return {key: one for key, one in found.items() if key[0] in rounds and day(one[dated]) <= as_of}


def front_matter(path: Path) -> dict:
    return yaml.load(path.read_text("utf-8").split("---")[1], Loader=yaml.BaseLoader)  # noqa: S506


def body(path: Path) -> dict:
    return {"body": path.read_text("utf-8").split("---", 2)[2]}


def one_round(folder: Path) -> dict:
    table = next(path for path in sorted(folder.iterdir()) if path.stem == "scores")
    rows = [{HEADINGS.get(key, key): value for key, value in row.items()} for row in grid(table)]
    return settings(folder / "round.yaml") | {"id": folder.name, "rows": rows}
