"""An index follows its folder, with no more work than that takes."""

from pathlib import Path

import pytest

from index.errors import CorpusError, EncoderMismatchError
from index.library import Library
from index.sync import SyncReport
from tests.conftest import OpenLibrary, on_both
from tests.encoders import BagOfWords, PickyEncoder
from tests.files import ARTICLES, GANG, HARBOUR, contents, many, write

pytestmark = on_both


def counts(report: SyncReport) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.removed, report.unchanged


def test_a_sync_counts_what_is_new_changed_removed_and_unchanged(
    corpus: Path, library: Library
) -> None:
    assert counts(library.sync()) == (3, 0, 0, 0)
    write(corpus, "new.md", "Something new.")
    write(corpus, "harbour.md", HARBOUR.replace("Twelve", "Thirteen"))
    (corpus / "gang.txt").unlink()
    assert counts(library.sync()) == (1, 1, 1, 1)


def test_a_second_build_embeds_nothing(corpus: Path, library: Library, bag: BagOfWords) -> None:
    first = library.sync()
    embedded = len(bag.embedded)
    second = library.sync()
    assert first.embedded == embedded > 0
    assert (second.new, second.changed, second.removed) == (0, 0, 0)
    assert second.embedded == 0
    assert len(bag.embedded) == embedded


def test_a_renamed_file_embeds_nothing(corpus: Path, library: Library, bag: BagOfWords) -> None:
    library.sync()
    embedded = len(bag.embedded)
    (corpus / "harbour.md").rename(corpus / "es" / "port.md")
    report = library.sync()
    assert (counts(report), report.moved) == ((0, 0, 0, 2), 1)
    assert len(bag.embedded) == embedded
    assert {"es/port.md", "es/faro.md", "gang.txt"} == set(library.articles())
    assert any(p.chunk.source == "es/port.md" for p in library.find("lighthouse", 5))


def test_the_same_text_in_two_files_is_embedded_once(
    corpus: Path, library: Library, bag: BagOfWords
) -> None:
    write(corpus, "copy/harbour.md", HARBOUR)
    library.sync()
    assert len(bag.embedded) == len(set(bag.embedded))
    best = library.find("lighthouse metres Ottesen", 2)[0]
    assert {best.chunk.source, *best.copies} == {"harbour.md", "copy/harbour.md"}


def test_only_what_changed_in_a_file_is_embedded(
    corpus: Path, library: Library, bag: BagOfWords
) -> None:
    library.sync()
    embedded = len(bag.embedded)
    write(corpus, "harbour.md", HARBOUR.replace("46 metres", "47 metres"))
    library.sync()
    (text,) = bag.embedded[embedded:]
    assert "47 metres" in text


def test_the_old_chunks_of_a_changed_file_are_gone(corpus: Path, library: Library) -> None:
    library.sync()
    write(corpus, "harbour.md", HARBOUR.replace("46 metres", "47 metres"))
    library.sync()
    held = contents(library)
    texts = [chunk.text for chunk in held.chunks.values()]
    assert not any("46 metres" in text for text in texts)
    assert any("47 metres" in text for text in texts)
    assert held.named == set(held.chunks)


def test_a_removed_file_leaves_nothing_behind(corpus: Path, library: Library) -> None:
    library.sync()
    (corpus / "gang.txt").unlink()
    library.sync()
    assert all(p.chunk.source != "gang.txt" for p in library.find("斯卡恩港于1987年关闭", 9))
    held = contents(library)
    assert {chunk.source for chunk in held.chunks.values()} == {"harbour.md", "es/faro.md"}
    assert held.named == set(held.chunks)


def test_an_article_moves_to_the_language_that_its_header_now_names(
    corpus: Path, library: Library
) -> None:
    library.sync()
    write(corpus, "gang.txt", GANG.replace("language: zh", "language: ja"))
    library.sync()
    held = contents(library)
    assert {c.language for c in held.chunks.values() if c.source == "gang.txt"} == {"ja"}
    assert held.named == set(held.chunks)


def test_progress_goes_from_nothing_to_everything(corpus: Path, library: Library) -> None:
    seen: list[tuple[int, int]] = []
    library.sync(progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)


def test_progress_counts_files_and_begins_when_there_is_something_to_write(
    corpus: Path, library: Library
) -> None:
    library.sync()
    seen: list[tuple[int, int]] = []
    library.sync(progress=lambda done, total: seen.append((done, total)))
    assert seen == []
    many(corpus, 120)
    library.sync(progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 123)
    assert seen[-1] == (123, 123)
    assert seen == sorted(seen)
    assert len(seen) > 3
    seen.clear()
    (corpus / "gang.txt").unlink()
    library.sync(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 122), (122, 122)]


def test_an_index_of_another_encoder_is_refused_with_the_command_that_mends_it(
    corpus: Path, library: Library, open_library: OpenLibrary
) -> None:
    library.sync()
    library.close()
    other = open_library(BagOfWords("another", dimensions=64))
    for use in (lambda: other.sync(), lambda: other.find("harbour", 3)):
        with pytest.raises(EncoderMismatchError, match="python -m app index --rebuild") as raised:
            use()
        assert "bag-of-words" in str(raised.value)
        assert "another" in str(raised.value)
    assert counts(other.sync(rebuild=True)) == (3, 0, 0, 0)
    assert other.find("lighthouse", 1)[0].chunk.source == "harbour.md"


def test_the_old_build_can_be_read_until_a_rebuild_is_finished(
    corpus: Path, library: Library, open_library: OpenLibrary
) -> None:
    library.sync()
    reader = open_library()
    write(corpus, "new.md", "A whale was seen.")
    during: list[set[str]] = []

    def look(done: int, total: int) -> None:
        during.append({p.chunk.source for p in reader.find("whale", 9)})

    library.sync(rebuild=True, progress=look)
    assert during
    assert all("new.md" not in found and "harbour.md" in found for found in during)
    assert reader.find("whale", 1)[0].chunk.source == "new.md"
    assert library.find("whale", 1)[0].chunk.source == "new.md"


def test_a_folder_that_goes_away_during_a_sync_empties_nothing(
    corpus: Path, library: Library
) -> None:
    library.sync()
    write(corpus, "a.md", "A seal was seen.")

    def take_away(done: int, total: int) -> None:
        if corpus.exists():
            corpus.rename(corpus.with_name("away"))

    with pytest.raises(
        CorpusError, match=r"There is no folder .* What was indexed of it is kept\."
    ):
        library.sync(progress=take_away)
    assert ARTICLES.keys() <= library.articles().keys()
    corpus.with_name("away").rename(corpus)
    assert library.sync().removed == 0
    assert library.articles().keys() == {*ARTICLES, "a.md"}


def test_an_article_that_cannot_be_embedded_keeps_what_was_indexed_of_it(
    corpus: Path, open_library: OpenLibrary
) -> None:
    open_library().sync()
    write(corpus, "harbour.md", HARBOUR.replace("46 metres", "unspeakable metres"))
    write(corpus, "new.md", "An unspeakable whale.")
    write(corpus, "other.md", "A seal was seen.")
    library = open_library(PickyEncoder())
    report = library.sync()
    assert (report.new, report.changed, report.removed) == (1, 0, 0)
    assert sorted(problem.source for problem in report.problems) == ["harbour.md", "new.md"]
    assert library.articles().keys() == {*ARTICLES, "other.md"}
    assert library.find("lighthouse 46 metres", 1)[0].chunk.source == "harbour.md"
