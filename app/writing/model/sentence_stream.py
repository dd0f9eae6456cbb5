"""From a model's stream of text to sentences, each with the passages that it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.sentences import sentences

# [1], [2, 3], [4-6], [[7]], 【8】, [^9], [Passage 10]: models write all of these.
_MARK = re.compile(
    r"[\[【［]{1,2}\^?\s*(?:[^\W\d_]{1,12}\s+)?"
    r"(?P<numbers>\d{1,3}(?:\s*[,;，、–-]\s*\^?\d{1,3})*)\s*[\]】］]{1,2}"
)
_OPENING = re.compile(r"[\[【［]{1,2}[^\n\[\]【】［］]*[\]】］]?$")
# The first word after a possible end of a sentence: only the whole word shows whether it was one.
_UNSURE = re.compile(r"(?<=[.!?…])[\"'’”»)]*\s+\S*$")
_LONGEST_MARK = 40  # characters; a bracket that is not closed by then is text
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_LONGEST_RANGE = 12
_ITEM_NUMBER = re.compile(r"(?:\W*\d{1,3}[.)])*\W*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence, and the numbers of the passages that its marks name."""

    text: str
    cited: tuple[int, ...]


class SentenceReader:
    """Takes text as it comes; returns text to show, and each sentence once it is whole.

    Text that may become a mark is held back until that is clear. A sentence is whole once the next
    one begins, since marks may follow its full stop. All returned text together is the text that
    came, without its marks.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._held = ""  # text that may become a mark
        self._sentence = ""
        self._shown = 0  # characters of the sentence that were returned
        self._cited: list[int] = []

    def feed(self, text: str) -> Iterator[str | Sentence]:
        """Take the next piece of text."""
        text, self._held = self._held + text, ""
        opening = _OPENING.search(text)
        if opening and len(text) - opening.start() <= _LONGEST_MARK:
            text, self._held = text[: opening.start()], text[opening.start() :]
        yield from self._take(text)

    def close(self) -> Iterator[str | Sentence]:
        """Take the end of the text: nothing more can follow what was held back."""
        text, self._held = self._held, ""
        yield from self._take(text)
        yield from self._whole(len(self._sentence))

    def _take(self, text: str) -> Iterator[str | Sentence]:
        position = 0
        for mark in _MARK.finditer(text):
            yield from self._add(text[position : mark.start()])
            self._sentence = self._sentence[: max(self._shown, len(self._sentence.rstrip()))]
            self._cited += _numbers(mark["numbers"])
            position = mark.end()
        yield from self._add(text[position:])

    def _add(self, text: str) -> Iterator[str | Sentence]:
        self._sentence += text
        while (end := self._first_end()) is not None:
            yield from self._whole(end)
        # White space is held back: a mark that follows goes before it.
        unsure = _UNSURE.search(self._sentence)
        bare = unsure.start() if unsure else len(self._sentence.rstrip())
        if bare > self._shown:
            yield self._sentence[self._shown : bare]
            self._shown = bare

    def _first_end(self) -> int | None:
        """Return where the first of several sentences ends, or None while there is only one."""
        text = self._sentence
        begin = len(text) - len(text.lstrip())
        line = text.find("\n", begin)
        if line >= 0 and text[line:].strip():
            return len(text[:line].rstrip())
        # "1." is the number of a list item that goes on.
        ends = [end for _, end in sentences(text, (0, len(text)), self._language)]
        return next((e for e in ends[:-1] if e >= self._shown and _states(text[:e])), None)

    def _whole(self, end: int) -> Iterator[str | Sentence]:
        """Return the sentence that ends here, and go on with the text after it."""
        end = max(end, self._shown)
        text, rest = self._sentence[:end], self._sentence[end:]
        if unshown := text[self._shown :].rstrip():
            yield unshown
        if _states(text):
            yield Sentence(text.strip(), tuple(dict.fromkeys(self._cited)))
        self._sentence, self._shown, self._cited = rest, 0, []


def _states(text: str) -> bool:
    """Whether a text has a word, or a figure that is not the number of a list item."""
    return _ITEM_NUMBER.fullmatch(text) is None


def _numbers(written: str) -> Iterator[int]:
    """Yield the numbers of a mark: "1, 3-5" has four."""
    for part in re.split(r"[,;，、]", written):
        span = _RANGE.search(part)
        if span and 0 <= int(span[2]) - int(span[1]) <= _LONGEST_RANGE:
            yield from range(int(span[1]), int(span[2]) + 1)
        else:
            yield from map(int, re.findall(r"\d+", part))
