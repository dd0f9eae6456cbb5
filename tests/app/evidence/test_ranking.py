"""Sentences are ranked by how much of the question they hold."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from app.evidence.calibration import Calibration, Curve
from app.evidence.evidence import Evidence
from app.evidence.ranking import LIMIT, PassageReader, Ranking
from index.chunking import split
from index.encoder.embedding import TokenVectors
from index.search import Passage
from tests.encoders import BagOfWords
from tests.files import ARTICLES, GANG, HARBOUR, article_of
from tests.readers import BY_WORDS, WordReader

# The odds of a sentence are as e to its cosine, times the reader's share, times its odds.
CURVE = Curve({"late": 1, "share": 1, "answerable": 1}, intercept=0)


def passages_of(*texts: str) -> list[Passage]:
    articles = [article_of(f"{i}.md", text.encode()) for i, text in enumerate(texts)]
    return [Passage(chunk, 1.0) for article in articles for chunk in split(article)]


def ranking(encoder: BagOfWords | None = None, reader: PassageReader | None = None) -> Ranking:
    calibration = Calibration(encoder="bag-of-words", sentence=CURVE, answer=CURVE, threshold=0.5)
    return Ranking(encoder or BagOfWords(), reader, calibration)


def rank(question: str, *texts: str, reader: PassageReader | None = None) -> list[Evidence]:
    return ranking(reader=reader).rank(question, passages_of(*texts))


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("How many metres tall is its lighthouse?", "Its lighthouse is 46 metres tall."),
        ("Ottesen", "A keeper named Ottesen looks after it."),
        ("cargueros en 1987", "El puerto de Skagen cerró a los cargueros en 1987."),
        ("那里有多少渔船", "那里还有十二艘渔船。"),
    ],
)
def test_the_sentence_that_holds_most_of_the_question_comes_first(question: str, best: str) -> None:
    ranked = rank(question, *ARTICLES.values())
    assert ranked[0].text == best
    assert [e.score for e in ranked] == sorted((e.score for e in ranked), reverse=True)


def test_a_sentence_is_covered_by_the_share_of_the_questions_words_it_holds() -> None:
    (evidence,) = rank("alpha beta", "Alpha gamma.")
    assert evidence.signals.late == pytest.approx(0.5, abs=0.02)
    assert evidence.signals.least == pytest.approx(0, abs=0.02)


def test_what_a_question_leans_on_is_for_the_reader_alone() -> None:
    text = "The lighthouse of Skagen is old. Its keeper paints it."
    asked, in_full = "who paints it", "lighthouse of Skagen is old\nwho paints it"
    one = ranking(reader=WordReader())
    (alone,), (after,) = (
        [e for e in one.rank(asked, passages_of(text), in_full=above) if "old" in e.text]
        for above in (None, in_full)
    )
    assert after.signals.late == alone.signals.late
    assert after.signals.answers > alone.signals.answers


def test_a_question_that_leans_on_others_is_ranked_by_the_curve_for_these() -> None:
    late, least = Curve({"late": 9.0}, -5.0), Curve({"least": 9.0}, -5.0)
    own = Ranking(BagOfWords(), None, replace(BY_WORDS, sentence=late, following=least))
    passages = passages_of("Whales sing.")
    (alone,) = own.rank("whales sing wolves", passages, in_full="whales sing wolves")
    (after,) = own.rank("whales sing wolves", passages, in_full="Boats?\nwhales sing wolves")
    assert alone.score == late.probability(alone.signals)
    assert after.score == least.probability(after.signals)
    plain = Ranking(BagOfWords(), None, BY_WORDS)
    (same,) = plain.rank("whales sing wolves", passages, in_full="Boats?\nwhales sing wolves")
    assert same.score == BY_WORDS.sentence.probability(same.signals)


def test_where_the_reader_sees_the_answer_counts() -> None:
    text = "Whales sing at night. A boat left at nine, and another boat at ten."
    ranked = rank("boat whales", text, reader=WordReader())
    # Of three words that were asked for, the second sentence has two, where the answer may begin
    # and end; by words alone the sentences are equal.
    assert [e.signals.share for e in ranked] == pytest.approx(np.log([4 / 9, 1 / 9]))
    assert ranked[0].text.startswith("A boat")
    assert [e.signals.answerable for e in ranked] == [5, 5]


def test_the_answer_stands_within_its_sentence() -> None:
    text = "Whales sing at night. Nine boats left the harbour."
    ranked = rank("which boats left", text, reader=WordReader())
    assert ranked[0].answer is not None
    assert text[slice(*ranked[0].answer)] == "boats"
    assert ranked[1].answer is None, "nothing there is likely enough"


def test_the_reader_reads_what_covers_the_question_best_and_no_more_than_it_has_time_for() -> None:
    reader = WordReader()
    texts = [f"Boat {n} left. {'It was dark. ' * 40}" for n in range(30)]
    encoder = BagOfWords(dimensions=8192)  # so that no two of these words share one
    ranked = ranking(encoder, reader).rank("when did boat 23 leave", passages_of(*texts))
    assert "Boat 23" in reader.read_passages[0]
    assert 1 <= len(reader.read_passages) < len(texts)
    assert all(e.passage.chunk.in_context in reader.read_passages for e in ranked)


@pytest.mark.parametrize("text", [HARBOUR, GANG, "First. Second!\n\n- Third\n- fourth\n"])
def test_a_sentence_stands_at_its_place(text: str) -> None:
    ranked = rank("harbour", text)
    assert ranked
    assert all(text[evidence.start : evidence.end] == evidence.text for evidence in ranked)


@pytest.mark.parametrize(
    "text",
    [
        "# Whales\n\nText.",
        "# Whales\nText.",
        "Text.\n\n## Whales",
        "Whales? Text.",
        "鲸鱼？有。Whales？",
    ],
)
def test_a_heading_or_a_question_is_no_evidence(text: str) -> None:
    assert all("hales" not in evidence.text for evidence in rank("whales", text))


def test_no_more_than_ten_sentences_are_handed_on() -> None:
    assert len(rank("boat", " ".join(f"Boat {n} left." for n in range(30)))) == LIMIT == 10


@pytest.mark.parametrize("question", ["…", "boat"])
def test_nothing_comes_of_no_passages_or_no_words(question: str) -> None:
    assert ranking().rank(question, []) == []
    assert ranking().rank("…", passages_of(HARBOUR)) == []
    assert ranking(reader=WordReader()).rank("…", passages_of(HARBOUR)) == []


def test_a_passage_is_encoded_once() -> None:
    class Counting(BagOfWords):
        def passage_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
            self.embedded += texts
            return super().passage_tokens(texts)

    encoder = Counting()
    one = ranking(encoder)
    first = one.rank("harbour", passages_of(HARBOUR))
    embedded = len(encoder.embedded)
    again = one.rank("harbour", passages_of(HARBOUR))
    assert again == first
    assert len(encoder.embedded) == embedded > 0


def test_scores_lie_between_0_and_1_even_for_opposite_vectors() -> None:
    class Opposite(BagOfWords):
        def question_tokens(self, question: str) -> TokenVectors:
            tokens = super().question_tokens(question)
            return TokenVectors(np.negative(tokens.vectors), tokens.offsets)

    ranked = ranking(Opposite()).rank("lighthouse tall", passages_of(HARBOUR))
    assert ranked
    assert all(0 <= evidence.score <= 1 for evidence in ranked)
