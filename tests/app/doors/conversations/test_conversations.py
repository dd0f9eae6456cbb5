"""Conversations outlive the program, and one writer does not disturb another."""

import dataclasses
import sqlite3
import threading
from pathlib import Path

import pytest

from app.answer import Answer, Piece
from app.doors.conversations.conversations import (
    ConversationError,
    Conversations,
    KeptAnswer,
    UnknownConversationError,
)
from index.search import Scope


def answer(text: str) -> KeptAnswer:
    return KeptAnswer(
        Answer(
            question="Who?",
            pieces=(Piece(text),),
            answered=True,
            language="en",
            probability=1.0,
            reason=None,
            evidence=(),
            passages=(),
        )
    )


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "new" / "conversations.sqlite")


def test_a_conversation_is_there_after_a_restart(kept: Conversations, tmp_path: Path) -> None:
    conversation = kept.begin()
    turn = kept.ask(conversation, "Who is\nit?")
    kept.answer(conversation, turn, "Who is\nit?", answer("She."))
    again = Conversations(tmp_path / "new" / "conversations.sqlite").open(conversation)
    assert again.title == "Who is it?"
    assert [(turn.question, turn.answer) for turn in again.turns] == [
        ("Who is\nit?", answer("She."))
    ]


def test_a_question_that_was_stopped_has_no_answer(kept: Conversations) -> None:
    conversation = kept.begin()
    kept.ask(conversation, "Who?")
    assert [turn.answer for turn in kept.open(conversation).turns] == [None]


def test_a_question_that_is_asked_again_replaces_the_turns_after_it(kept: Conversations) -> None:
    conversation = kept.begin()
    for question in ("one", "two", "three"):
        kept.ask(conversation, question)
    assert kept.ask(conversation, "another", 1) == 1
    kept.answer(conversation, 1, "two", answer("late"))  # for the question that was replaced
    assert [(t.question, t.answer) for t in kept.open(conversation).turns] == [
        ("one", None),
        ("another", None),
    ]


@pytest.mark.parametrize(
    ("search", "found"),
    [("", 2), ("LIGHTHOUSE", 1), ("être", 2), ("灯塔", 1), ("100%", 1), ("_", 0), ("The chief", 1)],
)
def test_the_title_the_questions_and_the_answers_are_searched(
    kept: Conversations, search: str, found: int
) -> None:
    for question, text in (("A lighthouse?", "Peut-être."), ("灯塔有多高？", "100% ÊTRE")):
        conversation = kept.begin()
        kept.answer(conversation, kept.ask(conversation, question), question, answer(text))
    kept.rename(conversation, "  The   chief ")
    kept.begin()  # nothing was asked in it
    assert len(kept.list(search)) == found


def test_a_conversation_is_renamed_and_deleted_with_its_turns(kept: Conversations) -> None:
    conversation = kept.begin()
    kept.ask(conversation, "Who?")
    kept.rename(conversation, "Names")
    assert [summary.title for summary in kept.list()] == ["Names"]
    kept.delete(conversation)
    assert kept.list() == []
    with pytest.raises(UnknownConversationError):
        kept.open(conversation)


def test_the_rating_of_an_answer_is_kept(kept: Conversations) -> None:
    conversation = kept.begin()
    kept.answer(conversation, kept.ask(conversation, "Who?"), "Who?", answer("She."))
    kept.rate(conversation, 0, "bad", "Who is she?")
    assert [(t.rating, t.comment) for t in kept.rated()] == [("bad", "Who is she?")]
    kept.rate(conversation, 0, None, "")
    assert list(kept.rated()) == []


def test_an_unknown_conversation_or_turn_is_an_error(kept: Conversations) -> None:
    conversation = kept.begin()
    with pytest.raises(UnknownConversationError):
        kept.ask("nothing", "Who?")
    with pytest.raises(UnknownConversationError, match="no turn 4"):
        kept.ask(conversation, "Who?", 4)
    with pytest.raises(UnknownConversationError):
        kept.rename("nothing", "x")
    with pytest.raises(UnknownConversationError):
        kept.rate(conversation, 0, "good", "")


def test_a_file_that_is_something_else_is_named_and_left(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, and long enough to be taken for one" * 40)
    with pytest.raises(ConversationError, match=r"notes\.txt .*CONVERSATIONS"):
        Conversations(file).list()
    assert file.read_text().startswith("not a database")


def test_threads_ask_at_once(kept: Conversations) -> None:
    conversation = kept.begin()
    threads = [
        threading.Thread(target=kept.ask, args=(conversation, f"question {i}")) for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept.open(conversation).turns) == 8


def test_the_scope_and_the_suggestions_are_kept_with_an_answer(kept: Conversations) -> None:
    conversation = kept.begin()
    scope = Scope.of(["es", "en"], ["b.md", "a.md"])
    whole = dataclasses.replace(answer("She."), scope=scope, suggestions=("And he?",))
    kept.answer(conversation, kept.ask(conversation, "Who?"), "Who?", whole)
    (turn,) = kept.open(conversation).turns
    assert turn.answer == whole
    json_of_turn = kept.open(conversation).to_json()["turns"][0]["answer"]
    assert json_of_turn["scope"] == {"languages": ["en", "es"], "sources": ["a.md", "b.md"]}
    assert json_of_turn["suggestions"] == ["And he?"]


def test_an_answer_kept_in_another_form_leaves_its_question(
    kept: Conversations, tmp_path: Path
) -> None:
    conversation = kept.begin()
    kept.answer(conversation, kept.ask(conversation, "Who?"), "Who?", answer("She."))
    with sqlite3.connect(tmp_path / "new" / "conversations.sqlite") as database:
        database.execute('UPDATE turns SET answer = \'{"text": "She."}\'')
    assert [(t.question, t.answer) for t in kept.open(conversation).turns] == [("Who?", None)]
