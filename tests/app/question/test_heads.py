"""What a question's vector shows is recognized by what questions of known kind are like."""

import pytest

from app.question.heads import SHORT, QuestionHeads
from index.encoder.embedding import SentenceTransformerEncoder
from tests.encoders import BagOfWords


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many boats are left in the harbour of Skagen?", "number"),
        ("Quanto costa il biglietto per il faro?", "number"),
        ("¿Por qué cerró el puerto?", "why"),
        ("灯塔为什么关闭了？", "why"),
        ("Is the new ferry faster or slower than the old one?", "compare"),
    ],
)
def test_the_type_of_answer_is_recognized_in_every_language(
    encoder: SentenceTransformerEncoder, question: str, expected: str
) -> None:
    assert QuestionHeads(encoder).answer_type(question) == expected


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("And how tall is it?", True),
        ("E quanti ne ha?", True),
        ("¿Y el segundo?", True),
        ("那它的价格呢？", True),
        ("Who looks after the lighthouse of Skagen?", False),
        ("Quanti pescherecci sono rimasti nel porto di Skagen?", False),
        ("¿En qué año cerró el puerto de Skagen a los cargueros?", False),
        ("斯卡恩港是哪一年对货船关闭的？", False),
    ],
)
def test_a_question_that_leans_on_others_is_told_in_every_language(
    encoder: SentenceTransformerEncoder, question: str, leans: bool
) -> None:
    assert QuestionHeads(encoder).leans(question) == leans


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hey", "greeting"),
        ("Ciao!", "greeting"),
        ("vielen Dank", "thanks"),
        ("no", "reply"),
        ("sì, grazie", "thanks"),
        ("¿y tú quién eres?", "who"),
        ("show me the articles", "folder"),
        ("你有哪些文章？", "folder"),
        ("¿Qué novedades hay?", "newest"),
        ("Which files are about the harbour of Skagen?", "topic"),
        ("Quali articoli parlano di balene?", "topic"),
        ("can you summarize this article?", "summary"),
        ("Riassumi l'articolo sul porto", "summary"),
        ("Puoi riassumere l'articolo sul porto?", "summary"),
        ("Who is Matt Garman?", "fact"),
        ("Who summarised the report?", "fact"),
        ("¿Quién es Matt Garman?", "fact"),
        ("Matt Garman是谁？", "fact"),
        ("Chi ha scritto l'articolo sul porto?", "byline"),
        ("When was the article about whales published?", "byline"),
        ("¿Quién es el autor del informe?", "byline"),
        ("关于港口的报道是什么时候发表的？", "byline"),
        ("When was the harbour built?", "fact"),
        ("¿Quién fundó la empresa?", "fact"),
        ("¿Puedes resumir el artículo?", "summary"),
        ("请总结关于港口的文章", "summary"),
        ("What is the latest chip?", "fact"),
        ("Chi è Jassy?", "fact"),
        ("¿Qué es CUDA?", "fact"),
        ("什么是CUDA？", "fact"),
        ("谁总结了报告？", "fact"),
        ("why?", "fact"),
    ],
)
def test_what_is_no_question_for_the_articles_is_told_in_every_language(
    encoder: SentenceTransformerEncoder, text: str, kind: str
) -> None:
    assert QuestionHeads(encoder).kind(text) == kind


def test_nothing_is_said_of_another_encoders_vectors() -> None:
    heads = QuestionHeads(BagOfWords())
    assert heads.answer_type("How many boats are left?") is None
    assert heads.leans("How many boats are left?") is None
    assert heads.kind("hello there everybody") == "fact"
    assert heads.kind("Hello!") == "greeting", "to the letter"
    assert heads.kind("Summarise the article “A quiet harbour”") == "summary"


def test_a_new_question_is_read_like_those_of_its_kind(fitted: QuestionHeads) -> None:
    assert fitted.answer_type("How many are left?") == "number" in SHORT
    assert fitted.answer_type("Why did they go?") == "why"
    assert fitted.leans("And where is it?") is True
    assert fitted.kind("hello") == "greeting"
    assert fitted.kind("How many are left?") == "fact"
    assert fitted.kind("hello " * 20) == "fact", "what is long asks for something"
    assert fitted.leans("Why did N5 leave?") is False
