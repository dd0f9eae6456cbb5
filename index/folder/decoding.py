"""Decode a file's bytes to text, in whatever encoding they are."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import chardet
from chardet.enums import EncodingEra

# utf-32 comes before utf-16, because its little-endian mark begins with that of utf-16.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1b")
_NOT_TEXT = "is not text"
_ISO_2022 = b"\x1b$"  # begins two-byte letters

# People's files are not in the code pages of mainframes, in which any bytes are text, nor in those
# that hardly a program has ever written.
_ERAS = EncodingEra.ALL & ~EncodingEra.MAINFRAME & ~EncodingEra.LEGACY_REGIONAL
_UNUSED = ("johab", "cp856")
# A word in two alphabets, or a control, shows that the letters are others.
_MIXED = re.compile(
    "[A-Za-z\u00c0-\u024f][\u0370-\u06ff\u0e00-\u0e7f]"
    "|[\u0370-\u06ff\u0e00-\u0e7f][A-Za-z\u00c0-\u024f]|[\x80-\x9f]"
)
_HALF = 0.5  # of the likeliest reading's confidence: what is less likely is not taken in its place
# Of the confidence of the reading that is taken. Of 3,652 texts in 36 languages and 38 encodings,
# 60 were read wrong; so 54 of these are found, and 5% of those that were read right.
_AS_LIKELY = 0.999
# Of so little confidence, an encoding that programs write today goes before those of old systems.
_UNSURE = 0.1


class NotTextError(ValueError):
    """The bytes are not text in any encoding that was tried; the message says why."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a file's bytes are in one encoding, and how likely that is, from 0 to 1."""

    text: str
    encoding: str
    confidence: float


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` as Python's text mode reads it, and the encoding's name.

    Opening the file with that encoding gives the same string. It has no byte-order mark, and every
    line ends in a line feed.

    Raises:
        NotTextError: the bytes are not text.
    """
    encoding = _stated(data) or _readings(data)[0].encoding
    try:
        text = decode_as(data, encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(_NOT_TEXT) from error
    if not _is_text(text):
        raise NotTextError(_NOT_TEXT)
    return text, encoding


def decode_as(data: bytes, encoding: str) -> str:
    """Return the text of `data` as opening the file in text mode with `encoding` gives it."""
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def doubt(data: bytes) -> str | None:
    """Return why text may have other letters than `decode` gives it, as the end of a sentence.

    None: it is in Unicode, or no other encoding is as likely.

    Raises:
        NotTextError: the bytes are not text.
    """
    if _stated(data):
        return None
    taken, *others = _readings(data)
    rivals = (
        each.encoding
        for each in others
        if each.confidence >= _AS_LIKELY * taken.confidence and _differ(each.text, taken.text)
    )
    rival = next(rivals, None)
    if rival is not None:
        fact = f"and {rival} is as likely"
    elif taken.confidence < _UNSURE:
        fact = "and it is too short to tell"
    else:
        return None
    return f"does not state its encoding: read as {taken.encoding}, {fact}; save it as UTF-8."


def _stated(data: bytes) -> str | None:
    """Return the encoding of data that can be in no other; None if that has to be guessed.

    Raises:
        NotTextError: it is UTF-8, with a byte that is broken.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return encoding
    # UTF-16 without a mark is valid UTF-8 with many zeros, and ISO-2022 is with escapes.
    if b"\0" in data or _ISO_2022 in data:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise NotTextError(f"is UTF-8 with a broken byte at {error.start}") from None
        return None
    return "utf-8"


def _readings(data: bytes) -> list[_Reading]:
    """Return what data may be in encodings that it does not state, likeliest first.

    Raises:
        NotTextError: there is none.
    """
    found = list(_guesses(data, _ERAS))
    if found and found[0].confidence < _UNSURE:
        found = list(_guesses(data, EncodingEra.MODERN_WEB)) or found
    if not found:  # nothing fits, or it has the mark of a picture or the like
        raise NotTextError(_NOT_TEXT)
    enough = _HALF * found[0].confidence
    likely = [each for each in found if each.confidence >= enough]
    return [each for each in likely if not _MIXED.search(each.text)] or likely


def _guesses(data: bytes, eras: EncodingEra) -> Iterator[_Reading]:
    """Yield what data may be, likeliest first."""
    candidates = chardet.detect_all(
        data,
        ignore_threshold=True,
        encoding_era=eras,
        exclude_encodings=_UNUSED,
        max_bytes=len(data),
        compat_names=False,
    )
    for each in candidates:
        if each["encoding"] is None:
            continue
        encoding = codecs.lookup(each["encoding"]).name
        try:
            yield _Reading(data.decode(encoding), encoding, each["confidence"])
        except UnicodeDecodeError:
            continue


def _differ(one: str, other: str) -> bool:
    """Whether two readings differ in a letter, a digit or a currency, and not in signs only."""
    if len(one) != len(other):
        return True
    pairs = {pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]}
    return any(_counts(letter) for pair in pairs for letter in pair)


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "Sc"


def _is_text(text: str) -> bool:
    return not any(c < " " and c not in _ALLOWED_CONTROLS for c in set(text))


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 2 * broken
