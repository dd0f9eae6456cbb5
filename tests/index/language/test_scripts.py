"""Runs of Chinese and Japanese are spelled as pairs of characters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.scripts import CAPITAL, CASED, bigrams, is_wide, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("用Trainium训练模型", " 用 Trainium 训练 练模 模型 "),
        ("plain words, 1987", "plain words, 1987"),
        ("港", " 港 "),
        ("港口。关闭", " 港口 。 关闭 "),
        ("한국어 문장", "한국어 문장"),
        ("カタカナ", " カタ タカ カナ "),
        ("", ""),
    ],
)
def test_bigrams(text: str, expected: str) -> None:
    assert bigrams(text) == expected


@given(st.text(st.sampled_from("港口关闭カナabc 1。")))
def test_bigrams_lose_nothing_and_join_nothing(text: str) -> None:
    spelled = bigrams(text)
    narrow = [character for character in text if not is_wide(character) and character != " "]
    assert [c for c in spelled if not is_wide(c) and c != " "] == narrow
    assert {c for c in spelled if is_wide(c)} == {c for c in text if is_wide(c)}
    assert all(word in text for word in spelled.split())


def test_words_are_in_small_letters_and_each_wide_character_is_one() -> None:
    assert words("用Trainium 3训练!") == ["用", "trainium", "3", "训", "练"]
    assert words("L'École n’est pas, é_a") == ["l", "école", "n", "est", "pas", "é", "a"]
    assert words("… ") == []


def test_capitals_are_letters_of_scripts_that_have_them() -> None:
    assert {*"AÉŁΑЖ"} <= {*CAPITAL}
    assert not {*"aéł1港"} & {*CAPITAL}
    assert re.fullmatch(f"[{CASED}]+", CAPITAL)
