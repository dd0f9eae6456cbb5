"""The folder of articles: its files are listed, read, added, removed and watched."""

import os
import stat
import tempfile
import threading
from collections.abc import Collection, Iterator
from pathlib import Path

from index.errors import ArticleError, CorpusError, NameTakenError, UnknownArticleError, UploadError
from index.folder.article import Article, ArticleInfo, Reread
from index.folder.changes import changes
from index.folder.decoding import decode_as
from index.folder.extraction import SUFFIXES, TEXT_SUFFIXES, Extractor
from index.folder.file_names import safe_name
from index.folder.formats.extracted import Extracted, one_line
from index.folder.header import read_header
from index.folder.mounts import Polling
from index.folder.passed_over import PassedOver, counted
from index.folder.sources import find_source, list_files, list_sources, real_path
from index.language.detection import detect_language

MAX_BYTES = 100_000_000
MAX_TEXT_BYTES = 20_000_000  # of a text file
MAX_UPLOAD_BYTES = 20_000_000  # of all files that are put into the folder at a time


class Corpus:
    """A folder of articles, read by one extractor. Threads may share it."""

    def __init__(self, path: Path, extractor: Extractor, *, polling: Polling = "auto") -> None:
        """Read `path` by `extractor`; `polling` is how its changes are noticed."""
        self.path = path
        self._polling: Polling = polling
        self._extractor = extractor

    def sources(self) -> Iterator[str | ArticleError]:
        """Yield the path below the folder of every file that may be an article, in order of name.

        A file that cannot be one, but looks like one, comes as an error instead.

        Raises:
            CorpusError: there is no such folder, or it cannot be read.
        """
        return list_sources(self.path)

    def files(self) -> Iterator[str | ArticleError | PassedOver]:
        """Yield what `sources` does, and what else is in the folder and is not read.

        Raises:
            CorpusError: there is no such folder, or it cannot be read.
        """
        return list_files(self.path)

    def passed_over(self) -> list[PassedOver]:
        """Return what is in the folder, is not hidden and is not read, in order of name.

        Raises:
            CorpusError: there is no such folder, or it cannot be read.
        """
        return [each for each in self.files() if isinstance(each, PassedOver)]

    def listed(self) -> tuple[list[str | ArticleError], list[PassedOver]]:
        """Return what `sources` yields, which is something, and what else is not read.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
        """
        found = list(self.files())
        sources = [each for each in found if not isinstance(each, PassedOver)]
        others = [each for each in found if isinstance(each, PassedOver)]
        if not sources:
            only = f" (only {counted(others)})" if others else ""
            raise CorpusError(
                f"There is no article in {self.path}{only}; "
                f"put files in it that end in {', '.join(SUFFIXES)}."
            )
        return sources, others

    def read(self, source: str) -> bytes:
        """Return the bytes of `source`, a path below the folder.

        Raises:
            FileNotFoundError: the file is gone.
            ArticleError: it cannot be read, is too large, or is outside of the folder.
        """
        path = real_path(self.path / source)
        if not path.is_relative_to(self.path.resolve()):
            raise ArticleError(source, f"is not in {self.path}.")
        try:
            _check(source, path.stat())
            return path.read_bytes()
        except FileNotFoundError:
            if (self.path / source).is_symlink():
                raise ArticleError(source, "is a link to a file that is not there.") from None
            raise
        except OSError as error:
            raise ArticleError(source, f"cannot be read ({error.strerror}).") from error

    def digest(self, source: str, data: bytes) -> str:
        """Return the digest of a file's bytes and of how they are read."""
        return self._extractor.digest(source, data)

    def parse(self, source: str, data: bytes) -> Article:
        """Turn a file's bytes into an article.

        Raises:
            ArticleError: the file cannot be read, or has no text.
        """
        try:
            return self._parse(source, data)
        except ArticleError:
            raise
        except Exception as error:  # one file's fault, whatever a library makes of it
            raise ArticleError(
                source, f"cannot be read ({type(error).__name__}); save it anew."
            ) from error

    def _parse(self, source: str, data: bytes) -> Article:
        extracted = self._extractor.extract(source, data)
        body = extracted.text[extracted.body :]
        # What a file states of itself may have what no database stores, such as half a character.
        return Article(
            source=source,
            title=one_line(extracted.title) or Path(source).stem,
            language=one_line(extracted.language) or detect_language(body),
            published=one_line(extracted.published),
            publisher=one_line(extracted.publisher),
            author=one_line(extracted.author),
            url=one_line(extracted.url),
            encoding=extracted.encoding,
            digest=self.digest(source, data),
            length=len(body.strip()),
            text=extracted.text,
            body=extracted.body,
            problem=one_line(extracted.problem),
        )

    def read_again(self, info: ArticleInfo) -> Reread:
        """Return the text of an indexed article's file, and whether it is still what was indexed.

        Raises:
            FileNotFoundError: the file is gone.
            ArticleError: it cannot be read, or not with the encoding it had.
        """
        data = self.read(info.source)
        is_as_indexed = self.digest(info.source, data) == info.digest
        if info.encoding is None:
            return Reread(self._extractor.extract(info.source, data), is_as_indexed)
        try:
            text = decode_as(data, info.encoding)
        except UnicodeDecodeError:
            raise ArticleError(info.source, f"is no longer {info.encoding} text.") from None
        body = read_header(text).end
        return Reread(Extracted(text=text, body=body, encoding=info.encoding), is_as_indexed)

    def put(self, name: str, data: bytes, *, replace: bool = False) -> str:
        """Write an article into the folder; return its path below it.

        Only the last part of `name` counts, and only what can be read as an article is taken. The
        file is written whole or not at all. A file that has the name in the other of the forms NFC
        and NFD has that name.

        Raises:
            UploadError: the name cannot be used, or the folder cannot be written.
            NameTakenError: another article has the name, and it is not to be replaced.
            ArticleError: it cannot be read, or has no text.
        """
        source = safe_name(name)
        source = find_source(source, self._names()) or source
        self.parse(source, data)
        target = self.path / source
        taken = NameTakenError(f"{source}: there is an article of that name; give it another.")
        if target.is_symlink():
            raise taken
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            _write(target, data, replace=replace)
        except FileExistsError:
            raise taken from None
        except OSError as error:
            raise UploadError(
                f"{source} cannot be written to {self.path} ({error.strerror})."
            ) from error
        return source

    def remove(self, source: str) -> None:
        """Delete an article from the folder.

        Raises:
            UnknownArticleError: there is no such article.
            UploadError: it is the last one, or it cannot be deleted.
        """
        listed = {name for name in self.sources() if isinstance(name, str)}
        found = find_source(source, listed)
        if found is None:
            raise UnknownArticleError(f"{source}: there is no such article in the folder.")
        if len(listed) == 1:
            raise UploadError(f"{source} is the only article; add another before you remove it.")
        try:
            (self.path / found).unlink(missing_ok=True)
        except OSError as error:
            raise UploadError(f"{source} cannot be deleted ({error.strerror}).") from error

    def _names(self) -> list[str]:
        """Return the names at the top of the folder; none if there is no folder."""
        try:
            return os.listdir(self.path)
        except OSError:
            return []

    def changes(self, stop: threading.Event | None = None) -> Iterator[None]:
        """Yield whenever files of the folder were changed, added or removed, until `stop` is set.

        Raises:
            CorpusError: the folder cannot be watched.
        """
        return changes(self.path, stop, polling=self._polling)

    def forget_all_but(self, digests: Collection[str]) -> None:
        """Remove the kept texts of all files but those with these digests."""
        self._extractor.forget_all_but(digests)

    def close(self) -> None:
        """End the extractor's process, if there is one; the next file starts another."""
        self._extractor.close()


def _check(source: str, status: os.stat_result) -> None:
    """Raise ArticleError if a file with this status is not to be read."""
    if not stat.S_ISREG(status.st_mode):  # reading a named pipe would wait for a writer
        raise ArticleError(source, "is not a file.")
    limit = MAX_TEXT_BYTES if source.lower().endswith(TEXT_SUFFIXES) else MAX_BYTES
    if status.st_size > limit:
        raise ArticleError(
            source,
            f"has {status.st_size / 1e6:,.0f} MB, and files of its kind above {limit / 1e6:.0f} MB "
            "are not read; split it.",
        )


def _write(target: Path, data: bytes, *, replace: bool) -> None:
    """Write a file whole or not at all.

    Raises:
        FileExistsError: it is there already, and is not to be replaced.
    """
    # The name begins with a dot, so that nobody takes a half-written file for an article.
    descriptor, half = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(half, 0o644)
        if replace:
            os.replace(half, target)
        else:
            os.link(half, target)  # unlike os.replace, it fails if there is such a file
    finally:
        Path(half).unlink(missing_ok=True)
