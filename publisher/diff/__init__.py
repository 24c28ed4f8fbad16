"""Two sites, file by file: what the public would see change. Pure: bytes in, nouns out; nothing is read or written."""

from publisher.diff.difference import Difference, PageChange, difference
from publisher.diff.told import Group, Names, Section, sections

__all__ = ["Difference", "Group", "Names", "PageChange", "Section", "difference", "sections"]
