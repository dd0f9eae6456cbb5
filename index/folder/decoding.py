"""Decode a file's bytes to text, in whatever encoding they are."""

import codecs
import re

import charset_normalizer

# utf-32 comes before utf-16, because its little-endian mark begins with that of utf-16.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1b")
# If the detector finds several encodings equally likely, one of these is meant: single-byte code
# pages differ in a few letters only, and short texts do not have these.
_LIKELIEST = ("gb18030", "cp1252", "latin_1", "utf_16_le", "utf_16_be")

_NOT_TEXT = "is not text"

# Western text is nearly all ASCII. Its other letters stand alone or in pairs, and there may be
# quotation marks and a euro sign. The detector takes a short text of this kind for anything.
_RARE = 0.05
_LONG_RUN = re.compile(rb"[\x80-\xff]{4}")


class NotTextError(ValueError):
    """The bytes are not text in any encoding that was tried; the message says why."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` as Python's text mode reads it, and the encoding's name.

    Opening the file with that encoding gives the same string. It has no byte-order mark, and every
    line ends in a line feed.

    Raises:
        NotTextError: the bytes are not text.
    """
    encoding = _detect(data)
    try:
        text = decode_as(data, encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(_NOT_TEXT) from error
    if any(character < " " and character not in _ALLOWED_CONTROLS for character in set(text)):
        raise NotTextError(_NOT_TEXT)
    return text, encoding


def decode_as(data: bytes, encoding: str) -> str:
    """Return the text of `data` as opening the file in text mode with `encoding` gives it."""
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def _detect(data: bytes) -> str:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return encoding
    if b"\0" not in data:  # UTF-16 without a mark is valid UTF-8 with many zeros
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            if _is_mostly_utf8(data):
                raise NotTextError(f"is UTF-8 with a broken byte at {error.start}") from None
            if _is_western(data):
                return "cp1252"
        else:
            return "utf-8"
    matches = charset_normalizer.from_bytes(data)
    best = matches.best()
    if best is None:
        raise NotTextError(_NOT_TEXT)
    equals = {match.encoding for match in matches if match.chaos <= best.chaos}
    likeliest = next((name for name in _LIKELIEST if name in equals), best.encoding)
    return codecs.lookup(likeliest).name


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 2 * broken


def _is_western(data: bytes) -> bool:
    if _LONG_RUN.search(data):
        return False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return sum(letter > "\x7f" and letter.isalpha() for letter in text) <= _RARE * len(text)
