"""Sentences as evidence, and what a comparison finds in them."""

from app.agreement import Findings, compare
from app.evidence.evidence import Evidence
from app.question.question import Question
from index.chunking import Chunk
from index.language.sentences import Span
from index.search import Passage


def sentence(
    source: str, language: str, text: str, *, start: int = 0, answer: str | None = None
) -> Evidence:
    """Return a sentence that stands at `start` in its article, with the answer in it if marked."""
    chunk = Chunk(source, source, start, start + len(text), text, language)
    span: Span | None = None
    if answer is not None:
        begin = start + text.index(answer)
        span = (begin, begin + len(answer))
    return Evidence(Passage(chunk, 1.0), start, start + len(text), text, 1.0, answer=span)


def compared(question: str, *sentences: tuple[str, str]) -> Findings:
    """Compare sentences, each a language and a text, of as many sources."""
    evidence = [sentence(f"{i}.md", *stated) for i, stated in enumerate(sentences)]
    return compare(Question(question, "en"), evidence)
