"""The program's own words in an answer, in the question's language."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language. A phrase with {names} is filled by `str.format`."""

    found: str
    quote: str  # {text}
    quote_in: str  # {text}, {language}
    not_found: str
    changed: str  # {source}
    languages: dict[str, str]  # by ISO 639-1

    def language(self, code: str) -> str:
        """Return what a language is called, or its code where that is not known."""
        return self.languages.get(code, code)


@cache
def phrases(language: str) -> Phrases:
    """Return the phrases in `language`, or in English where there are none."""
    folder = Path(__file__).parent
    file = folder / f"{language}.json"
    if not file.is_file():
        file = folder / f"{FALLBACK}.json"
    return Phrases(**json.loads(file.read_text(encoding="utf-8")))
