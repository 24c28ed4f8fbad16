"""What is written in a quicker way is, byte for byte, what the plain way writes."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from publisher.catalogue import entries
from publisher.outputs.plainly import text_of
from publisher.outputs.table import csv_of

LOCALES = Path(__file__).parent.parent / "publisher" / "locales"
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
ROWS = st.lists(st.dictionaries(TEXT, VALUES, min_size=1, max_size=4), max_size=4)
HEADS = st.dictionaries(TEXT.filter(lambda name: name != "rows"), VALUES | st.lists(TEXT, max_size=3), max_size=4)


@given(HEADS, ROWS)
def test_json_of_rows_is_what_the_library_indents(head, rows):
    told = {**head, "rows": rows}
    assert text_of(told) == (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


@given(st.integers(1, 4), st.data())
def test_a_table_is_what_a_data_frame_writes(width, data):
    names = tuple(f"c{n}" for n in range(width))
    plain = st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"], include_characters=',";\n\r'), max_size=9)
    rows = data.draw(st.lists(st.dictionaries(st.sampled_from(names), plain.map("x{}".format)), max_size=4))
    text = io.StringIO()
    frame = pd.DataFrame([{name: row.get(name, "") for name in names} for row in rows], columns=list(names))
    frame.to_csv(text, index=False, lineterminator="\n", na_rep="")
    assert csv_of(names, rows) == text.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("path", sorted(LOCALES.rglob("*.po")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_catalogue_reads_as_babel_reads_it(path):
    with path.open("rb") as file:
        messages = [one for one in read_po(file) if one.id]
    keys = [one.id if isinstance(one.id, str) else one.id[0] for one in messages]
    forms = [(one.string,) if isinstance(one.string, str) else tuple(one.string) for one in messages]
    assert list(entries(path.read_text("utf-8"))) == list(zip(keys, forms, strict=True))
