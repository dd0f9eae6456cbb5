"""What was asked: the question, its language, and what kind of question it is."""

from dataclasses import dataclass
from typing import Literal

from index.conversation import in_conversation
from index.errors import CorpusChatError
from index.language.detection import detect_language

MAX_CHARACTERS = 2000

Kind = Literal[
    "fact",
    "byline",
    "summary",
    "everything",
    "topic",
    "folder",
    "newest",
    "who",
    "greeting",
    "thanks",
    "reply",
]
"""What is asked for: a fact, who published an article and when, the gist of an article, everything
that is said on a topic, the articles on one, all articles, the newest, what the program is; or no
question, but a greeting, thanks, or "yes", "no" and the like."""

SAID_KINDS: tuple[Kind, ...] = ("folder", "newest", "who", "greeting", "thanks", "reply")
"""The kinds that are answered without a search."""


class QuestionError(CorpusChatError):
    """The question cannot be answered because of what it is, not of what the articles say."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, and the answer to it."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be answered."""

    text: str  # as it was typed, or reworded so that it stands alone
    language: str  # ISO 639-1, or index.language.detection.UNKNOWN
    kind: Kind = "fact"
    answer_type: str | None = None  # that it expects, as app.question.heads has it
    typed: str | None = None  # what the user typed, if it was reworded
    earlier: tuple[str, ...] = ()  # the questions that it leans on, if it was not reworded
    page: str | None = None  # the language of the page that it was typed on, ISO 639-1

    @property
    def in_full(self) -> str:
        """The question with those that it leans on, as it is searched for and read."""
        return in_conversation(self.earlier, self.text)

    @property
    def is_follow_up(self) -> bool:
        """Whether it leaned on the conversation as it was typed."""
        return self.typed is not None or bool(self.earlier)


def check_question(text: str, page: str | None = None) -> Question:
    """Return the question without surrounding space; `page` is the language of its page, if known.

    Raises:
        QuestionError: it is empty, has no letter or digit, or is too long.
    """
    # Half of a surrogate pair is no character, and no encoder accepts it.
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
    return Question(text, detect_language(text, page=page), page=page)
