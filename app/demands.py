"""What a question demands of a sentence beyond nearness: its names, a figure, a version."""

import re

from app.figures import figure_asked_for, figures

# A name or a figure: what has a digit, or a capital that no sentence begins with.
_NAME = re.compile(
    r"[a-z]*\d(?:[\d.,]*\d)?|(?<=[^.?!¿¡\s][ '’])(?-i:[A-Z])[a-z-]+"
    r"|(?<=[\u3000-\u9fff])(?-i:[A-Z])[a-z-]+|[a-z](?-i:[a-z]*[A-Z])[a-z]*",
    re.ASCII | re.IGNORECASE,
)
# One of several things of one name: Trainium3, Trainium 3, Super Bowl 50.
_VERSION = re.compile(r"\b([A-Z][A-Za-z]+)[ -]?(\d{1,2})(?![\d%]|[.,]\d)")

_SEPARATOR = re.compile(r"(?<=\d)[.,](?=\d)")


class Demands:
    """What one question demands."""

    def __init__(self, question: str) -> None:
        self._names = [_plain(name) for name in _NAME.findall(question)]
        self._figure = figure_asked_for(question)
        self._versions = dict(_versions(question))

    def named(self, passage: str) -> float:
        """Return the share of the question's names that a passage has; 1 where it has none."""
        text = _plain(passage)
        found = [re.search(rf"(?<![a-z\d]){re.escape(n)}(?![a-z\d])", text) for n in self._names]
        return sum(match is not None for match in found) / len(found) if found else 1.0

    def figure(self, sentence: str, language: str) -> float:
        """Return 0 where a figure is asked for and a sentence has none of its kind, else 1."""
        if self._figure is None:
            return 1.0
        return float(self._figure.is_among(figures(sentence, language)))

    def version(self, sentence: str) -> float:
        """Return 0 where a sentence speaks of another version of what is asked about, else 1."""
        told = _versions(sentence)
        others = {name for name, number in told if self._versions.get(name, number) != number}
        same = {name for name, number in told if self._versions.get(name) == number}
        return float(not others - same)


def _versions(text: str) -> set[tuple[str, str]]:
    return {(name.casefold(), number) for name, number in _VERSION.findall(text)}


def _plain(text: str) -> str:
    """Return `text` in small letters and with figures as digits alone: 500,000 as 500.000."""
    return _SEPARATOR.sub("", text.casefold())
