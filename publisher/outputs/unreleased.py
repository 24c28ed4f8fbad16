"""What a preview has in the place of feed, site maps and register: a refusal to robots, and marked data."""

import csv
import io

from publisher.words import Words

PREVIEW = "preview"
"""Heading of the first column of every data file."""
README = "data/README.txt"


def robots() -> bytes:
    return b"User-agent: *\nDisallow: /\n"


def marked(data: bytes, words: Words) -> bytes:
    """A data file in which every row says that it is not released, so that none is taken for the published one."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([PREVIEW, *head])
    writer.writerows([words("preview.mark"), *row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def readme(words: Words) -> bytes:
    return f"{words('preview.mark')}\n{words('preview.data')}\n".encode()
