"""Lays everything that can be unreleased into a bureau's folder, and looks for it in every byte of a site.

Nothing of the package is used. `lay(..., secret=False)` lays the same folder without what is not released.
"""

import csv
import gzip
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import yaml
from pypdf import PdfReader

from publisher.load.folder import load
from publisher.signoff import content_of_round, shown

LATER = "2027-06-01T12:00"
"""The present day of the tests: what is dated before it may be typed already."""


@dataclass(frozen=True)
class Setting:
    """A bureau's folder, and the things of it that the unreleased ones are tied to."""

    folder: Path
    own: str
    """A company."""
    other: str
    """Another of the same sector."""
    round: str
    """A released round with scores as CSV and a column of yes, in which `other` made no statement and `own` did."""
    silent: str
    """A company of the round that made no statement."""
    unsealed: str
    """A round that a correction may name."""
    meeting: str
    """One that is out, with `own`."""
    stages: tuple[str, ...]
    """The sign-off that the bureau's policy asks for."""


def lay(one: Setting, root: Path, *, secret: bool) -> Path:
    shutil.copytree(one.folder / "content", root / "content")
    shutil.copytree(one.folder / "results", root / "results")
    if (one.folder / "templates").is_dir():
        shutil.copytree(one.folder / "templates", root / "templates")
    _companies(one, root, secret)
    _items(one, root, secret)
    if secret:
        _rounds(one, root)
        for path, text in _texts(one).items():
            write(root / path, text)
    _without_policy(root)
    if one.stages:
        _ask_for_sign_off(root, one.stages)
    return root


def _without_policy(root: Path) -> None:
    """What is signed, and what waits for a sign, is for the setting to say."""
    settings = root / "content" / "site.yaml"
    write(settings, re.sub(r"^signoff:\n(?:  .*\n)+", "", settings.read_text("utf-8"), flags=re.MULTILINE))


def _ask_for_sign_off(root: Path, stages: tuple[str, ...]) -> None:
    """Every sign that is there is for what is there; where one is missing, the round waits."""
    settings = root / "content" / "site.yaml"
    write(settings, settings.read_text("utf-8") + f"signoff: {{stages: [{', '.join(stages)}]}}\n")
    bureau = load(root).bureau
    for id_ in bureau.rounds:
        path = root / "results" / id_ / "round.yaml"
        round_ = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        for sign in round_.get("signoff", {}).values():
            sign["content"] = shown(content_of_round(bureau, id_))
        write(path, dumped(round_))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    write(path, text.getvalue())


def heading(rows: list[dict[str, str]], *names: str) -> str:
    """Whichever of the names the table uses; the last if none."""
    return next((name for name in names if name in rows[0]), names[-1])


def _companies(one: Setting, root: Path, secret: bool) -> None:
    """One that is to end, and one that is to begin."""
    path = root / "content" / "companies.csv"
    rows = table(path)
    id_, name, english = (
        heading(rows, "编号", "id"),
        heading(rows, "企业名称", "name"),
        heading(rows, "英文名称", "name_en"),
    )
    short, sector = heading(rows, "简称", "short_name"), heading(rows, "行业", "sector")
    since, until = heading(rows, "起始日期", "since"), heading(rows, "终止日期", "until")
    for row in rows:
        row.setdefault(until, "")
        if row[id_] == one.other and secret:
            row[until] = "2026-12-30"
    if secret:
        new = {id_: "zz-new", name: "密札新企业有限公司", english: "Zznew Company", short: "密札新"}
        rows.append(new | {sector: "密札行业", since: "2026-12-29"})
    write_table(path, rows)


def _rounds(one: Setting, root: Path) -> None:
    """One by the scheme of a released round, one by a scheme of its own, one that is not signed."""
    source = root / "results" / one.round
    settings = yaml.load((source / "round.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    signs = {stage: {"name": "某某", "post": f"密札{stage}", "at": "2026-11-18 09:00"} for stage in one.stages}
    common = {"scheme": settings["scheme"], "signoff": signs}
    _round(
        root,
        "zz-next",
        common
        | {"period": {"start": "2026-10-01", "end": "2026-11-10"}, "release_at": "2026-11-21 13:00:01+09:00"}
        | {"title": "密札下期", "title_en": "Zznext", "area": "密札地区", "sampling": "密札抽样", "note": "密札附注"}
        | {"forms": {"issued": "9990001", "returned": "9980001", "valid": "9970001"}, "population": "99900017"}
        | {"statements_due": "2027-01-19"},
        _more(table(source / "scores.csv")),
    )
    if one.stages:
        unsigned = {stage: signs[stage] for stage in one.stages[:-1]}
        _round(
            root,
            "zz-unsigned",
            common
            | {"period": {"start": "2026-10-02", "end": "2026-11-11"}, "release_at": "2026-11-12 10:00"}
            | {"title": "密札未签", "signoff": unsigned},
            _more(table(source / "scores.csv")),
        )
    scheme = {"name": "密札办法", "name_en": "Zzscheme", "version": "9.87", "direction": "satisfaction"}
    asked = {"id": "zz-asked", "name": "密札指标", "name_en": "Zzasked", "measure": "yes_no", "weight": "100%"}
    text = {"replaces": settings["scheme"], "changes": "密札改动", "method": "密札方法", "legal_basis": ["密札依据"]}
    write(root / "content" / "schemes" / "zz-scheme.yaml", dumped(scheme | text | {"indicators": [asked]}))
    counts = {one.own: ("71347", "2953"), one.other: ("64811", "9173"), "zz-new": ("55339", "18181")}
    _round(
        root,
        "zz-secret",
        common
        | {"scheme": "zz-scheme", "title": "密札试行", "release_at": "2026-12-24 10:00"}
        | {"period": {"start": "2026-11-12", "end": "2026-11-19"}},
        [{"company": id_, "indicator": "zz-asked", "yes": yes, "no": no} for id_, (yes, no) in counts.items()],
    )


def _round(root: Path, id_: str, settings: dict, rows: list[dict[str, str]]) -> None:
    write(root / "results" / id_ / "round.yaml", dumped(settings))
    write_table(root / "results" / id_ / "scores.csv", rows)


def dumped(settings: dict) -> str:
    return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)


def _more(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same table with counts that stand nowhere else."""
    yes, n = heading(rows, "是", "yes"), heading(rows, "有效样本", "n")
    for number, row in enumerate(rows):
        if row[yes]:
            more = 40009 + 131 * number
            row[yes] = str(int(row[yes]) + more)
            row[n] = str(int(row[n]) + more) if row[n] else ""
    return rows


def _items(one: Setting, root: Path, secret: bool) -> None:
    """A question that is out with its answer still to come; questions of meetings that are not out; events."""
    path = root / "content" / "items.csv"
    rows = table(path)
    columns = (
        "编号",
        "场次",
        "企业",
        "提出日期",
        "问题",
        "答复人",
        "答复日期",
        "答复内容",
        "承诺事项",
        "责任人",
        "完成时限",
    )
    fields = ("id", "meeting", "company", "raised_on", "question", "answered_by", "answered_on", "answer")
    names = [heading(rows, *pair) for pair in zip(columns, (*fields, "promise", "owner", "due_on"), strict=True)]

    def item(*cells: str) -> dict[str, str]:
        return dict(zip(names, cells, strict=False))

    asked = ("zz1", one.meeting, one.own, "2026-11-19", "这个问题已经公开。")
    answer = ("密札答复岗", "2027-01-04", "密札答复内容。", "密札承诺", "密札责任岗", "2027-02-03")
    rows.append(item(*asked, *(answer if secret else ())))
    if secret:
        rows.append(
            item("zz2", "zz-meeting", one.own, "2026-11-10", "密札问题甲。", "密札岗甲", "2026-11-11", "密札答甲。")
        )
        rows.append(
            item("zz3", "zz-meeting", one.other, "2026-11-10", "密札问题乙。", "密札岗乙", "2026-11-11", "密札答乙。")
        )
        rows[-1] |= dict(zip(names[8:], ("密札承诺乙", "密札责任乙", "2026-11-13"), strict=True))
        rows.append(item("zz4", "zz-coming", one.own, "2027-01-10", "密札问题丙。"))
        events = root / "content" / "events.csv"
        done = table(events)
        item_, day = heading(done, "事项", "item"), heading(done, "日期", "date")
        by, kind = heading(done, "来源方", "by"), heading(done, "类型", "kind")
        reason = heading(done, "原因", "reason")
        done.append({item_: "zz1", day: "2027-01-20", by: "company", kind: "done", reason: "密札办结。"})
        done.append({item_: "zz3", day: "2026-11-14", by: "company", kind: "done", reason: "密札乙办结。"})
        write_table(events, done)
        _holidays(root)
    write_table(path, rows)


def _holidays(root: Path) -> None:
    """Of the year to come: nothing that is out is counted by them."""
    path = root / "content" / "holidays.csv"
    rows = table(path)
    day, kind, name = heading(rows, "日期", "date"), heading(rows, "类型", "kind"), heading(rows, "名称", "name")
    for date in ("2027-01-01", *(f"2027-02-{n:02}" for n in range(8, 13)), *(f"2027-10-{n:02}" for n in (1, 4, 5, 6))):
        rows.append({day: date, kind: "holiday", name: "密札节"})
    write_table(path, rows)


def front(body: str, **fields: object) -> str:
    return f"---\n{dumped(fields)}---\n\n{body}\n"


ATTACHED = ("公告", "说明甲", "说明乙", "会议")


def attached(name: str) -> dict[str, list[dict[str, str]]]:
    return {"attachments": [{"file": f"密札{name}.txt", "title": f"密札{name}附表"}]}


def _texts(one: Setting) -> dict[str, str]:
    """Statements, responses, notices, meetings, a correction, a withdrawal and a holiday."""
    issuer = {"issuer": "密札机关", "issued_on": "2026-11-20"}
    coming = {"published_at": "2026-11-22 09:00"}
    files = {f"content/attachments/密札{name}.txt": f"密札{name}内容。\n" for name in ATTACHED}
    return files | {
        f"content/statements/zz-next/{one.own}.md": front(
            "密札说明甲。", signatory="密札签署岗", signed_on="2026-11-20", **attached("说明甲")
        ),
        f"content/statements/zz-next/{one.other}.md": front(
            "密札说明乙。", signatory="密札签署乙", signed_on="2026-11-20", **attached("说明乙")
        ),
        f"content/statements/{one.round}/{one.silent}.md": front(
            "密札说明丙。", signatory="密札签署丙", signed_on="2026-11-20", received_on="2027-01-05"
        ),
        f"content/responses/zz-next/{one.own}.md": front(
            "密札回应甲。",
            post="密札回应岗",
            responded_on="2026-11-20",
            points=[{"about": "密札要点", "decision": "refused", "reason": "密札理由"}],
        ),
        "content/notices/zz-notice.md": front(
            "密札公告正文。", kind="announcement", title="密札公告", **issuer, **coming, **attached("公告")
        ),
        "content/notices/zz-results.md": front(
            "密札通报正文。",
            kind="results",
            round="zz-next",
            title="密札通报",
            **issuer,
            published_at="2026-11-21 13:00:01+09:00",
        ),
        "content/notices/zz-violation.md": front(
            "密札违规正文。", kind="violation", title="密札违规", companies=[one.other], **issuer, **coming
        ),
        "content/notices/zz-praise.md": front(
            "密札表扬正文。", kind="commendation", title="密札表扬", companies=[one.own], **issuer, **coming
        ),
        "content/meetings/zz-meeting.md": front(
            "密札会议记录。",
            kind="meeting",
            title="密札会议",
            held_on="2026-11-10",
            published_at="2026-12-01 09:00",
            place="密札会场",
            companies=[one.own, one.other],
            answered_by=["密札出席甲", "密札出席乙"],
            residents="4127",
            **attached("会议"),
        ),
        "content/meetings/zz-coming.md": front(
            "密札将开。", kind="meeting", title="密札将来会议", held_on="2027-01-10", companies=[one.own]
        ),
        "content/corrections/zz-correction.md": front(
            "密札更正正文。",
            round=one.unsealed,
            kind="revision",
            reason="密札更正理由",
            decided_by="密札更正岗",
            decided_on="2027-01-07",
        ),
        "content/withdrawals/zz-withdrawal.md": front(
            "密札撤回正文。",
            addresses=[f"rounds/{one.unsealed}/{one.own}.html"],
            reason="密札撤回理由",
            decided_by="密札撤回岗",
            withdrawn_on="2027-01-08",
        ),
    }


def inputs_of(root: Path) -> set[str]:
    """Every scalar, cell and line of text in a folder, and the names of its files."""
    found: set[str] = set()
    for path in sorted([*(root / "content").rglob("*"), *(root / "results").rglob("*")]):
        found.add(path.stem)
        if path.suffix == ".csv":
            found |= {cell for row in csv.reader(io.StringIO(read(path))) for cell in row}
        elif path.suffix == ".txt":
            found |= {line.strip() for line in read(path).splitlines()}
        elif path.suffix in {".yaml", ".md"} and not path.stem.startswith("README"):
            parts = path.read_text("utf-8").split("---\n", 2) if path.suffix == ".md" else ["", path.read_text("utf-8")]
            found |= set(scalars(yaml.load(parts[1], Loader=yaml.BaseLoader)))  # noqa: S506
            found |= {line.strip() for part in parts[2:] for line in part.splitlines()}
    return {text for text in found if text}


def read(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def scalars(value: object) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in scalars(one)]
    return str(value).splitlines()


ORDINARY = {"refused", "violation", "commendation", "announcement", "meeting", "revision", "results", "company", "done"}
"""Choices of the models: words of pages, and nobody's secret."""


def secrets_of(full: set[str], public: set[str]) -> set[str]:
    """What stands in the folder and not in its released part, in every form in which a page would print it."""
    known = "\n".join(public)
    alone = {text for text in full - public - ORDINARY if text not in known and not re.fullmatch("[0-9.%]{1,4}", text)}
    forms = [forms_of(text) for text in alone if len(text) > 1]
    return {form for each in forms if not any(form in known for form in each) for form in each}


def forms_of(text: str) -> set[str]:
    """A number with and without separators; a day as figures and in words."""
    if re.fullmatch(r"[0-9]{4,}", text):
        return {text, f"{int(text):,}"}
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: .*)?", text)
    if day:
        year, month, number = (int(part) for part in day.groups())
        return {text[:10], f"{year}年{month}月{number}日"}
    return {text}


def texts_of(path: str, data: bytes) -> str:
    """The name and what a file says, however it is wrapped."""
    if data[:2] == b"\x1f\x8b":
        return texts_of(path, gzip.decompress(data))
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return "\n".join([path, *(texts_of(name, file.read(name)) for name in file.namelist())])
    if data[:5] == b"%PDF-":
        return "\n".join([path, *said_in_pdf(data)])
    if data[:4] == b"\x89PNG":
        return "\n".join([path, *(chunk.decode("latin-1") for chunk in chunks_of(data))])
    text = data.decode("utf-8-sig", "replace")
    views = [path, unquote(path), text, html.unescape(text), unquote(text)]
    if path.endswith((".json", ".jsonl")) or path.startswith("search/"):
        views += [json.loads(f'"{found}"') for found in re.findall(r'"((?:[^"\\]|\\.)*\\u(?:[^"\\]|\\.)*)"', text)]
    views += [cell for row in csv.reader(io.StringIO(text)) for cell in row] if path.endswith(".csv") else []
    # A text may be broken by tags: what is read is without them.
    return "\n".join([*views, re.sub(r"<[^>]*>", "", html.unescape(text))])


def said_in_pdf(data: bytes) -> Iterator[str]:
    """Its sheets, its outline and what it says of itself; packed bytes may spell any three letters."""
    file = PdfReader(io.BytesIO(data))
    yield from (sheet.extract_text() for sheet in file.pages)
    yield from map(str, (file.metadata or {}).values())
    yield file.xmp_metadata.stream.get_data().decode() if file.xmp_metadata else ""
    yield str(file.outline)


def chunks_of(data: bytes) -> Iterator[bytes]:
    """Of a PNG, all but the pixels."""
    place = 8
    while place < len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] != b"IDAT":
            yield data[place + 8 : place + 8 + size]
        place += 12 + size


TOKENS = re.compile(r"\d{4}-\d\d-\d\d|\d{4}年\d+月\d+日|(?<![0-9a-f.,])\d[\d,]*\d(?![0-9a-f])")
"""Numbers and days of a text; digits within longer signs, such as those of a hash, are none."""


def found_in(site: Path, secrets: set[str]) -> dict[str, list[str]]:
    """Secret -> the files that say it."""
    found: dict[str, list[str]] = {}
    tokens = {one for one in secrets if TOKENS.fullmatch(one)}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        said = texts_of(name, path.read_bytes())
        seen = {one for one in secrets - tokens if one in said} | tokens & set(TOKENS.findall(said))
        for one in seen:
            found.setdefault(one, []).append(name)
    return found


def bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
