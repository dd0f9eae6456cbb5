"""What speaks for it that passages carry a statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.question.demands import names_in, share_of_names
from index.chunking import Chunk
from index.language.figures import Figure, figures, unsupported

_SMALL = 10


@dataclass(frozen=True, slots=True)
class SupportSignals:
    """What speaks for it, and the more the higher."""

    read: float  # the logit that the network sees it carried
    named: float  # share of the statement's names that are there to the letter
    figures: float  # 1 where each of its figures is there, as written or in other words


class Statement:
    """A statement, and what it would have passages say."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self._language = language
        self._names = names_in(text)
        self._figures = figures(text, language)

    def signals(self, chunks: Sequence[Chunk], read: float) -> SupportSignals:
        """Return what speaks for it that chunks, taken together, carry it.

        `read` is what the network sees in them.
        """
        text = "\n".join(chunk.text for chunk in chunks)
        given = [figure for chunk in chunks for figure in figures(chunk.text, chunk.language)]
        # "Two teams" is said in many ways; a small count in another language's words says little.
        is_foreign = any(chunk.language != self._language for chunk in chunks)
        held = [f for f in self._figures if not (is_foreign and _is_small_count(f))]
        return SupportSignals(
            read=read,
            named=share_of_names(self._names, text),
            figures=float(not unsupported(held, given)),
        )


def _is_small_count(figure: Figure) -> bool:
    return figure.kind == "count" and figure.value is not None and figure.value <= _SMALL
