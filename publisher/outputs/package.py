"""What the data are, for programs and for people: `datapackage.json` (Data Package v1) and the guide beside it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from publisher import addresses, datasets
from publisher.datasets import Table
from publisher.pages import Publication
from publisher.words import Words

_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%d %H:%M"}


@dataclass(frozen=True)
class Resource:
    """One file of the package as it was made."""

    path: str
    table: Table
    size: int
    sum: str
    """Its SHA-256."""

    @property
    def name(self) -> str:
        """`results-2026-q1` for `data/rounds/2026-q1.csv`, else the name of its table."""
        stem = PurePosixPath(self.path).stem
        return stem if stem == self.table.name else f"{self.table.name}-{stem}"


def package_of(publication: Publication, resources: Sequence[Resource]) -> bytes:
    """The description of every table; what was withdrawn is in none."""
    site = publication.bureau.site
    words = publication.words
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "results",
        "title": words.title(site),
        "description": " ".join(text for text in (words("data.package"), site.licence) if text),
        "homepage": f"{site.base_url}/",
        "contributors": [{"title": words.label(site.bureau), "role": "publisher"}],
        "resources": [_resource(words, one) for one in resources],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(words: Words, one: Resource) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": one.name,
        "path": PurePosixPath(one.path).relative_to("data").as_posix(),
        "title": words(f"table.{one.table.name}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": one.size,
        "hash": f"sha256:{one.sum}",
        "schema": _schema(words, one.table),
    }


def _schema(words: Words, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [], "missingValues": [""]}
    for column in table.columns:
        field: dict[str, Any] = {"name": column.name, "type": column.type}
        if column.type in _FORMATS:
            field["format"] = _FORMATS[column.type]
        if column.type == "boolean":
            field |= {"trueValues": ["yes"], "falseValues": ["no"]}
        schema["fields"].append(field | {"description": words(f"columns.{column.meaning}")})
    if table.key:
        schema["primaryKey"] = list(table.key)
    return schema


def guide_of(publication: Publication, resources: Sequence[Resource]) -> bytes:
    """`data/README.md`: the same for people, to read without the site."""
    words = publication.words
    site = publication.bureau.site
    lines = [f"# {words.title(site)}", "", words("data.package"), words("data.guide.csv"), words("data.guide.address")]
    lines += [f"<{addresses.canonical(site, addresses.DATA)}>"]
    if publication.analysis.rounds:
        lines += ["", words("data.guide.pages")]
    if site.licence:
        lines += ["", words("data.licence", text=site.licence)]
    for table in dict.fromkeys(one.table for one in resources):
        found = [one for one in resources if one.table is table]
        lines += ["", f"## {words(f'table.{table.name}')}", ""]
        lines += [f"- `{PurePosixPath(one.path).relative_to('data')}`" for one in found]
        lines += ["", f"| {words('data.column')} | {words('data.type')} | {words('data.meaning')} |", "|---|---|---|"]
        lines += [_row(words, column) for column in table.columns]
    return ("\n".join(lines) + "\n").encode()


def _row(words: Words, column: datasets.Column) -> str:
    return f"| `{column.name}` | {words(f'data.type.{column.type}')} | {words(f'columns.{column.meaning}')} |"
