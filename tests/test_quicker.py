"""What is written in a quicker way is, byte for byte, what the plain way writes."""

import io
import json

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from publisher.outputs.plainly import text_of
from publisher.outputs.table import csv_of

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
