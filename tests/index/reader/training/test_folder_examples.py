"""A group from a folder is what its kind says."""

from collections import Counter
from collections.abc import Mapping
from itertools import islice, pairwise

import pytest

from index.chunking import Chunk
from index.language.sentences import Span
from index.reader.training.batches import Group
from index.reader.training.folder_examples import (
    _AFTER_OTHERS,
    _CUT,
    _MIXTURE,
    _NEAR,
    FolderGroups,
    without_right,
)
from index.reader.training.question_examples import QuestionExample
from index.training.question_folders import FolderQuestion, QuestionFolder
from tests.encoders import BagOfWords

ENCODER = BagOfWords(dimensions=8192)
CONTEXT = "Skagen\nHarbour"
TEXTS = (
    ("en", "Twelve boats are left in Skagen. Why? Nobody knows."),
    ("en", "The last boats are twelve. Whales sing."),
    ("zh", "那里还有十二艘船。"),
    ("en", "The lighthouse is 46 metres tall."),
    ("en", "In Ribe Whales sing."),
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
    *,
    is_follow_up: bool = False,
) -> FolderQuestion:
    return FolderQuestion(text, "en", None, answers or {}, traps or {}, is_follow_up)


BOATS = question("How many boats are left in Skagen?", {0: ((0, 32),), 1: ((0, 26),), 2: ((0, 9),)})
RIBE = question("Who sings in Ribe?", {4: ((0, 20),)})
WIDE = question("How wide is the lighthouse?", traps={3: ((0, 33),)})
SKY = question("Why is the sky blue?")
FOLDER = QuestionFolder("harbours", CHUNKS, (BOATS, RIBE, WIDE, SKY))


def draw(count: int, folder: QuestionFolder = FOLDER, seed: int = 1) -> list[Group]:
    return list(islice(FolderGroups([folder], ENCODER, seed), count))


@pytest.fixture(scope="module")
def drawn() -> list[Group]:
    return draw(1500)


def asked(example: QuestionExample) -> str:
    """Return the question, without others that it was asked after."""
    return example.question.rpartition("\n")[2]


def texts_of(drawn: list[Group], kind: str) -> set[tuple[str, str]]:
    """Return the questions and passages of a kind, without what these stand under."""
    return {
        (asked(example), example.passage.removeprefix(f"{CONTEXT}\n"))
        for group in drawn
        for example in group
        if example.kind == kind
    }


def test_every_kind_is_drawn_and_the_same_for_the_same_seed(drawn: list[Group]) -> None:
    counts = Counter(group[0].kind for group in drawn)
    counts["no answer"] += counts.pop("trap")
    cut = counts.pop("rest")
    assert counts.keys() == _MIXTURE.keys()
    # A chunk that is all answer has nothing left without it; an altered question may not be found.
    assert 0 < cut < _CUT * counts["answer"]
    assert counts["answer"] == pytest.approx(counts["no answer"], rel=0.2)
    assert draw(50) == drawn[:50]
    assert draw(50, seed=2) != drawn[:50]


def test_all_examples_of_a_group_are_of_one_question(drawn: list[Group]) -> None:
    assert all(len({example.question for example in group}) == 1 for group in drawn)
    assert max(map(len, drawn)) == 3


def test_a_passage_is_a_chunk_in_its_context_with_the_sentences_that_state(
    drawn: list[Group],
) -> None:
    examples = [example for group in drawn for example in group]
    assert all(example.passage.startswith(f"{CONTEXT}\n") for example in examples)
    stated = {
        example.passage.rpartition("\n")[2]: [example.passage[slice(*s)] for s in example.sentences]
        for example in examples
    }
    assert stated[TEXTS[0][1]] == ["Twelve boats are left in Skagen.", "Nobody knows."]
    assert stated[TEXTS[1][1]] == ["The last boats are twelve.", "Whales sing."]
    assert stated[TEXTS[2][1]] == [TEXTS[2][1]]


def test_an_answer_is_marked_where_it_stands_beside_what_is_near(drawn: list[Group]) -> None:
    answered = [group for group in drawn if group[0].kind == "answer"]
    assert all(group[0].is_answerable for group in answered)
    assert {tuple(g[0].passage[slice(*span)] for span in g[0].right) for g in answered} == {
        ("Twelve boats are left in Skagen.",),
        ("The last boats are twelve.",),
        ("那里还有十二艘船。",),
        ("In Ribe Whales sing.",),
    }
    assert all([each.kind for each in group[1:]] == ["beside"] * 2 for group in answered)
    assert all(group[0].spans == () for group in answered), "no short answer is known"


def test_each_language_of_the_answers_is_as_likely(drawn: list[Group]) -> None:
    answered = [g[0] for g in drawn if g[0].kind == "answer" and asked(g[0]) == BOATS.text]
    chinese = sum("船" in example.passage for example in answered)
    assert chinese / len(answered) == pytest.approx(0.5, abs=0.08)


def test_nothing_answers_but_in_the_first_of_its_kind(drawn: list[Group]) -> None:
    others = [each for group in drawn for each in group if each.kind != "answer"]
    assert not any(example.is_answerable or example.right for example in others)
    assert all(example.sentences for example in others)


def test_a_chunk_comes_again_without_what_answers(drawn: list[Group]) -> None:
    assert texts_of(drawn, "rest") == {
        (BOATS.text, " Why? Nobody knows."),
        (BOATS.text, " Whales sing."),
    }
    for before, group in pairwise(drawn):
        if group[0].kind == "rest":
            assert (before[0].kind, before[0].question) == ("answer", group[0].question)
            (sentence,) = group[0].sentences
            assert group[0].passage[slice(*sentence)] in ("Nobody knows.", "Whales sing.")


def test_sentences_between_answers_are_found_again_without_them() -> None:
    passage = "T\nA is 1. B is 2. C is 3. D is 4."
    spans = tuple((2 + 8 * i, 9 + 8 * i) for i in range(4))
    whole = QuestionExample("answer", "?", passage, (), True, spans, right=(spans[0], spans[2]))
    rest = without_right(whole)
    assert rest is not None
    assert rest.passage == "T\n B is 2.  D is 4."
    assert [rest.passage[slice(*span)] for span in rest.sentences] == ["B is 2.", "D is 4."]
    assert (
        without_right(QuestionExample("answer", "?", "A.", (), True, ((0, 2),), ((0, 2),))) is None
    )


def test_a_trap_is_what_was_marked_as_one(drawn: list[Group]) -> None:
    assert texts_of(drawn, "trap") == {(WIDE.text, TEXTS[3][1])}


def test_what_is_near_is_neither_an_answer_nor_a_trap(drawn: list[Group]) -> None:
    words = [text for _, text in TEXTS]
    assert texts_of(drawn, "beside") == {
        *((BOATS.text, text) for text in words[3:]),
        *((RIBE.text, text) for text in words if text != words[4]),
    }
    assert texts_of(drawn, "no answer") == {
        *((WIDE.text, text) for text in words if text != words[3]),
        *((SKY.text, text) for text in words),
    }


def test_an_altered_question_asks_of_another_name_what_it_does_not_answer(
    drawn: list[Group],
) -> None:
    altered = [group for group in drawn if group[0].kind == "altered"]
    # Not who sings in Skagen, for which the title stands above everything.
    assert {asked(group[0]) for group in altered} == {"How many boats are left in Ribe?"}
    for group in altered:
        answered, about = (example.passage for example in group)
        assert any(word in answered for word in ("Twelve boats", "boats are twelve", "十二"))
        assert "Ribe" in about


def test_some_questions_are_asked_after_others(drawn: list[Group]) -> None:
    plain = [group[0] for group in drawn if group[0].kind not in ("altered", "rest")]
    after = [example.question.split("\n") for example in plain if "\n" in example.question]
    assert len(after) / len(plain) == pytest.approx(_AFTER_OTHERS, abs=0.03)
    assert all(len(lines) == 3 for lines in after)
    assert {line for lines in after for line in lines} == {q.text for q in FOLDER.questions}


def test_a_follow_up_keeps_its_own_history() -> None:
    text = "Is there a lighthouse?\nHow tall?"
    follow_up = question(text, {3: ((0, 33),)}, is_follow_up=True)
    folder = QuestionFolder("talk", CHUNKS, (follow_up, SKY))
    groups = draw(300, folder)
    assert {g[0].question for g in groups if g[0].kind == "answer"} == {text}
    after = {line for g in groups for line in g[0].question.split("\n")[:-1]}
    assert after == {"Is there a lighthouse?", SKY.text}


def test_of_many_chunks_the_nearest_are_drawn() -> None:
    near = [f"The boat number {number} is red." for number in range(_NEAR)]
    far = [f"Whales number {number} sing." for number in range(30)]
    chunks = [
        Chunk(str(n), "a.md", 0, len(text), text, "en")
        for n, text in enumerate(["Boat red: 5.", *far, *near])
    ]
    first = question("Which boat is red?", {0: ((0, 12),)}, {1: ((0, 5),)})
    other = question("Which boat is a red one?")
    folder = QuestionFolder("many", tuple(chunks), (first, other))
    groups = draw(600, folder)
    assert {text for _, text in texts_of(groups, "beside")} == set(near)
