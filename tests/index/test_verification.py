"""An index is compared with its folder and with itself, and every difference is named."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from index.library import Library
from tests.files import write


def test_every_difference_is_named(corpus: Path, library: Library) -> None:
    library.sync()
    assert library.verify().differences == ()
    write(corpus, "new.md", "A whale was seen.")
    write(corpus, "harbour.md", "Nothing.")
    (corpus / "gang.txt").unlink()
    lost = library.chunks_of("es/faro.md")[0]
    build = library._current.snapshot()
    build.store.remove_chunks("es", [lost.id])
    assert list(library.verify().differences) == [
        "new.md: is not in the index.",
        "harbour.md: has changed since it was indexed.",
        "gang.txt: is in the index, and not in the folder.",
        f"es/faro.md: chunk {lost.id} is not in the store.",
    ]


def test_an_altered_text_or_context_is_named_and_a_rebuild_mends_it(library: Library) -> None:
    library.sync()
    text, context = (library.chunks_of(name)[0] for name in ("harbour.md", "gang.txt"))
    store = library._current.snapshot().store
    altered = [replace(text, text="Altered."), replace(context, context="Altered")]
    vectors = store.vectors_of([text.in_context, context.in_context])
    store.put_chunks(altered, np.stack([vectors[text.in_context], vectors[context.in_context]]))
    assert list(library.verify().differences) == [
        f"{chunk.source}: chunk {chunk.id} was altered in the index; "
        "python -m app index --rebuild writes it anew."
        for chunk in (text, context)
    ]
    library.sync(rebuild=True)
    assert library.verify().differences == ()


def test_chunks_that_no_article_has_are_named(library: Library) -> None:
    library.sync()
    (chunk, *_) = library.chunks_of("harbour.md")
    extra = replace(chunk, id="f" * 32)
    build = library._current.snapshot()
    build.store.put_chunks([extra], np.ones((1, 512), np.float32) / 512**0.5)
    differences = library.verify().differences
    assert f"The store holds chunk {extra.id} (en), which no article has." in differences


def test_an_article_that_would_be_cut_into_other_chunks_is_named(library: Library) -> None:
    library.sync()
    build = library._current.snapshot()
    record = build.records["harbour.md"]
    first, *others = record.chunk_ids
    changed = replace(record, chunk_ids=tuple(others))
    vector = build.store.vectors_of([library.chunks_of("harbour.md")[0].in_context])
    build.store.put_records([changed], np.stack(list(vector.values())))
    library.close()
    differences = library.verify().differences
    assert "harbour.md: is cut into other chunks than are indexed." in differences
    assert f"The store holds chunk {first} (en), which no article has." in differences


def test_problems_of_files_are_named_and_are_no_differences(corpus: Path, library: Library) -> None:
    library.sync()
    write(corpus, "harbour.md", b"\0")  # it was an article
    write(corpus, "bad.md", b"\0")
    found = library.verify()
    assert found.differences == ()
    assert [problem.source for problem in found.problems] == ["bad.md", "harbour.md"]
