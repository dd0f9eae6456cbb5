"""The shipped reader finds answers in passages, in the language of the question or another."""

import numpy as np
import pytest

from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import SentenceTransformerEncoder
from index.language.sentences import sentences
from index.reader import SHIPPED
from index.reader.reader import PassageReading, Reader

TEXTS = {
    "en": "The harbour closed in 1987. Its keeper was Anna Ottesen. Twelve boats are left there.",
    "es": "El puerto cerró en 1987. Su guardiana era Anna Ottesen. Quedan allí doce barcos.",
    "it": "Il porto chiuse nel 1987. Il suo guardiano era Anna Ottesen. Restano dodici barche.",
    "zh": "该港口于1987年关闭。它的看守人是安娜·奥特森。那里还有十二艘船。",
}
QUESTIONS = {
    "en": "When did the harbour close?",
    "es": "¿Cuándo cerró el puerto?",
    "it": "Quando chiuse il porto?",
    "zh": "港口是什么时候关闭的？",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(SHIPPED, cache_dir=CACHE_DIR)


def most_likely(reading: PassageReading, text: str) -> str:
    start, end = int(reading.start.argmax()), int(reading.end.argmax())
    return text[reading.offsets[start, 0] : reading.offsets[end, 1]].strip()


@pytest.mark.real
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_an_answer_is_found_in_every_language(reader: Reader, question: str) -> None:
    texts = list(TEXTS.values())
    readings = reader.read(question, texts)
    for reading, text in zip(readings, texts, strict=True):
        assert "1987" in most_likely(reading, text)
        assert reading.start.sum() == pytest.approx(1, abs=1e-3)
        assert reading.end.sum() == pytest.approx(1, abs=1e-3)


@pytest.mark.real
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_the_sentence_that_answers_has_the_highest_logit(reader: Reader, question: str) -> None:
    texts = list(TEXTS.values())
    spans = [list(sentences(text, (0, len(text)), language)) for language, text in TEXTS.items()]
    for reading in reader.read(question, texts, spans):
        assert len(reading.sentences) == 3
        assert reading.sentences.argmax() == 0


@pytest.mark.real
def test_a_sentence_is_judged_within_its_passage_whatever_is_read_beside_it(
    reader: Reader,
) -> None:
    text = TEXTS["en"]
    end = text.index(".") + 1
    several = reader.read(QUESTIONS["en"], [text, TEXTS["es"]], [[(0, end), (end, len(text))], []])
    (alone,) = reader.read(QUESTIONS["en"], [text], [[(0, end)]])
    assert [len(reading.sentences) for reading in several] == [2, 0]
    assert alone.sentences[0] == pytest.approx(several[0].sentences[0], abs=0.3)
    assert len(reader.read(QUESTIONS["en"], [text])[0].sentences) == 0


def test_from_a_character_on_there_are_the_tokens_that_end_behind_it() -> None:
    shares = np.array([0.1, 0.2, 0.3, 0.4], np.float32)
    offsets = np.array([(0, 3), (3, 6), (5, 8), (8, 9)], np.int32)
    reading = PassageReading(1.5, np.ones(2, np.float32), shares, shares[::-1], offsets)
    rest = reading.from_character(6)
    assert rest.offsets.tolist() == [[0, 2], [2, 3]], "of a token across the cut, what is behind it"
    assert rest.start.tolist() == pytest.approx([0.3, 0.4])
    assert rest.end.tolist() == pytest.approx([0.2, 0.1])
    assert (rest.answerable, rest.sentences.tolist()) == (1.5, [1, 1])
    assert reading.from_character(0).offsets.tolist() == offsets.tolist()
    assert len(reading.from_character(9).start) == 0


@pytest.mark.real
def test_a_passage_that_answers_has_a_higher_logit_than_one_that_does_not(reader: Reader) -> None:
    answers, not_at_all = reader.read(
        QUESTIONS["en"], [TEXTS["es"], "Whales sing at night, and nobody knows what about."]
    )
    assert answers.answerable > not_at_all.answerable + 0.5


@pytest.mark.real
def test_beside_the_encoder_it_reads_the_same_and_leaves_the_encoder_as_it_is(
    reader: Reader, encoder: SentenceTransformerEncoder
) -> None:
    before = encoder.encode_passages([TEXTS["en"]])
    shared = Reader(SHIPPED, cache_dir=CACHE_DIR, beside=encoder)
    texts = list(TEXTS.values())
    for one, other in zip(
        reader.read(QUESTIONS["es"], texts), shared.read(QUESTIONS["es"], texts), strict=True
    ):
        assert one.answerable == pytest.approx(other.answerable, abs=0.3)
        assert one.start == pytest.approx(other.start, abs=0.1)
    assert np.array_equal(encoder.encode_passages([TEXTS["en"]]), before)
    assert shared._loaded[0].encoder.embeddings is encoder.network().embeddings


@pytest.mark.real
def test_passages_come_back_in_their_order_however_they_were_batched(reader: Reader) -> None:
    texts = [TEXTS["zh"], TEXTS["en"] * 3, TEXTS["it"], TEXTS["en"], TEXTS["es"], TEXTS["en"] * 2]
    together = reader.read(QUESTIONS["it"], texts)
    for reading, text in zip(together, texts, strict=True):
        (alone,) = reader.read(QUESTIONS["it"], [text])
        assert np.array_equal(alone.offsets, reading.offsets)
        assert alone.answerable == pytest.approx(reading.answerable, abs=0.3)


@pytest.mark.real
def test_offsets_stand_within_the_passage(reader: Reader) -> None:
    for reading, text in zip(reader.read("q", list(TEXTS.values())), TEXTS.values(), strict=True):
        assert len(reading.offsets) == len(reading.start) == len(reading.end)
        assert (reading.offsets[:, 0] < reading.offsets[:, 1]).all()
        assert reading.offsets.min() >= 0
        assert reading.offsets.max() <= len(text)


@pytest.mark.real
def test_an_empty_passage_has_no_tokens_and_a_long_one_is_cut(reader: Reader) -> None:
    assert reader.read("q", []) == []
    empty, long = reader.read("who " * 500, ["", "word " * 3000])
    assert len(empty.start) == 0
    assert 0 < len(long.start) < 512
