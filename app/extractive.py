"""Answers without a language model: the sentences that answer, word for word."""

from collections.abc import Iterator, Sequence

from app.answer import Turn
from app.citations import Mark
from app.evidence import Evidence
from app.phrases import phrases
from app.question import Question

# How far behind the best a sentence may be and still be quoted beside it, and how many are.
_MARGIN = 0.05
_QUOTES = 3


class ExtractiveAnswerer:
    """Quotes the best sentences, introduced in the question's language."""

    model = None

    def draft(
        self, question: Question, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> Iterator[str | Mark]:
        """Yield the answer's text, with a mark after each quotation."""
        words = phrases(question.language)
        yield words.found
        for place in _choose(evidence):
            quoted = evidence[place]
            language = quoted.passage.chunk.language
            phrase = words.quote if language == question.language else words.quote_in
            yield "\n\n" + phrase.format(text=quoted.text, language=words.language(language)) + " "
            yield Mark(place)


def _choose(evidence: Sequence[Evidence]) -> list[int]:
    """Return the places of the sentences to quote: the best, and what comes close to it."""
    chosen: list[int] = []
    for place, candidate in enumerate(evidence):
        close = candidate.score >= evidence[0].score - _MARGIN
        said = any(evidence[other].text == candidate.text for other in chosen)
        if close and not said and len(chosen) < _QUOTES:
            chosen.append(place)
    return chosen
