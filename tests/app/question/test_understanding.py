"""A question is understood once: its kind, its language, and what it leans on."""

from collections.abc import Callable, Sequence

import pytest

from app.question.heads import QuestionHeads
from app.question.question import Kind, Question, Turn, check_question
from app.question.understanding import understand
from tests.encoders import BagOfWords

HEADS = QuestionHeads(BagOfWords())
HISTORY = [Turn("What is Project Rainier?", "A cluster that Matt Garman opened in Indiana.")]


class Rewording:
    """Gives one wording, and remembers what it was asked."""

    def __init__(self, wording: str | None = None) -> None:
        self.wording = wording
        self.asked: list[str] = []

    def __call__(self, question: str, history: Sequence[Turn]) -> str | None:
        self.asked.append(question)
        return self.wording


Understood = Callable[..., Question]


@pytest.fixture
def understood(fitted: QuestionHeads) -> Understood:
    """Return how a question is understood, with heads that know a few pronouns."""

    def understood(
        question: str, wording: str | None = None, history: Sequence[Turn] = HISTORY
    ) -> Question:
        return understand(check_question(question), history, fitted, Rewording(wording))

    return understood


@pytest.mark.parametrize(
    "question",
    [
        "How many chips does it use?",
        "Why was the site chosen over the others?",
        "Who pays?",
        "E chi lo paga?",
        "Perché proprio l'Indiana?",
        "¿Y cuánto costó?",
        "¿Quién trabaja allí?",
        "它用了多少芯片？",
        "Wie viele Chips sind es?",
    ],
)
def test_every_question_with_a_history_is_given_to_be_reworded(question: str) -> None:
    rewording = Rewording()
    understand(check_question(question), HISTORY, HEADS, rewording)
    assert rewording.asked == [question]


def test_a_question_without_a_history_is_not_reworded() -> None:
    rewording = Rewording("What is Rainier?")
    asked = understand(check_question("What is it?"), (), HEADS, rewording)
    assert (asked.text, asked.typed, rewording.asked) == ("What is it?", None, [])


def test_a_question_that_leans_on_others_is_read_below_them(understood: Understood) -> None:
    asked = understood("How tall is it?")
    assert (asked.text, asked.typed) == ("How tall is it?", None)
    assert asked.in_full == "What is Project Rainier?\nHow tall is it?"
    assert asked.is_follow_up


def test_a_question_that_stands_alone_is_read_alone(understood: Understood) -> None:
    asked = understood("Why did Anna leave?")
    assert (asked.text, asked.in_full) == ("Why did Anna leave?", "Why did Anna leave?")
    assert not asked.is_follow_up
    assert asked.answer_type == "why"


def test_where_nothing_is_known_of_leaning_every_question_is_read_below_others() -> None:
    asked = understand(check_question("Why did Anna leave?"), HISTORY, HEADS, Rewording(None))
    assert asked.in_full == "What is Project Rainier?\nWhy did Anna leave?"


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("¿De quién es Mellanox?", "Y Google?", "es"),
        ("Chi ha fatto Claude?", "E Meta?", "it"),
        ("What is Trainium?", "And Meta?", "en"),
        ("Mellanox是谁的？", "2019?", "zh"),
        ("What is Trainium?", "E quanti chip usa il Project Rainier?", "it"),
    ],
)
def test_a_short_question_is_likely_in_the_language_of_the_one_before(
    understood: Understood, before: str, question: str, language: str
) -> None:
    assert understood(question, history=[Turn(before, "")]).language == language


def test_a_few_words_are_likely_in_a_language_of_the_articles() -> None:
    asked = check_question("hotel cost")
    assert understand(asked, (), HEADS, Rewording()).language == "it"
    assert understand(asked, (), HEADS, Rewording(), {"en"}).language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Hello!", "en"), ("¡Hola!", "es"), ("Grazie mille", "it"), ("你好", "zh")],
)
def test_a_saying_is_in_its_own_language_in_any_conversation(
    understood: Understood, text: str, language: str
) -> None:
    assert understood(text, history=[Turn("Was ist Trainium?", "")]).language == language


def test_a_wording_that_only_adds_what_the_conversation_says_is_used(
    understood: Understood,
) -> None:
    asked = understood("How many are left?", "How many of Project Rainier are left?")
    assert asked.text == asked.in_full == "How many of Project Rainier are left?"
    assert asked.typed == "How many are left?"
    assert asked.language == "en"


@pytest.mark.parametrize(
    "wording",
    [
        "How many Trainium9 chips does Project Rainier use?",
        "How many of its 700 chips does Project Rainier use?",
        "How many chips does Google use?",
        None,
    ],
    ids=["a product", "a figure", "a company", "none"],
)
def test_a_wording_that_adds_something_else_is_not(
    understood: Understood, wording: str | None
) -> None:
    assert understood("Where is it?", wording).in_full == "What is Project Rainier?\nWhere is it?"


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("Who pays for the chips?", "¿Quién paga los chips que usa el Project Rainier?"),
        ("Wer zahlt das?", "¿Quién paga los chips que usa el Project Rainier?"),
        ("¿Quién los paga?", "What is the use of Project Rainier?"),
    ],
)
def test_a_wording_in_another_language_is_not_used(question: str, wording: str) -> None:
    history = [Turn("What is Project Rainier?", "“El clúster que usa los chips de quien paga.”")]
    asked = understand(check_question(question), history, HEADS, Rewording(wording))
    assert asked.in_full == f"What is Project Rainier?\n{question}"


@pytest.mark.parametrize(
    "wording",
    [
        "please provide more context so that somebody may help with this",
        "it might depend on several circumstances that nobody mentioned before",
        "What is project rainier",
        "…",
    ],
    ids=["a request", "rambling", "the question before", "no word"],
)
def test_a_wording_that_has_little_of_the_conversation_or_is_the_question_before_is_not_used(
    wording: str,
) -> None:
    asked = understand(check_question("How many are left?"), HISTORY, HEADS, Rewording(wording))
    assert asked.in_full == "What is Project Rainier?\nHow many are left?"


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("And the height?", "What is the height of the Project Rainier tower?"),
        ("¿Y cuántos usa?", "¿Cuántos chips usa Project Rainier?"),
        ("它在哪里？", "Project Rainier在哪里？"),
    ],
)
def test_a_wording_may_have_a_few_words_of_its_own(question: str, wording: str) -> None:
    asked = understand(check_question(question), HISTORY, HEADS, Rewording(wording))
    assert (asked.in_full, asked.typed) == (wording, question)


def test_a_wording_that_loses_a_name_is_not_used(understood: Understood) -> None:
    asked = understood("Is the Everglades park near it?", "Is the park near Project Rainier?")
    assert (asked.text, asked.typed) == ("Is the Everglades park near it?", None)


def test_a_wording_that_changes_nothing_leaves_the_question_as_it_was_typed(
    understood: Understood,
) -> None:
    asked = understood("Who founded the town of Skagen?", "  who founded the town of Skagen")
    assert (asked.text, asked.typed) == ("Who founded the town of Skagen?", None)


def test_what_is_no_question_leans_on_nothing_and_is_not_reworded() -> None:
    class Greeting(QuestionHeads):
        def kind(self, text: str) -> Kind:
            return "greeting"

    rewording = Rewording()
    asked = understand(check_question("Buenos días"), HISTORY, Greeting(BagOfWords()), rewording)
    assert (asked.kind, asked.language, asked.in_full) == ("greeting", "es", "Buenos días")
    assert rewording.asked == []


def test_a_request_to_sum_up_is_of_its_own_kind(understood: Understood) -> None:
    assert understood("Summarise the article about Project Rainier", history=()).kind == "summary"
