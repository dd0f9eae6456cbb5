"""Which kind of question something is: most ask for a fact, some are about the folder."""

from functools import cached_property
from typing import Literal

import numpy as np

from app.phrases import LANGUAGES, phrases
from index.encoder.embedding import SentenceEncoder, Vectors

# Of the questions of the gold list, none came above 0.92 to any of the known ones, and "what is
# the latest chip?" to 0.939; "hey", "Ciao!" and "show me the articles" lie between 0.946 and 0.956.
_SAME = 0.945
_MAX_CHARACTERS = 60  # a longer question asks for something
_PUNCTUATION = " .!?¡¿。！？"

FolderKind = Literal["folder", "newest"]


def asks_for_summary(question: str) -> bool:
    """Whether a question is a request to sum up, in any of the program's languages."""
    return any(phrases(language).is_summary_request(question) for language in LANGUAGES)


class FolderQuestions:
    """Recognizes greetings and questions about the folder by how near they are to known ones."""

    def __init__(self, encoder: SentenceEncoder) -> None:
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
        return kinds[nearest] if cosines[nearest] >= _SAME else None

    @cached_property
    def _known(self) -> tuple[Vectors, list[tuple[FolderKind, str]]]:
        """The vectors of the known questions, and the kind and language of each."""
        texts: list[str] = []
        kinds: list[tuple[FolderKind, str]] = []
        for language in LANGUAGES:
            for kind, questions in phrases(language).known_questions():
                texts += [question.strip(_PUNCTUATION) for question in questions]
                kinds += [(kind, language)] * len(questions)
        return self._encoder.encode_passages(texts), kinds
