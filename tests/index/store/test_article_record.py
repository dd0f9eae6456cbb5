"""A record comes back from a database as it was, and one of an older form as far as it goes."""

from dataclasses import replace

from index.store.article_record import ArticleRecord, from_database, to_document, to_metadata
from tests.files import HARBOUR, article_of

INFO = article_of("harbour.md", HARBOUR.encode()).info()
RECORD = ArticleRecord(replace(INFO, story="a.md", url=None), ("0a", "1b"), b"\x01\xff")


def test_a_record_comes_back_as_it_was() -> None:
    assert from_database(to_metadata(RECORD), to_document(RECORD)) == RECORD


def test_metadata_are_text_and_numbers_and_none_is_written_as_an_empty_text() -> None:
    metadata = to_metadata(RECORD)
    assert all(isinstance(value, str | int) for value in metadata.values())
    assert metadata["url"] == ""
    assert metadata["title"] == "A quiet harbour"


def test_a_record_of_an_older_form_lacks_what_was_not_stored() -> None:
    older = ("source", "title", "language", "encoding", "digest")
    metadata = {key: to_metadata(RECORD)[key] for key in older}
    record = from_database(metadata, None)
    assert (record.info.title, record.info.published, record.info.length) == (INFO.title, None, 0)
    assert (record.chunk_ids, record.signature) == ((), b"")
