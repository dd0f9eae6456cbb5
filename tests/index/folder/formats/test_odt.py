"""An OpenDocument text gives what is seen of it."""

import io
import zipfile

import pytest

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.odt import load

_NAME = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{short}="{_NAME}:{name}:1.0"'
    for short, name in (("office", "office"), ("style", "style"), ("text", "text"),
                        ("table", "table"), ("draw", "drawing"), ("meta", "meta"))
)  # fmt: skip


def style(name: str, **looks: str) -> str:
    """Return a style of words; `text_position` is the attribute style:text-position."""
    stated = " ".join(
        f'{key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in looks.items()
    )
    return f'<style:style style:name="{name}"><style:text-properties {stated}/></style:style>'


STYLES = (
    style("Raised", style__text_position="super 58%")
    + style("Lower", style__text_position="-33% 58%")
    + style("Struck", style__text_line_through_style="solid")
    + style("Hidden", text__display="none")
    + '<style:style style:name="Heir" style:parent-style-name="Hidden"/>'
    + '<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1"/>'
    + "</text:list-style>"
)


def document(body: str) -> bytes:
    """Return a document with this body, and a title and an author."""
    parts = {
        "content.xml": f"<office:document-content {_NAMES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "meta.xml": f'<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<office:meta><dc:title>The café</dc:title><meta:initial-creator>Ada Berg"
        "</meta:initial-creator></office:meta></office:document-meta>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def span(style: str, words: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def test_headings_lists_tables_and_notes_are_known() -> None:
    read = load(
        document(
            '<text:h text:outline-level="2">The café</text:h>'
            '<text:list text:style-name="Numbers"><text:list-item><text:p>Go in.</text:p>'
            "<text:list>"
            "<text:list-item><text:p>Slowly.</text:p></text:list-item></text:list></text:list-item>"
            "</text:list>"
            "<table:table><table:table-header-rows><table:table-row><table:table-cell>"
            "<text:p>Kind</text:p></table:table-cell><table:table-cell><text:p>Fee</text:p>"
            "</table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
            '<table:table-cell table:number-columns-repeated="2"><text:p>3</text:p>'
            "</table:table-cell></table:table-row></table:table>"
            "<text:p>It is open<text:note><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>In 1987.</text:p></text:note-body></text:note>.</text:p>"
            "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
        )
    )
    assert (read.title, read.author) == ("The café", "Ada Berg")
    assert [block for block in read.text.split("\n\n") if block.strip()] == [
        "## The café",
        "1. Go in.",
        "   1. Slowly.",
        "| Kind | Fee |\n| --- | --- |\n| 3 | 3 |",
        "It is open[1].",
        "Boxed.",
        "[1] In 1987.",
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"10{span('Raised', '6')} H{span('Lower', '2')}O", "10⁶ H₂O"),
        (f"a{span('Struck', 'old 99')}{span('Hidden', 'x')}{span('Heir', 'y')} b", "a b"),
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d', "a b c d"),
        ("a<office:annotation><text:p>comment</text:p></office:annotation>b", "ab"),
        ("1 &lt; 2 &amp; 3<!-- no -->", "1 < 2 & 3"),
    ],
)
def test_only_what_is_seen_is_read(body: str, text: str) -> None:
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone 98</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    hidden = '<text:section text:display="none"><text:p>hidden 97</text:p></text:section>'
    assert load(document(f"{deleted}<text:p>{body}</text:p>{hidden}")).text == text


def test_what_cannot_be_read_is_named() -> None:
    with pytest.raises(UnreadableError, match="is damaged"):
        load(document("<text:p>a</text:p>")[:-100])
    with pytest.raises(UnreadableError, match="has no text"):
        load(document(""))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "x")
    with pytest.raises(UnreadableError, match="no OpenDocument text"):
        load(made.getvalue())
