"""The articles: which files of a folder are one, and what each says of itself."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from index.errors import ArticleError, CorpusError
from index.folder.decoding import decode_as
from index.folder.extraction import SUFFIXES, TEXT_SUFFIXES, Extractor
from index.folder.formats.extracted import Extracted
from index.folder.header import read_header
from index.language.detection import detect_language

MAX_BYTES = 100_000_000
MAX_TEXT_BYTES = 20_000_000  # of a text file


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInfo:
    """What is known of an article besides its text."""

    source: str  # path below the corpus folder, with forward slashes
    title: str  # as the file tells it, else the file's name
    language: str  # ISO 639-1, or index.language.detection.UNKNOWN
    published: str | None  # ISO 8601, a day
    publisher: str | None
    author: str | None
    url: str | None
    encoding: str | None  # with which a text file is opened to get the text that offsets count in
    digest: str  # of the file's bytes, and of how they are read
    length: int  # of the article's own text, in characters
    problem: str | None = None  # what could not be read of it, as the end of a sentence
    story: str | None = None  # what it has in common with articles that print the same; a source


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleInfo):
    """One file as text. Offsets count code points of `text`, header included."""

    text: str
    body: int  # where the header ends

    def info(self) -> ArticleInfo:
        """Return what is known of the article, without its text."""
        return ArticleInfo(**{each.name: getattr(self, each.name) for each in fields(ArticleInfo)})


def list_sources(corpus: Path) -> Iterator[str | ArticleError]:
    """Yield the path below `corpus` of every file that may be an article, in order of name.

    A link that leads out of the folder, or a name that is not text, comes as an error instead.
    A README at the top of the folder describes the folder and is passed over, as is whatever
    begins with a dot.

    Raises:
        CorpusError: there is no such folder, or it cannot be read.
    """
    try:
        root = corpus.resolve(strict=True)
        os.scandir(root).close()
    except NotADirectoryError:
        raise CorpusError(f"CORPUS_DIR {corpus} is a file; name a folder of articles.") from None
    except FileNotFoundError:
        raise CorpusError(
            f"There is no folder {corpus}; create it and put articles in it, "
            "or set CORPUS_DIR to the folder that has them."
        ) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself, until Python 3.13
        reason = getattr(error, "strerror", None) or "it is a link that leads to itself"
        raise CorpusError(f"The folder {corpus} cannot be read: {reason}.") from error
    unreadable: list[OSError] = []
    for directory, folders, names in os.walk(root, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(directory)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = here / name
            source = path.relative_to(root).as_posix()
            if name.startswith(".") or source.lower() == "readme.md":
                continue
            if path.is_symlink() and not _target(path).is_relative_to(root):
                yield ArticleError(source, f"is a link that leads out of {corpus}.")
            elif path.suffix.lower() in SUFFIXES and name not in links:
                if source.isprintable():
                    yield source
                else:
                    yield ArticleError(source, "has characters in its name that cannot be shown.")
    for failure in unreadable:
        folder = Path(failure.filename).relative_to(root).as_posix()
        yield ArticleError(folder, f"cannot be read ({failure.strerror}).")


def read_file(corpus: Path, source: str) -> bytes:
    """Return the bytes of `source`, a path below `corpus`.

    Raises:
        FileNotFoundError: the file is gone.
        ArticleError: it cannot be read, is too large, or is outside `corpus`.
    """
    path = _target(corpus / source)
    if not path.is_relative_to(corpus.resolve()):
        raise ArticleError(source, f"is not in {corpus}.")
    try:
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):  # a named pipe would be waited for
            raise ArticleError(source, "is not a file.")
        limit = MAX_TEXT_BYTES if source.lower().endswith(TEXT_SUFFIXES) else MAX_BYTES
        if size > limit:
            raise ArticleError(
                source,
                f"has {size / 1e6:,.0f} MB, and files of its kind above {limit / 1e6:.0f} MB "
                "are not read; split it.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ArticleError(source, f"cannot be read ({error.strerror}).") from error


def parse_article(source: str, data: bytes, extractor: Extractor) -> Article:
    """Turn a file's bytes into an article.

    Raises:
        ArticleError: the file cannot be read, or has no text.
    """
    extracted = extractor.extract(source, data)
    body = extracted.text[extracted.body :]
    return Article(
        source=source,
        title=extracted.title or Path(source).stem,
        language=extracted.language or detect_language(body),
        published=extracted.published,
        publisher=extracted.publisher,
        author=extracted.author,
        url=extracted.url,
        encoding=extracted.encoding,
        digest=extractor.digest(source, data),
        length=len(body.strip()),
        text=extracted.text,
        body=extracted.body,
        problem=extracted.problem,
    )


def read_again(corpus: Path, info: ArticleInfo, extractor: Extractor) -> tuple[Extracted, bool]:
    """Return the text of an indexed article's file, and whether it is still what was indexed.

    Raises:
        FileNotFoundError: the file is gone.
        ArticleError: it cannot be read, or not with the encoding it had.
    """
    data = read_file(corpus, info.source)
    is_as_indexed = extractor.digest(info.source, data) == info.digest
    if info.encoding is None:
        return extractor.extract(info.source, data), is_as_indexed
    try:
        text = decode_as(data, info.encoding)
    except UnicodeDecodeError:
        raise ArticleError(info.source, f"is no longer {info.encoding} text.") from None
    body = read_header(text).end
    return Extracted(text=text, body=body, encoding=info.encoding), is_as_indexed


def _target(path: Path) -> Path:
    # Path.resolve raises RuntimeError where links lead in a circle; here, reading says so.
    return Path(os.path.realpath(path))
