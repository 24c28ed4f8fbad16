"""XMP and IPTC: what programs write of a picture or a PDF beside EXIF (ISO 16684-1, IIM 4.2)."""

import re

from publisher.load.attached.exif import any_text
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.strings import strings_of

_FIELDS = {
    "creator": "author",
    "Artist": "author",
    "Author": "author",
    "OwnerName": "camera-owner",
    "CameraOwnerName": "camera-owner",
    "SerialNumber": "serial",
    "BodySerialNumber": "serial",
    "LensSerialNumber": "serial",
    "Make": "device",
    "Model": "device",
    "CreatorTool": "software",
    "Producer": "software",
    "description": "description",
    "title": "title",
    "subject": "keywords",
    "Keywords": "keywords",
    "Headline": "title",
    "CaptionWriter": "author",
    "PersonInImage": "description",
    "UserComment": "comment",
    "City": "description",
    "Location": "description",
}
_PLACE = re.compile(
    r"(?:GPS(?:Dest)?(?:Latitude|Longitude|Position)|GPSAltitude|GPSAreaInformation|geo:(?:lat|long)|wgs84_pos#?:?(?:lat|long))"
    r"\b(?:\s*=\s*[\"'][^\"'<]|[^<>=]{0,20}(?:=[^<>]{0,200})?>\s*[^<\s])"
)
_ELEMENT = re.compile(
    r"<(?:\w+:)(\w+)(?:\s[^<>]{0,300})?>([^<]{1,2000}|\s*<rdf:(?:Seq|Bag|Alt)>.{1,4000}?</rdf)", re.DOTALL
)
_ATTRIBUTE = re.compile(r"\s\w+:(\w+)\s*=\s*(?:\"([^\"<]{1,2000})\"|'([^'<]{1,2000})')")
_ITEM = re.compile(r"<rdf:li[^>]{0,200}>([^<]{1,2000})<")
_TAGS = re.compile(r"<[^<>]*>")
_IPTC = {5: "title", 25: "keywords", 80: "author", 85: "author", 110: "author", 116: "copyright", 118: "author"}
_IPTC |= {90: "description", 92: "description", 105: "title", 120: "description", 122: "author"}
_LONGEST = 500_000
_NAME = 60


def read_xmp(data: bytes, look: Look) -> None:
    """Known fields by name; all other text is said as it stands."""
    if len(data) > _LONGEST:
        raise RefusedError("attachment-foreign-part", "XMP")
    text = _decoded(data)
    if _PLACE.search(text):
        look.fault("attachment-location")
    for name, value in _ELEMENT.findall(text):
        if name in _FIELDS:
            for one in _ITEM.findall(value) or [_TAGS.sub(" ", value)]:
                look.note(_FIELDS[name], one)
    for name, *values in _ATTRIBUTE.findall(text):
        for value in values:
            look.note(_FIELDS[name], value) if name in _FIELDS else look.say(value)
    look.say("\n".join(line.strip() for line in _TAGS.sub("\n", text).split("\n") if line.strip()))


def _decoded(data: bytes) -> str:
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data[1:2] == b"\0"
    return data.decode("utf-16" if wide else "utf-8", "replace").replace("\0", "")


def read_iptc(data: bytes, look: Look) -> None:
    """The datasets of record 2 within Photoshop's blocks; all other text is said as it stands."""
    look.say(strings_of(data))
    at = data.find(b"\x1c\x02")
    while 0 <= at <= len(data) - 5:
        if data[at : at + 2] != b"\x1c\x02":
            at = data.find(b"\x1c\x02", at + 1)
            continue
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        value = data[at + 5 : at + 5 + size]
        look.note(_IPTC[data[at + 2]], any_text(value)) if data[at + 2] in _IPTC else look.say(any_text(value))
        at += 5 + size


def read_profile(data: bytes, look: Look) -> None:
    """The texts of a colour profile: its name, whose it is, and what somebody else may have put there."""
    text = strings_of(data)
    look.say(text)
    look.note("colour-profile", text[:_NAME].replace("\n", " "))
