"""Sentences that state the same in other words agree, unless a name or a figure differs."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.agreement import compare
from app.agreement.alike import alike
from app.agreement.focus import Focus
from app.question.question import Question
from index.encoder.embedding import Vectors
from index.language.detection import UNKNOWN
from tests.app.agreement.sentences import sentence


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


@pytest.mark.parametrize(
    ("language", "text", "other_language", "other", "agree"),
    [
        ("en", "Velora pays $5 billion.", "en", "Velora pays 5 billion dollars.", True),
        ("en", "Velora pays $5 billion.", "en", "Velora pays €5 billion.", False),
        ("es", "Velora paga 300 millones de euros.", "fr", "Velora paie 300 dollars.", False),
        # What is counted is not read in French; the number is.
        ("en", "Velora has 30 rooms.", "fr", "Velora a 30 chambres.", True),
        ("en", "Velora has 30 rooms.", "fr", "Velora a 40 chambres.", False),
    ],
)
def test_figures_agree_if_they_may_measure_the_same(
    language: str, text: str, other_language: str, other: str, agree: bool
) -> None:
    evidence = [sentence("a.md", language, text), sentence("b.md", other_language, other)]
    found = list(alike(Focus(Question("And Velora?", "en")), evidence, set(), SameForAll()))
    assert bool(found) is agree


def test_a_sentence_whose_figures_cannot_be_read_agrees_with_none() -> None:
    evidence = [
        sentence("a.md", "en", "Trainium4 will support NVLink Fusion."),
        sentence("b.md", UNKNOWN, "Trainium4 NVLink Fusion 2027"),
    ]
    found = compare(Question("What will Trainium4 support?", "en"), evidence, SameForAll())
    assert not found.agreements
