"""Signals of support are read from the names and figures of a statement."""

import pytest

from app.writing.support.signals import Hypothesis, SupportSignals
from index.chunking import Chunk
from index.language.detection import UNKNOWN

TEXTS = [
    ("en", "The harbour of Skagen closed in 1987. Ottesen sold 46 boats."),
    ("it", "Il porto di Skagen ha chiuso nel 1987, e Ottesen ha venduto quarantasei barche."),
    (UNKNOWN, "Skagen: 1987, 46"),
    ("de", "Der Hafen von Skagen verkaufte 500.000 Fische."),
]


def signals(text: str, *indices: int, language: str = "en") -> SupportSignals:
    chunks = [
        Chunk(str(i), f"{i}.md", 0, len(passage), passage, written_in)
        for i, (written_in, passage) in enumerate(TEXTS)
    ]
    return Hypothesis(text, language).signals([chunks[i] for i in indices], read=1.5)


@pytest.mark.parametrize(
    ("text", "language", "stands"),
    [
        ("Ottesen sold 46 boats", "en", True),
        ("Ottesen sold forty-six boats", "en", True),
        ("Ottesen sold 47 boats", "en", False),
        ("Il porto ha chiuso nel 1987", "it", True),
        ("港口于1987年关闭", "zh", True),
        ("港口于1988年关闭", "zh", False),
    ],
)
def test_figures_are_compared_across_languages_and_numerals(
    text: str, language: str, stands: bool
) -> None:
    assert signals(text, 0, language=language).figures == float(stands)


def test_a_small_count_in_another_languages_words_is_let_be() -> None:
    assert signals("C'erano due porti", 0, language="it").figures == 1.0
    assert signals("There were two harbours", 0, language="en").figures == 0.0
    assert signals("Es gab 2 Häfen", 0, language="de").figures == 1.0
    assert signals("Es gab 20 Häfen", 0, language="de").figures == 0.0


def test_names_are_looked_for_to_the_letter() -> None:
    assert signals("In 1987 Ottesen closed Skagen", 0).named == 1.0
    assert signals("In 1987 Hansen closed Skagen", 0).named < 1.0


def test_passages_have_names_and_figures_between_them() -> None:
    text = "In 1987 Skagen closed, says the Gazette, and Ottesen barche"
    both = signals(text, 0, 1)
    assert both.named >= max(signals(text, 0).named, signals(text, 1).named)
    assert both.read == 1.5


def test_where_a_language_is_not_known_no_figure_is_missed() -> None:
    assert signals("Ottesen sold 47 boats", 2).figures == 1.0
    assert signals("Ottesen sold 47 boats", 0, language=UNKNOWN).figures == 1.0


def test_thousands_are_read_as_each_language_writes_them() -> None:
    assert signals("The harbour sold 500,000 fish", 3).figures == 1.0
    assert signals("The harbour sold 500 fish", 3).figures == 0.0
