"""Vectors without what the texts of one language share."""

from collections.abc import Sequence

import numpy as np

from index.encoder.embedding import Vectors


def levelled(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """Return vectors, (texts, dimensions), less the mean of their language.

    A question's products with them rank texts without preferring its own language.
    """
    own = np.array(languages)
    level = vectors.copy()
    for language in np.unique(own):
        level[own == language] -= vectors[own == language].mean(axis=0)
    return level
