"""Text that comes in pieces becomes sentences, and marks stay out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.writing.model.sentence_stream import Sentence, SentenceReader


def read(text: str, size: int = 1, language: str = "en") -> tuple[str, list[Sentence]]:
    """Return the text that is shown, and the sentences, of a text that comes in pieces."""
    reader = SentenceReader(language)
    parts: list[str | Sentence] = []
    for start in range(0, len(text), size):
        parts += reader.feed(text[start : start + size])
    parts += reader.close()
    shown = "".join(part for part in parts if isinstance(part, str))
    return shown, [part for part in parts if isinstance(part, Sentence)]


@pytest.mark.parametrize(
    ("mark", "cited"),
    [
        ("[1]", (1,)),
        ("[1][2]", (1, 2)),
        ("[1, 3]", (1, 3)),
        ("[1]，[2]", (1, 2)),
        ("[2-4]", (2, 3, 4)),
        ("[[5]]", (5,)),
        ("【6】", (6,)),
        ("［7］", (7,)),
        ("[^8]", (8,)),
        ("[Passage 9]", (9,)),
        ("[1] [1]", (1,)),
        ("[9-2]", (9, 2)),
        ("[1-99]", (1, 99)),
    ],
)
def test_a_mark_is_read_however_it_is_written(mark: str, cited: tuple[int, ...]) -> None:
    for text in (f"It opened in May {mark}.", f"It opened in May. {mark}"):
        for size in (1, 3, 100):
            _, (sentence,) = read(text, size)
            assert sentence.cited == cited


@pytest.mark.parametrize(
    "text", ["See [the list].", "It has [no end", "A[", "It is [citation needed].", "An array[i]."]
)
def test_brackets_without_a_number_are_text(text: str) -> None:
    shown, (sentence,) = read(text)
    assert shown == sentence.text == text
    assert sentence.cited == ()


def test_marks_go_to_the_sentence_before_them() -> None:
    text = "It opened in May. [1] It closed [2] in June [3]. Nothing is known of July."
    shown, sentences = read(text)
    assert shown == "It opened in May. It closed in June. Nothing is known of July."
    assert [sentence.cited for sentence in sentences] == [(1,), (2, 3), ()]


def test_chinese_sentences_need_no_space() -> None:
    shown, sentences = read("港口五月开放[1]。六月关闭。【2】还有别的。", 2, "zh")
    assert shown == "港口五月开放。六月关闭。还有别的。"
    assert [(s.text, s.cited) for s in sentences] == [
        ("港口五月开放。", (1,)),
        ("六月关闭。", (2,)),
        ("还有别的。", ()),
    ]


def test_an_item_of_a_list_is_a_sentence_with_its_number() -> None:
    _, sentences = read("1. It opened [1]\n2. It closed [2]\n\nThat is all")
    assert [(s.text, s.cited) for s in sentences] == [
        ("1. It opened", (1,)),
        ("2. It closed", (2,)),
        ("That is all", ()),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He works at Foo Inc. The company grew.",
        "The U.S. The end.",
        "It is Dr. Who. He left.",
        "Costs fell by 4.4 times. They rose again.",
    ],
)
def test_a_sentence_ends_between_words_however_small_the_pieces(text: str) -> None:
    for size in range(1, 6):
        shown, sentences = read(text, size)
        assert shown == text
        assert " ".join(sentence.text for sentence in sentences) == text


def test_a_figure_alone_is_a_sentence() -> None:
    _, sentences = read("The passages give this number:\n700,000 [1]")
    assert [(s.text, s.cited) for s in sentences][1] == ("700,000", (1,))


@pytest.mark.parametrize("text", ["It is an A100 [A100].", "As [Fig3] shows."])
def test_a_name_in_brackets_is_no_mark(text: str) -> None:
    shown, (sentence,) = read(text)
    assert (shown, sentence.cited) == (text, ())


def test_a_stray_bracket_hides_no_mark() -> None:
    text = "It has [ a bracket that is never closed and it goes on and on [1]"
    assert read(text, 62)[1][0].cited == (1,)


def test_a_full_stop_within_a_figure_or_a_name_ends_nothing() -> None:
    _, sentences = read("The U.S. firm paid 4.4 billion [1].")
    assert [sentence.text for sentence in sentences] == ["The U.S. firm paid 4.4 billion."]


@pytest.mark.parametrize("text", ["", "   ", "[1]", "...", "[1][2]\n", "1. 2. 3."])
def test_what_has_no_word_is_no_sentence(text: str) -> None:
    assert read(text)[1] == []


@given(st.text(alphabet="ab .[]1,\n。【】-", max_size=60), st.integers(min_value=1, max_value=9))
def test_the_sentences_are_all_that_is_shown(text: str, size: int) -> None:
    shown, sentences = read(text, size)
    letters = [character for character in shown if character.isalpha()]
    assert letters == [c for sentence in sentences for c in sentence.text if c.isalpha()]
    for sentence in sentences:
        assert sentence.text in shown
