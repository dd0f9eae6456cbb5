"""What speaks for a statement is read from its names and figures."""

import pytest

from app.writing.support.signals import Hypothesis, SupportSignals
from index.chunking import Chunk

TEXTS = [
    ("en", "The harbour of Skagen closed in 1987. Ottesen sold 46 boats."),
    ("it", "Il porto di Skagen ha chiuso nel 1987, e Ottesen ha venduto quarantasei barche."),
]


def signals(text: str, *places: int, language: str = "en") -> SupportSignals:
    chunks = [Chunk(str(i), f"{i}.md", 0, len(t), t, of) for i, (of, t) in enumerate(TEXTS)]
    return Hypothesis(text, language).signals([chunks[place] for place in places], read=1.5)


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


def test_names_are_looked_for_to_the_letter() -> None:
    assert signals("In 1987 Ottesen closed Skagen", 0).named == 1.0
    assert signals("In 1987 Hansen closed Skagen", 0).named < 1.0


def test_passages_have_names_and_figures_between_them() -> None:
    text = "In 1987 Skagen closed, says the Gazette, and Ottesen barche"
    both = signals(text, 0, 1)
    assert both.named >= max(signals(text, 0).named, signals(text, 1).named)
    assert both.read == 1.5
