"""From what was typed, and the conversation before it, to a question that can be searched for."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from app.question.heads import QuestionHeads
from app.question.names import has_name, names_in
from app.question.question import SAID_KINDS, Question, Turn
from app.question.sayings import bare, said
from index.language.detection import detect_language

Reword = Callable[[str, Sequence[Turn]], str | None]
"""Returns a follow-up as a question that stands alone, or None if it cannot."""

_TURNS = 6  # of the conversation that tell in which language it is held


def understand(
    asked: Question,
    history: Sequence[Turn],
    heads: QuestionHeads,
    reword: Reword,
    languages: Collection[str] = (),
) -> Question:
    """Return what was asked: its kind, its language, and with what it leans on.

    `languages` are those of the articles.

    `reword` is called for every question for the articles that has a history. Its wording is used
    if it only adds what the conversation says; otherwise a question that leans on the conversation
    is searched for together with those before it.
    """
    language = _language_in(history, asked.text, languages)
    found = Question(asked.text, language, heads.kind(asked.text), heads.answer_type(asked.text))
    if not history or found.kind in SAID_KINDS:
        return found
    wording = reword(asked.text, history)
    if wording is not None and _says_nothing_new(wording, asked.text, history):
        is_changed = bare(wording) != bare(asked.text)
        return replace(found, text=wording, typed=asked.text) if is_changed else found
    if heads.leans(asked.text) is False:
        return found
    return replace(found, earlier=tuple(turn.question for turn in history))


def _language_in(history: Sequence[Turn], question: str, languages: Collection[str]) -> str:
    """Return the language of a question: likely that of those before it, or of the articles."""
    known = said(question)
    if known is not None:
        return known[1]
    likely = None
    for turn in history[-_TURNS:]:
        likely = detect_language(turn.question, likely=likely, folder=languages)
    return detect_language(question, likely=likely, folder=languages)


def _says_nothing_new(wording: str, typed: str, history: Sequence[Turn]) -> bool:
    """Whether a wording keeps the names of the question and takes others from the conversation."""
    conversation = "\n".join([typed, *(f"{turn.question}\n{turn.answer}" for turn in history)])
    return all(has_name(name, conversation) for name in names_in(wording)) and all(
        has_name(name, wording) for name in names_in(typed)
    )
