"""What shows in a question's vector: its kind, the type of answer it expects, whether it leans.

Each is a linear head on the vector, fitted to questions of known kind (`app.question.fitting`).
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np

from app.question.names import names_in
from app.question.question import SAID_KINDS, Kind
from app.question.sayings import QUESTION, said
from index.encoder.embedding import Encoder, Vectors

SHIPPED = Path(__file__).with_name("heads.json")
"""The heads that come with the program; `python -m app.question.fitting` writes them."""

NUMBER, DATE = "number", "date"
SHORT = frozenset({NUMBER, DATE, "name", "place"})
"""The types of answer that are a few words."""

HOW, LIST = "how", "list"
"""The types that a whole list may answer."""

YES_NO = "yesno"
"""The type of what is answered by yes or no, or by saying the question's words again."""

_SAID = 60  # characters

LEANS, ALONE = "leans", "alone"
"""The kinds of the head that says whether a question leans on those before it."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Weights, (kinds, dimensions), and intercepts, (kinds,)."""

    kinds: tuple[str, ...]
    weights: Vectors
    intercepts: Vectors

    def likeliest(self, vector: Vectors) -> str:
        return self.kinds[int(np.argmax(self.weights @ vector + self.intercepts))]


def _asks_for_more(kind: str, text: str) -> bool:
    """Whether a text is too long for a greeting and the like, or asks who somebody else is."""
    is_too_long = kind in SAID_KINDS and len(text) > _SAID
    return is_too_long or (kind == "who" and bool(names_in(text)))


class QuestionHeads:
    """Reads questions by the heads; they say nothing of the vectors of another encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def answer_type(self, question: str) -> str | None:
        """Return the type of answer that a question expects, such as "why"; None: unknown."""
        return self._likeliest("answer type", question)

    def leans(self, question: str) -> bool | None:
        """Whether a question makes sense only after those before it; None: unknown."""
        found = self._likeliest("leaning", question)
        return None if found is None else found == LEANS

    def kind(self, text: str) -> Kind:
        """Return what a text asks for; "fact" where that is unknown."""
        known = said(text)
        if known is not None:
            return cast("Kind", known[0])
        found = self._likeliest("kind", text)
        if found is None or found == QUESTION or _asks_for_more(found, text):
            return "fact"
        return cast("Kind", found)

    def _likeliest(self, head: str, question: str) -> str | None:
        encoder, heads = self._fitted
        if encoder != self._encoder.name:
            return None
        return heads[head].likeliest(self._encoder.encode_question(question))

    @cached_property
    def _fitted(self) -> tuple[str, dict[str, _Head]]:
        """The name of the encoder that the heads were fitted to, and the heads by name."""
        fitted = json.loads(SHIPPED.read_text(encoding="utf-8"))
        heads = {
            name: _Head(
                tuple(head["kinds"]),
                np.array(head["weights"], np.float32),
                np.array(head["intercepts"], np.float32),
            )
            for name, head in fitted["heads"].items()
        }
        return fitted["encoder"], heads
