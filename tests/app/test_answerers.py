"""What every answerer keeps to. A new one is one more line in the table."""

import pytest

from app.assistant import Answerer
from app.citations import Mark
from app.evidence import Evidence, Ranking
from app.extractive import ExtractiveAnswerer
from app.phrases import phrases
from app.question import Question, check_question
from index.articles import parse_article
from index.chunking import split
from index.search import Passage
from tests.encoders import BagOfWords
from tests.files import ARTICLES
from tests.readers import BY_WORDS

QUESTIONS = [
    "Which harbour closed in 1987?",
    "¿Qué puerto cerró en 1987?",
    "哪个港口于1987年关闭？",
]
answerers = pytest.mark.parametrize("answerer", [ExtractiveAnswerer()], ids=["extractive"])


def evidence_for(question: str, *copies: str) -> list[Evidence]:
    texts = {**ARTICLES, **{f"copy{i}.md": text for i, text in enumerate(copies)}}
    articles = [parse_article(name, text.encode()) for name, text in texts.items()]
    passages = [Passage(chunk, 1.0) for article in articles for chunk in split(article)]
    return Ranking(BagOfWords(), None, BY_WORDS).rank(question, passages)


def drafted(answerer: Answerer, question: Question, evidence: list[Evidence]) -> list[str | Mark]:
    return list(answerer.draft(question, evidence, ()))


@answerers
@pytest.mark.parametrize("text", QUESTIONS)
def test_marks_point_into_the_evidence_and_follow_text(answerer: Answerer, text: str) -> None:
    evidence = evidence_for(text)
    draft = drafted(answerer, check_question(text), evidence)
    marks = [part for part in draft if isinstance(part, Mark)]
    assert marks
    assert all(0 <= mark.evidence < len(evidence) for mark in marks)
    assert isinstance(draft[0], str)


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_extractive_answer_quotes_word_for_word_in_the_questions_language(text: str) -> None:
    question, evidence = check_question(text), evidence_for(text)
    draft = drafted(ExtractiveAnswerer(), question, evidence)
    assert draft[0] == phrases(question.language).found
    for said, mark in zip(draft[1::2], draft[2::2], strict=True):
        assert isinstance(mark, Mark)
        assert isinstance(said, str)
        quoted = evidence[mark.evidence]
        assert quoted.text in said
        language = quoted.passage.chunk.language
        named = phrases(question.language).language(language) in said
        assert named == (language != question.language)


def test_the_best_sentence_is_quoted_first_and_the_same_words_once() -> None:
    text = "A keeper named Ottesen looks after it."
    evidence = evidence_for(text, f"{text}\n", f"{text} Yes.\n")
    assert [e.text for e in evidence[:3]] == [text] * 3
    marks = [p for p in drafted(ExtractiveAnswerer(), check_question(text), evidence) if p]
    assert [mark for mark in marks if isinstance(mark, Mark)] == [Mark(0)]
