"""What can be asked: the question, checked, and the language it is in."""

from dataclasses import dataclass

from index.errors import CorpusChatError
from index.language.detection import detect_language

MAX_CHARACTERS = 2000


class QuestionError(CorpusChatError):
    """The question cannot be answered because of what it is, not of what the articles say."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with words in it, and its language."""

    text: str
    language: str  # ISO 639-1, or index.language.detection.UNKNOWN


def check_question(text: str) -> Question:
    """Return the question without surrounding space.

    Raises:
        QuestionError: it is empty, has no letter or digit, or is too long.
    """
    # A half of a surrogate pair is no character, and no encoder takes it.
    text = text.encode("utf-8", "replace").decode("utf-8").strip()
    if not text:
        raise QuestionError("The question is empty; type one.")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(text):,} characters and at most {MAX_CHARACTERS:,} are read; "
            "shorten it."
        )
    if not any(character.isalnum() for character in text):
        raise QuestionError(f"There is no word in the question {text[:20]!r}; ask in words.")
    return Question(text, detect_language(text))
