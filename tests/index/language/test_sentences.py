"""Sentences are found at their exact places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.sentences import sentences


@given(
    st.text(
        st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \n.!?。？\u3000"))
    ),
    st.sampled_from(["en", "it", "es", "zh", "ja", "und", "xx"]),
)
def test_sentences_are_bare_in_order_and_hold_every_letter(text: str, language: str) -> None:
    end = 0
    kept = ""
    for start, stop in sentences(text, (0, len(text)), language):
        assert start >= end
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
        kept += text[start:stop]
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "It costs 3.5 dollars. Dr. Ruiz said so!",
            ["It costs 3.5 dollars.", "Dr. Ruiz said so!"],
        ),
        ("it", "Vale 4,4 volte. Perché? Non si sa.", ["Vale 4,4 volte.", "Perché?", "Non si sa."]),
        ("es", "¿Cuánto? Más de 100.000 euros.", ["¿Cuánto?", "Más de 100.000 euros."]),
        ("zh", "港口关闭了。还有船吗？有十二艘。", ["港口关闭了。", "还有船吗？", "有十二艘。"]),
        ("und", "One. Two.", ["One.", "Two."]),
        ("it", "**Art. 5** Non si vota. Art. 6 Sì.", ["**Art. 5** Non si vota.", "Art. 6 Sì."]),
        ("it", "**Art. 5.** Non si vota. Poi no.", ["**Art. 5.** Non si vota.", "Poi no."]),
        ("en", "We sold all. 12 are left.", ["We sold all.", "12 are left."]),
    ],
)
def test_sentences_end_where_the_language_ends_them(
    language: str, text: str, expected: list[str]
) -> None:
    assert [text[slice(*span)] for span in sentences(text, (0, len(text)), language)] == expected


def test_a_long_text_without_line_ends_is_split_in_time_that_grows_with_it() -> None:
    text = "这是一个句子。" * 30_000
    spans = list(sentences(text, (0, len(text)), "zh"))
    assert len(spans) == 30_000
    assert all(text[start:end] == "这是一个句子。" for start, end in spans)
