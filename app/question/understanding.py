"""From what was typed, and the conversation before it, to a question that can be searched for."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from app.question.heads import QuestionHeads
from app.question.names import has_name, names_in
from app.question.question import SAID_KINDS, Question, Turn
from app.question.sayings import bare, said
from index.language.detection import detect_language
from index.language.scripts import words

Reword = Callable[[str, Sequence[Turn]], str | None]
"""Returns a follow-up as a question that stands alone, or None if it cannot."""

_SHARE = 0.5  # of the words of a wording that the conversation has; a small model may ramble
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
    if it is in the question's language and only adds what the conversation says; otherwise a
    question that leans on the conversation is searched for together with those before it.
    """
    found = replace(
        asked,
        language=_language_in(history, asked, languages),
        kind=heads.kind(asked.text),
        answer_type=heads.answer_type(asked.text),
    )
    if not history or found.kind in SAID_KINDS:
        return found
    wording = reword(asked.text, history)
    if (
        wording is not None
        and detect_language(wording, likely=found.language, folder=languages) == found.language
        and _is_of_the_conversation(wording, asked.text, history)
    ):
        is_changed = bare(wording) != bare(asked.text)
        return replace(found, text=wording, typed=asked.text) if is_changed else found
    if heads.leans(asked.text) is False:
        return found
    return replace(found, earlier=tuple(turn.question for turn in history))


def _language_in(history: Sequence[Turn], asked: Question, languages: Collection[str]) -> str:
    """Return a question's language, likely that of those before it, the articles or the page."""
    known = said(asked.text)
    if known is not None:
        return known[1]
    likely = None
    for turn in history[-_TURNS:]:
        likely = detect_language(turn.question, likely=likely, folder=languages, page=asked.page)
    return detect_language(asked.text, likely=likely, folder=languages, page=asked.page)


def _is_of_the_conversation(wording: str, typed: str, history: Sequence[Turn]) -> bool:
    """Whether a wording keeps the names of the question and takes the rest from the conversation.

    Of its words some may be new, but no name, and an earlier question does not stand for this one.
    """
    conversation = "\n".join([typed, *(f"{turn.question}\n{turn.answer}" for turn in history)])
    is_earlier = bare(wording) in {bare(turn.question) for turn in history} - {bare(typed)}
    return (
        not is_earlier
        and _share(words(wording), {*words(conversation)}) >= _SHARE
        and all(has_name(name, conversation) for name in names_in(wording))
        and all(has_name(name, wording) for name in names_in(typed))
    )


def _share(of: Sequence[str], known: Collection[str]) -> float:
    """Return the share of words that are known; 0 of none."""
    return sum(word in known for word in of) / len(of) if of else 0.0
