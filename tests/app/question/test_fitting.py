"""Heads are fitted to questions of known kind, and reported on folders left out."""

import json
from collections import Counter
from pathlib import Path

import pytest

from app.question import fitting, heads
from app.question.fitting import answer_types, kinds, leanings
from app.question.heads import ALONE, HOW, LEANS, QuestionHeads
from app.question.sayings import QUESTION


def test_only_answerable_questions_expect_a_type_of_answer(folders: Path) -> None:
    found = list(answer_types([folders / "a"]))
    assert Counter(each.kind for each in found) == {"number": 8, "why": 8, "list": 8}
    assert {each.folder for each in found} == {"a"}


def test_where_an_answer_stands_is_no_type_of_it(folders: Path) -> None:
    lines = (
        '{"q": "How do I sail?", "lang": "en", "kind": "procedure"}',
        '{"q": "How tall?", "lang": "en", "kind": "cell"}',
    )
    (folders / "a" / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = [(each.question, each.kind) for each in answer_types([folders / "a"])]
    assert found == [("How do I sail?", HOW)]


def test_turns_lean_unless_they_change_the_topic_or_are_asked_in_full(folders: Path) -> None:
    found = {each.question: each.kind for each in leanings([folders / "a"])}
    assert found["How tall is it?"] == LEANS
    assert found["How many of N7 are left?"] == ALONE
    assert found["Why did N1 come?"] == ALONE, "a turn asked in full"
    assert found["Is it far?"] == ALONE, "a question of the folder"
    assert "thanks" not in found


def test_sayings_name_articles_of_the_folder_that_they_are_counted_to(folders: Path) -> None:
    found = list(kinds([folders / "a", folders / "b"]))
    assert {each.kind for each in found if each.question == "Is it far?"} == {QUESTION}
    assert {each.kind for each in found} > {QUESTION, "greeting", "summary", "topic"}
    topics = [each for each in found if "boats of N" in each.question]
    assert topics
    number = {"a": "N0", "b": "N1"}
    assert all(number[each.folder] in each.question for each in topics)
    assert not any("{" in each.question for each in found)


def test_each_folder_is_reported_by_heads_that_do_not_know_it(
    fitted: QuestionHeads, capsys: pytest.CaptureFixture[str]
) -> None:
    fitting.main()
    lines = capsys.readouterr().out.splitlines()
    assert "answer type, a: 1.000 of 24 right" in lines
    assert "    why: 1.000 of 24" in lines
    assert "    a few words or more: 1.000" in lines
    assert "leaning, b: 1.000 of 34 right" in lines
    kept = json.loads(heads.SHIPPED.read_text(encoding="utf-8"))
    assert [len(head["weights"]) for head in kept["heads"].values()] == [11, 3, 2]
    assert "turns that are no questions: 3 of 3 right" in lines


def test_a_folder_may_be_left_out(
    fitted: QuestionHeads,
    folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (folders / "c" / "questions.jsonl").write_text("not json", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["fitting", str(folders), "--without", "c"])
    capsys.readouterr()
    fitting.main()
    assert "leaning, c" not in capsys.readouterr().out
