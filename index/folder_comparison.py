"""Compare the folder of articles with what is indexed of it, in one pass over the files."""

from collections.abc import Iterator, Mapping

from index.errors import ArticleError, Problem
from index.folder.article import Article
from index.folder.corpus import Corpus
from index.store.article_record import ArticleRecord


class Comparison:
    """How a folder differs from what is indexed of it.

    The differences are known once all `articles` have been taken. Each file is read once, and
    parsed once if it is new or changed; no text is kept. An indexed article stays while its file
    is there but cannot be read or parsed, because the file may be in the middle of being written.
    """

    def __init__(
        self, corpus: Corpus, records: Mapping[str, ArticleRecord], *, is_anew: bool = False
    ) -> None:
        """List the files of `corpus`, to be compared with `records`.

        With `is_anew`, every indexed article counts as changed.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
        """
        self._corpus = corpus
        self._records = records
        self._is_anew = is_anew
        self._listed, self.passed_over = corpus.listed()
        self.done = 0  # files that the pass has gone through
        self.total = len(self._listed)
        self.added: dict[str, str] = {}  # the digest of each article that is not indexed, by source
        self.changed = 0
        self.unchanged = 0
        self.removed = set(records)  # indexed articles whose file was not met yet
        self.digests: set[str] = set()  # of all files that could be read
        self.problems: list[Problem] = []

    def articles(self) -> Iterator[Article]:
        """Yield each article that is new or changed."""
        for source in self._listed:
            article = self._compare(source)
            self.done += 1
            if article is not None:
                yield article

    def refuse(self, problem: Problem) -> None:
        """Take back that an article was new or changed: it could not be indexed."""
        self.problems.append(problem)
        if self.added.pop(problem.source, None) is None:
            self.changed -= 1

    def check_removed(self) -> None:
        """Check that the files of `removed` articles are gone, and not the folder with all of them.

        A folder may go away in the middle of the pass, as one on another machine does.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
        """
        if self.removed:
            for source in self._corpus.listed()[0]:
                self._keep(source if isinstance(source, str) else source.problem.source)

    @property
    def moved(self) -> int:
        """How many of the new articles are removed ones under another name."""
        gone = {self._records[source].info.digest for source in self.removed}
        return sum(digest in gone for digest in self.added.values())

    def _compare(self, source: str | ArticleError) -> Article | None:
        """Return the article in a file, if it is new or changed."""
        try:
            if isinstance(source, ArticleError):
                raise source
            data = self._corpus.read(source)
        except FileNotFoundError:  # removed since it was listed
            return None
        except ArticleError as error:
            self.problems.append(error.problem)
            self._keep(error.problem.source)
            return None
        self.removed.discard(source)
        digest = self._corpus.digest(source, data)
        self.digests.add(digest)
        record = self._records.get(source)
        if record is not None and record.info.digest == digest and not self._is_anew:
            self.unchanged += 1
            self._note(source, record.info.problem)
            return None
        return self._parse(source, data)

    def _parse(self, source: str, data: bytes) -> Article | None:
        try:
            article = self._corpus.parse(source, data)
        except ArticleError as error:
            self.problems.append(error.problem)
            return None
        if source in self._records:
            self.changed += 1
        else:
            self.added[source] = article.digest
        self._note(source, article.problem)
        return article

    def _keep(self, unread: str) -> None:
        """Keep what is indexed of a file, or below a folder, that cannot be read."""
        self.removed -= {
            name for name in self.removed if name == unread or name.startswith(f"{unread}/")
        }

    def _note(self, source: str, problem: str | None) -> None:
        if problem:
            self.problems.append(Problem(source, problem))
