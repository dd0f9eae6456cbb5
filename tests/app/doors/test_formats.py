"""Files of every kind are answered from, and cited at the place that files of its kind have."""

from pathlib import Path

import pytest

from app.assistant import Assistant
from app.doors.rendering import to_lines
from tests.index.folder.formats.test_docx import document
from tests.index.folder.formats.test_epub import book
from tests.index.folder.formats.test_html import PAGE
from tests.index.folder.formats.test_mail import mail
from tests.index.folder.formats.test_pdf import HARBOUR, LIGHTHOUSE, pdf
from tests.index.folder.formats.test_spreadsheet import berths, saved
from tests.index.folder.formats.test_subtitles import SRT

FILES = {
    "a.pdf": bytes(pdf([["Boats."], [HARBOUR, LIGHTHOUSE]]).output()),
    "b.docx": document(),
    "c.epub": book(),
    "d.html": PAGE.encode(),
    "e.csv": b"boat,length\nHavn,12 m\nMaagen,46 m\n",
    "f.xlsx": saved(berths()),
    "g.srt": SRT.encode(),
    "h.eml": bytes(mail()),
}


@pytest.mark.parametrize(
    ("name", "question", "place"),
    [
        ("a.pdf", "A keeper named Ottesen looks after what?", "a.pdf, page 2"),
        ("b.docx", "When did the harbour of Skagen close?", "b.docx, paragraph 2"),
        ("c.epub", "How many boats are left?", "c.epub, paragraph 2"),
        ("d.html", "A keeper named Ottesen looks after what?", "d.html, paragraph 4"),
        ("e.csv", "How long is Maagen, 46 m?", "e.csv, A3"),
        ("f.xlsx", "Is second 02.01.1991 or 50.0%?", "f.xlsx, Summer!A3"),
        ("g.srt", "The library closes at what?", "g.srt, 0:00:01"),
        ("h.eml", "The kiosk closes when?", "h.eml, paragraph 3"),
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
