"""An index survives a full disk, lost and damaged files, and another version of the program."""

import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from chromadb.errors import InternalError

from index.errors import CorpusChatError, DamagedIndexError, IndexUnavailableError
from index.library import Library
from index.store.build_state import FORM
from index.store.store import Store, text_digest
from tests.conftest import OpenLibrary
from tests.encoders import BagOfWords
from tests.files import Contents, assert_same, contents, library_of, many, undisturbed, write


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many articles that Chroma keeps their vectors in files of their own."""
    return many(tmp_path_factory.mktemp("boats"), 600)


@pytest.fixture(scope="module")
def whole(boats: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Contents]:
    """The folder of an index of `boats`, and its contents."""
    folder = tmp_path_factory.mktemp("whole")
    held = undisturbed(boats, folder)
    return folder / "undisturbed", held


@pytest.fixture
def indexed(whole: tuple[Path, Contents], index_dir: Path) -> Contents:
    """The contents of an index of `boats` in `index_dir`, which no library has opened yet."""
    shutil.copytree(whole[0], index_dir)
    return whole[1]


@pytest.fixture
def on_boats(boats: Path, open_library: OpenLibrary) -> Library:
    """A library over `boats`."""
    return open_library(folder=boats)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root may mount a file system")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_reported_and_the_index_is_whole_once_there_is_room(
    boats: Path, tmp_path: Path, small_disk: Path
) -> None:
    corpus = write(tmp_path / "few", "whale.md", "A whale was seen in the harbour.").parent
    library = library_of(corpus, small_disk / "index")
    library.sync()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(5_000_000))
    shutil.copytree(boats, corpus, dirs_exist_ok=True)
    with pytest.raises(IndexUnavailableError, match="room") as raised:
        library.sync()
    assert "\n" not in str(raised.value)
    assert library.find("whale", 1)[0].chunk.source == "whale.md"
    library.close()
    moved = shutil.copytree(small_disk / "index", tmp_path / "index")
    again = library_of(corpus, moved)
    assert again.find("whale", 1)[0].chunk.source == "whale.md"
    again.sync()
    assert_same(contents(again), undisturbed(corpus, tmp_path))


def damage(file: Path, *, is_cut: bool) -> None:
    data = bytearray(file.read_bytes())
    if is_cut:
        del data[len(data) // 2 :]
    else:
        begin, end = len(data) // 3, len(data) // 2
        data[begin:end] = random.Random(0).randbytes(end - begin)
    file.write_bytes(bytes(data))


@pytest.mark.parametrize("is_cut", [True, False], ids=["cut", "altered"])
def test_a_damaged_database_is_noticed_and_the_next_sync_mends_it(
    indexed: Contents, index_dir: Path, on_boats: Library, is_cut: bool
) -> None:
    (file,) = index_dir.rglob("chroma.sqlite3")
    damage(file, is_cut=is_cut)
    try:
        on_boats.find("boat 7", 3)
    except CorpusChatError as error:
        assert "python -m app index" in str(error)
    on_boats.sync()
    if on_boats.verify().differences:  # only reading everything shows this damage
        on_boats.sync(rebuild=True)
    assert_same(contents(on_boats), indexed)


@pytest.mark.parametrize(
    ("name", "is_cut"),
    [("data_level0.bin", True), ("header.bin", False), ("link_lists.bin", False)],
)
def test_damaged_vectors_crash_no_process_and_the_next_sync_mends_them(
    indexed: Contents, index_dir: Path, on_boats: Library, name: str, is_cut: bool
) -> None:
    (listed,) = index_dir.rglob("index_metadata.pickle")
    damage(listed.with_name(name), is_cut=is_cut)
    with pytest.raises(DamagedIndexError, match="not as they were written"):
        on_boats.find("boat 7", 3)
    assert "not as they were written" in (on_boats.sync().mended or "")
    assert_same(contents(on_boats), indexed)


@pytest.mark.parametrize("is_damaged", [True, False])
def test_vectors_without_checksums_are_first_tried_in_another_process(
    indexed: Contents, index_dir: Path, on_boats: Library, is_damaged: bool
) -> None:
    (remembered,) = index_dir.rglob("vectors.json")
    remembered.unlink()  # as when a sync was killed
    (listed,) = index_dir.rglob("index_metadata.pickle")
    if is_damaged:
        damage(listed.with_name("data_level0.bin"), is_cut=False)
        with pytest.raises(DamagedIndexError):
            on_boats.find("boat 7", 3)
    else:
        assert on_boats.find("boat 7", 3)
    assert (on_boats.sync().mended is not None) == is_damaged
    assert_same(contents(on_boats), indexed)


def test_lost_vectors_are_noticed(indexed: Contents, index_dir: Path, on_boats: Library) -> None:
    for folder in (index_dir / "build-1" / "chroma").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    with pytest.raises(DamagedIndexError):
        on_boats.find("boat 7", 3)
    assert on_boats.sync().mended is not None
    assert_same(contents(on_boats), indexed)


def make_older(store: Store, form: int) -> None:
    """Bring a store into a form in which chunks had no context, or even records no chunks."""
    state = store.state()
    assert state is not None
    for language in store.languages():
        chunks = store._collection(f"chunks-{language}")
        for chunk in list(store.all_chunks()):
            if chunk.language == language:
                chunks.delete(ids=[chunk.id])
                old = replace(chunk, context="").with_id()
                chunks.add(
                    ids=[old.id],
                    embeddings=BagOfWords().encode_passages([old.text]),
                    documents=[old.text],
                    metadatas=[{
                        "source": old.source, "start": old.start, "end": old.end,
                        "text_digest": text_digest(old.text),
                    }],
                )  # fmt: skip
    vectors = {
        source: vector
        for sources, own in store.record_vectors()
        for source, vector in zip(sources, own, strict=True)
    }
    for source, record in store.records().items():
        ids = tuple(c.id for c in store.all_chunks() if c.source == source)
        store.put_records([replace(record, chunk_ids=ids)], vectors[source][None])
    if form == 0:
        drop_documents(store)
    store.set_state(replace(state, form=form, generation=state.generation + 2))


def drop_documents(store: Store) -> None:
    """Leave of each record what the first form had of it."""
    articles = store._collection("articles")
    state = store.state()
    assert state is not None
    articles.modify(metadata={"encoder": state.encoder, "generation": state.generation})
    stored = articles.get(include=["embeddings", "metadatas"])
    articles.delete(ids=stored["ids"])
    older = ("source", "title", "language", "encoding", "digest")
    assert stored["metadatas"] is not None
    articles.add(
        ids=stored["ids"],
        embeddings=stored["embeddings"],
        metadatas=[{key: metadata[key] for key in older} for metadata in stored["metadatas"]],
    )


@pytest.mark.parametrize("form", range(FORM))
def test_an_index_of_an_older_form_is_searched_and_written_anew(
    corpus: Path, tmp_path: Path, index_dir: Path, open_library: OpenLibrary, form: int
) -> None:
    open_library().sync()
    with closing(Store.embedded(index_dir / "build-1" / "chroma")) as store:
        make_older(store, form)
    bag = BagOfWords()
    library = open_library(bag)
    assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
    assert {chunk.context for chunk in library.chunks_of("harbour.md")} == {""}
    assert bag.embedded == []
    library.sync()
    held = contents(library)
    assert sorted(bag.embedded) == sorted(chunk.in_context for chunk in held.chunks.values())
    assert_same(held, undisturbed(corpus, tmp_path))


def test_an_index_of_a_newer_form_is_left_alone(
    corpus: Path, index_dir: Path, open_library: OpenLibrary
) -> None:
    open_library().sync()
    store = Store.embedded(index_dir / "build-1" / "chroma")
    state = store.state()
    assert state is not None
    store.set_state(replace(state, form=state.form + 1))
    store.close()
    library = open_library()
    for use in (lambda: library.find("lighthouse", 1), lambda: library.sync()):
        with pytest.raises(IndexUnavailableError, match="newer version"):
            use()


def test_a_chunk_that_was_lost_is_written_again(
    corpus: Path, tmp_path: Path, open_library: OpenLibrary
) -> None:
    library = open_library()
    library.sync()
    lost = library.chunks_of("harbour.md")[0]
    library._current.snapshot().store.remove_chunks("en", [lost.id])
    assert library.verify().differences != ()
    library.sync()
    assert library.verify().differences == ()
    assert_same(contents(library), undisturbed(corpus, tmp_path))


def test_an_index_is_not_thrown_away_if_only_this_process_cannot_read_it(
    indexed: Contents, on_boats: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Store) -> NoReturn:
        raise InternalError("Too many open files")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "records", fail)
        with pytest.raises(IndexUnavailableError, match="another finds it sound"):
            on_boats.sync()
    report = on_boats.sync()
    assert (report.mended, report.embedded) == (None, 0)
    assert_same(contents(on_boats), indexed)
