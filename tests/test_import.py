"""What offices send comes in whole, or what is missing is named; nothing of anybody's is written over."""

from pathlib import Path

from publisher.words import words_of

HERE = Path(__file__).parent
WORDS = words_of("zh-Hans")
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def styled(text, style):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'


def numbered(text, list_, level=0):
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr></w:pPr>{run(text)}</w:p>'
    )
