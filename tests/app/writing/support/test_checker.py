"""A statement is cited to the words that support it, wherever they stand."""

import pytest

from app.writing.support.checker import FITTED, SupportCalibration, SupportChecker
from index.chunking import Chunk
from index.search import Passage
from tests.encoders import BagOfWords
from tests.models import BY_WORDS
from tests.readers import WordReader

KEEPER = "A keeper named Ottesen looks after it."
HARBOUR = "The harbour of Skagen closed in 1987."
BOATS = "Twelve fishing boats are left."


def passage(name: str, *sentences: str) -> Passage:
    text = " ".join(sentences)
    return Passage(Chunk(name, f"{name}.md", 10, 10 + len(text), text, "en"), 1.0)


PASSAGES = [passage("a", HARBOUR, BOATS), passage("b", KEEPER), passage("c", "Whales sing.")]


def words(text: str, *cited: int) -> list[str]:
    checker = SupportChecker(BagOfWords(), WordReader(), BY_WORDS)
    return [found.text for found in checker.check(text, "en", PASSAGES, cited)]


@pytest.mark.parametrize("cited", [(1,), (), (2,), (7,)], ids=["right", "none", "wrong", "unknown"])
def test_support_is_found_whatever_is_cited(cited: tuple[int, ...]) -> None:
    assert words("A keeper named Ottesen looks after it.", *cited) == [KEEPER]


def test_two_cited_passages_may_support_a_statement_together() -> None:
    text = "The harbour of Skagen closed and a keeper named Ottesen looks after it."
    assert words(text, 0, 1) == [HARBOUR, KEEPER]
    assert words(text) == []


def test_what_nothing_supports_is_cited_to_nothing() -> None:
    assert words("Her sister Olga paints boats in Bergen.", 0, 1) == []


def test_the_words_stand_at_their_offsets_in_the_article() -> None:
    checker = SupportChecker(BagOfWords(), WordReader(), BY_WORDS)
    (found,) = checker.check("Twelve fishing boats are left.", "en", PASSAGES, [0])
    assert (found.source, found.text) == ("a.md", BOATS)
    assert found.start == 10 + len(HARBOUR) + 1
    assert found.end == found.start + len(BOATS)


def test_the_calibration_that_ships_can_be_read() -> None:
    assert FITTED.is_file()
    assert 0 < SupportCalibration.load().threshold < 1
