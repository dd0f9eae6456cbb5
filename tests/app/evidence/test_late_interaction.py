"""A sentence covers a question by the words it holds, with or without its neighbours'."""

import pytest

from app.evidence.late_interaction import CoveredChunk, LateInteraction
from index.chunking import split
from tests.encoders import BagOfWords
from tests.files import article_of

TEXT = "Whales sing at night. Nobody knows why. Boats leave at nine."


def cover(question: str, text: str = TEXT, encoder: BagOfWords | None = None) -> CoveredChunk:
    chunks = list(split(article_of("a.md", text.encode())))
    (covered,) = LateInteraction(encoder or BagOfWords(dimensions=8192)).cover(question, chunks)
    return covered


def test_each_sentence_is_covered_by_its_own_words() -> None:
    first, second, third = cover("whales sing").sentences
    assert TEXT[first.start : first.end] == "Whales sing at night."
    assert first.mean == pytest.approx(1, abs=0.02)
    assert second.mean == pytest.approx(0, abs=0.02)
    assert third.mean == pytest.approx(0, abs=0.02)


def test_around_counts_the_words_of_the_sentences_beside_it() -> None:
    first, second, third = cover("whales boats").sentences
    assert [s.mean for s in (first, third)] == pytest.approx([0.5, 0.5], abs=0.02)
    assert second.around == pytest.approx(1, abs=0.02)
    assert first.around == pytest.approx(0.5, abs=0.02), "the third is not beside it"


def test_what_leads_to_a_sentence_counts_with_it() -> None:
    answer, more, other = cover("whales sing", "Do whales sing? Yes. Often.\n\nBoats.").sentences
    assert answer.mean == pytest.approx(1, abs=0.02)
    assert min(more.least, more.around) == pytest.approx(1, abs=0.02)
    assert other.mean == pytest.approx(0, abs=0.02)
    row, _ = cover("whales sing", "| whales | wolves |\n|---|---|\n| sing | 1 |\n\nSo.").sentences
    assert row.mean == pytest.approx(1, abs=0.02)


def test_what_stands_above_may_cover_a_question_better() -> None:
    text = "## Boats\n\nSome sing. Who sails them?\n\n- Nobody.\n- Crews."
    sing, nobody, crews = cover("boats", text).sentences
    assert sing.above == pytest.approx(1, abs=0.02), "the heading"
    sing, nobody, crews = cover("boats sails", text).sentences
    assert sing.above == pytest.approx(0.5, abs=0.02)
    assert nobody.above == crews.above == pytest.approx(1, abs=0.02), "heading and lead"
    assert cover("crews", text).sentences[-1].above == pytest.approx(-1, abs=0.02)


def test_what_is_left_out_is_not_around_either() -> None:
    for sentence in cover("whales", "Boats leave. Do whales sing? Nobody knows.").sentences:
        assert sentence.around == pytest.approx(0, abs=0.02)


def test_the_worst_covered_third_is_told_apart() -> None:
    (sentence,) = cover("whales sing wolves", "Whales sing.").sentences
    assert sentence.mean == pytest.approx(2 / 3, abs=0.02)
    assert sentence.least == pytest.approx(0, abs=0.02)


def test_a_sentence_that_asks_is_left_out() -> None:
    assert len(cover("whales", "Do whales sing? Whales sing.").sentences) == 1


def test_a_question_without_words_covers_nothing() -> None:
    assert cover("…").sentences == ()


def test_a_passage_is_encoded_once() -> None:
    class Counting(BagOfWords):
        texts = 0

        def passage_tokens(self, texts):  # type: ignore[no-untyped-def]
            self.texts += len(texts)
            return super().passage_tokens(texts)

    encoder = Counting()
    late = LateInteraction(encoder)
    chunks = list(split(article_of("a.md", TEXT.encode())))
    late.cover("whales", chunks)
    before = encoder.texts
    late.cover("boats", chunks)
    assert encoder.texts == before
