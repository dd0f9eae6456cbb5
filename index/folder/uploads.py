"""Puts files into the folder of articles and takes them out, safely."""

import os
import re
import tempfile
from pathlib import Path, PurePosixPath

from index.errors import CorpusChatError
from index.folder.corpus import list_sources, parse_article
from index.folder.extraction import SUFFIXES, Extractor

MAX_FILES = 20  # at a time
MAX_UPLOAD_BYTES = 20_000_000  # at a time, all files together

_LONGEST_NAME = 200  # bytes; file systems take 255
_SPACE = re.compile(r"\s+")


class UploadError(CorpusChatError):
    """A file cannot be put into the folder, or not be taken out."""


class UnknownArticleError(UploadError):
    """There is no such article in the folder."""


class NameTakenError(UploadError):
    """There is another article of that name."""


def put_article(
    corpus: Path, name: str, data: bytes, extractor: Extractor, *, replace: bool = False
) -> str:
    """Write an article into the folder `corpus`; return its path below it.

    Only the last part of `name` counts, and only what can be read as an article is taken. The
    file is there whole or not at all.

    Raises:
        UploadError: it has no name that will do, or the folder cannot be written.
        NameTakenError: another article has the name, and it is not to be replaced.
        ArticleError: it cannot be read, or has no text.
    """
    source = _safe_name(name)
    parse_article(source, data, extractor)
    target = corpus / source
    taken = NameTakenError(f"{source}: there is an article of that name; give it another.")
    if target.is_symlink():
        raise taken
    try:
        corpus.mkdir(parents=True, exist_ok=True)
        # With a dot in front, so that nobody takes it for an article meanwhile.
        descriptor, half = tempfile.mkstemp(prefix=".", suffix=".part", dir=corpus)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            os.chmod(half, 0o644)
            if replace:
                os.replace(half, target)
            else:
                os.link(half, target)  # unlike a replacement, it fails where there is one
        finally:
            Path(half).unlink(missing_ok=True)
    except FileExistsError:
        raise taken from None
    except OSError as error:
        raise UploadError(f"{source} cannot be written to {corpus} ({error.strerror}).") from error
    return source


def remove_article(corpus: Path, source: str) -> None:
    """Delete an article from the folder `corpus`.

    Raises:
        UnknownArticleError: there is no such article.
        UploadError: it is the last one, or it cannot be deleted.
    """
    listed = {name for name in list_sources(corpus) if isinstance(name, str)}
    if source not in listed:
        raise UnknownArticleError(f"{source}: there is no such article in the folder.")
    if len(listed) == 1:
        raise UploadError(f"{source} is the only article; add another before you remove it.")
    try:
        (corpus / source).unlink(missing_ok=True)
    except OSError as error:
        raise UploadError(f"{source} cannot be deleted ({error.strerror}).") from error


def _safe_name(name: str) -> str:
    last = _SPACE.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip()
    if not last or last.startswith(".") or not last.isprintable():
        raise UploadError(f"{last!r} is no name for an article; give the file another.")
    if len(last.encode()) > _LONGEST_NAME:
        raise UploadError(f"{last[:40]}… is too long a name; give the file another.")
    if not last.lower().endswith(SUFFIXES):
        raise UploadError(f"{last}: only {', '.join(SUFFIXES)} files are read; save it as one.")
    if last.lower() == "readme.md":
        raise UploadError(f"{last} describes the folder and is not read; give it another name.")
    return last
