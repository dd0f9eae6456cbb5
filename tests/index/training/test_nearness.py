"""What the texts of a language share does not rank them."""

import numpy as np
import pytest

from index.training.nearness import levelled


def test_the_mean_of_each_language_is_taken_away() -> None:
    vectors = np.array([[1, 0], [3, 2], [0, 5], [0, 7]], np.float32)
    before = vectors.copy()
    found = levelled(vectors, ["en", "en", "zh", "zh"])
    assert found.tolist() == [[-1, -1], [1, 1], [0, -1], [0, 1]]
    assert np.array_equal(vectors, before), "the vectors given are as they were"


def test_a_question_does_not_prefer_its_own_language() -> None:
    # The third dimension says "English", as strongly as the others say what a text is about.
    vectors = np.array([[1, 0, 1], [0, 1, 1], [1, 0, 0], [0, 1, 0]], np.float32)
    question = np.array([1, 0, 1], np.float32)
    english_on_another_subject, on_its_subject = 1, 2
    plain = vectors @ question
    assert plain[english_on_another_subject] == plain[on_its_subject]
    scores = levelled(vectors, ["en", "en", "zh", "zh"]) @ question
    assert scores[on_its_subject] > scores[english_on_another_subject]
    assert scores[0] == pytest.approx(scores[on_its_subject])


def test_the_only_text_of_a_language_is_at_its_mean() -> None:
    found = levelled(np.array([[1, 2]], np.float32), ["it"])
    assert found.tolist() == [[0, 0]]
