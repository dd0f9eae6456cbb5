"""Parts of a passage that are as long as the chunks of an article."""

import random

from index.language.scripts import weight
from index.language.sentences import Span, sentences
from index.structure import blocks
from index.training.question_sets import SetPassage

SHORTEST, LONGEST = 150, 620  # in Latin letters, as chunks are measured


def window(passage: SetPassage, around: Span, draw: random.Random) -> Span:
    """Return the span of whole sentences around a span, of a random size up to a chunk's."""
    spans = sentence_spans(passage)
    inside = [i for i, (a, b) in enumerate(spans) if a < around[1] and b > around[0]]
    if not inside:
        return around
    first, last = inside[0], inside[-1]
    size = draw.randint(SHORTEST, LONGEST)
    while first > 0 or last < len(spans) - 1:
        is_before = first > 0 and (last == len(spans) - 1 or draw.random() < 0.5)
        wider = (first - 1, last) if is_before else (first, last + 1)
        start, end = spans[wider[0]][0], spans[wider[1]][1]
        if weight(passage.text[start:end]) > size:
            break
        first, last = wider
    return spans[first][0], spans[last][1]


def sentence_spans(passage: SetPassage) -> list[Span]:
    """Return the spans of the sentences of a passage, in order."""
    return [
        span
        for block in blocks(passage.text)
        for span in sentences(passage.text, block.span, passage.language)
    ]
