"""A pool has texts, where the answers to questions stand in them, and what is taken for answers."""

from collections.abc import Sequence

from index.chunking import Chunk
from index.encoder.training.pools import Pool, PoolQuestion, pool_of_folder, pool_of_set
from index.language.sentences import Span
from index.training.question_folders import FolderQuestion, QuestionFolder
from index.training.question_sets import QuestionSet, SetPassage, SetQuestion
from tests.encoders import BagOfWords

ENCODER = BagOfWords(dimensions=8192)


def chunk(text: str, language: str = "en", context: str = "Skagen") -> Chunk:
    return Chunk("", "a.md", 0, len(text), text, language, context)


def question(text: str, **answers: Sequence[Span]) -> FolderQuestion:
    """Return a question that chunks answer, by the letter c and their index."""
    spans = {int(name[1:]): tuple(own) for name, own in answers.items()}
    return FolderQuestion(text, "en", None, spans, {})


def folder_of(chunks: Sequence[Chunk], *questions: FolderQuestion) -> QuestionFolder:
    return QuestionFolder("harbours", tuple(chunks), questions)


def said(pool: Pool, asked: PoolQuestion) -> dict[int, list[str]]:
    """Return the words that answer, by the index of the text."""
    return {
        i: [pool.texts[i].text[slice(*span)] for span in spans]
        for i, spans in asked.answers.items()
    }


def test_the_chunks_of_a_folder_are_texts_in_context_with_the_sentences_that_state() -> None:
    chunks = [chunk("# Boats\n\nTwelve are left. Why? Nobody knows."), chunk("港口关闭了。", "zh")]
    pool = pool_of_folder(folder_of(chunks, question("Boats?", c0=[(9, 25)])), ENCODER)
    assert pool.name == "harbours"
    assert [text.text for text in pool.texts] == [each.in_context for each in chunks]
    assert [text.language for text in pool.texts] == ["en", "zh"]
    stated = [[text.text[slice(*span)] for span in text.sentences] for text in pool.texts]
    assert stated == [["Twelve are left.", "Nobody knows."], ["港口关闭了。"]]


def test_answers_stand_where_they_stand_in_the_text_below_its_context() -> None:
    chunks = [chunk("Twelve boats are left.", context="Skagen\nBoats"), chunk("Nine nets.")]
    asked = question("How many boats?", c0=[(0, 22)], c1=[(0, 4), (5, 10)])
    pool = pool_of_folder(folder_of(chunks, asked), ENCODER)
    (found,) = pool.questions
    assert found.text == "How many boats?"
    assert said(pool, found) == {0: ["Twelve boats are left."], 1: ["Nine", "nets."]}


def test_questions_that_no_chunk_answers_are_not_in_the_pool() -> None:
    chunks = [chunk("Twelve boats."), chunk("Nine nets.")]
    asked = [question("Which whales?"), question("Which nets?", c1=[(0, 10)])]
    pool = pool_of_folder(folder_of(chunks, *asked), ENCODER)
    assert [each.text for each in pool.questions] == ["Which nets?"]


def test_what_is_nearest_and_does_not_answer_is_hard_and_comes_first() -> None:
    texts = ["whales sing", "red boats", "red boats of Skagen", "boats", "red boats of Skagen sail"]
    chunks = [chunk(text, context="") for text in texts]
    asked = question("red boats of Skagen", c2=[(0, 19)])
    (found,) = pool_of_folder(folder_of(chunks, asked), ENCODER).questions
    assert [texts[i] for i in found.hard] == [
        "red boats of Skagen sail",
        "red boats",
        "boats",
        "whales sing",
    ]


def test_no_more_than_twelve_are_hard() -> None:
    chunks = [chunk(f"boat {number}", context="") for number in range(30)]
    (found,) = pool_of_folder(folder_of(chunks, question("boat", c3=[(0, 6)])), ENCODER).questions
    assert len(found.hard) == len(set(found.hard)) == 12
    assert 3 not in found.hard


def passage(
    name: str, text: str, language: str = "en", key: str = "k", title: str = "Skagen"
) -> SetPassage:
    return SetPassage(name, title, text, language, key)


def asked_in(language: str, name: str, answer: str, *gold: str) -> SetQuestion:
    text = f"{language}, {name}: who?"
    return SetQuestion(f"{language}:{name}", text, language, True, (answer,), (), frozenset(gold))


PASSAGES = (
    passage("en", "Twelve boats are left. Anna Ottesen is the keeper."),
    passage("es", "Quedan doce barcos. La guardiana es Ana Ottesen.", "es"),
    passage("en2", "Whales sing.", key="l"),
    passage("other", "Bees fly by the sun.", key="m", title="Bees"),
)
QUESTIONS = (
    asked_in("en", "1", "Anna Ottesen", "en", "es"),
    asked_in("es", "1", "Ana Ottesen", "en", "es"),
    asked_in("en", "2", "Whales", "en2"),
    asked_in("en", "3", "a person who flies", "other"),
)
SET = QuestionSet("xquad", {each.id: each for each in PASSAGES}, QUESTIONS)


def test_the_passages_that_questions_are_about_are_texts_below_their_titles() -> None:
    pool = pool_of_set(SET, frozenset({"en:1", "en:3"}))
    assert pool.name == "xquad"
    assert {text.text for text in pool.texts} == {
        "Skagen\nTwelve boats are left. Anna Ottesen is the keeper.",
        "Skagen\nQuedan doce barcos. La guardiana es Ana Ottesen.",
        "Bees\nBees fly by the sun.",
    }
    (spanish,) = (text for text in pool.texts if text.language == "es")
    stated = [spanish.text[slice(*span)] for span in spanish.sentences]
    assert stated == ["Quedan doce barcos.", "La guardiana es Ana Ottesen."]


def test_a_passage_without_a_title_is_its_text() -> None:
    alone = passage("p", "Boats sail. Whales sing.", title="")
    one = QuestionSet("s", {"p": alone}, (asked_in("en", "1", "Boats", "p"),))
    (text,) = pool_of_set(one, frozenset({"en:1"})).texts
    assert text.text == alone.text
    assert [text.text[slice(*span)] for span in text.sentences] == ["Boats sail.", "Whales sing."]


def test_the_sentences_with_the_answer_in_the_language_of_the_passage_answer() -> None:
    pool = pool_of_set(SET, frozenset({"es:1"}))
    (asked,) = pool.questions
    assert sorted(words for found in said(pool, asked).values() for words in found) == [
        "Anna Ottesen is the keeper.",
        "La guardiana es Ana Ottesen.",
    ]


def test_a_passage_answers_as_a_whole_if_the_answer_is_in_other_words() -> None:
    pool = pool_of_set(SET, frozenset({"en:3"}))
    assert said(pool, pool.questions[0]) == {0: []}


def test_other_passages_of_the_article_are_hard_and_translations_are_not() -> None:
    pool = pool_of_set(SET, frozenset({"en:1", "en:2", "en:3"}))
    hard = {
        asked.text: {pool.texts[i].text.partition("\n")[2] for i in asked.hard}
        for asked in pool.questions
    }
    assert hard == {
        "en, 1: who?": {"Whales sing."},
        "en, 2: who?": {PASSAGES[0].text, PASSAGES[1].text},
        "en, 3: who?": set(),
    }


def test_questions_without_a_gold_passage_are_not_in_the_pool() -> None:
    questions = (*QUESTIONS, asked_in("en", "4", "x"))
    pool = pool_of_set(
        QuestionSet("s", SET.passages, questions), frozenset(q.id for q in questions)
    )
    assert len(pool.questions) == len(QUESTIONS)
