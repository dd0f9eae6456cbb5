"""Which files of a folder are articles."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.errors import ArticleError, CorpusError, can_be_shown
from index.folder.extraction import SUFFIXES
from index.folder.passed_over import PassedOver, is_hidden, reason_of
from index.folder.saved_pages import is_part_of_page


def list_sources(folder: Path) -> Iterator[str | ArticleError]:
    """Yield the path below `folder` of every file that may be an article, in order of name.

    A link that leads out of the folder, or a name that is not text, comes as an error instead.

    Raises:
        CorpusError: there is no such folder, or it cannot be read.
    """
    return (each for each in list_files(folder) if not isinstance(each, PassedOver))


def list_files(folder: Path) -> Iterator[str | ArticleError | PassedOver]:
    """Yield what `list_sources` does, and what else is in the folder and is not read.

    Only what is hidden is left out: names that begin with a dot, and the like.

    Raises:
        CorpusError: there is no such folder, or it cannot be read.
    """
    root = _checked(folder)
    unreadable: list[OSError] = []
    for directory, folders, names in os.walk(root, onerror=unreadable.append):
        here = Path(directory)
        seen = [name for name in folders if not is_hidden(name)]
        parts = {name for name in seen if is_part_of_page(here / name, names)}
        links = {name for name in seen if name not in parts and (here / name).is_symlink()}
        folders[:] = sorted(set(seen) - parts)
        for name in sorted({*names, *links, *parts}):
            path = here / name
            source = path.relative_to(root).as_posix()
            if is_hidden(name):
                continue
            if path.is_symlink() and not real_path(path).is_relative_to(root):
                yield ArticleError(source, f"is a link that leads out of {folder}.")
            elif name in parts:
                yield PassedOver(source, "part")
            elif name in links:
                yield PassedOver(source, "link")
            elif source.lower() == "readme.md":
                yield PassedOver(source, "readme")
            elif path.suffix.lower() not in SUFFIXES:
                yield PassedOver(source, reason_of(name))
            elif can_be_shown(source):
                yield source
            else:
                yield ArticleError(
                    _encodable(source), "has characters in its name that cannot be shown."
                )
    for failure in unreadable:
        if Path(failure.filename) == root:  # it was there a moment ago
            raise CorpusError(f"The folder {folder} cannot be read: {failure.strerror}.")
        source = Path(failure.filename).relative_to(root).as_posix()
        yield ArticleError(_encodable(source), f"cannot be read ({failure.strerror}).")


def find_source(asked: str, sources: Iterable[str]) -> str | None:
    """Return the one of `sources` that is asked for; None if there is none.

    Systems write an é in one character or in two (NFC and NFD); the name may be asked for in the
    other form than the file has.
    """
    known = list(sources)
    if asked in known:
        return asked
    composed = unicodedata.normalize("NFC", asked)
    return next((each for each in known if unicodedata.normalize("NFC", each) == composed), None)


def _encodable(source: str) -> str:
    """Return a name with bytes that are no text written out."""
    return source.encode(errors="backslashreplace").decode()


def real_path(path: Path) -> Path:
    """Return where a path leads, with all links followed."""
    # Path.resolve raises RuntimeError if links lead in a circle; here, reading the file says so.
    return Path(os.path.realpath(path))


def _checked(folder: Path) -> Path:
    """Return the real path of a folder that can be read.

    Raises:
        CorpusError: there is no such folder, or it cannot be read.
    """
    try:
        root = folder.resolve(strict=True)
        os.scandir(root).close()
    except NotADirectoryError:
        raise CorpusError(f"CORPUS_DIR {folder} is a file; name a folder of articles.") from None
    except FileNotFoundError:
        raise CorpusError(
            f"There is no folder {folder}; create it and put articles in it, "
            "or set CORPUS_DIR to the folder that has them."
        ) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself, until Python 3.13
        reason = getattr(error, "strerror", None) or "it is a link that leads to itself"
        raise CorpusError(f"The folder {folder} cannot be read: {reason}.") from error
    return root
