"""What a sentence, an item or a row stands in: what leads to it, and the whole it is part of."""

from dataclasses import replace

from app.evidence.evidence import Evidence, Excerpt
from index.language.sentences import Span, sentences
from index.structure import Block, asks

_LONGEST = 2500  # characters of a whole that is quoted


def with_surroundings(evidence: Evidence, text: str) -> Evidence:
    """Return evidence with its lead, unless it has one, and its whole, as they stand in `text`."""
    block = evidence.block
    if block is None:
        return evidence
    language = evidence.passage.chunk.language
    lead = block.lead or _question_before(evidence, block, text)
    if lead is not None and block.kind != "row":
        lead = sentences(text, lead, language)[-1]  # what comes before does not introduce it
    # What introduces a list leads to the whole of it.
    led = (b.whole for b in evidence.passage.chunk.blocks if b.lead == block.span)
    whole = block.whole or next(led, None) or _answer(block, lead, text)
    return replace(
        evidence, lead=evidence.lead or _excerpt(lead, text), whole=_excerpt(whole, text, _LONGEST)
    )


def _question_before(evidence: Evidence, block: Block, text: str) -> Span | None:
    """Return the question that begins a block, if the evidence stands behind it."""
    if block.kind != "paragraph":
        return None
    opening = sentences(text, (block.start, evidence.start), evidence.passage.chunk.language)
    return opening[0] if opening and asks(text[slice(*opening[0])]) else None


def _answer(block: Block, lead: Span | None, text: str) -> Span | None:
    """Return the span of all of a block that answers the question that leads to it."""
    if lead is None or block.kind != "paragraph" or not asks(text[slice(*lead)]):
        return None
    start = max(block.start, lead[1])
    return block.end - len(text[start : block.end].lstrip()), block.end


def _excerpt(span: Span | None, text: str, longest: int | None = None) -> Excerpt | None:
    if span is None or (longest is not None and span[1] - span[0] > longest):
        return None
    return Excerpt(*span, text[slice(*span)])
