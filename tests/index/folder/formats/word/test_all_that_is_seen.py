"""Of a document of any shape, every number that is seen is read, in order, and no other."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.folder.formats.word.documents import (
    RAISED,
    box,
    cell,
    deleted,
    field,
    formula,
    in_list,
    list_level,
    lists,
    number,
    paragraph,
    row,
    run,
    table,
    text_of,
)

SEEN = (
    run,
    lambda text: f'<w:fldSimple w:instr="REF a">{run(text)}</w:fldSimple>',
    lambda text: field("DATE", run(text)),
    lambda text: f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>',
    lambda text: formula(number(text)),
    lambda text: f"<w:sdt><w:sdtPr/><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>",
    lambda text: run(text) + run("9", RAISED),
    lambda text: run(text, '<w:strike w:val="0"/>'),
)
UNSEEN = (
    deleted,
    lambda text: run(text, "<w:vanish/>"),
    lambda text: run(text, "<w:strike/>"),
    lambda text: field(text, ""),
    lambda text: field("XE a", run(text)),
    lambda text: f'<w:moveFrom w:id="1" w:author="a">{run(text)}</w:moveFrom>',
)
DELETED = '<w:del w:id="1" w:author="a"/>'

Seen = tuple[str, tuple[str, ...]]
"""Markup, and the numbers that are seen in it."""


@st.composite
def paragraphs(draw: st.DrawFn) -> Seen:
    pieces, seen = [], []
    for text in draw(st.lists(st.from_regex("[1-8][0-8]{3}", fullmatch=True), max_size=4)):
        is_seen = draw(st.booleans())
        pieces += [draw(st.sampled_from(SEEN if is_seen else UNSEEN))(text), run(" to ")]
        seen += [text] if is_seen else []
    properties = draw(st.sampled_from(["", in_list(1), '<w:pStyle w:val="H2"/>']))
    return paragraph(*pieces, properties=properties), tuple(seen)


def joined(pieces: list[Seen]) -> Seen:
    return "".join(text for text, _ in pieces), tuple(n for _, seen in pieces for n in seen)


@st.composite
def tables(draw: st.DrawFn) -> Seen:
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        texts = draw(st.lists(paragraphs(), min_size=2, max_size=4))
        is_deleted = draw(st.booleans())
        made = row(*(cell(text) for text, _ in texts), properties=DELETED if is_deleted else "")
        rows.append((made, () if is_deleted else joined(texts)[1]))
    text, seen = joined(rows)
    return table(text), seen


@st.composite
def boxes(draw: st.DrawFn) -> Seen:
    text, seen = draw(paragraphs())
    return paragraph(f"<w:r><w:drawing>{box(text)}</w:drawing></w:r>"), seen


@settings(deadline=None)
@given(st.lists(paragraphs() | tables() | boxes(), max_size=6).map(joined))
def test_every_number_that_is_seen_is_read_and_no_other(document: Seen) -> None:
    body, seen = document
    numbering = lists(list_level(0, "lowerLetter", "%1)"))
    read = text_of(paragraph("From") + body, numbering=numbering)
    assert tuple(re.findall(r"(?a:\d+)", read)) == seen
