"""Everything on a topic is told by the best sentence of each passage, article by article."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.evidence.evidence import Evidence
from app.phrases import LANGUAGES, phrases
from app.question.question import Kind
from app.writing.citations import Mark
from app.writing.survey import MOST, draft_survey, main_sentences
from index.chunking import Chunk
from index.search import Passage
from tests.app.conftest import MakeAssistant
from tests.files import write


def sentence(source: str, start: int, score: float = 0.5, text: str = "A boat.") -> Evidence:
    number = start // 100
    chunk = Chunk(f"{source}{number}", source, number * 100, number * 100 + 99, text * 9, "en")
    return Evidence(Passage(chunk, 1.0), start, start + len(text), text, score)


def test_the_best_sentence_of_each_passage_that_is_about_as_good_is_chosen() -> None:
    best, beside, earlier = sentence("b", 200), sentence("b", 210), sentence("b", 10)
    other, far = sentence("a", 0, 0.4), sentence("c", 0, 0.1)
    assert main_sentences([best, beside, other, far, earlier]) == [earlier, best, other]
    assert main_sentences([]) == []


def test_not_all_of_a_long_book_is_quoted() -> None:
    assert len(main_sentences([sentence("b", 100 * i) for i in range(30)])) == MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_quoted_with_its_mark(language: str) -> None:
    parts = list(draft_survey(language, [sentence("a", 0), sentence("b", 0)]))
    assert parts[0] == phrases(language).found
    assert [part for part in parts if isinstance(part, Mark)] == [Mark(0), Mark(1)]


def test_everything_is_told_from_all_articles_that_are_on_it(
    make_assistant: MakeAssistant, corpus: Path, taken_for: Callable[[Kind], None]
) -> None:
    taken_for("everything")
    write(corpus, "heron.md", "Herons of Zaphod eat fish.")
    write(corpus, "owl.md", "Herons of Zaphod sleep late.")
    assistant = make_assistant()
    answer = assistant.ask("Herons of Zaphod?")
    assert {c.quote for c in answer.citations} == {
        "Herons of Zaphod eat fish.",
        "Herons of Zaphod sleep late.",
    }
    assert not assistant.ask("Brontosaurus?").answered
