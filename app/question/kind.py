"""Which kind of question something is: most ask for a fact, some are about the folder."""

from functools import cached_property

import numpy as np

from app.phrases import LANGUAGES, phrases
from app.question.question import FolderKind
from index.encoder.embedding import Encoder, Vectors

# With the taught encoder, no question of the gold list came above 0.71 to any of the known ones,
# and "what is the latest chip?" to 0.80; "hey", "Ciao!" and "show me the articles" lie between
# 0.88 and 0.91. With multilingual-e5-small those are 0.92, 0.94, and 0.95 to 0.96.
_SAME_TAUGHT, _SAME = 0.84, 0.945
_MAX_CHARACTERS = 60  # a longer question asks for something
_PUNCTUATION = " .!?¡¿。！？"


def asks_for_summary(question: str) -> bool:
    """Whether a question is a request to sum up, in any of the program's languages."""
    return any(phrases(language).is_summary_request(question) for language in LANGUAGES)


class FolderQuestions:
    """Recognizes greetings and questions about the folder by how near they are to known ones."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def recognize(self, question: str) -> tuple[FolderKind, str] | None:
        """Return the kind and the language (ISO 639-1) of the nearest known question.

        None means that the question is one for the articles.
        """
        if len(question) > _MAX_CHARACTERS:
            return None
        (vector,) = self._encoder.encode_passages([question.strip(_PUNCTUATION)])
        vectors, kinds = self._known
        cosines = vectors @ vector
        nearest = int(np.argmax(cosines))
        same = _SAME_TAUGHT if self._encoder.is_language_fair else _SAME
        return kinds[nearest] if cosines[nearest] >= same else None

    @cached_property
    def _known(self) -> tuple[Vectors, list[tuple[FolderKind, str]]]:
        """The vectors of the known questions, and the kind and language of each."""
        known: list[tuple[str, FolderKind, str]] = []
        for language in LANGUAGES:
            words = phrases(language)
            known += [(question, "folder", language) for question in words.asks_about]
            known += [(question, "newest", language) for question in words.asks_latest]
        texts = [question.strip(_PUNCTUATION) for question, _, _ in known]
        return self._encoder.encode_passages(texts), [each[1:] for each in known]
