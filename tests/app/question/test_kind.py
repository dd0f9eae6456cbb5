"""Greetings and questions about the folder are told from questions for the articles."""

import pytest

from app.question.kind import FolderQuestions, asks_for_summary
from index.encoder.embedding import SentenceTransformerEncoder
from tests.encoders import BagOfWords


@pytest.fixture
def folder() -> FolderQuestions:
    return FolderQuestions(BagOfWords())


@pytest.mark.parametrize(
    ("question", "language"), [("Hello!", "en"), ("ciao", "it"), ("¡Hola!", "es"), ("你好", "zh")]
)
def test_a_greeting_is_recognized_in_its_language(
    folder: FolderQuestions, question: str, language: str
) -> None:
    assert folder.recognize(question) == ("folder", language)


def test_a_question_for_what_is_new_is_recognized(folder: FolderQuestions) -> None:
    assert folder.recognize("What is the latest?") == ("newest", "en")


def test_a_question_for_the_articles_is_left_to_them(folder: FolderQuestions) -> None:
    assert folder.recognize("How tall is the lighthouse?") is None
    assert folder.recognize("hello " * 20) is None


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "is_about_the_folder"),
    [
        ("hey", True),
        ("Ciao!", True),
        ("show me the articles", True),
        ("你有哪些文章？", True),
        ("¿Qué novedades hay?", True),
        ("What is the latest chip?", False),
        ("Chi è Jassy?", False),
        ("¿Qué es CUDA?", False),
        ("什么是CUDA？", False),
    ],
)
def test_the_real_encoder_tells_them_apart(
    encoder: SentenceTransformerEncoder, question: str, is_about_the_folder: bool
) -> None:
    found = FolderQuestions(encoder).recognize(question)
    assert (found is not None) == is_about_the_folder


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the article about the harbour",
        "can you summarize this article?",
        "Please give me a short summary of it",
        "Riassumi l'articolo sul porto",
        "Puoi riassumere l'articolo sul porto?",
        "Resume el artículo sobre el puerto",
        "¿Puedes resumir el artículo?",
        "请总结这篇文章",
        "概括一下关于港口的文章",
    ],
)
def test_a_request_to_sum_up_is_recognized(question: str) -> None:
    assert asks_for_summary(question)


@pytest.mark.parametrize(
    "question",
    ["Who summarised the report?", "Chi riassume il caso?", "¿Qué resumen dio?", "谁总结了报告？"],
)
def test_a_question_about_a_summary_is_a_question(question: str) -> None:
    assert not asks_for_summary(question)
