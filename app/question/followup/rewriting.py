"""Put into a question what it leans on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.question.followup.reading import Reading

_CARRIED = 3  # names
_ASKS = " ?？¿"


@dataclass(frozen=True, slots=True)
class Topic:
    """What the conversation is about: the last question, and the names that may be meant."""

    question: str
    names: list[str]
    quoted: list[str]  # names in the sentences that were quoted for it


def referents(reading: Reading, topic: Topic) -> list[str]:
    """Return the names that the question may mean and does not have."""
    names = topic.names or topic.quoted
    if reading.has(reading.cues.persons):
        people = [name for name in topic.names if _may_be_person(name)]
        # Whom an answer names may be another than who was meant: the question's names stay.
        names = people or [*filter(_may_be_person, topic.quoted), *topic.names] or names
    own = {name.casefold() for name in reading.names}
    return [name for name in names if name.casefold() not in own][:_CARRIED]


def carry(reading: Reading, names: Sequence[str]) -> str:
    """Return the question with names in the place of its pronoun, or else in brackets."""
    known = reading.cues
    pronouns = [
        word for word in reading.words if word.text in known.pronouns and word.text != "there"
    ]
    is_sure = len(names) == 1 and (_may_be_person(names[0]) or not reading.has(known.persons))
    if is_sure and len(pronouns) == 1 and reading.language in ("en", "zh"):
        (word,) = pronouns
        return reading.text[: word.start] + names[0] + reading.text[word.end :]
    if reading.language == "zh":
        # Ahead, where Chinese puts what a sentence is about, the names also rank better.
        begin = reading.words[reading.rest].start if reading.rest < len(reading.words) else 0
        return f"{'、'.join(names)}：{reading.text[begin:]}"
    return f"{reading.text} ({', '.join(names)})"


def swap(reading: Reading, topic: Topic) -> str:
    """Return the question before, with what the fragment gives in its place."""
    first = reading.words[reading.rest]
    is_place = first.text in reading.cues.places
    if len(reading.names) == 1 and not is_place:
        (name,) = reading.names
        same = [old for old in topic.names if _stem(old) == _stem(name)]
        if same or len(topic.names) == 1:
            old = re.escape((same or topic.names)[0])
            # Not within a longer name, as Trainium is in Trainium2.
            return re.sub(
                rf"(?<![A-Za-zÀ-ɏ0-9]){old}(?![A-Za-zÀ-ɏ0-9])",
                lambda _: name,
                topic.question,
                count=1,
            )
    if is_place and reading.language != "zh":
        return f"{topic.question.rstrip(_ASKS)} {reading.text[first.start :].strip(_ASKS)}?"
    return f"{topic.question} {reading.text}"


def _may_be_person(name: str) -> bool:
    return " " in name and all(word.isalpha() and word.istitle() for word in name.split())


def _stem(name: str) -> str:
    """Return a name without its number: of several names, Trainium2 replaces Trainium3."""
    return re.sub(r"[\d\s]+$", "", name).casefold()
