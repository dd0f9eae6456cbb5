"""Subtitles, .srt and .vtt: as running text that knows when it is said, by webvtt-py."""

import html
import io
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import webvtt

from index.folder.formats.decoded import decoded
from index.folder.formats.draft import Draft
from index.folder.formats.extracted import BREAK, Extracted, UnreadableError
from index.language.scripts import is_wide

_PAUSE_S = 3  # after which a paragraph begins
_LONG = 500  # characters, after which a sentence ends a paragraph
_ENDS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "»", "]", ")")
_OVERRIDE = re.compile(r"\{\\[^}]*\}")  # {\an8}: where and how it is shown
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<[\d:.]+>")
_TIMES = re.compile(r"^[ \t]*[\d:.,]+[ \t]*-->[ \t]*[\d:.,]+", re.MULTILINE)
_DASH = re.compile(r"[-–—]\s?(?=\S)")  # before what another person says


class _Line(NamedTuple):
    words: str
    start: float  # seconds
    end: float
    speaker: str | None


def load(data: bytes) -> Extracted:
    """Return what is said, with the time of each caption as its place.

    Raises:
        UnreadableError: it is not text, or no subtitles.
    """
    text = decoded(data).lstrip("\ufeff\n ")
    kind = "vtt" if text.startswith("WEBVTT") else "srt"
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format=kind).captions
    except webvtt.errors.MalformedFileError:
        captions = []
    unread = len(_TIMES.findall(text)) - len(captions)
    draft = Draft()
    said, previous = "", None
    for line in _lines(captions):
        after = _separator(line, previous, said)
        is_other = (
            after == BREAK and line.speaker and line.speaker != (previous and previous.speaker)
        )
        words = f"{line.speaker}: {line.words}" if is_other else line.words
        draft.add(words, _time(line.start), after=after)
        said = words if after == BREAK else said + after + words
        previous = line
    if not draft.text:
        raise UnreadableError("has no captions that can be read; save it anew.")
    return Extracted(
        text=draft.text,
        places=draft.places,
        problem=f"has captions whose time is not as it should be ({unread}), which are not read."
        if unread > 0
        else None,
    )


def _lines(captions: Iterable[webvtt.Caption]) -> Iterator[_Line]:
    """Yield the captions, those of each speaker apart, without what they repeat of the one before.

    Automatic captions roll: the last line of one is the first of the next.
    """
    shown: list[str] = []
    until = -1.0
    for caption in captions:
        raw = html.unescape(_OVERRIDE.sub("", _TAG.sub("", caption.raw_text)))
        lines = [" ".join(line.split()) for line in raw.splitlines()]
        lines = list(filter(None, lines))
        start, end = _seconds(caption.start), _seconds(caption.end)
        is_rolling = bool(shown and lines) and start <= until + 0.1 and lines[0] == shown[-1]
        new = lines[1:] if is_rolling and (len(lines) > 1 or len(shown) > 1) else lines
        shown, until = lines or shown, end
        speech = ""
        for line in new:
            if speech and _DASH.match(line):
                yield _Line(speech, start, end, caption.voice)
                speech = ""
            speech = f"{speech}{_between(speech, line)}{line}" if speech else line
        if speech:
            yield _Line(speech, start, end, caption.voice)


def _separator(line: _Line, previous: _Line | None, said: str) -> str:
    """Return what stands between what was said before and a line."""
    if previous is None:
        return BREAK
    is_apart = (
        line.start - previous.end >= _PAUSE_S
        or line.speaker != previous.speaker
        or _DASH.match(line.words) is not None
        or (len(said) > _LONG and said.endswith(_ENDS))
    )
    return BREAK if is_apart else _between(said, line.words)


def _between(before: str, after: str) -> str:
    return "" if is_wide(before[-1]) and is_wide(after[0]) else " "


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _time(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"
