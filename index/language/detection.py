"""Which language a text is in, as ISO 639-1."""

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"  # ISO 639-2's code for undetermined
_CODE = re.compile(r"[a-z]{2}")

# A question is too short to tell 97 languages apart ("hola" would be Latvian); among the ones
# people mostly ask in, 1,199 of 1,200 questions of XQuAD and Belebele were detected right.
_COMMON = ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh")
_SHORT = 200  # characters
# How much likelier a text is to be in the language of those before it: of 429 follow-ups in
# conversations 0.995 are told right with it, 0.960 without.
_LIKELIER = 20
# And in one that the articles are in: of the 300 shortest questions of six folders 0.980 are told
# right with it, 0.973 without; from 4 to 20 it makes no difference.
_LIKELIER_IN_FOLDER = 4
# And in that of the page: 1.000 of them where it is the right one, 0.973 where it is another.
_LIKELIER_ON_PAGE = 4


def detect_language(
    text: str,
    *,
    likely: str | None = None,
    folder: Collection[str] = (),
    page: str | None = None,
) -> str:
    """Return the language of `text`, or `UNKNOWN` where it has no letters.

    `likely` is the language of what was said before, if anything was, `folder` has those of the
    articles that are asked, and `page` is that of the page on which it was typed.
    """
    if not any(character.isalpha() for character in text):
        return likely or page or UNKNOWN
    ranked = _identifier(len(text) < _SHORT).rank(text[:10_000])

    def weighted(each: tuple[str, float]) -> tuple[float, bool]:
        language, probability = each
        probability *= _LIKELIER_IN_FOLDER if language in folder else 1
        probability *= _LIKELIER_ON_PAGE if language == page else 1
        return probability * (_LIKELIER if language == likely else 1), language == likely

    return str(max(ranked, key=weighted)[0])


def is_language(code: str) -> bool:
    """Whether `code` has the form of an ISO 639-1 code."""
    return _CODE.fullmatch(code) is not None


@cache
def _identifier(only_common: bool) -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Without the labels that are no ISO 639-1, such as wuu for a kind of Chinese.
    every = [label for label in identifier.labels if is_language(label)]
    identifier.set_languages(list(_COMMON) if only_common else every)
    return identifier
