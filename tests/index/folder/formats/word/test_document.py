"""What a person sees in a Word document is read, and nothing else."""

from collections.abc import Callable

import pytest

from index.folder.formats.docx import load
from index.folder.formats.extracted import UnreadableError
from tests.index.folder.formats.word.documents import (
    LOWERED,
    RAISED,
    box,
    cell,
    deleted,
    field,
    heading,
    paragraph,
    row,
    run,
    table,
    text_of,
    word_file,
)

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Secret"/>
<w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="MoreSecret"><w:name w:val="More"/>
<w:basedOn w:val="Secret"/></w:style>
<w:style w:type="character" w:styleId="Old"><w:name w:val="Old"/>
<w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Up"><w:name w:val="Up"/><w:rPr>
<w:vertAlign w:val="superscript"/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    "wrapped",
    [
        '<w:fldSimple w:instr=" DOCPROPERTY Price ">{}</w:fldSimple>',
        '<w:ins w:id="1" w:author="a">{}</w:ins>',
        '<w:moveTo w:id="1" w:author="a">{}</w:moveTo>',
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        '<w:smartTag w:element="x">{}</w:smartTag>',
        '<w:customXml w:element="x">{}</w:customXml>',
        '<w:sdt><w:sdtPr><w:date w:fullDate="2031-01-01T00:00:00Z"/></w:sdtPr>'
        "<w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:dir w:val="ltr">{}</w:dir>',
        '<w:bdo w:val="ltr">{}</w:bdo>',
        field("DATE", "{}"),
        field("REF a", field("REF b", "{}")),
    ],
)
def test_words_are_read_whatever_they_are_wrapped_in(wrapped: str) -> None:
    body = paragraph("It costs ", wrapped.format(run("3,100,000")), " euros.")
    assert text_of(body) == "It costs 3,100,000 euros."


@pytest.mark.parametrize(
    "unseen",
    [
        deleted("9"),
        f'<w:moveFrom w:id="1" w:author="a">{run("9")}</w:moveFrom>',
        f'<w:ins w:id="1" w:author="a">{deleted("9")}</w:ins>',
        run("9", "<w:strike/>"),
        run("9", '<w:dstrike w:val="true"/>'),
        run("9", '<w:rStyle w:val="Old"/>'),
        run("9", "<w:vanish/>"),
        field("XE 9", run("9")),
        field("SET price 9", run("9")),
        field(f"</w:instrText></w:r>{field('REF a', run('9'))}<w:r><w:instrText>", run("")),
        '<w:r><w:commentReference w:id="0"/></w:r>',
        '<w:r><w:footnoteReference w:id="7"/></w:r>',
    ],
)
def test_what_is_not_seen_is_not_read(unseen: str) -> None:
    comments = f'<w:comment w:id="0" w:author="a">{paragraph("9")}</w:comment>'
    body = paragraph("It costs ", unseen, "12 euros.")
    assert text_of(body, styles=STYLES, comments=comments) == "It costs 12 euros."


def test_styles_hide_whole_paragraphs_and_a_run_shows_itself_again() -> None:
    body = "".join(
        paragraph(
            "Nine", run("12", '<w:vanish w:val="0"/>'), properties=f'<w:pStyle w:val="{of}"/>'
        )
        for of in ("Secret", "MoreSecret")
    )
    assert text_of(body, styles=STYLES) == "12\n\n12"


def test_rows_cells_and_paragraphs_that_a_change_deletes_are_left_out() -> None:
    mark = '<w:del w:id="1" w:author="a"/>'
    body = (
        table(
            row("Ticket", "Price", "Note"),
            row("Season", "180", "old", properties=mark),
            row("Season", "210", "new", properties='<w:ins w:id="2" w:author="a"/>'),
            row("Day", cell("9", '<w:cellDel w:id="3" w:author="a"/>'), "12", ""),
            row("Hour", "3", "", properties="<w:hidden/>"),
        )
        + paragraph("Sold at ", deleted("gate 9, and "), properties=f"<w:rPr>{mark}</w:rPr>")
        + paragraph(deleted("9"), properties=f"<w:rPr>{mark}</w:rPr>")
        + paragraph("the gate.")
        + table(row("9", properties=mark))
    )
    assert text_of(body).split("\n\n") == [
        "| Ticket | Price | Note |\n| --- | --- | --- |\n| Season | 210 | new |\n| Day | 12 |  |",
        "Sold at the gate.",
    ]


def test_former_properties_count_for_nothing() -> None:
    former = '<w:rPrChange w:id="1" w:author="a"><w:rPr><w:vanish/></w:rPr></w:rPrChange>'
    assert text_of(paragraph(run("12", former))) == "12"


def test_raised_and_lowered_numbers_stay_apart() -> None:
    body = paragraph(
        "10",
        run("6", RAISED),
        " of CO",
        run("2", LOWERED),
        ", 10",
        run("-", RAISED),
        run("9", '<w:rStyle w:val="Up"/>'),
        " on the 5",
        run("th", RAISED),
        ", 7",
        run("3", '<w:position w:val="6"/><w:sz w:val="12"/>'),
    )
    assert text_of(body, styles=STYLES) == "10⁶ of CO₂, 10⁻⁹ on the 5th, 7³"


def test_tabs_breaks_and_hyphens_keep_numbers_as_they_are() -> None:
    body = paragraph(
        *(
            "12",
            "<w:r><w:tab/></w:r>",
            "345",
            "<w:r><w:br/></w:r>",
            "678 boats",
            "<w:r><w:br/></w:r>",
        ),
        *("and co", "<w:r><w:softHyphen/></w:r>", "operation 12", "<w:r><w:noBreakHyphen/></w:r>"),
        *("34 in all", "<w:r><w:cr/></w:r>"),
        properties='<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs>',
    )
    assert text_of(body) == "12\u2003345\u2003678 boats and cooperation 12-34 in all"


def test_symbols_are_the_characters_that_are_seen() -> None:
    body = paragraph(
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
        " 5 ",
        run("\uf06d", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'),
        "m ",
        '<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r>',
        '<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>',
        '<w:r><w:sym w:font="Nobody knows" w:char="F041"/></w:r>',
        '<w:r><w:sym w:font="Symbol" w:char="no number"/></w:r>',
    )
    assert text_of(body) == "≥ 5 μm ☑€"


def test_forms_show_what_is_ticked_and_chosen() -> None:
    def form(data: str) -> str:
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
        return f'<w:r>{begin}<w:fldChar w:fldCharType="end"/></w:r>'

    entries = '<w:listEntry w:val="8"/><w:listEntry w:val="12"/>'
    choice = f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'
    body = paragraph(
        form("<w:checkBox><w:checked/></w:checkBox>"),
        form('<w:checkBox><w:default w:val="0"/></w:checkBox>'),
        form(choice),
        " tons",
    )
    assert text_of(body) == "☒☐12 tons"


def test_a_field_that_does_not_end_hides_nothing() -> None:
    body = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "12") + paragraph("34")
    assert (
        text_of(body + paragraph('<w:r><w:fldChar w:fldCharType="separate"/></w:r>')) == "12\n\n34"
    )


@pytest.mark.parametrize(
    "drawing",
    [
        f"<w:drawing>{box(paragraph('5901 tonnes'))}</w:drawing>",
        "<w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{paragraph('5901 tonnes')}</w:txbxContent></v:textbox></v:shape></w:pict>",
        '<w:pict><v:shape><v:textpath string="5901 tonnes"/></v:shape></w:pict>',
        f"<mc:AlternateContent><mc:Choice>{box(paragraph('5901 tonnes'))}</mc:Choice>"
        f"<mc:Fallback>{box(paragraph('5901 tonnes'))}</mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice>"
        f"<mc:Fallback>{box(paragraph('5901 tonnes'))}</mc:Fallback></mc:AlternateContent>",
        '<w:drawing><dgm:relIds r:dm="diagram0"/></w:drawing>',
    ],
)
def test_boxes_and_diagrams_are_read_once(drawing: str) -> None:
    diagram = (
        "<dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>5901 tonnes</a:t></a:r></a:p></dgm:t></dgm:pt>"
        '<dgm:pt type="pres"><dgm:t><a:p><a:r><a:t>9</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>'
    )
    read = text_of(paragraph("It weighs", f"<w:r>{drawing}</w:r>"), diagram=diagram)
    assert " ".join(read.split()) == "It weighs 5901 tonnes"


def test_notes_are_marked_apart_from_numbers_and_follow() -> None:
    def note(kind: str, key: int, *content: str) -> str:
        return f'<w:{kind} w:id="{key}">{paragraph(*content)}</w:{kind}>'

    def mark(kind: str, key: int, more: str = "") -> str:
        return f'<w:r><w:rPr>{RAISED}</w:rPr><w:{kind}Reference w:id="{key}"{more}/></w:r>'

    body = paragraph(
        "In 2023",
        mark("footnote", 4),
        " and 2024",
        mark("endnote", 2),
        " or 2025",
        mark("footnote", 3),
        " or 7",
        mark("footnote", 5, ' w:customMarkFollows="1"'),
        run("*", RAISED),
        ".",
    )
    footnotes = (
        note("footnote", 3, "<w:r><w:footnoteRef/></w:r>", " Third.")
        + note("footnote", 4, "<w:r><w:footnoteRef/></w:r>", " Fourth.")
        + note("footnote", 5, "* Own.")
        + note("footnote", 6, "Never referred to: 9.")
    )
    endnotes = note("endnote", 2, "<w:r><w:endnoteRef/></w:r>", " The end.")
    assert text_of(body, footnotes=footnotes, endnotes=endnotes).split("\n\n") == [
        "In 2023¹ and 2024ⁱ or 2025² or 7*.",
        "¹ Fourth.",
        "ⁱ The end.",
        "² Third.",
        "* Own.",
    ]
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="2"/></w:footnotePr>'
    lettered = text_of(body, footnotes=footnotes, settings=settings)
    assert lettered.startswith("In 2023ᵇ and 2024 or 2025ᶜ")


def test_headers_and_footers_come_once_without_the_numbers_of_pages() -> None:
    pages = (
        field(" PAGE ", run("1"))
        + '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    )
    headers = [("default", paragraph("Offer 17")), ("first", paragraph("Letter 18"))]
    same = paragraph("Valid in 2027", pages)
    file = word_file(
        heading(1, "Crane"),
        headers=[*headers, ("even", paragraph("Even 19"))],  # type: ignore[list-item]
        footers=[("default", same), ("first", same)],
        section="<w:titlePg/>",
    )
    assert load(file).text.split("\n\n") == ["# Crane", "Offer 17", "Letter 18", "Valid in 2027"]


def test_readings_above_a_word_stand_behind_it() -> None:
    ruby = f"<w:ruby><w:rt>{run('gǎng')}</w:rt><w:rubyBase>{run('港')}</w:rubyBase></w:ruby>"
    assert text_of(paragraph("斯卡恩", f"<w:r>{ruby}</w:r>", "关闭。")) == "斯卡恩港(gǎng)关闭。"


@pytest.mark.parametrize(
    "break_it",
    [
        lambda data: data.replace(b"word/document.xml", b"word/nocument.xml", 1),
        lambda data: b"\xd0\xcf\x11\xe0" + data,
        lambda data: data[: len(data) // 2],
    ],
)
def test_what_is_no_document_is_refused(break_it: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UnreadableError, match=r"^is (damaged|locked)"):
        load(break_it(word_file(paragraph("Boats."))))


@pytest.mark.parametrize("body", ["<w:p><w:r>", "</w:body><w:body>&boats;"])
def test_a_document_with_damaged_markup_is_refused_whole(body: str) -> None:
    with pytest.raises(UnreadableError, match=r"^is damaged, or no Word document"):
        load(word_file(paragraph("Boats.") + body))


def test_what_is_not_read_is_said() -> None:
    body = paragraph("Boats.", '<w:r><w:drawing><c:chart r:id="x"/></w:drawing></w:r>')
    assert load(word_file(body)).problem == "has charts (1), of which nothing is read."
