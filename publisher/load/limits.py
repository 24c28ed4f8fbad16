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
MAX_ATTACHMENT = 10 * MEGABYTE
"""Of one attachment."""
MAX_ATTACHMENTS = 200 * MEGABYTE
"""Of all that are named together."""
MAX_ATTACHED_UNPACKED = 100 * MEGABYTE
"""Of all that is packed into a PDF, docx or xlsx attachment."""
MAX_ATTACHED_XML = 40 * MEGABYTE
MAX_ATTACHED_TAGS = 600_000
"""Of all its parts together: a report of four hundred pages has a hundred thousand."""
MAX_ATTACHED_CELLS = 150_000
MAX_ATTACHED_TEXT = 3 * MEGABYTE
"""Of a txt or csv attachment, and of all the text of another: every sign is looked through for personal data."""
MAX_PIXELS = 50_000_000
"""Width times height of a picture; phones make 12 to 50 million."""
MAX_PAGES = 500
"""Of a PDF attachment."""
MAX_OBJECTS = 100_000
"""Parts that a PDF attachment is made of."""
MAX_PDF_SECONDS = 3
"""Of computing, for one PDF."""
MAX_PDF_MEMORY = 800 * MEGABYTE
