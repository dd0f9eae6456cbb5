"""From what was typed, and the conversation before it, to a question that can be searched for."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.question.heads import QuestionHeads
from app.question.kind import FolderQuestions, asks_for_summary
from app.question.names import has_name, names_in
from app.question.question import Kind, Question, Turn
from index.language.detection import detect_language

Reword = Callable[[str, Sequence[Turn]], str | None]
"""Returns a follow-up as a question that stands alone, or None if it cannot."""

_TURNS = 6  # of the conversation that tell in which language it is held


def understand(
    asked: Question,
    history: Sequence[Turn],
    folder: FolderQuestions,
    heads: QuestionHeads,
    reword: Reword,
) -> Question:
    """Return what was asked: its kind, its language, and with what it leans on.

    `reword` is called for every question for the articles that has a history. Its wording is used
    if it only adds what the conversation says; otherwise a question that leans on the conversation
    is searched for together with those before it.
    """
    recognized = folder.recognize(asked.text)
    if recognized is not None:
        about, language = recognized
        return Question(asked.text, language, about)
    kind: Kind = "summary" if asks_for_summary(asked.text) else "fact"
    found = Question(asked.text, asked.language, kind, heads.answer_type(asked.text))
    if not history:
        return found
    found = replace(found, language=_language_in(history, asked.text))
    wording = reword(asked.text, history)
    if wording is not None and _says_nothing_new(wording, asked.text, history):
        is_changed = _bare(wording) != _bare(asked.text)
        return replace(found, text=wording, typed=asked.text) if is_changed else found
    if heads.leans(asked.text) is False:
        return found
    return replace(found, earlier=tuple(turn.question for turn in history))


def _language_in(history: Sequence[Turn], question: str) -> str:
    """Return the language of a question, which is likely that of those before it."""
    likely = None
    for turn in history[-_TURNS:]:
        likely = detect_language(turn.question, likely=likely)
    return detect_language(question, likely=likely)


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
