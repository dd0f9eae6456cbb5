"""Files and folders that this user may not read or write cost one clear line each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import HARBOUR, PROJECT, python, write


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[Path]:
    """A script that runs a sync as a user who may not write everywhere; root may."""
    for folder in (tmp_path, *tmp_path.parents):
        folder.chmod(0o755)
        if folder.name.startswith("pytest-of-"):
            break
    script = write(
        tmp_path,
        "nobody.py",
        f"""
import os, sys
from pathlib import Path
sys.path.insert(0, {str(PROJECT)!r})
import chromadb, chardet, sentencex, langchain_text_splitters, app.assistant, yaml.cyaml
import datasketch, tests.encoders, py3langid, chromadb.api.rust, chromadb.errors
from tests.files import library_of
from index.errors import CorpusChatError
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
os.environ["HOME"] = "/"
corpus, index = map(Path, sys.argv[1:])
library = library_of(corpus, index)
try:
    report = library.sync()
    print(*report.problems, sep="\\n")
    print(sorted(library.articles()))
except CorpusChatError as error:
    print(error)
""",
    )
    yield script
    for folder in tmp_path.rglob("*"):
        if folder.is_dir():
            folder.chmod(0o755)


@pytest.mark.parametrize("exists", [True, False], ids=["the folder", "the one above"])
def test_an_index_folder_that_cannot_be_written_is_named(
    corpus: Path, tmp_path: Path, as_nobody: Path, exists: bool
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    index = locked if exists else locked / "index"
    result = python(str(as_nobody), str(corpus), str(index))
    assert result.stdout == (
        f"The index cannot be written to {index} (Permission denied); "
        "make that folder writable, or set INDEX_DIR to another.\n"
    ), result.stderr


def test_a_subfolder_that_cannot_be_read_keeps_its_articles(
    corpus: Path, tmp_path: Path, as_nobody: Path
) -> None:
    index = tmp_path / "index"
    index.mkdir()
    index.chmod(0o777)
    first = python(str(as_nobody), str(corpus), str(index))
    assert "es/faro.md" in first.stdout, first.stderr
    (corpus / "es").chmod(0o000)
    write(corpus, "harbour.md", HARBOUR.replace("1987", "1988"))
    second = python(str(as_nobody), str(corpus), str(index))
    assert second.stdout.splitlines() == [
        "es: cannot be read (Permission denied).",
        "['es/faro.md', 'gang.txt', 'harbour.md']",
    ], second.stderr


def test_a_file_that_cannot_be_read_is_named(corpus: Path, tmp_path: Path, as_nobody: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    index.chmod(0o777)
    (corpus / "gang.txt").chmod(0o000)
    result = python(str(as_nobody), str(corpus), str(index))
    assert result.stdout.splitlines() == [
        "gang.txt: cannot be read (Permission denied).",
        "['es/faro.md', 'harbour.md']",
    ], result.stderr
