"""From a question that leans on the conversation to one that stands alone.

"And how many does it use?" names nothing that could be searched for. Whether a question leans on
what came before shows in its small words (app/question/cues); what it leans on are the names of the
question before, or of the sentences that were quoted for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.question.followup.leaning import Lean, lean_of
from app.question.followup.reading import read
from app.question.followup.rewriting import Topic, carry, referents, swap
from app.question.followup.words import is_chinese, names_in, words_in
from app.question.question import Turn
from index.language.detection import detect_language

_TURNS = 6  # of the conversation that are read; what came before is forgotten
_QUOTED = re.compile("“(.+?)”")


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question as it is searched for, and whether that is not what was typed."""

    text: str
    language: str  # ISO 639-1, or index.language.detection.UNKNOWN
    is_changed: bool


def stand_alone(question: str, history: Sequence[Turn] = ()) -> StandAlone:
    """Return `question` with what it leans on in `history`, or as it is where it leans on nothing.

    >>> stand_alone("How many chips does it use?", [Turn("What is Project Rainier?", "…")]).text
    'How many chips does Project Rainier use?'
    """
    topic: Topic | None = None
    for turn in history[-_TURNS:]:
        found, names = _resolve(turn.question, topic)
        topic = Topic(found.text, names, _quoted_names(turn.answer))
    return _resolve(question, topic)[0]


def _resolve(question: str, topic: Topic | None) -> tuple[StandAlone, list[str]]:
    """Return the question that stands alone, and the names it is about."""
    reading = read(question)
    lean: Lean = lean_of(reading) if topic else "nothing"
    if topic is None or lean == "nothing":
        return StandAlone(question, detect_language(question), False), reading.names
    if lean == "slot":
        return StandAlone(swap(reading, topic), reading.language, True), (
            reading.names or topic.names
        )
    names = referents(reading, topic)
    if lean == "referent" and names:
        return StandAlone(carry(reading, names), reading.language, True), names
    return StandAlone(f"{topic.question} {question}".strip(), reading.language, True), topic.names


def _quoted_names(answer: str) -> list[str]:
    """Return the names in the sentences that an answer quotes."""
    names = []
    for text in _QUOTED.findall(answer):
        names += names_in(text, words_in(text, "zh" if is_chinese(text) else None))
    return list(dict.fromkeys(names))
