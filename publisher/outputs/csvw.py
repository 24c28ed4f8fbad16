"""What the columns are, for programs that read tables of the web: `csv-metadata.json` (W3C, CSV on the Web)."""

import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from publisher import addresses
from publisher.datasets import Column, Table
from publisher.outputs.package import Resource
from publisher.pages import Publication
from publisher.words import Words

_DATATYPES: dict[str, Any] = {
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "datetime": {"base": "dateTime", "format": "yyyy-MM-dd HH:mm"},
    "boolean": {"base": "boolean", "format": "yes|no"},
}
"""Of the types of Table Schema; the others are called the same here."""


def csvw_of(publication: Publication, resources: Sequence[Resource]) -> bytes:
    """One description of all tables, beside them."""
    site, words = publication.bureau.site, publication.words
    group: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": site.language}],
        "dc:title": words.title(site),
        "dc:publisher": words.label(site.bureau),
        "dc:source": addresses.canonical(site, addresses.DATA),
        "dialect": {"encoding": "utf-8", "header": True},
        "tables": [_table(words, one) for one in resources],
    }
    if site.licence:
        group["dc:rights"] = site.licence
    return (json.dumps(group, ensure_ascii=False, indent=1) + "\n").encode()


def _table(words: Words, one: Resource) -> dict[str, Any]:
    return {
        "url": PurePosixPath(one.path).relative_to("data").as_posix(),
        "dc:title": words(f"table.{one.table.name}"),
        "tableSchema": _schema(words, one.table),
    }


def _schema(words: Words, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(words, column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return schema


def _column(words: Words, column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": _DATATYPES.get(column.type, column.type),
        "dc:description": words(f"columns.{column.meaning}"),
    }
