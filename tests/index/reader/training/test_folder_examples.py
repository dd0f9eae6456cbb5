"""An example from a folder is what its kind says."""

import itertools
from collections import Counter
from collections.abc import Mapping

import pytest

from index.chunking import Chunk
from index.language.sentences import Span
from index.reader.training.folder_examples import _MIXTURE, FolderExamples
from index.reader.training.question_examples import QuestionExample
from index.training.question_folders import FolderQuestion, QuestionFolder
from tests.encoders import BagOfWords

ENCODER = BagOfWords(dimensions=8192)
CONTEXT = "Skagen\nHarbour"
TEXTS = (
    ("en", "Twelve boats are left. Why? Nobody knows."),
    ("en", "The last boats are twelve. Whales sing."),
    ("zh", "那里还有十二艘船。"),
    ("en", "The lighthouse is 46 metres tall."),
    ("en", "The harbour is old."),
)
CHUNKS = tuple(
    Chunk(str(n), "a.md", 0, len(text), text, language, CONTEXT)
    for n, (language, text) in enumerate(TEXTS)
)


def question(
    text: str,
    answers: Mapping[int, tuple[Span, ...]] | None = None,
    traps: Mapping[int, tuple[Span, ...]] | None = None,
) -> FolderQuestion:
    return FolderQuestion(text, "en", None, answers or {}, traps or {})


BOATS = question("How many boats are left?", {0: ((0, 22),), 1: ((0, 26),), 2: ((0, 9),)})
WIDE = question("How wide is the lighthouse?", traps={3: ((0, 33),)})
SKY = question("Why is the sky blue?")
FOLDER = QuestionFolder("harbours", CHUNKS, (BOATS, WIDE, SKY))


def draw(count: int, seed: int = 1) -> list[QuestionExample]:
    return list(itertools.islice(FolderExamples([FOLDER], ENCODER, seed), count))


@pytest.fixture(scope="module")
def drawn() -> list[QuestionExample]:
    return draw(800)


def texts_of(drawn: list[QuestionExample], kind: str) -> set[tuple[str, str]]:
    """Return the questions and passages of a kind, without what these stand under."""
    return {
        (example.question, example.passage.removeprefix(f"{CONTEXT}\n"))
        for example in drawn
        if example.kind == kind
    }


def test_every_kind_is_drawn_and_the_same_for_the_same_seed(drawn: list[QuestionExample]) -> None:
    counts = Counter(example.kind for example in drawn)
    assert counts.keys() == _MIXTURE.keys() == {"answer", "trap", "no answer", "beside"}
    shares = {kind: 100 * count / len(drawn) for kind, count in counts.items()}
    assert shares == pytest.approx(_MIXTURE, abs=6)
    assert draw(50) == drawn[:50]
    assert draw(50, seed=2) != drawn[:50]


def test_a_passage_is_a_chunk_in_its_context_with_the_sentences_that_state(
    drawn: list[QuestionExample],
) -> None:
    assert all(example.passage.startswith(f"{CONTEXT}\n") for example in drawn)
    stated = {
        example.passage.rpartition("\n")[2]: [example.passage[slice(*s)] for s in example.sentences]
        for example in drawn
    }
    assert stated[TEXTS[0][1]] == ["Twelve boats are left.", "Nobody knows."]
    assert stated[TEXTS[1][1]] == ["The last boats are twelve.", "Whales sing."]
    assert stated[TEXTS[2][1]] == [TEXTS[2][1]]


def test_an_answer_is_marked_where_it_stands(drawn: list[QuestionExample]) -> None:
    answered = [example for example in drawn if example.kind == "answer"]
    assert all(example.is_answerable and example.question == BOATS.text for example in answered)
    assert {tuple(e.passage[slice(*span)] for span in e.right) for e in answered} == {
        ("Twelve boats are left.",),
        ("The last boats are twelve.",),
        ("那里还有十二艘船。",),
    }
    assert all(example.spans == () for example in drawn), "no short answer is known"


def test_each_language_of_the_answers_is_as_likely(drawn: list[QuestionExample]) -> None:
    answered = [example for example in drawn if example.kind == "answer"]
    chinese = sum("船" in example.passage for example in answered)
    assert chinese / len(answered) == pytest.approx(0.5, abs=0.08)


def test_nothing_answers_in_the_other_kinds(drawn: list[QuestionExample]) -> None:
    others = [example for example in drawn if example.kind != "answer"]
    assert not any(example.is_answerable or example.right for example in others)
    assert all(example.sentences for example in others)


def test_a_trap_is_what_was_marked_as_one(drawn: list[QuestionExample]) -> None:
    assert texts_of(drawn, "trap") == {(WIDE.text, TEXTS[3][1])}


def test_what_is_near_is_neither_an_answer_nor_a_trap(drawn: list[QuestionExample]) -> None:
    words = [text for _, text in TEXTS]
    assert texts_of(drawn, "beside") == {(BOATS.text, words[3]), (BOATS.text, words[4])}
    assert texts_of(drawn, "no answer") == {
        *((WIDE.text, text) for text in words if text != words[3]),
        *((SKY.text, text) for text in words),
    }


def test_of_many_chunks_the_nearest_are_drawn() -> None:
    near = [f"The boat number {number} is red." for number in range(12)]
    far = [f"Whales number {number} sing." for number in range(30)]
    chunks = [
        Chunk(str(n), "a.md", 0, len(text), text, "en")
        for n, text in enumerate(["Boat red: 5.", *far, *near])
    ]
    asked = question("Which boat is red?", {0: ((0, 12),)}, {1: ((0, 5),)})
    other = question("Which boat is a red one?")
    folder = QuestionFolder("many", tuple(chunks), (asked, other))
    examples = list(itertools.islice(FolderExamples([folder], ENCODER, 1), 600))
    assert {text for _, text in texts_of(examples, "beside")} == set(near)
