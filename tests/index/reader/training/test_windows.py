"""A window has whole sentences around a span, and no more than a chunk has."""

import random

import pytest

from index.language.scripts import weight
from index.reader.training.windows import LONGEST, sentence_spans, window
from index.training.question_sets import SetPassage

TEXTS = {
    "en": " ".join(f"The boat with number {number} sails to Skagen." for number in range(60)),
    "zh": "".join(f"第{number}艘船驶向斯卡恩港口。" for number in range(60)),
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_window_is_of_whole_sentences_around_the_span(language: str) -> None:
    passage = SetPassage("p", "", TEXTS[language], language, "k")
    spans = sentence_spans(passage)
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    draw = random.Random(1)
    sizes = set()
    for _ in range(100):
        start, end = draw.choice(spans)
        around = (start + 2, end - 2)
        first, last = window(passage, around, draw)
        assert first in starts and last in ends
        assert first <= start and end <= last
        sizes.add(weight(passage.text[first:last]))
    assert max(sizes) <= LONGEST
    assert len(sizes) > 10, "windows have many sizes"


def test_a_short_passage_is_one_window() -> None:
    passage = SetPassage("p", "", "It sails. It is red.", "en", "k")
    assert window(passage, (0, 2), random.Random(1)) == (0, len(passage.text))


def test_a_span_outside_of_the_sentences_is_its_own_window() -> None:
    passage = SetPassage("p", "", "It sails.   ", "en", "k")
    assert window(passage, (10, 11), random.Random(1)) == (10, 11)
