"""Without a language model the shortest set that answers is quoted, word for word."""

import dataclasses

import pytest

from app.agreement import Difference, Findings, Shared, Stated
from app.evidence.evidence import Evidence
from app.evidence.ranking import Ranking
from app.phrases import phrases
from app.question.question import Question, check_question
from app.writing.citations import Claim, Mark, SourceTitle
from app.writing.composition import Answerer
from app.writing.extractive import ExtractiveAnswerer
from index.chunking import Chunk, split
from index.search import Passage
from tests.app.evidence.test_surroundings import evidence_of
from tests.encoders import BagOfWords
from tests.files import ARTICLES, article_of
from tests.readers import BY_WORDS

NOTHING = Findings()
QUESTIONS = [
    "Which harbour closed in 1987?",
    "¿Qué puerto cerró en 1987?",
    "哪个港口于1987年关闭？",
]
answerers = pytest.mark.parametrize("answerer", [ExtractiveAnswerer()], ids=["extractive"])


def evidence_for(question: str, *copies: str) -> list[Evidence]:
    texts = {**ARTICLES, **{f"copy{i}.md": text for i, text in enumerate(copies)}}
    articles = [article_of(name, text.encode()) for name, text in texts.items()]
    passages = [Passage(chunk, 1.0) for article in articles for chunk in split(article)]
    return Ranking(BagOfWords(), None, BY_WORDS).rank(question, passages)


def drafted(
    answerer: Answerer, question: Question, evidence: list[Evidence]
) -> list[str | Mark | Claim | SourceTitle]:
    return list(answerer.draft(question, evidence, Findings()))


@answerers
@pytest.mark.parametrize("text", QUESTIONS)
def test_marks_point_into_the_evidence_and_follow_text(answerer: Answerer, text: str) -> None:
    evidence = evidence_for(text)
    draft = drafted(answerer, check_question(text), evidence)
    marks = [part for part in draft if isinstance(part, Mark)]
    assert marks
    assert all(0 <= mark.position < len(evidence) for mark in marks)
    assert isinstance(draft[0], str)


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_extractive_answer_quotes_word_for_word_in_the_questions_language(text: str) -> None:
    question, evidence = check_question(text), evidence_for(text)
    draft = drafted(ExtractiveAnswerer(), question, evidence)
    assert draft[0] == phrases(question.language).found
    for said, mark in zip(draft[1::2], draft[2::2], strict=True):
        assert isinstance(mark, Mark)
        assert isinstance(said, str)
        quoted = evidence[mark.position]
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


def sentence(
    text: str, source: str, *, score: float = 0.9, answer: str = "", language: str = "en"
) -> Evidence:
    """Return a sentence as evidence, with the answer in it that a reader would see."""
    passage = Passage(Chunk(source, source, 0, len(text), text, language), 1.0)
    start = text.index(answer)
    span = (start, start + len(answer)) if answer else None
    return Evidence(passage, 0, len(text), text, score, span)


def said(
    evidence: list[Evidence],
    findings: Findings = NOTHING,
    answer_type: str | None = None,
) -> str:
    question = check_question("How tall is the lighthouse?")
    question = dataclasses.replace(question, answer_type=answer_type)
    draft = ExtractiveAnswerer().draft(question, evidence, findings)
    return "".join(part if isinstance(part, str) else _mark(part) for part in draft)


def _mark(mark: Mark | Claim | SourceTitle) -> str:
    if isinstance(mark, SourceTitle):
        return f"<title {mark.position}>"
    assert isinstance(mark, Mark)
    part = "" if mark.part == "itself" else f" {mark.part}"
    return f"[{mark.position}{part}]"


def test_the_answer_itself_comes_first_where_it_was_seen() -> None:
    tall = sentence("The lighthouse is 46 metres tall.", "a.md", answer="46 metres")
    assert said([tall]) == (
        "The articles say: 46 metres [0]\n\n“The lighthouse is 46 metres tall.” [0]"
    )


def test_an_answer_that_is_most_of_its_sentence_is_not_said_twice() -> None:
    tall = sentence("It is 46 metres tall.", "a.md", answer="46 metres tall")
    assert said([tall]).startswith("The articles say:\n\n")


@pytest.mark.parametrize(
    ("answer_type", "is_short"),
    [(None, True), ("number", False), ("name", True), ("why", False), ("definition", False)],
)
def test_only_what_a_few_words_answer_is_said_in_a_few_words(
    answer_type: str | None, is_short: bool
) -> None:
    keeper = sentence("It was Eva Ottesen, head of Havn AS, who said so.", "a.md", answer="Havn AS")
    begins = "The articles say: Havn AS" if is_short else "The articles say:\n\n"
    assert said([keeper], answer_type=answer_type).startswith(begins)


def test_one_sentence_is_enough_where_it_has_the_answer_itself() -> None:
    tall = sentence("The lighthouse is 46 metres tall.", "a.md", answer="46 metres")
    other = sentence("The lighthouse was built in 1858.", "a.md")
    assert "1858" not in said([tall, other])
    unseen = sentence(tall.text, "a.md")
    assert "1858" in said([unseen, other])


def test_what_is_far_behind_the_best_is_not_quoted() -> None:
    first = sentence("It was built of red bricks.", "a.md", score=0.9)
    second = sentence("Whales sing at night.", "b.md", score=0.3)
    assert "Whales" not in said([first, second])


def test_beside_the_figure_that_was_asked_for_no_sentence_without_one_is_quoted() -> None:
    first = sentence("It is made at 3 nanometres.", "a.md", score=0.9)
    second = sentence("It is a chip.", "b.md", score=0.8)
    lacking = dataclasses.replace(second, signals=dataclasses.replace(second.signals, figure=0.0))
    assert second.text in said([first, second])
    assert second.text not in said([first, lacking])


def test_sources_that_agree_are_cited_together_and_not_quoted_again() -> None:
    first = sentence("It is 46 metres tall.", "a.md")
    second = sentence("Its height is 46 metres.", "b.md")
    text = said([first, second], Findings(agreements=(Shared(first.text, (0, 1)),)))
    assert text.endswith("Several articles agree: [0][1]")
    assert "height" not in text


def test_each_way_that_sources_put_a_figure_is_cited() -> None:
    evidence = [sentence("It is 46 metres tall.", "a.md"), sentence("It is 44 metres.", "b.md")]
    values = (Stated("46 metres", (0,)), Stated("44 metres", (1,)))
    varied = said(evidence, Findings(variations=(Difference("lighthouse", values),)))
    assert varied.endswith("As the sources put it: 46 metres [0]; 44 metres [1]")


DISPUTED = [
    sentence("The lighthouse is 57 metres tall, they say.", "a.md", answer="57 metres"),
    sentence("El faro mide 48 metros, dicen.", "b.md", language="es", answer="48 metros"),
    sentence("The lighthouse rises to 48 metres, they say.", "c.md", answer="48 metres"),
    sentence("It was built in 1858.", "d.md", score=0.1),
]
HEIGHTS = (Stated("57 metres", (0,)), Stated("48 metros", (1, 2)))
AGREED = Shared("48", (1, 2))


def test_a_contradiction_comes_before_all_else_and_no_value_is_stated_as_the_answer() -> None:
    conflict = Difference("lighthouse", HEIGHTS)
    assert said(DISPUTED, Findings(agreements=(AGREED,), conflicts=(conflict,))) == (
        "The articles contradict each other:\n\n"
        "48 metros — <title 1> [1], <title 2> [2]\n\n"
        "57 metres — <title 0> [0]\n\n"
        "“The lighthouse rises to 48 metres, they say.” [2]\n\n"
        "“The lighthouse is 57 metres tall, they say.” [0]"
    )


def test_a_source_is_named_once_for_a_value_with_all_its_marks() -> None:
    again = sentence("So it is 57 metres tall.", "a.md")
    values = (Stated("57 metres", (0, 2)), Stated("48 metros", (1,)))
    conflicts = (Difference("lighthouse", values),)
    text = said([DISPUTED[0], DISPUTED[1], again], Findings(conflicts=conflicts))
    assert "57 metres — <title 0> [0][2]\n" in text


def test_what_contradicts_only_other_sentences_is_not_shown() -> None:
    best = sentence("The lighthouse is 40 metres tall, they say.", "e.md", answer="40 metres")
    others = tuple(Stated(v.value, tuple(p + 1 for p in v.positions)) for v in HEIGHTS)
    conflicts = (Difference("lighthouse", others),)
    assert said([best, *DISPUTED], Findings(conflicts=conflicts)).startswith(
        "The articles say: 40 metres [0]"
    )


@pytest.mark.parametrize(
    ("text", "answer", "shown"),
    [
        ("Its tower is said to be more than 46 metres tall.", "46", "more than 46 metres"),
        ("It was finished on 3 May 1958 by a young builder.", "1958", "3 May 1958"),
        ("It is painted by Anna, Bruno and Carla every spring.", "Anna", None),
        ("It is painted by Anna Ottesen, who is 46, every spring.", "Anna Ottesen", "Anna Ottesen"),
        (
            "It is painted by Anna Ottesen, who is 46, every spring.",
            "Anna Ottesen,",
            "Anna Ottesen",
        ),
    ],
)
def test_the_answer_itself_is_shown_whole_or_not(text: str, answer: str, shown: str | None) -> None:
    first = said([sentence(text, "a.md", answer=answer)]).splitlines()[0]
    assert first == (f"The articles say: {shown} [0]" if shown else "The articles say:")


STEPS = "To open it:\n\n1. Turn the **wheel**.\n2. Pull."
TABLE = "| Boat | Length |\n|---|---|\n| Havn | 12 m |\n| Sol | 9 m |"


@pytest.mark.parametrize(
    ("text", "words", "answer_type", "expected"),
    [
        (STEPS, "Pull.", "how", "“To open it:\n1. Turn the wheel.\n2. Pull.” [0 whole][0 lead]"),
        (STEPS, "Pull.", "list", "“To open it:\n1. Turn the wheel.\n2. Pull.” [0 whole][0 lead]"),
        (STEPS, "Pull.", "why", "“To open it:\nPull.” [0][0 lead]"),
        (STEPS.replace("1.", "-").replace("2.", "-"), "Pull.", "how",
         "“To open it:\nPull.” [0][0 lead]"),
        ("**Is it safe?** It is. Mostly.", "It is.", "yesno",
         "“Is it safe?\nIt is. Mostly.” [0 whole][0 lead]"),
        ("**Is it safe?** It is. Mostly.", "It is.", "number", "“Is it safe?\nIt is.” [0][0 lead]"),
        (TABLE, "| Sol | 9 m |", "number", "“Boat: Sol · Length: 9 m” [0][0 lead]"),
        (TABLE, "| Sol | 9 m |", "list",
         "“Boat · Length\nBoat: Havn · Length: 12 m\nBoat: Sol · Length: 9 m” [0 whole]"),
    ],
)  # fmt: skip
def test_the_whole_is_quoted_where_it_is_asked_for(
    text: str, words: str, answer_type: str, expected: str
) -> None:
    shown = said([evidence_of(text, words)], answer_type=answer_type)
    assert shown.partition("\n\n")[2] == expected


def test_a_list_is_quoted_whole_if_what_it_stands_under_is_asked_about() -> None:
    pull = dataclasses.replace(evidence_of(STEPS, "Pull."), score=0.9)
    whole = "“To open it:\n1. Turn the wheel.\n2. Pull.” [0 whole][0 lead]"
    assert said([dataclasses.replace(pull, is_named_above=True)]).endswith(whole)
    assert not said([pull]).endswith(whole)


def test_a_list_of_which_several_items_answer_is_quoted_whole() -> None:
    first, second = evidence_of(STEPS, "Turn the **wheel**."), evidence_of(STEPS, "Pull.")
    assert said([first, second], answer_type="why").partition("\n\n")[2] == (
        "“To open it:\n1. Turn the wheel.\n2. Pull.” [0 whole][0 lead]"
    )
    rows = [evidence_of(TABLE, row) for row in ("| Havn | 12 m |", "| Sol | 9 m |")]
    assert said(rows, answer_type="why").count("Boat:") == 2


def test_a_line_of_code_is_not_quoted_beside_the_steps_that_have_it() -> None:
    steps = "To open the old gate:\n\n1. Run:\n\n   ```\n   ls\n   ```\n2. Pull."
    chosen = [evidence_of(steps, words) for words in ("ls", "Run:", "Pull.")]
    assert said(chosen, answer_type="why").partition("\n\n")[2] == (
        "“To open the old gate:\n1. Run:\n\n   ls\n2. Pull.” [1 whole][1 lead]"
    )


def test_of_what_says_the_same_the_questions_language_is_quoted() -> None:
    spanish = sentence("El faro mide 46 metros.", "b.md", language="es", answer="46 metros")
    english = sentence("The lighthouse is 46 metres tall.", "a.md", answer="46 metres")
    agreed = Findings(agreements=(Shared("46", (0, 1)),))
    assert said([spanish, english], agreed) == (
        "The articles say: 46 metres [1]\n\n“The lighthouse is 46 metres tall.” [1]\n\n"
        "Several articles agree: [0][1]"
    )
    assert "“El faro mide 46 metros.” (in Spanish) [0]" in said([spanish, english])
