"""A statement is true or altered, as its kind says."""

from itertools import islice

import pytest

from app.writing.support.training.statement_examples import (
    ALTERED,
    StatementExample,
    StatementExamples,
)
from index.training.question_sets import QuestionSet, SetPassage, SetQuestion

PARAGRAPHS = {
    "harbour": {
        "en": "The harbour of Skagen closed in 1987 after the storm. It was owned by Karl Ottesen "
        "and his sister. Twelve fishing boats are left in the old basin.",
        "es": "El puerto de Skagen cerró en 1987 después de la tormenta. Era propiedad de Karl "
        "Ottesen y de su hermana. Quedan doce barcos de pesca en la vieja dársena.",
    },
    "bridge": {
        "en": "The bridge over the river Arno was built in 1345 by masons. It was named after "
        "Taddeo Gaddi for a while. The goldsmiths moved onto it in 1593.",
        "es": "El puente sobre el río Arno fue construido en 1345 por albañiles. Llevó por un "
        "tiempo el nombre de Taddeo Gaddi. Los orfebres se mudaron a él en 1593.",
    },
}
PASSAGES = {
    f"{key}-{language}": SetPassage(f"{key}-{language}", "", text, language, key)
    for key, texts in PARAGRAPHS.items()
    for language, text in texts.items()
}
SETS = [
    QuestionSet(
        "xquad",
        PASSAGES,
        (
            SetQuestion(
                "en:1", "Who?", "en", True, ("Karl Ottesen",), (), frozenset({"harbour-en"})
            ),
        ),
    )
]


@pytest.fixture
def examples() -> StatementExamples:
    return StatementExamples(SETS, set(PARAGRAPHS), seed=0)


def own(example: StatementExample) -> str:
    """Return the paragraph that a statement is about, in the statement's language."""
    return PARAGRAPHS[example.passage.key][example.language]


def test_as_many_are_true_as_altered_and_each_way(examples: StatementExamples) -> None:
    kinds = [example.kind for example in islice(examples, 50)]
    assert kinds.count("true") == 25
    assert all(kinds.count(kind) == 5 for kind in ALTERED)


def test_a_true_statement_is_a_sentence_of_its_paragraph(examples: StatementExamples) -> None:
    for _ in range(30):
        example = examples.of_kind("true")
        assert example.text in own(example)
        assert example.passage.text == PARAGRAPHS[example.passage.key][example.passage.language]


@pytest.mark.parametrize("kind", ["wrong figure", "swapped name", "added claim", "from elsewhere"])
def test_an_altered_statement_is_not_in_its_paragraph(
    examples: StatementExamples, kind: str
) -> None:
    for _ in range(30):
        example = examples.of_kind(kind)  # type: ignore[arg-type]
        assert example.text not in own(example)


def test_a_removed_sentence_is_gone_from_the_passage_in_its_language(
    examples: StatementExamples,
) -> None:
    for _ in range(30):
        example = examples.of_kind("sentence removed")
        assert example.text in own(example)
        whole = PARAGRAPHS[example.passage.key][example.passage.language]
        assert len(example.passage.text) < len(whole)
        if example.language == example.passage.language:
            assert example.text not in example.passage.text


def test_the_same_seed_draws_the_same(examples: StatementExamples) -> None:
    again = StatementExamples(SETS, set(PARAGRAPHS), seed=0)
    assert list(islice(examples, 40)) == list(islice(again, 40))
