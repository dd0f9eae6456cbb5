"""A question, taken apart into its words, with the small words of its language."""

from dataclasses import dataclass

from app.question.cues import Cues, cues
from app.question.followup.words import Word, is_content, language_of, names_in, weigh, words_in


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, taken apart."""

    text: str
    language: str
    cues: Cues
    words: list[Word]
    rest: int  # how many of the words are the connective at the beginning

    @property
    def names(self) -> list[str]:
        """The names in the question, in order."""
        return names_in(self.text, self.words)

    def has(self, kind: frozenset[str]) -> bool:
        """Whether a word of this kind stands in it, after the connective."""
        return any(word.text in kind and not word.is_name for word in self.words[self.rest :])

    def weight(self) -> int:
        """Return how many words have a content; two Chinese characters count as a word."""
        return weigh(w for w in self.words[self.rest :] if is_content(w, self.cues))


def read(question: str) -> Reading:
    """Take a question apart."""
    language = language_of(question)
    known = cues(language)
    words = words_in(question, language)
    rest = 0
    for length in range(min(4, len(words)), 0, -1):
        if " ".join(word.text for word in words[:length]) in known.connectives:
            rest = length
            break
    return Reading(question, language, known, words, rest)
