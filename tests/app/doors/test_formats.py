"""Files of every kind are answered from, and cited at a page or paragraph of their text."""

from pathlib import Path

import pytest

from app.assistant import Assistant
from app.doors.rendering import to_lines
from tests.index.folder.formats.test_docx import document
from tests.index.folder.formats.test_epub import book
from tests.index.folder.formats.test_html import PAGE
from tests.index.folder.formats.test_pdf import HARBOUR, LIGHTHOUSE, pdf

FILES = {
    "a.pdf": bytes(pdf([["Boats."], [HARBOUR, LIGHTHOUSE]]).output()),
    "b.docx": document(),
    "c.epub": book(),
    "d.html": PAGE.encode(),
}


@pytest.mark.parametrize(
    ("name", "question", "place"),
    [
        ("a.pdf", "A keeper named Ottesen looks after what?", "a.pdf, page 2"),
        ("b.docx", "When did the harbour of Skagen close?", "b.docx, paragraph 2"),
        ("c.epub", "How many boats are left?", "c.epub, paragraph 2"),
        ("d.html", "A keeper named Ottesen looks after what?", "d.html, paragraph 4"),
    ],
)
def test_each_kind_is_cited_to_the_letter(
    assistant: Assistant, corpus: Path, name: str, question: str, place: str
) -> None:
    for file in corpus.rglob("*.*"):
        file.unlink()
    (corpus / name).write_bytes(FILES[name])
    answer = assistant.ask(question)
    (citation, *_) = answer.citations
    assert place in to_lines(answer)
    assert citation.encoding is None
    text, is_as_indexed = assistant.library.read(assistant.library.articles()[name])
    assert text.text[citation.start : citation.end] == citation.quote
    assert is_as_indexed
    (corpus / name).write_bytes(b"gone")
    changed = assistant.ask(question)
    assert not changed.citations
    assert name in " ".join(changed.notices)
