"""What a question lacks to stand alone, by its small words."""

from typing import Literal

from app.question.followup.defining import defines
from app.question.followup.pronouns import has_pronoun
from app.question.followup.reading import Reading

_DROPS_SUBJECT = ("es", "it", "zh")  # "Quanti chip usa?" has no word for who uses them
_FRAGMENT = 3  # words with a content, of a question without a verb: "And energy efficiency?"
_SPARSE = 2  # words with a content, of a question whose subject was dropped

Lean = Literal["nothing", "referent", "slot", "whole"]
"""What a question lacks: a name, all but the slot that it swaps, or all but a question word."""


def lean_of(reading: Reading) -> Lean:
    """Return what the question lacks."""
    if not reading.words:
        return "nothing"
    known = reading.cues
    weight = reading.weight()
    asks = reading.has(known.asking)
    states = reading.has(known.verbs)
    begins = reading.words[reading.rest].text if reading.rest < len(reading.words) else ""
    if has_pronoun(reading):
        return "referent"
    is_led = begins in known.about | known.places and reading.text.endswith(("?", "？"))
    if not asks and not states and (reading.rest or is_led) and 0 < weight <= _FRAGMENT:
        return "slot" if reading.names or begins in known.about | known.places else "referent"
    if reading.names:
        return "nothing"
    if asks and not weight and not states:
        return "whole"
    if defines(reading):
        return "nothing"
    if reading.rest or not weight:
        return "referent"
    if weight == 1 and reading.has(known.articles):
        return "referent"
    if not asks and not states:
        return "nothing"
    if reading.language in _DROPS_SUBJECT and weight <= _SPARSE and not _has_subject(reading):
        return "referent"
    return "nothing"


def _has_subject(reading: Reading) -> bool:
    """Whether the place of the subject is filled, so that none was dropped."""
    known = reading.cues
    if reading.language != "zh":
        return reading.has(known.subjects) or reading.has(known.articles)
    first, *others = reading.words[reading.rest :]
    is_verb = bool(others) and others[0].text in ("了", "过", "着")
    return first.text not in known.known and len(first.text) > 1 and not is_verb
