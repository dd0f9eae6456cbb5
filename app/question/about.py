"""Questions that are not about a fact: a greeting, what there is to ask, what is newest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np

from app.phrases import LANGUAGES, Phrases, phrases
from index.encoder.embedding import Vectors
from index.folder.corpus import ArticleInfo

# Of the questions of the gold list, none came above 0.92 to any of the known ones, and "what is
# the latest chip?" to 0.939; "hey", "Ciao!" and "show me the articles" lie between 0.946 and 0.956.
_SAME = 0.945
_MAX_CHARACTERS = 60  # a longer question asks for something
_PUNCTUATION = " .!?¡¿。！？"

_LISTED = 20
_NEWEST = 5


class SentenceEncoder(Protocol):
    """What recognising a question needs of an encoder."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 a text."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, and the language it is in: that of the known question, as ISO 639-1."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Questions that are recognised, a vector, a language and a subject each."""

    vectors: Vectors
    languages: list[str]
    subjects: list[Literal["folder", "newest"]]


class About:
    """Answers from the list of articles what no article says."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    def reply(self, question: str, articles: Iterable[ArticleInfo]) -> Reply | None:
        """Return what to say, or None where the question is one for the articles."""
        if len(question) > _MAX_CHARACTERS:
            return None
        (vector,) = self._encoder.encode_passages([question.strip(_PUNCTUATION)])
        cosines = self._known.vectors @ vector
        nearest = int(np.argmax(cosines))
        if cosines[nearest] < _SAME:
            return None
        language = self._known.languages[nearest]
        words = phrases(language)
        if self._known.subjects[nearest] == "newest":
            dated = [article for article in articles if article.published]
            dated.sort(key=lambda article: article.published or "", reverse=True)
            lines = [words.latest if dated else words.not_found, *_lines(dated[:_NEWEST], words)]
        else:
            everything = sorted(articles, key=lambda article: article.source)
            lines = [words.about, *_lines(everything[:_LISTED], words)]
            if len(everything) > _LISTED:
                lines.append(words.more.format(count=len(everything) - _LISTED))
        return Reply("\n\n".join(lines), language)

    @cached_property
    def _known(self) -> _Known:
        known = [
            (text.strip(_PUNCTUATION), language, subject)
            for language in LANGUAGES
            for subject, texts in phrases(language).known_questions()
            for text in texts
        ]
        texts, languages, subjects = zip(*known, strict=True)
        return _Known(self._encoder.encode_passages(texts), list(languages), list(subjects))


def _lines(articles: Sequence[ArticleInfo], words: Phrases) -> list[str]:
    return [
        (words.dated_article if article.published else words.article).format(
            title=article.title,
            language=words.language(article.language),
            date=article.published,
        )
        for article in articles
    ]
