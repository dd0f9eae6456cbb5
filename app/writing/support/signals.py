"""Signals that passages support a statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.question.names import names_in, share_of_names
from index.chunking import Chunk
from index.language.figures import Figure, can_read, figures, unsupported

_SMALL = 10


@dataclass(frozen=True, slots=True)
class SupportSignals:
    """Signals of support; the higher, the likelier it is."""

    read: float  # the network's logit that the passages support it
    named: float  # share of the statement's names that the passages have, to the letter
    figures: float  # 1 if they have each of its figures, or if one of the languages is not known


class Hypothesis:
    """A statement to be checked, with the names and figures that passages must have."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self._language = language
        self._names = names_in(text)
        self._figures = figures(text, language)

    def signals(self, chunks: Sequence[Chunk], read: float) -> SupportSignals:
        """Return the signals that chunks, taken together, support the statement.

        `read` is the network's logit for them.
        """
        text = "\n".join(chunk.text for chunk in chunks)
        given = [figure for chunk in chunks for figure in figures(chunk.text, chunk.language)]
        is_readable = all(map(can_read, [self._language, *(c.language for c in chunks)]))
        # "Two teams" can be put in many ways, so a small count in another language says little.
        is_foreign = any(chunk.language != self._language for chunk in chunks)
        checked = [f for f in self._figures if not (is_foreign and _is_small_count(f))]
        return SupportSignals(
            read=read,
            named=share_of_names(self._names, text),
            figures=float(not is_readable or not unsupported(checked, given)),
        )


def _is_small_count(figure: Figure) -> bool:
    is_count = figure.kind in ("count", "number")
    return is_count and figure.value is not None and figure.value <= _SMALL
