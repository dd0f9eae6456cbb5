"""Questions that ask what something is, rather than something about it."""

from app.question.followup.reading import Reading, read
from app.question.followup.words import is_content


def defines(reading: Reading) -> bool:
    """Whether the question asks what something is, and so names it."""
    words = [word.text for word in reading.words[reading.rest :]]
    for phrase in reading.cues.definitions:
        parts = phrase.split()
        if words[: len(parts)] == parts or (reading.language == "zh" and phrase in words):
            return not (reading.language == "en" and reading.has(reading.cues.articles))
    return False


def asks_what_a_name_is(question: str) -> bool:
    """Whether a question asks who or what a name stands for, and nothing else.

    >>> asks_what_a_name_is("Who exactly is Matt Garman?"), asks_what_a_name_is("Who led Acme?")
    (True, False)
    """
    reading = read(question)
    others = [word for word in reading.words if not word.is_name]
    begins = {phrase.split()[0] for phrase in reading.cues.definitions}
    return (
        bool(reading.names)
        and any(word.text in begins for word in others)
        and not any(is_content(word, reading.cues) for word in others)
        and not reading.has(reading.cues.articles)
    )
