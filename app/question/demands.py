"""What a question demands of a sentence beyond nearness: its names, a figure, a version."""

import re
from collections.abc import Sequence

from index.language.figures import can_read, figure_asked_for, figures

# A name or a figure: what has a digit, or a capital that no sentence begins with.
_NAME = re.compile(
    r"[A-Za-zÀ-ÿ]*\d(?:[\d.,]*\d)?"
    r"|(?:(?<=[^.?!¿¡\s][ '’])|(?<=[\u3000-\u9fff]))[A-ZÀ-Þ][A-Za-zÀ-ÿ-]+"
    r"|[A-Za-zÀ-ÿ][a-zß-ÿ]*[A-ZÀ-Þ][A-Za-zÀ-ÿ]*"
)
# One of several things of one name: Trainium3, Trainium 3, iPhone 15, Super Bowl 50.
_VERSION = re.compile(r"(?<![A-Za-zÀ-ÿ])([a-z]?[A-ZÀ-Þ][A-Za-zÀ-ÿ]+)[ -]?(\d{1,2})(?![\d%]|[.,]\d)")

_SEPARATOR = re.compile(r"(?<=\d)[.,](?=\d)")


def names_in(text: str) -> list[str]:
    """Return the names and figures of a text, in small letters; a sentence's first word is none."""
    return [_plain(name) for name in _NAME.findall(text)]


def has_name(name: str, text: str) -> bool:
    """Whether a name of `names_in` stands in a text, as a word of its own."""
    return re.search(rf"(?<![a-zà-ÿ\d]){re.escape(name)}(?![a-zà-ÿ\d])", _plain(text)) is not None


def share_of_names(names: Sequence[str], text: str) -> float:
    """Return the share of names that a text has; 1 where there are none."""
    return sum(has_name(name, text) for name in names) / len(names) if names else 1.0


class Demands:
    """What one question demands."""

    def __init__(self, question: str) -> None:
        self._names = names_in(question)
        self._figure = figure_asked_for(question)
        self._versions = _versions(question)

    def named(self, passage: str) -> float:
        """Return the share of the question's names that a passage has; 1 where it has none."""
        return share_of_names(self._names, passage)

    def figure(self, sentence: str, language: str) -> tuple[float, float]:
        """Return 0 where a figure is asked for and a sentence has none of its kind, else 1.

        And the same again, but 1 where the question does not say in what unit or of what things.
        """
        if self._figure is None or not can_read(language):
            return 1.0, 1.0
        if self._figure.is_among(figures(sentence, language)):
            return 1.0, 1.0
        return 0.0, float(not self._figure.is_specific)

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


def _plain(text: str) -> str:
    """Return `text` in small letters and with figures as digits alone: 500,000 as 500.000."""
    return _SEPARATOR.sub("", text.casefold())
