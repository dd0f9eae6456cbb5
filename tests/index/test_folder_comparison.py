"""A folder is compared with its index in one pass, in which no file is read or parsed twice."""

from collections import Counter
from pathlib import Path

import pytest

from index.errors import CorpusError, Problem
from index.folder.article import Article
from index.folder.corpus import Corpus
from index.folder.extraction import Extractor
from index.folder_comparison import Comparison
from index.library import Library
from index.store.article_record import ArticleRecord
from tests.encoders import BagOfWords
from tests.files import ARTICLES, HARBOUR, article_of, contents, write


class CountingCorpus(Corpus):
    """Counts how often each file is read and parsed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, Extractor(path.parent / "texts"))
        self.reads: Counter[str] = Counter()
        self.parses: Counter[str] = Counter()

    def read(self, source: str) -> bytes:
        self.reads[source] += 1
        return super().read(source)

    def parse(self, source: str, data: bytes) -> Article:
        self.parses[source] += 1
        return super().parse(source, data)


@pytest.fixture
def counting(corpus: Path) -> CountingCorpus:
    return CountingCorpus(corpus)


@pytest.fixture
def records() -> dict[str, ArticleRecord]:
    """The records of the articles that `corpus` has at first."""
    parsed = [article_of(name, text.encode()) for name, text in ARTICLES.items()]
    return {article.source: ArticleRecord(article.info(), ()) for article in parsed}


def compared(
    corpus: Corpus, records: dict[str, ArticleRecord], *, is_anew: bool = False
) -> tuple[Comparison, list[str]]:
    """Return a finished comparison, and the sources of the articles that it yielded."""
    comparison = Comparison(corpus, records, is_anew=is_anew)
    return comparison, [article.source for article in comparison.articles()]


def test_an_unchanged_folder_yields_nothing(
    counting: CountingCorpus, records: dict[str, ArticleRecord]
) -> None:
    comparison, sources = compared(counting, records)
    assert sources == []
    assert (comparison.unchanged, comparison.changed, comparison.removed) == (3, 0, set())
    assert (comparison.done, comparison.total) == (3, 3)
    assert counting.reads == dict.fromkeys(ARTICLES, 1)
    assert counting.parses == {}


def test_new_changed_moved_and_removed_articles_are_distinguished(
    corpus: Path, counting: CountingCorpus, records: dict[str, ArticleRecord]
) -> None:
    write(corpus, "new.md", "A whale was seen.")
    write(corpus, "gang.txt", "Changed.")
    (corpus / "harbour.md").rename(corpus / "port.md")
    (corpus / "es/faro.md").unlink()
    comparison, sources = compared(counting, records)
    assert sources == ["gang.txt", "new.md", "port.md"]
    assert set(comparison.added) == {"new.md", "port.md"}
    assert (comparison.changed, comparison.moved) == (1, 1)
    assert comparison.removed == {"harbour.md", "es/faro.md"}


def test_with_everything_anew_each_indexed_article_counts_as_changed(
    counting: CountingCorpus, records: dict[str, ArticleRecord]
) -> None:
    comparison, sources = compared(counting, records, is_anew=True)
    assert set(sources) == set(ARTICLES)
    assert (comparison.changed, comparison.unchanged) == (3, 0)


def test_files_are_read_one_after_the_other(counting: CountingCorpus) -> None:
    articles = Comparison(counting, {}).articles()
    assert counting.reads == {}
    for number in range(1, len(ARTICLES) + 1):
        next(articles)
        assert counting.reads.total() == counting.parses.total() == number


def test_a_file_that_is_removed_after_it_was_listed_is_ignored(
    corpus: Path, counting: CountingCorpus, records: dict[str, ArticleRecord]
) -> None:
    write(corpus, "new.md", "A whale was seen.")
    comparison = Comparison(counting, records)
    (corpus / "new.md").unlink()
    (corpus / "harbour.md").unlink()
    assert list(comparison.articles()) == []
    assert (comparison.removed, comparison.problems) == ({"harbour.md"}, [])


def test_an_indexed_article_stays_if_its_file_cannot_be_parsed(
    corpus: Path, counting: CountingCorpus, records: dict[str, ArticleRecord]
) -> None:
    write(corpus, "harbour.md", b"\0")
    comparison, sources = compared(counting, records)
    assert (sources, comparison.removed) == ([], set())
    assert comparison.problems == [Problem("harbour.md", "is not text; save it as UTF-8.")]
    assert counting.digest("harbour.md", b"\0") in comparison.digests


def test_indexed_articles_stay_if_their_folder_cannot_be_read(
    corpus: Path, counting: CountingCorpus, records: dict[str, ArticleRecord], tmp_path: Path
) -> None:
    (corpus / "es").rename(tmp_path / "elsewhere")
    (corpus / "es").symlink_to(tmp_path / "elsewhere")
    comparison, _ = compared(counting, records)
    assert comparison.removed == set()
    assert [problem.source for problem in comparison.problems] == ["es"]


def test_the_problem_of_an_unchanged_article_is_named_again(
    corpus: Path, counting: CountingCorpus
) -> None:
    write(corpus, "new.md", "---\npublished: yesterday\n---\nA whale was seen.")
    info = article_of("new.md", (corpus / "new.md").read_bytes()).info()
    for records in ({}, {"new.md": ArticleRecord(info, ())}):
        comparison, _ = compared(counting, records)
        assert [problem.source for problem in comparison.problems] == ["new.md"]


def test_a_folder_without_articles_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="There is no article in"):
        Comparison(CountingCorpus(tmp_path / "empty"), {})


def test_a_sync_reads_and_parses_no_file_twice(
    corpus: Path, index_dir: Path, counting: CountingCorpus
) -> None:
    library = Library(counting, index_dir, BagOfWords())
    library.sync()
    assert counting.reads == counting.parses == dict.fromkeys(ARTICLES, 1)
    write(corpus, "new.md", "A whale was seen.")
    write(corpus, "harbour.md", HARBOUR.replace("46 metres", "47 metres"))
    (corpus / "gang.txt").rename(corpus / "port.txt")
    counting.reads.clear()
    counting.parses.clear()
    report = library.sync()
    assert (report.new, report.changed, report.moved, report.unchanged) == (1, 1, 1, 1)
    assert counting.reads == dict.fromkeys(["new.md", "harbour.md", "port.txt", "es/faro.md"], 1)
    assert counting.parses == dict.fromkeys(["new.md", "harbour.md", "port.txt"], 1)
    library.close()


def test_a_verification_reads_and_parses_each_file_once(
    index_dir: Path, counting: CountingCorpus
) -> None:
    library = Library(counting, index_dir, BagOfWords())
    library.sync()
    counting.reads.clear()
    counting.parses.clear()
    assert library.verify().differences == ()
    assert counting.reads == counting.parses == dict.fromkeys(ARTICLES, 1)
    library.close()


def test_a_sync_of_an_unchanged_folder_writes_nothing(library: Library) -> None:
    library.sync()
    held = contents(library)
    state = library._current.snapshot().store.state()
    calls: list[tuple[int, int]] = []
    library.sync(progress=lambda done, total: calls.append((done, total)))
    assert calls == []
    assert library._current.snapshot().store.state() == state
    assert contents(library).records == held.records
