"""A PDF's text stands as a person reads it: columns, tables, headings, lists, raised figures."""

from collections.abc import Sequence

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from index.folder.formats.layout.boxes import Box
from index.folder.formats.layout.flow import Part, in_reading_order
from index.folder.formats.layout.lines import lines
from index.folder.formats.layout.tables import grids
from index.folder.formats.layout.words import Word
from index.folder.formats.pdf import load

LEFT = [
    "The committee reviewed the annual report",
    "and approved the budget for the coming",
    "fiscal year. It asked the harbour master to",
    "present a plan for the second pier before",
    "the summer, and to say what the crane",
    "would cost if it were rented.",
]
RIGHT = [
    "Residents had until Friday to object. The",
    "cold store costs 310,000 euros, said the",
    "guild, and it would hold forty tonnes of",
    "fish. Nobody from the province came to",
    "the meeting, which had been announced in",
    "March and which ended at nine.",
]
ROWS = [
    ["Boat", "Built", "Length (m)"],
    ["Aurora", "1987", "46.2"],
    ["Borealis", "1994", "31.75"],
    ["Corvus", "2003", "28.4"],
]
FLEET = "\n".join(
    ["| Boat | Built | Length (m) |", "|---|---|---|",
     *(f"| {' | '.join(row)} |" for row in ROWS[1:])]
)  # fmt: skip
TEXT = (
    "The harbour of Skagen closed to freighters in 1987. Twelve fishing boats are left, and the "
    "men who own them are older every year. None of their sons wants to go to sea."
)


def blank() -> FPDF:
    """Return a PDF of one empty page."""
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    return made


def at(made: FPDF, x: float, y: float, text: str, *, size: float = 11) -> float:
    """Draw text with its base at a place, in millimetres; return where it ends."""
    made.set_font_size(size)
    made.text(x, y, text)
    return x + made.get_string_width(text)


def read(made: FPDF) -> str:
    return load(bytes(made.output())).text


@pytest.mark.parametrize("offset", [0.0, 2.0], ids=["one base", "bases of their own"])
@pytest.mark.parametrize("order", ["by row", "by column", "backwards"])
def test_columns_are_read_one_after_the_other(order: str, offset: float) -> None:
    placed = [(20.0, 50 + 6.0 * i, line) for i, line in enumerate(LEFT)]
    placed += [(115.0, 50 + offset + 6.0 * i, line) for i, line in enumerate(RIGHT)]
    if order == "by row":
        placed.sort(key=lambda line: line[1])
    elif order == "backwards":
        placed.reverse()
    made = blank()
    at(made, 95, 40, "Council notes")
    for line in placed:
        at(made, *line)
    assert read(made) == "\n\n".join(["Council notes", " ".join(LEFT), " ".join(RIGHT)])


def test_a_column_ends_where_a_line_crosses_the_page() -> None:
    made = blank()
    for i, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        at(made, 20, 50 + 6 * i, left)
        at(made, 115, 50 + 6 * i, right)
    below = "Below the two columns stands a line that goes from one side of the page to the other."
    at(made, 20, 100, below)
    assert read(made).split("\n\n") == [" ".join(LEFT), " ".join(RIGHT), below]


@pytest.mark.parametrize("borders", ["ALL", "NONE", "HORIZONTAL_LINES", "MINIMAL"])
def test_a_table_gives_its_rows(borders: str) -> None:
    made = blank()
    with made.table(borders_layout=borders) as table:
        for row in ROWS:
            table.row(row)
    assert read(made) == FLEET


def test_a_cell_of_several_lines_and_an_empty_one_stay_cells() -> None:
    made = blank()
    remark = "sold to the guild of Lenna in the spring, but not yet delivered to it"
    with made.table(col_widths=(30, 30, 40)) as table:
        for row in (["Boat", "Built", "Remarks"], ["Aurora", "", remark], ["Corvus", "2003", ""]):
            table.row(row)
    assert read(made).split("\n")[2:] == [f"| Aurora |  | {remark} |", "| Corvus | 2003 |  |"]


def test_a_table_of_several_pages_has_one_head_and_each_row_its_page() -> None:
    made = blank()
    with made.table() as table:
        table.row(["Number", "Boat", "Catch"])
        for number in range(1, 80):
            table.row([str(number), f"Boat {number}", f"{number * 37}.5"])
    extracted = load(bytes(made.output()))
    rows = extracted.text.split("\n")
    assert rows.count("| Number | Boat | Catch |") == 1
    assert rows[2:] == [f"| {n} | Boat {n} | {n * 37}.5 |" for n in range(1, 80)]
    pages = [extracted.page(extracted.text.index(f"| Boat {number} |")) for number in (1, 79)]
    assert pages == [1, made.page]


def test_lines_that_are_set_to_one_width_are_no_table() -> None:
    made = blank()
    words = ["of the unsatisfactory", "Representatives said documentation", "but nobody cared at"]
    made.set_left_margin(20)
    for _ in range(4):
        made.multi_cell(60, 6, " ".join(words) + " all.", align="J", new_x="LMARGIN")
    assert "|" not in read(made)


@pytest.mark.parametrize(
    ("raised", "kept"), [("6", "10⁶"), ("-9", "10⁻⁹"), ("n/2", "10^(n/2)"), ("12", "10¹²")]
)
@pytest.mark.parametrize("share", [0.6, 0.97])
def test_what_is_raised_does_not_become_part_of_a_number(
    raised: str, kept: str, share: float
) -> None:
    made = blank()
    x = at(made, 20, 50, "The reservoir of Lenna holds 10")
    x = at(made, x, 48.4, raised, size=11 * share)
    at(made, x + 1, 50, "litres of water, enough for a month.")
    assert read(made) == f"The reservoir of Lenna holds {kept} litres of water, enough for a month."


def test_a_mark_of_a_note_and_a_lowered_figure_are_told_from_numbers() -> None:
    made = blank()
    x = at(made, 20, 50, "It was counted in 2023")
    x = at(made, x, 48.5, "1", size=7)
    x = at(made, x + 1, 50, "in H")
    x = at(made, x, 51, "2", size=7)
    at(made, x, 50, "O.")
    assert read(made) == "It was counted in 2023¹ in H₂O."


def divided(*texts: str) -> str:
    """Return what is read of lines of a paragraph."""
    made = blank()
    for i, line in enumerate(texts):
        at(made, 20, 50 + 6 * i, line)
    return read(made)


def test_a_hyphen_at_the_end_of_a_line_stays_where_it_is_the_words_own() -> None:
    text = divided(
        "Members co-operate with communities, and the commit-",
        "tee asked them to report. Where they did not co-",
        "operate the committee said so in its report of 2019-",
        "2020, which the Anglo-",
        "Saxon members read.",
    )
    assert "the committee asked" in text
    assert "not co-operate the" in text
    assert "2019-2020, which the Anglo-Saxon" in text


def test_a_text_without_divided_words_keeps_its_hyphens() -> None:
    text = divided(
        "A long-term contract is long, and a well-known one is",
        "known well. The guild has a long-",
        "term plan, and a short-",
        "lived one, with a fore-",
        "and a hindsight.",
    )
    assert "a long-term plan, and a short-lived one, with a fore- and" in text


def test_headings_are_known_by_their_size_and_lists_by_their_marks() -> None:
    made = blank()
    at(made, 20, 30, "The harbour", size=20)
    at(made, 20, 40, "What it has", size=15)
    for i, line in enumerate(("It has little, and what it has is old, as all agree who were there:",
                              "- a pier of 40 metres", "- a crane", "1. Open the valve.",
                              "2. Close it.")):  # fmt: skip
        at(made, 20, 50 + 6 * i, line)
    assert read(made).split("\n\n") == [
        "# The harbour",
        "## What it has",
        "It has little, and what it has is old, as all agree who were there:",
        "- a pier of 40 metres\n- a crane\n1. Open the valve.\n2. Close it.",
    ]


def test_a_sentence_goes_on_on_the_next_page_which_begins_within_it() -> None:
    made = blank()
    at(made, 20, 50, "The keeper of the lighthouse, who is named")
    made.add_page()
    at(made, 20, 50, "after his father, is 46 years old.")
    extracted = load(bytes(made.output()))
    whole = "The keeper of the lighthouse, who is named after his father, is 46 years old."
    assert extracted.text == whole
    assert extracted.pages == (0, whole.index("after"))


def test_what_cannot_be_seen_is_not_read() -> None:
    made = blank()
    at(made, 20, 50, TEXT[:51])
    made.set_text_color(255, 255, 255)
    at(made, 20, 60, "White on white it costs 99 euros.")
    made.set_fill_color(0, 0, 80)
    made.rect(20, 70, 100, 10, style="F")
    at(made, 22, 77, "White on blue it costs 11 euros.")
    made.set_text_color(0, 0, 0)
    at(made, 400, 50, "Beside the page it costs 77 euros.")
    assert read(made) == f"{TEXT[:51]}\n\nWhite on blue it costs 11 euros."


def sideways(made: FPDF, texts: Sequence[str], angle: int) -> None:
    with made.rotation(angle, 100, 100):
        for i, line in enumerate(texts):
            at(made, 30, 60 + 6 * i, line)


@pytest.mark.parametrize("angle", [90, 270])
def test_a_page_that_is_written_sideways_is_read(angle: int) -> None:
    made = blank()
    sideways(made, LEFT, angle)
    assert read(made) == " ".join(LEFT)


@st.composite
def placed_words(draw: st.DrawFn) -> list[Word]:
    """Draw words of a page, in places and sizes of all kinds."""
    places = draw(
        st.lists(
            st.tuples(
                st.integers(0, 60).map(lambda x: x * 10.0),
                st.integers(0, 40).map(lambda y: y * 8.0),
                st.sampled_from([7.0, 10.0, 10.0, 20.0]),
            ),
            min_size=1,
            max_size=60,
            unique_by=lambda place: place[:2],
        )
    )
    return [
        Word(
            f"too-long-for-a-mark-{i}",
            Box(x * 10.0, y * 8.0, x * 10.0 + 9, y * 8.0 + size * 1.2),
            size,
        )
        for i, (x, y, size) in enumerate(places)
    ]


def flat(part: Part) -> list[str]:
    if isinstance(part, list):
        return [word for line in part for word in line.text.split()]
    return [word for row in part.rows for cell in row for word in cell.split()]


@given(placed_words())
@settings(deadline=None)
def test_no_word_is_lost_or_read_twice(words: list[Word]) -> None:
    parts = in_reading_order(lines(words), [])
    assert sorted(word for part in parts for word in flat(part)) == sorted(
        word.text for word in words
    )


@given(placed_words(), st.lists(st.tuples(*[st.integers(0, 60)] * 4), max_size=20))
@settings(deadline=None)
def test_lines_that_are_drawn_take_no_word_away(
    words: list[Word], drawn: list[tuple[int, ...]]
) -> None:
    rules = [
        Box(min(a, c) * 10.0, min(b, d) * 8.0, max(a, c) * 10.0, min(b, d) * 8.0)
        if i % 2
        else Box(min(a, c) * 10.0, min(b, d) * 8.0, min(a, c) * 10.0, max(b, d) * 8.0)
        for i, (a, b, c, d) in enumerate(drawn)
    ]
    tables, outside = grids(words, rules)
    parts = in_reading_order(lines(outside), tables)
    assert sorted(word for part in parts for word in flat(part)) == sorted(
        word.text for word in words
    )
