"""From what was typed, and the conversation before it, to a question that stands alone."""

import unicodedata
from collections.abc import Callable, Sequence

from app.question.demands import has_name, names_in
from app.question.followup import StandAlone, stand_alone
from app.question.kind import FolderQuestions, asks_for_summary
from app.question.question import Kind, Question, Turn
from index.language.detection import detect_language

Reword = Callable[[str, Sequence[Turn]], str | None]
"""Returns a follow-up as a question that stands alone, or None if it cannot."""


def understand(
    asked: Question, history: Sequence[Turn], folder: FolderQuestions, reword: Reword
) -> Question:
    """Return what was asked: its kind, its language, and what it leans on filled in.

    `reword` is called for every question for the articles that has a history. Its wording is used
    if it only adds what the conversation says; otherwise the program's own rules fill in the names.
    """
    recognized = folder.recognize(asked.text)
    if recognized is not None:
        kind, language = recognized
        return Question(asked.text, language, kind)
    found = stand_alone(asked.text, history)
    if history:
        found = _reworded(asked.text, history, found, reword(asked.text, history))
    asked_for: Kind = "summary" if asks_for_summary(found.text) else "fact"
    if not found.is_changed:
        return Question(asked.text, asked.language, asked_for)
    return Question(found.text, found.language, asked_for, typed=asked.text)


def _reworded(
    typed: str, history: Sequence[Turn], by_rules: StandAlone, wording: str | None
) -> StandAlone:
    """Return the wording of a language model if it can be trusted, else that of the rules."""
    if wording is None or not _says_nothing_new(wording, typed, history):
        return by_rules
    if _bare(wording) == _bare(typed):
        return StandAlone(typed, by_rules.language, is_changed=False)
    language = by_rules.language if by_rules.is_changed else detect_language(wording)
    return StandAlone(wording, language, is_changed=True)


def _says_nothing_new(wording: str, typed: str, history: Sequence[Turn]) -> bool:
    """Whether a wording keeps the names of the question and takes others from the conversation."""
    conversation = "\n".join([typed, *(f"{turn.question}\n{turn.answer}" for turn in history)])
    return all(has_name(name, conversation) for name in names_in(wording)) and all(
        has_name(name, wording) for name in names_in(typed)
    )


def _bare(text: str) -> str:
    """Return a text without case, punctuation and space: what is left when nothing was changed."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in letters if character.isalnum())
