"""Sentences of different sources are compared only where they speak of the same thing."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.agreement import Findings, compare
from app.evidence.ranking import Evidence
from app.question.question import Question
from index.chunking import Chunk
from index.encoder.embedding import Vectors
from index.search import Passage

FASTER = "How much faster is Trainium3 than Trainium2?"


def sentence(source: str, language: str, text: str) -> Evidence:
    chunk = Chunk(source, source, 0, len(text), text, language)
    return Evidence(Passage(chunk, 1.0), 0, len(text), text, 1.0)


def compared(question: str, *sentences: tuple[str, str]) -> Findings:
    evidence = [sentence(f"{i}.md", *told) for i, told in enumerate(sentences)]
    return compare(Question(question, "en"), evidence)


def test_sources_that_say_the_same_agree_across_languages() -> None:
    found = compared(
        "How many chips does Project Rainier use?",
        ("it", "Project Rainier impiega mezzo milione di chip Trainium2."),
        ("zh", "Project Rainier使用了50万颗Trainium2芯片。"),
    )
    assert [shared.places for shared in found.agreements] == [(0, 1)]
    assert not found.variations
    assert not found.conflicts


def test_a_rounded_or_hedged_figure_is_a_variation() -> None:
    found = compared(
        FASTER,
        ("en", "Trainium3 is up to 4.4 times faster than Trainium2."),
        ("es", "Trainium3 es cuatro veces más rápido que Trainium2."),
    )
    (variation,) = found.variations
    assert [(v.value, v.places) for v in variation.values] == [
        ("up to 4.4 times", (0,)),
        ("cuatro veces", (1,)),
    ]
    assert not found.conflicts


def test_values_that_cannot_both_be_true_conflict_and_each_names_its_places() -> None:
    found = compared(
        FASTER,
        ("en", "Trainium3 is four times faster than Trainium2."),
        ("it", "Trainium3 è sei volte più veloce di Trainium2."),
        ("es", "Trainium3 es cuatro veces más rápido que Trainium2."),
    )
    (conflict,) = found.conflicts
    assert [value.places for value in conflict.values] == [(0, 2), (1,)]
    assert [shared.places for shared in found.agreements] == [(0, 2)]


@pytest.mark.parametrize(
    "other",
    [
        "Trainium2 was seven times faster than the first Trainium.",
        "Trainium4 will be seven times faster than Trainium3.",
        "Google's TPU is seven times faster than Trainium2.",
        "Trainium3 has seven times more memory than Trainium2.",
        "Trainium3 could be seven times faster than Trainium2.",
        "Trainium3 was not seven times faster than Trainium2.",
        "In 2023 Trainium3 was seven times faster than Trainium2.",
    ],
)
def test_what_is_said_of_another_thing_never_conflicts(other: str) -> None:
    found = compared(
        FASTER, ("en", "Trainium3 is four times faster than Trainium2."), ("en", other)
    )
    assert found == Findings()


def test_a_source_is_not_compared_with_itself() -> None:
    told = ("Velora was founded in 1971.", "Velora was founded in 1981.")
    evidence = [sentence("one.md", "en", text) for text in told]
    assert compare(Question("When was Velora founded?", "en"), evidence) == Findings()


def test_namesakes_do_not_conflict() -> None:
    found = compared(
        "When was Adam Renner born?",
        ("en", "Adam Renner, a sculptor from Graz, was born in 1921."),
        ("it", "Adam Renner, il calciatore, è nato nel 1988."),
    )
    assert found == Findings()


def test_figures_that_were_not_asked_for_are_not_compared() -> None:
    found = compared(
        "Who founded Velora?",
        ("en", "Velora was founded in 1971 by Ada Moss."),
        ("en", "Velora was founded in 1981 by Ada Moss."),
    )
    assert not found.conflicts


def marked(source: str, text: str, answer: str) -> Evidence:
    """Return a sentence that stands 100 characters into its article, with the answer in it."""
    chunk = Chunk(source, source, 100, 100 + len(text), text, "en")
    start = 100 + text.index(answer)
    span = (start, start + len(answer))
    return Evidence(Passage(chunk, 1.0), 100, 100 + len(text), text, 1.0, answer=span)


@pytest.mark.parametrize(
    ("answers", "agreed", "opposed"),
    [
        (("300", "300"), [(0, 1)], []),
        (("12 stores", "14 stores"), [], ["12 stores", "14 stores"]),
        (("300", "14 stores"), [], []),
    ],
)
def test_of_several_figures_in_a_sentence_the_marked_answer_is_compared(
    answers: tuple[str, str], agreed: list[tuple[int, int]], opposed: list[str]
) -> None:
    evidence = [
        marked("a.md", "Velora has 300 employees and 12 stores.", answers[0]),
        marked("b.md", "Velora has 300 employees and 14 stores.", answers[1]),
    ]
    found = compare(Question("How large is Velora?", "en"), evidence)
    assert [shared.places for shared in found.agreements] == agreed
    assert [v.value for conflict in found.conflicts for v in conflict.values] == opposed
    assert not found.variations


class SameForAll:
    """Finds any two sentences alike."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), np.float32)


@pytest.mark.parametrize(
    ("other", "agree"),
    [
        ("Trainium4 supporterà NVLink Fusion.", True),
        ("Trainium5 supporterà NVLink Fusion.", False),  # another product
        ("Trainium4 supporterà NVLink Fusion dal 2027.", False),  # a figure of its own
    ],
)
def test_sentences_alike_agree_unless_names_or_figures_differ(other: str, agree: bool) -> None:
    evidence = [
        sentence("a.md", "en", "Trainium4 will support NVLink Fusion."),
        sentence("b.md", "it", other),
    ]
    found = compare(Question("What will Trainium4 support?", "en"), evidence, SameForAll())
    assert bool(found.agreements) is agree


def test_nothing_is_found_in_no_evidence() -> None:
    assert compare(Question("Why?", "en"), []) == Findings()


GARMAN = ("en", "AWS CEO Matt Garman told CRN so.")


@pytest.mark.parametrize(
    ("language", "text", "holder"),
    [
        ("es", "Adam Selipsky es el director ejecutivo de AWS.", "Adam Selipsky"),
        ("it", "L'amministratore delegato di AWS, Adam Selipsky, lo ha detto.", "Adam Selipsky"),
        ("zh", "AWS首席执行官Adam Selipsky表示，销量增长。", "Adam Selipsky"),
        ("en", "Adam Selipsky, AWS's chief executive, said sales grew.", "Adam Selipsky"),
    ],
)
def test_two_holders_of_an_office_for_one_conflict(language: str, text: str, holder: str) -> None:
    (conflict,) = compared("Who is the CEO of AWS?", GARMAN, (language, text)).conflicts
    assert [(v.value, v.places) for v in conflict.values] == [
        ("Matt Garman", (0,)),
        (holder, (1,)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Amazon CEO Andy Jassy said AWS grew.",  # of another company
        "The former AWS CEO Adam Selipsky left.",
        "In 2021 AWS CEO Adam Selipsky took over.",
        "Adam Selipsky will be CEO of AWS.",
        "Garman, AWS's chief executive, said sales grew.",
        "M. Garman, AWS's chief executive, said sales grew.",
        "On Tuesday, the CEO of AWS said sales grew.",
        "However, AWS's CEO said sales grew.",
        "Back in Milan, the CEO of AWS spoke.",
        "Oggi, il CEO di AWS ha parlato.",
        "L'ex amministratore delegato di AWS, Adam Selipsky, ha parlato.",
        "El exdirector ejecutivo de AWS, Adam Selipsky, habló.",
        "前AWS首席执行官Adam Selipsky表示，销量增长。",
        "The interim CEO of AWS, Adam Selipsky, spoke.",
        "The deputy chief executive of AWS, Adam Selipsky, spoke.",
        "Matthew Garmann is the CEO of AWS.",  # spelled otherwise
        "AWS CFO Brian Olsavsky said sales grew.",
        "The CEO of AWS said sales grew.",
    ],
)
def test_another_office_or_time_or_the_same_name_does_not(text: str) -> None:
    assert not compared("Who is the CEO of AWS?", GARMAN, ("en", text)).conflicts


def test_the_vice_president_is_another() -> None:
    assert not compared(
        "Who is the president of Novalux?",
        ("en", "The president of Novalux, Ingrid Solheim, spoke."),
        ("en", "The vice president of Novalux, Peter Hahn, spoke."),
        ("es", "El vicepresidente de Novalux, Tomás Rey, habló."),
        ("es", "El expresidente de Novalux, Juan Rey, habló."),
    ).conflicts


def test_two_who_share_a_first_name_are_two() -> None:
    assert compared(
        "Who is the mayor of Arvika?",
        ("en", "Peter Holm is the mayor of Arvika."),
        ("it", "Peter Hahn è il sindaco di Arvika."),
    ).conflicts


@pytest.mark.parametrize(
    "question", ["What did the CEO of AWS announce?", "When did the CEO of AWS speak?"]
)
def test_holders_are_looked_for_only_where_the_question_asks_who(question: str) -> None:
    other = ("es", "Adam Selipsky es el director ejecutivo de AWS.")
    assert not compared(question, GARMAN, other).conflicts
