"""The small words by which a question shows that it leans on the one before it, by language."""

import json
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path

LANGUAGES = tuple(sorted(file.stem for file in Path(__file__).parent.glob("*.json")))


@dataclass(frozen=True)
class Cues:
    """The cues of one language, in small letters. What is in none of them has a content.

    Words that are written with an apostrophe count as two: cos'è is cos, è.
    """

    connectives: frozenset[str]  # how a question goes on from the one before; may be phrases
    definitions: frozenset[str]  # how a question begins that asks what a thing is; phrases
    asking: frozenset[str]  # which, how many
    determiners: frozenset[str]  # those of the question words that a noun may follow: which
    reasons: frozenset[str]  # those that the subject may follow: why, how
    subjects: frozenset[str]  # what fills the place of the subject: who, there
    verbs: frozenset[str]  # forms of to be, to have, to do, and modal verbs
    pronouns: frozenset[str]  # that stand for a thing named before
    persons: frozenset[str]  # those of the pronouns that stand for a person
    possessives: frozenset[str]
    clitics: frozenset[str]  # pronouns that look like articles, and are none before a verb
    demonstratives: frozenset[str]  # pronouns, or joined to a noun that was named before
    articles: frozenset[str]  # definite ones, also joined to a preposition
    empty: frozenset[str]  # phrases in which a pronoun stands for nothing: does it take
    about: frozenset[str]  # prepositions that lead a new subject in: for
    places: frozenset[str]  # other prepositions that begin a phrase: in
    other: frozenset[str]  # all that says nothing by itself

    @cached_property
    def known(self) -> frozenset[str]:
        """Every single word that has no content of its own."""
        lists = (getattr(self, field.name) for field in fields(self))
        return frozenset(word for words in lists for phrase in words for word in phrase.split())


@cache
def cues(language: str) -> Cues:
    """Return the cues of one of `LANGUAGES`."""
    file = Path(__file__).with_name(f"{language}.json")
    lists = json.loads(file.read_text(encoding="utf-8"))
    return Cues(**{name: frozenset(words) for name, words in lists.items()})
