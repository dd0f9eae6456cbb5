"""The words of chunks are added, replaced, removed and found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.chunking import Chunk
from index.store.lexical import LexicalIndex


def chunk(number: int, text: str, language: str = "en", source: str = "a.md") -> Chunk:
    return Chunk(f"{number:015x}".ljust(32, "0"), source, 0, len(text), text, language)


SHIP, BOAT = chunk(1, "A ship at sea"), chunk(2, "A boat")
GANG = chunk(3, "港口关闭", "zh", "港.md")


@pytest.fixture
def lexical(tmp_path: Path) -> Iterator[LexicalIndex]:
    index = LexicalIndex(tmp_path / "words.sqlite")
    index.put([SHIP, BOAT, GANG])
    yield index
    index.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ship", [SHIP]),
        ("boat", [BOAT]),
        ("关闭", [GANG]),
        ("口关", [GANG]),
        ("whale", []),
        ("…", []),
    ],
)
def test_chunks_are_found_by_word(
    lexical: LexicalIndex, question: str, expected: list[Chunk]
) -> None:
    assert lexical.search(question, 9) == [(chunk.id, chunk.language) for chunk in expected]


def test_chunks_that_share_more_words_come_first(lexical: LexicalIndex) -> None:
    assert lexical.search("a ship at sea", 9) == [(SHIP.id, "en"), (BOAT.id, "en")]
    assert lexical.search("a ship at sea", 1) == [(SHIP.id, "en")]


@pytest.mark.parametrize(
    ("languages", "sources", "expected"),
    [
        (None, None, {SHIP, BOAT, GANG}),
        ({"zh"}, None, {GANG}),
        (None, {"a.md"}, {SHIP, BOAT}),
        (None, {"港.md", "no.md"}, {GANG}),
        ({"en"}, {"港.md"}, set()),
        (set(), None, set()),
        ({"zh"}, {f"{number}.md" for number in range(40_000)} | {"港.md"}, {GANG}),
    ],
)
def test_a_search_can_be_within_languages_and_sources(
    lexical: LexicalIndex,
    languages: set[str] | None,
    sources: set[str] | None,
    expected: set[Chunk],
) -> None:
    found = lexical.search("ship boat 关闭", 9, languages=languages, sources=sources)
    assert set(found) == {(chunk.id, chunk.language) for chunk in expected}


def test_putting_again_replaces(lexical: LexicalIndex) -> None:
    lexical.put([chunk(1, "A whale")])
    assert lexical.count() == 3
    assert lexical.search("ship", 9) == []
    assert lexical.search("whale", 9) == [(SHIP.id, "en")]


def test_chunks_are_removed_and_unknown_ids_ignored(lexical: LexicalIndex) -> None:
    lexical.remove([SHIP.id, chunk(9, "").id])
    assert lexical.count() == 2
    assert lexical.search("ship", 9) == []


def test_a_batch_that_fails_leaves_nothing_half_written(lexical: LexicalIndex) -> None:
    def chunks() -> Iterator[Chunk]:
        yield chunk(4, "A whale")
        raise OSError

    with pytest.raises(OSError):
        lexical.put(chunks())
    assert lexical.count() == 3
