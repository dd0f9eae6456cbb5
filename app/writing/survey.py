"""Everything that is said on a topic: the best sentence of each passage that is on it."""

from collections.abc import Iterator, Sequence

from app.evidence.evidence import Evidence
from app.phrases import phrases
from app.writing.citations import Mark
from app.writing.extractive import quoted

MOST = 10  # sentences
_SHARE = 0.3  # of the best score that a sentence needs to be on the same topic


def main_sentences(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Return the best sentence of each passage, if it is about as good, article by article.

    `ranked` has sentences, the best first; so do the articles, each in its own order.
    """
    best: dict[str, Evidence] = {}
    for each in ranked:
        if each.score >= _SHARE * ranked[0].score:
            best.setdefault(each.passage.chunk.id, each)
    chosen = list(best.values())[:MOST]
    sources = list(dict.fromkeys(each.source for each in chosen))
    return sorted(chosen, key=lambda each: (sources.index(each.source), each.start))


def draft_survey(language: str, evidence: Sequence[Evidence]) -> Iterator[str | Mark]:
    """Yield an introduction in `language`, and the sentences with their marks."""
    yield phrases(language).found
    for position in range(len(evidence)):
        yield from quoted(evidence, position, language)
