"""An example is what its kind says."""

import itertools
from collections.abc import Iterator

import pytest

from index.reader.training.question_examples import QuestionExample, QuestionExamples, find_answers
from index.reader.training.windows import sentence_spans
from index.training.question_sets import (
    QuestionSet,
    QuestionSetError,
    SetPassage,
    SetQuestion,
)

TEXTS = {
    "en": "The harbour of Skagen closed in 1987. Its keeper was Anna Ottesen, who liked whales. "
    "Twelve boats are left there. Nobody knows why they stay.",
    "es": "El puerto de Skagen cerró en 1987. Su guardiana era Anna Ottesen, que amaba las "
    "ballenas. Quedan allí doce barcos. Nadie sabe por qué se quedan.",
    "zh": "斯卡恩港于1987年关闭。它的看守人是安娜·奥特森。那里还有十二艘船。没人知道为什么。",
}
ANSWERS = {"en": "Anna Ottesen", "es": "Anna Ottesen", "zh": "安娜·奥特森"}
ASKED = {
    "en": "Who kept the lights of Skagen in 1987?",
    "es": "¿Quién cuidaba las luces de Skagen en 1987?",
    "zh": "1987年谁看守Skagen的灯？",
}


def sets() -> list[QuestionSet]:
    passages = {
        f"p:{language}": SetPassage(f"p:{language}", "", text, language, "k")
        for language, text in TEXTS.items()
    }
    gold = frozenset(passages)
    passages |= {
        "other": SetPassage("other", "", "Whales of Norway sing at night, said Olsen.", "en", "o"),
        "judged": SetPassage("judged", "", "Boats of Denmark are red.", "en", "j"),
    }
    questions = [
        SetQuestion(f"{language}:1", asked, language, True, (ANSWERS[language],), (), gold)
        for language, asked in ASKED.items()
    ]
    more = [
        SetQuestion(
            "en:2", "Did Olsen visit Oslo in 1999?", "en", True, (), ("other",), frozenset()
        ),
        SetQuestion("en:3", "Which boats are blue?", "en", False, (), ("judged",), frozenset()),
    ]
    return [QuestionSet("xquad", passages, (*questions, *more))]


@pytest.fixture
def drawn() -> list[QuestionExample]:
    wanted = {q.id for one in sets() for q in one.questions}
    examples: Iterator[QuestionExample] = iter(
        QuestionExamples(sets(), wanted, {"en:1": ["other"]}, seed=1)
    )
    return list(itertools.islice(examples, 600))


def test_every_kind_is_drawn_and_the_same_for_the_same_seed(drawn: list[QuestionExample]) -> None:
    kinds = {example.kind for example in drawn}
    assert kinds == {
        "answer",
        "answer, no span",
        "neighbour",
        "rest",
        "altered",
        "near-miss",
        "judged",
    }
    wanted = {q.id for one in sets() for q in one.questions}
    again = itertools.islice(QuestionExamples(sets(), wanted, {"en:1": ["other"]}, seed=1), 600)
    assert drawn == list(again)


def test_a_span_is_the_answer_in_the_passages_own_language(drawn: list[QuestionExample]) -> None:
    answered = [example for example in drawn if example.kind == "answer"]
    said = {example.passage[slice(*span)] for example in answered for span in example.spans}
    assert said == set(ANSWERS.values())
    assert all(example.is_answerable and example.spans for example in answered)


def test_what_is_unanswerable_does_not_hold_the_answer(drawn: list[QuestionExample]) -> None:
    for example in drawn:
        if example.kind in ("neighbour", "rest", "judged"):
            assert not any(answer in example.passage for answer in ANSWERS.values())
        if example.kind == "altered":
            assert example.question.lower().strip("¿?？ ") not in {
                asked.lower().strip("¿?？ ") for asked in ASKED.values()
            }
    assert not any(e.is_answerable for e in drawn if not e.kind.startswith("answer"))


def test_the_sentences_to_judge_are_whole_and_those_with_the_answer_are_right(
    drawn: list[QuestionExample],
) -> None:
    whole = {
        text[slice(*span)]
        for one in sets()
        for passage in one.passages.values()
        for text in (passage.text,)
        for span in sentence_spans(passage)
    }
    for example in drawn:
        said = [example.passage[slice(*span)] for span in example.sentences]
        if example.kind == "answer, no span":
            assert (said, example.right) == ([], ()), "it is not known which of them answers"
        elif example.kind == "rest":
            assert (said, example.right) == ([example.passage], ())
        else:
            assert said and set(said) <= whole
            assert example.right == (example.spans if example.kind == "answer" else ())
        for start, end in example.right:
            assert sum(a <= start and end <= b for a, b in example.sentences) == 1


def test_answers_of_one_length_keep_their_order() -> None:
    order = ["gh", "ab", "ij", "ef", "cd"]
    text = "ab cd ef gh ij"
    assert [text[slice(*span)] for span in find_answers(text, order)] == order


def test_a_shorter_answer_inside_a_longer_one_is_not_found_twice() -> None:
    text = "Anna Ottesen, or Anna, or Annabel"
    found = find_answers(text, ["Anna", "Anna Ottesen"])
    assert [text[slice(*span)] for span in found] == ["Anna Ottesen", "Anna"]
    assert find_answers("港口于1987年关闭", ["港口"]) == [(0, 2)]


def test_questions_without_an_answer_in_a_passage_are_refused() -> None:
    with pytest.raises(QuestionSetError, match="word for word"):
        QuestionExamples(sets(), {"en:2", "en:3"}, {}, seed=1)
