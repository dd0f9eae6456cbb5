"""A text while it is put together, with the place in the file that each part of it is from."""

from index.folder.formats.extracted import BREAK, without_controls


class Draft:
    """Blocks of Markdown, one after the other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._places: list[tuple[int, str]] = []

    def add(self, words: str, place: str = "", *, after: str = BREAK) -> None:
        """Add words that are not empty behind the separator `after`, and name their place."""
        words = without_controls(words)
        if not words.strip():
            return
        if self._parts:
            self._parts.append(after)
            self._length += len(after)
        if place:
            self._places.append((self._length, without_controls(place)))
        self._parts.append(words)
        self._length += len(words)

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._parts)

    @property
    def places(self) -> tuple[tuple[int, str], ...]:
        """Where in the text each place begins, and its name."""
        return tuple(self._places)
