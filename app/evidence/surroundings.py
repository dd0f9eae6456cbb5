"""What a sentence, an item or a row stands in: what leads to it, and the whole it is part of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.evidence.evidence import Evidence, Excerpt
from app.question.names import has_name
from index.language.sentences import Span, sentences
from index.structure import Block, asks, heading_words

_LONGEST = 2500  # characters of a whole that is quoted


def with_surroundings(evidence: Evidence, text: str, names: Sequence[str] = ()) -> Evidence:
    """Return evidence with its lead, unless it has one, and its whole, as they stand in `text`.

    What nothing else leads to leans on the sentence or the heading before it that has a name which
    was asked about: `names`, as `app.question.names` gives them. "It lifts 40 tonnes" says little
    alone.
    """
    block = evidence.block
    if block is None:
        return evidence
    language = evidence.passage.chunk.language
    lead = block.lead or _question_before(evidence, block, text)
    if lead is not None and block.kind != "row" and not _is_heading(lead, evidence):
        lead = sentences(text, lead, language)[-1]  # what comes before does not introduce it
    if lead is None and block.kind == "paragraph":
        lead = _naming_before(evidence, text, names)
    # What introduces a list leads to the whole of it.
    led = (b.whole for b in evidence.passage.chunk.blocks if b.lead == block.span)
    whole = block.whole or next(led, None) or _answer(block, lead, text)
    return replace(
        evidence, lead=evidence.lead or _excerpt(lead, text), whole=_excerpt(whole, text, _LONGEST)
    )


def _naming_before(evidence: Evidence, text: str, names: Sequence[str]) -> Span | None:
    """Return what names, nearest before the evidence, what was asked about and it does not name."""
    missing = [name for name in names if not has_name(name, evidence.text)]
    if not missing:
        return None
    before = reversed(list(_before(evidence, text)))
    return next((s for s in before if any(has_name(n, text[slice(*s)]) for n in missing)), None)


def _before(evidence: Evidence, text: str) -> Iterator[Span]:
    """Yield the sentences before the evidence in its section and passage, after the heading."""
    chunk = evidence.passage.chunk
    above = [b for b in chunk.blocks if b.end <= evidence.start or b == evidence.block]
    headings = [i for i, block in enumerate(above) if block.kind == "heading"]
    for block in above[headings[-1] if headings else 0 :]:
        if block.kind == "heading":
            yield heading_words(block.span, text)
        elif block.kind == "paragraph":
            span = max(block.start, chunk.start), min(block.end, evidence.start)
            told = sentences(text, span, chunk.language)
            yield from (sentence for sentence in told if not asks(text[slice(*sentence)]))


def _is_heading(lead: Span, evidence: Evidence) -> bool:
    blocks = evidence.passage.chunk.blocks
    return any(b.kind == "heading" and b.start <= lead[0] < b.end for b in blocks)


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
