"""The articles: which files of a folder are one, and what each says of itself."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from index.decoding import NotTextError, decode, decode_as
from index.errors import ArticleError, CorpusError, Problem
from index.header import read_header
from index.languages import detect_language

SUFFIXES = (".md", ".txt")
MAX_BYTES = 20_000_000

_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInfo:
    """What is known of an article besides its text."""

    source: str  # path below the corpus folder, with forward slashes
    title: str  # the header's, else the first heading, else the file's name
    language: str  # ISO 639-1, or index.languages.UNKNOWN
    published: str | None  # ISO 8601, a day
    publisher: str | None
    url: str | None
    encoding: str  # with which the file is opened to get the text that offsets count in
    digest: str  # SHA-256 of the file's bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleInfo):
    """One file as text. Offsets count code points of `text`, header included."""

    text: str
    body: int  # where the header ends
    problem: Problem | None = None  # with the header, if any

    def info(self) -> ArticleInfo:
        """Return what is known of the article, without its text."""
        return ArticleInfo(**{name.name: getattr(self, name.name) for name in fields(ArticleInfo)})


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
        next(root.iterdir(), None)
    except NotADirectoryError:
        raise CorpusError(f"CORPUS_DIR {corpus} is a file; name a folder of articles.") from None
    except FileNotFoundError:
        raise CorpusError(
            f"There is no folder {corpus}; create it and put .md or .txt files in it, "
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
        if size > MAX_BYTES:
            raise ArticleError(
                source,
                f"has {size / 1e6:,.0f} MB, and files above {MAX_BYTES / 1e6:.0f} MB "
                "are not read; split it.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ArticleError(source, f"cannot be read ({error.strerror}).") from error


def parse_article(source: str, data: bytes) -> Article:
    """Turn a file's bytes into an article.

    Raises:
        ArticleError: the file is empty or is not text.
    """
    try:
        text, encoding = decode(data)
    except NotTextError as error:
        raise ArticleError(source, f"{error}; save it as UTF-8.") from None
    header = read_header(text)
    if not text[header.end :].strip():
        raise ArticleError(source, "is empty.")
    heading = _HEADING.search(text, header.end)
    return Article(
        source=source,
        title=header.title or (heading["title"] if heading else Path(source).stem),
        language=header.language or detect_language(text[header.end :]),
        published=header.published,
        publisher=header.publisher,
        url=header.url,
        encoding=encoding,
        digest=digest_of(data),
        text=text,
        body=header.end,
        problem=Problem(source, f"{header.problem}; read without it.") if header.problem else None,
    )


def read_text(corpus: Path, info: ArticleInfo) -> tuple[str, bool]:
    """Return the text of an indexed article's file, and whether it is still what was indexed.

    Raises:
        FileNotFoundError: the file is gone.
        ArticleError: it cannot be read, or not with the encoding it had.
    """
    data = read_file(corpus, info.source)
    try:
        return decode_as(data, info.encoding), digest_of(data) == info.digest
    except UnicodeDecodeError:
        raise ArticleError(info.source, f"is no longer {info.encoding} text.") from None


def _target(path: Path) -> Path:
    # Path.resolve raises RuntimeError where links lead in a circle; here, reading says so.
    return Path(os.path.realpath(path))


def digest_of(data: bytes) -> str:
    """Return what tells one content of a file from another."""
    return hashlib.sha256(data).hexdigest()
