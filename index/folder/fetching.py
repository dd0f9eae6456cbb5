"""Save web pages as files in the folder of articles. Only a command calls this."""

import contextlib
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from index.errors import CorpusChatError
from index.folder.corpus import MAX_UPLOAD_BYTES, Corpus
from index.folder.extraction import SUFFIXES

_PATIENCE_S = 30
_LONGEST_NAME = 120  # bytes
_UNSAFE = re.compile(r"[^\w.-]+")
_PAGE = ".html"
_PAGES = ("text/html", "application/xhtml+xml")
_KINDS = {  # those that not every system knows
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/x-ipynb+json": ".ipynb",
    "application/x-subrip": ".srt",
    "text/vtt": ".vtt",
    "text/markdown": ".md",
    "text/x-rst": ".rst",
    "text/org": ".org",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
}
# Servers call Markdown so, too; and what is more than text, as a notebook is more than JSON.
_ANYTHING = ("application/octet-stream", "text/plain", "application/json", "application/zip")


class FetchError(CorpusChatError):
    """A page cannot be fetched."""


def read_urls(names: Iterable[str]) -> Iterator[str]:
    """Yield the URLs among `names`, and those in the files that the others name, one a line.

    Raises:
        FetchError: a file cannot be read, or a line in it is no URL.
    """
    for name in names:
        if name.startswith(("http://", "https://")):
            yield name
            continue
        try:
            lines = Path(name).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, ValueError) as error:
            raise FetchError(f"{name} is neither a URL nor a file with a list of them.") from error
        for number, line in enumerate(map(str.strip, lines), start=1):
            if not line or line.startswith("#"):
                continue
            if not line.startswith(("http://", "https://")):
                raise FetchError(f"{name}, line {number}: {line[:80]!r} is no URL; mend it.")
            yield line


def fetch(url: str, corpus: Corpus) -> str:
    """Save the page at `url` into the folder of articles; return its path below it.

    A page that was saved before is saved again in its place.

    Raises:
        FetchError: nothing comes from there, or too much.
        CorpusChatError: the page is no article, or the folder cannot be written.
    """
    try:
        with httpx.stream("GET", url, timeout=_PATIENCE_S, follow_redirects=True) as response:
            response.raise_for_status()
            data = _read(response)
    except httpx.HTTPStatusError as error:
        raise FetchError(f"{url}: the server answers {error.response.status_code}.") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{url}: nothing comes from there ({error}).") from error
    suffix = _suffix(response)
    if suffix == _PAGE:
        data = _marked(data, response)
    return corpus.put(_name(url, suffix), data, replace=True)


def _read(response: httpx.Response) -> bytes:
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > MAX_UPLOAD_BYTES:
            raise FetchError(
                f"{response.url}: it has more than {MAX_UPLOAD_BYTES / 1e6:.0f} MB, and no more "
                "is taken."
            )
    return bytes(data)


def _suffix(response: httpx.Response) -> str:
    """Return the suffix for the kind that the server states; if it states none, that of the path.

    Raises:
        FetchError: files of this kind are not read.
    """
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _PAGES:
        return _PAGE
    suffix = PurePosixPath(response.url.path).suffix.lower()
    if kind and not (kind in _ANYTHING and suffix in SUFFIXES):
        suffix = _KINDS.get(kind) or mimetypes.guess_extension(kind) or suffix
    if suffix not in SUFFIXES:
        raise FetchError(
            f"{response.url}: it is {kind or 'of an unknown kind'}, which is not read."
        )
    return suffix


def _marked(data: bytes, response: httpx.Response) -> bytes:
    """Return a page in UTF-8 that states where it was saved from, as browsers write it."""
    if response.charset_encoding is not None:  # the page may state another encoding, or none
        with contextlib.suppress(LookupError, UnicodeError):
            data = data.decode(response.charset_encoding).encode()
    url = str(response.url)
    return f"<!-- saved from url=({len(url):04}){url} -->\n".encode() + data


def _name(url: str, suffix: str) -> str:
    parts = urlsplit(url)
    path = unquote(parts.path).removesuffix(PurePosixPath(parts.path).suffix)
    whole = _UNSAFE.sub("-", f"{parts.hostname}{path}").strip("-.")
    readable = whole.encode()[:_LONGEST_NAME].decode(errors="ignore")
    # Pages may differ only in the query, or in what was cut off.
    return f"{readable}-{hashlib.sha256(url.encode()).hexdigest()[:8]}{suffix}"
