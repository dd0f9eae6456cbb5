"""Word documents of given markup, for tests."""

import io
import zipfile
from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape

from index.folder.formats.docx import load

RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/relationships",
    "m": f"{_OFFICE}/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
"""

Pages = Literal["default", "first", "even"]
"""The pages that have a header or a footer."""


def word_file(
    body: str,
    *,
    styles: str = STYLES,
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    comments: str = "",
    settings: str = "",
    diagram: str = "",
    headers: Sequence[tuple[Pages, str]] = (),
    footers: Sequence[tuple[Pages, str]] = (),
    section: str = "",
) -> bytes:
    """Return a document with a body and other parts of this markup.

    The diagram is the part "diagram0".
    """
    parts = [
        ("styles", "styles", styles),
        ("numbering", "numbering", numbering),
        ("footnotes", "footnotes", footnotes),
        ("endnotes", "endnotes", endnotes),
        ("comments", "comments", comments),
        ("settings", "settings", settings),
        *(("header", "hdr", header) for _, header in headers),
        *(("footer", "ftr", footer) for _, footer in footers),
    ]
    made = {}
    relations = ""
    types = ""
    shown = [*(("header", pages) for pages, _ in headers), *(("footer", p) for p, _ in footers)]
    references = ""
    for number, (kind, root, inner) in enumerate(parts):
        if not inner:
            continue
        name = f"{kind}{number}.xml"
        made[f"word/{name}"] = _element(root, inner)
        relations += _relation(f"{kind}{number}", f"{_OFFICE}/relationships/{kind}", name)
        types += _override(f"/word/{name}", kind)
        if root in ("hdr", "ftr"):
            of, pages = shown.pop(0)
            references += f'<w:{of}Reference w:type="{pages}" r:id="{kind}{number}"/>'
    if diagram:
        made["word/diagram.xml"] = f"<dgm:dataModel {_DECLARED}>{diagram}</dgm:dataModel>"
        relations += _relation("diagram0", f"{_OFFICE}/relationships/diagramData", "diagram.xml")
    made["word/document.xml"] = _element(
        "document", f"<w:body>{body}<w:sectPr>{references}{section}</w:sectPr></w:body>"
    )
    made["word/_rels/document.xml.rels"] = _relations(relations)
    main = _relation("r", f"{_OFFICE}/relationships/officeDocument", "word/document.xml")
    made["_rels/.rels"] = _relations(main)
    made["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{_override('/word/document.xml', 'document.main')}{types}</Types>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text)
    return file.getvalue()


def text_of(body: str, **parts: str) -> str:
    """Return what is read of a document with this body."""
    return load(word_file(body, **parts)).text  # type: ignore[arg-type]


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """Return a paragraph of text and markup."""
    runs = (piece if piece.startswith("<") else run(piece) for piece in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def heading(level: int, text: str) -> str:
    """Return a heading."""
    return paragraph(text, properties=f'<w:pStyle w:val="H{level}"/>')


def cell(content: str, properties: str = "") -> str:
    """Return a cell of a table, with a text or with markup."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells, each a text or markup."""
    made = (each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def field(code: str, result: str) -> str:
    """Return a field with the markup of its result."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}{result}{end}"


def deleted(text: str) -> str:
    """Return words that a tracked change deletes."""
    return f'<w:del w:id="1" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def box(content: str) -> str:
    """Return a box of text in a drawing."""
    return f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"


def formula(markup: str) -> str:
    """Return a formula."""
    return f"<m:oMath>{markup}</m:oMath>"


def number(text: str) -> str:
    """Return a number or a name in a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


def in_list(number: int, level: int = 0) -> str:
    """Return the property of a paragraph that is in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def list_level(level: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """Return a level of a list: how its numbers look."""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*kinds: str, more: str = "") -> str:
    """Return the numbering of lists 1, 2 and so on, each with these levels."""
    numbers = range(1, len(kinds) + 1)
    return (
        "".join(
            f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
            for number, levels in zip(numbers, kinds, strict=True)
        )
        + "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            for number in numbers
        )
        + more
    )


def _element(name: str, inner: str) -> str:
    return f"<w:{name} {_DECLARED}>{inner}</w:{name}>"


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="{name}" ContentType="{_MAIN}.{kind}+xml"/>'
