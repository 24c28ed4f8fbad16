"""Turns the open data of consumidor.gov.br (complaints in Brazil, 2014-2015) into a bureau's folder.

    python tests/real_data.py OUT_DIR

The data is read from `../shared/real/consumidor-br` beside the repository (or from the folder that
PUBLISHER_REAL_DATA names) when it is there; it is not committed. Elsewhere `synthetic` makes a small folder
with the same files and columns, so that no test is skipped.
"""

import csv
import gzip
import os
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

ROOT = Path(__file__).resolve().parents[1]
NOTES = {
    "5": ("very-satisfied", "Very satisfied", 100),
    "4": ("satisfied", "Satisfied", 80),
    "3": ("fair", "Fair", 60),
    "2": ("dissatisfied", "Dissatisfied", 40),
    "1": ("very-dissatisfied", "Very dissatisfied", 0),
}
"""The consumer's note from 5 to 1, and the points of the grade it becomes."""

SITE = """\
bureau: {name: Test bureau of consumer complaints}
title: Complaints closed on consumidor.gov.br
description: Open data of the Brazilian federal consumer secretariat (CC0), for tests.
language: en
base_url: https://complaints.example/br
timezone: America/Sao_Paulo
sample: yes
"""

SCHEME = """\
name: Notes of consumers
version: "1.0"
direction: satisfaction
raters: Consumers whose complaint was closed
frequency: Monthly
grades:
{grades}
indicators:
  - {{id: satisfaction, name: Satisfaction with the answer, measure: grades, weight: 100%, basis: self_selected}}
  - {{id: answered, name: Complaints answered, measure: share, basis: register}}
  - {{id: resolved, name: Complaints resolved, measure: share, basis: self_selected, note: Of those that were rated.}}
  - {{id: complaints, name: Complaints closed, measure: count, basis: register, unit: complaints}}
"""

SCORE_COLUMNS = (
    *("company", "indicator", "n", "not_applicable"),
    *(id_ for id_, _, _ in NOTES.values()),
    *("numerator", "denominator", "value"),
)


def real_folder() -> Path | None:
    """Where the real data is, if it is anywhere."""
    named = os.environ.get("PUBLISHER_REAL_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "real" / "consumidor-br"
    return folder if (folder / "results.csv.gz").is_file() else None


def rows(path: Path) -> Iterator[dict[str, str]]:
    with _opened(path, "r") as file:
        yield from csv.DictReader(file)


def _opened(path: Path, mode: str) -> IO[str]:
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, f"{mode}t", encoding="utf-8", newline=""))
    return path.open(mode, encoding="utf-8", newline="")


def write(path: Path, columns: Iterable[str], lines: Iterable[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path, "w") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def convert(source: Path, out: Path) -> None:
    """Months become rounds, segments sectors. Quarters are left out: they would count every answer twice."""
    content = out / "content"
    (content / "schemes").mkdir(parents=True)
    (content / "site.yaml").write_text(SITE, encoding="utf-8")
    (content / "schemes" / "notes.yaml").write_text(SCHEME.format(grades=_grades()), encoding="utf-8")
    named = rows(source / "companies.csv")
    companies = ({"id": row["id"], "name": row["name"], "sector": row["kind"]} for row in named)
    write(content / "companies.csv", ("id", "name", "sector"), companies)
    for period in rows(source / "periods.csv"):
        if period["label"] == "month":
            folder = out / "results" / period["period"]
            folder.mkdir(parents=True)
            text = f"scheme: notes\nperiod: {{start: {period['start']}, end: {period['end']}}}\n"
            (folder / "round.yaml").write_text(text, encoding="utf-8")
    for period, lines in _scores(source).items():
        if (out / "results" / period).is_dir():
            write(out / "results" / period / "scores.csv", SCORE_COLUMNS, lines)


def _grades() -> str:
    marks = {"5": ", satisfied: yes", "4": ", satisfied: yes", "2": ", dissatisfied: yes", "1": ", dissatisfied: yes"}
    return "\n".join(
        f"  - {{id: {id_}, name: {name}, points: {points}{marks.get(note, '')}}}"
        for note, (id_, name, points) in NOTES.items()
    )


def _scores(source: Path) -> dict[str, list[dict[str, object]]]:
    """The five notes and "not rated" sum to the complaints closed; who did not rate answered "not applicable"."""
    found: dict[str, list[dict[str, object]]] = {}
    notes: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows(source / "grades.csv.gz"):
        notes.setdefault((row["period"], row["company"]), {})[row["grade"]] = int(row["count"])
    for (period, company), counts in notes.items():
        grades = {id_: counts[note] for note, (id_, _, _) in NOTES.items()}
        line = {"company": company, "indicator": "satisfaction", "n": sum(counts.values())}
        found.setdefault(period, []).append(line | {"not_applicable": counts["not rated"]} | grades)
    for row in rows(source / "results.csv.gz"):
        line = {"company": row["company"], "indicator": row["indicator"]}
        if row["indicator"] == "complaints":
            found.setdefault(row["period"], []).append(line | {"value": row["n"]})
        elif row["indicator"] == "answered":
            found[row["period"]].append(line | _share(row))
        elif row["indicator"] == "resolved":
            rated = sum(notes[row["period"], row["company"]][note] for note in NOTES)
            # Where nobody rated, the table leaves both cells empty: 0 of 0.
            found[row["period"]].append(line | (_share(row) if rated else {"numerator": 0, "denominator": 0}))
    return found


def _share(row: dict[str, str]) -> dict[str, object]:
    return {"numerator": row["numerator"], "denominator": row["denominator"]}


SEGMENTS = ("Bancos, Financeiras e Administradoras de Cartão", "Operadoras de Telecomunicações", "Água e Saneamento")
MONTHS = (("2014-05", 31), ("2014-06", 30), ("2014-07", 31))


def synthetic(folder: Path) -> Path:
    """A made-up folder of the same shape: the same numbers every time, ties, small bases, comings and goings."""
    chance = random.Random(20140501)  # noqa: S311  (no secret)
    names = [f"Empresa São João {chr(65 + place)}" for place in range(13)]
    ids = [f"empresa-sao-joao-{chr(97 + place)}" for place in range(13)]
    kinds = [SEGMENTS[min(place // 6, 2)] for place in range(13)]
    companies = [{"id": i, "name": n, "kind": k, "region": "BR"} for i, n, k in zip(ids, names, kinds, strict=True)]
    write(folder / "companies.csv", ("id", "name", "kind", "region", "parent"), companies)
    periods = [{"period": p, "label": "month", "start": f"{p}-01", "end": f"{p}-{d}"} for p, d in MONTHS]
    quarter = {"period": "2014Q2", "label": "quarter", "start": "2014-04-01", "end": "2014-06-30"}
    write(folder / "periods.csv", ("period", "label", "start", "end"), [*periods, quarter])
    grades, results = [], []
    for number, (period, _) in enumerate(MONTHS):
        for place, id_ in enumerate(ids):
            if (place + number) % 7:
                size = (0, 9, 10, 29, 30, 200)[place % 6]
                _one_company(chance, period, id_, size, grades, results)
    write(folder / "grades.csv.gz", ("period", "company", "indicator", "grade", "count", "pct"), grades)
    columns = ("period", "company", "indicator", "score", "n", "numerator", "denominator", "note")
    write(folder / "results.csv.gz", columns, results)
    return folder


def _one_company(chance: random.Random, period: str, id_: str, rated: int, grades: list, results: list) -> None:
    counts = dict.fromkeys(NOTES, 0)
    for note in chance.choices(list(NOTES), weights=(30, 10, 10, 10, 40), k=rated):
        counts[note] += 1
    closed = rated + chance.randint(1, 9)
    same = {"period": period, "company": id_}
    for note, count in (counts | {"not rated": closed - rated}).items():
        grades.append(same | {"indicator": "satisfaction", "grade": note, "count": count})
    results.append(same | {"indicator": "complaints", "score": closed, "n": closed})
    answered = chance.randint(0, closed)
    results.append(same | {"indicator": "answered", "n": closed, "numerator": answered, "denominator": closed})
    solved = {"numerator": chance.randint(0, rated), "denominator": rated} if rated else {"note": "nobody rated"}
    results.append(same | {"indicator": "resolved", "n": rated} | solved)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    source = real_folder()
    convert(source or synthetic(target / "source"), target)
    print(f"{target}: {'real' if source else 'made-up'} data")
