"""What a question demands of a sentence beyond nearness: a figure of a kind, exact names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.figures import can_read, figure_asked_for, figures

# One of several things of one name: Trainium3, Trainium 3, iPhone 15, Super Bowl 50, line 10.
_NUMBERED = re.compile(
    r"(?<![A-Za-zÀ-ÿ])(?P<name>[a-z]?[A-ZÀ-Þ][A-Za-zÀ-ÿ]+|[a-zà-ÿ]{4,})[ -]?"
    r"(?P<number>\d{1,3})(?![\d%]|[.,]\d)"
)
# A name of letters and digits, which begins with letters: KX-200/B, E05. 16GB is a figure. And the
# number of a version: 3.0.1, not 1.5 or 12.05.2024.
_CODE = re.compile(
    r"(?<![A-Za-z\d])[A-Za-z]+[-/.]?\d[A-Za-z\d]*(?:[-/.][A-Za-z\d]+)*"
    r"|(?<![\d.,])\d{1,3}(?:\.\d{1,3}){2,}(?![\d.,]*\d)"
)
_TIME = re.compile(r"[QH][1-4]|[a-z]+-[12]\d{3}")  # Q3, mid-2024: written otherwise elsewhere
# A year, and not a decade: 2024, 2023/2024, but not 1640s.
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d%s]|[.,]\d)")
_PART = re.compile(r"[a-z]+|\d+")
_GAP = r"[-/. ]?"  # KX 200/B, KX200B


@dataclass(frozen=True, slots=True)
class _Code:
    """A code that a question asks about."""

    letters: str  # that it begins with
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        return self.pattern.search(text) is not None


class Demands:
    """What one question demands."""

    def __init__(self, question: str) -> None:
        self._figure = figure_asked_for(question)
        self._numbered = _numbered(question)
        self._codes = list(_codes(question))
        self._years = set(_YEAR.findall(question))

    def figure(self, sentence: str, language: str) -> float:
        """Return 0 where a figure is asked for and a sentence has none of its kind, else 1."""
        if self._figure is None or not can_read(language):
            return 1.0
        return float(self._figure.is_among(figures(sentence, language)))

    def version(self, sentence: str, context: str) -> float:
        """Return 0 where a sentence is about another thing of nearly the same name, else 1.

        It names such a thing, or the context it stands in lacks a code that the question has.
        """
        told = _numbered(sentence)
        rivals = {code.letters for code in _codes(sentence)}
        return float(
            all(told[name] & asked for name, asked in self._numbered.items() if name in told)
            and all(
                code.is_in(sentence if code.letters in rivals else context) for code in self._codes
            )
        )

    def are_years_missing(self, article: str) -> bool:
        """Whether an article has years, but none of those that are asked about.

        Over ten folders of questions with a year it is so of 20 of 67 sentences that only seem to
        answer, and of 2 of 68 that do, both on decades.
        """
        has_asked = any(re.search(rf"(?<!\d){year}(?!\d)", article) for year in self._years)
        return bool(self._years) and not has_asked and _YEAR.search(article) is not None


def _numbered(text: str) -> dict[str, set[str]]:
    """Return the numbers that a text has of each name."""
    found: dict[str, set[str]] = {}
    for match in _NUMBERED.finditer(text):
        found.setdefault(match["name"].casefold(), set()).add(match["number"])
    return found


def _codes(text: str) -> Iterator[_Code]:
    for code in _CODE.findall(text):
        if not _TIME.fullmatch(code):
            parts = _PART.findall(code.casefold())
            joined = _GAP.join(parts)
            if joined[0].isdigit():  # 3.0.0 is not 300
                joined = r"\.".join(parts)
            yield _Code(parts[0], re.compile(rf"(?<![a-z\d]){joined}(?![a-z\d])", re.I))
