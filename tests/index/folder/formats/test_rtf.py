"""Rich text gives what is seen of it, in whatever encodings it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.rtf import load

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0"


def text_of(body: str, head: str = HEAD) -> str:
    return load(f"{head} {body}}}".encode("latin-1")).text


def test_headings_lists_tables_and_notes_are_known() -> None:
    read = load(
        rb"""{\rtf1\ansi{\fonttbl{\f0 Times;}}
{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}
{\info{\title The caf\'e9}{\author Ada Berg}{\comment hidden}}{\header Running head\par}
\pard\s1 The caf\'e9\par\pard\s0 It is open.\par
{\pntext\f0 1.\tab}Go in.\par{\listtext\f0\'b7\tab}Sit down.\par
\trowd\trhdr\cellx1\cellx2\intbl Kind\cell Fee\cell\row
\trowd\cellx1\cellx2\intbl child\par or dog\cell 3|50\cell\row
\pard See
 {\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt the page}}.{\footnote In 1987.}\par}"""
    )
    assert (read.title, read.author) == ("The café", "Ada Berg")
    assert read.text.split("\n\n") == [
        "# The café",
        "It is open.",
        "1. Go in.",
        "- Sit down.",
        "| Kind | Fee |\n| --- | --- |\n| child or dog | 3\\|50 |",
        "See the page.[1]",
        "[1] In 1987.",
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"10{\super 6} H{\sub 2}O", "10⁶ H₂O"),
        (r"10\up6 6\up0  a", "10⁶ a"),
        (r"a{\v hidden}{\deleted gone}{\strike old\plain  new}b", "a newb"),
        (r"a\v hidden\v0 b", "ab"),
        (r"{\*\unknown gone}a{\*\bkmkstart x}b", "ab"),
        (r"\u8364? \u-10179?\u-8694? \uc0\u233 x", "€ 😊 éx"),
        (r"{\uc2\u8364\'80\'80}a", "€a"),
        (r"\{1 < 2\} \\ & 3", r"{1 < 2} \ & 3"),
        (r"a\emdash b\~c\-d", "a—b cd"),
        (r"{\pict\bin5 }}}}}a}b", "b"),
        (r"{\shp{\*\shpinst{\sp{\sn x}{\sv 99}}{\shptxt Boxed.\par}}}", "Boxed."),
    ],
)
def test_only_what_is_seen_is_read(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("number", "encoding", "words"),
    [
        (238, "cp1250", "Zażółć"),
        (204, "cp1251", "Причал"),
        (134, "gbk", "港口"),
        (0, "cp1252", "Qué"),
    ],
)
def test_a_font_says_which_encoding_its_words_have(number: int, encoding: str, words: str) -> None:
    written = "".join(rf"\'{byte:02x}" for byte in words.encode(encoding))
    fonts = rf"{{\fonttbl{{\f0 Times;}}{{\f1\fcharset{number} Times;}}}}"
    assert text_of(rf"{fonts}{{\f1 {written}}} caf\'e9") == f"{words} café"


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=9))
def test_no_number_is_lost(numbers: list[int]) -> None:
    body = "".join(rf"at {number} {{\b x}}\par " for number in numbers)
    assert text_of(body).split("\n\n") == [f"at {number} x" for number in numbers]


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for each in (data, rb"{\rtf1 " + data):
        try:
            load(each)
        except UnreadableError as error:
            assert "no" in str(error)
