"""Which texts are near to a question, whatever their language."""

from collections.abc import Sequence

import numpy as np

from index.encoder.embedding import QuestionsEncoder, Vectors


def by_nearness(
    questions: Sequence[str],
    texts: Sequence[str],
    languages: Sequence[str],
    encoder: QuestionsEncoder,
) -> list[list[int]]:
    """Return for each question the indices of the texts, the nearest first."""
    vectors = encoder.encode_passages(texts)
    if not encoder.is_language_fair:
        vectors = levelled(vectors, languages)
    order: list[list[int]] = np.argsort(-encoder.encode_questions(questions) @ vectors.T).tolist()
    return order


def levelled(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """Return vectors, (texts, dimensions), less the mean of their language.

    A question's products with them rank texts without preferring its own language.
    """
    own = np.array(languages)
    level = vectors.copy()
    for language in np.unique(own):
        level[own == language] -= vectors[own == language].mean(axis=0)
    return level
