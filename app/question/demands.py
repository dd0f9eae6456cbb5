"""What a question demands of a sentence beyond nearness: a figure of a kind, a version."""

import re

from index.language.figures import can_read, figure_asked_for, figures

# One of several things of one name: Trainium3, Trainium 3, iPhone 15, Super Bowl 50.
_VERSION = re.compile(r"(?<![A-Za-zÀ-ÿ])([a-z]?[A-ZÀ-Þ][A-Za-zÀ-ÿ]+)[ -]?(\d{1,2})(?![\d%]|[.,]\d)")


class Demands:
    """What one question demands."""

    def __init__(self, question: str) -> None:
        self._figure = figure_asked_for(question)
        self._versions = _versions(question)

    def figure(self, sentence: str, language: str) -> float:
        """Return 0 where a figure is asked for and a sentence has none of its kind, else 1."""
        if self._figure is None or not can_read(language):
            return 1.0
        return float(self._figure.is_among(figures(sentence, language)))

    def version(self, sentence: str) -> float:
        """Return 0 where a sentence speaks of another version of what is asked about, else 1."""
        told = _versions(sentence)
        return float(
            all(told[name] & asked for name, asked in self._versions.items() if name in told)
        )


def _versions(text: str) -> dict[str, set[str]]:
    """Return the numbers that a text has of each name."""
    found: dict[str, set[str]] = {}
    for name, number in _VERSION.findall(text):
        found.setdefault(name.casefold(), set()).add(number)
    return found
