"""How large a table may be; `publisher/limits.py` says it of texts. Both are told in `content/README.md`.

Chosen so that the worst file within them is read in five seconds and one gigabyte.
"""

MEGABYTE = 1024 * 1024
MAX_ROWS = 15_000
MAX_COLUMNS = 400
MAX_CELLS = 300_000
"""Rows times columns, the headings included: a table is held in memory as a whole."""
MAX_BYTES = 50 * MEGABYTE
"""Of a file."""
MAX_XLS_BYTES = 4 * MEGABYTE
"""Of an .xls file: what reads that format is slow."""
MAX_UNPACKED = 200 * MEGABYTE
"""Of all that is packed into a workbook, pictures included."""
MAX_RATIO = 250
"""Bytes out of one packed byte. Tables give 5 to 50; a thousand is what only zeros reach."""
MAX_TAGS = 2_000_000
"""Of one part of a workbook: cells that hold nothing but a colour count as well."""
