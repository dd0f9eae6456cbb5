"""Neighbours of a question are the nearest passages that do not say the same as its gold one."""

from collections.abc import Sequence

from index.reader.training.neighbours import find_neighbours
from index.training.question_sets import QuestionSet, SetPassage, SetQuestion
from tests.encoders import BagOfWords


def passage(name: str, text: str, language: str = "en", key: str | None = None) -> SetPassage:
    return SetPassage(name, "", text, language, key or name)


def neighbours(passages: list[SetPassage], *gold: str) -> Sequence[str] | None:
    question = SetQuestion("q", "red boats of Skagen", "en", True, (), (), frozenset(gold))
    sets = [QuestionSet("set", {p.id: p for p in passages}, (question,))]
    return find_neighbours(sets, BagOfWords()).get("q")


def test_the_nearest_come_first() -> None:
    passages = [
        passage("far", "whales"),
        passage("near", "red boats"),
        passage("nearer", "red boats Skagen"),
        passage("gold", "red boats of Skagen"),
    ]
    assert neighbours(passages, "gold") == ["nearer", "near", "far"]


def test_translations_of_the_gold_passage_are_left_out() -> None:
    passages = [
        passage("gold", "red boats", key="k"),
        passage("gold-es", "red boats", "es", key="k"),
        passage("other", "whales"),
    ]
    assert neighbours(passages, "gold") == ["other"]


def test_each_language_has_as_many() -> None:
    passages = [passage("gold", "red boats")] + [
        passage(f"{language}{number}", "boats", language)
        for language in ("en", "es")
        for number in range(20)
    ]
    found = neighbours(passages, "gold") or []
    assert [name[:2] for name in found] == ["en"] * 6 + ["es"] * 6


def test_a_question_without_a_gold_passage_has_none() -> None:
    assert neighbours([passage("near", "red boats")]) is None
