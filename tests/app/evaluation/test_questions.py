"""What is asked, and what counts as right; a bad line is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.evaluation import EvaluationError
from app.evaluation.questions import Query, Task, normalise, read_task, together
from index.errors import CorpusChatError
from index.training.question_sets import PARTS, parts, read_sets
from tests.app.evaluation.conftest import write_rows, write_set


def read(path: Path, *, limit: int | None = None) -> Task:
    return read_task(path, corpus=Path("corpus"), part=None, limit=limit)


def by_id(task: Task) -> dict[str, Query]:
    return {query.id: query for query in task.queries}


def test_a_set_accepts_in_each_language_the_answers_of_that_language(parallel: Path) -> None:
    task = read(parallel)
    assert (task.name, task.languages, len(task.queries)) == ("parallel", ("en", "es"), 6)
    query = by_id(task)["en:tower"]
    assert query.gold == {"p:tower:en", "p:tower:es"}
    assert query.accepts("It has 12  WINDOWS.", language="en", source="000002.md")
    assert query.accepts("Tiene 12 ventanas.", language="es", source="000003.md")
    assert not query.accepts("Tiene 12 ventanas.", language="en", source="000003.md")
    assert not query.accepts("It has 12 windows.", language="es", source="000002.md")


def test_answers_that_are_not_the_passages_words_judge_no_sentence(parallel: Path) -> None:
    file = parallel / "queries.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows[0]["metadata"]["answers"] = ["forty-six"]  # one of six is too many
    write_rows(file, rows)
    assert not any(query.can_be_judged() for query in read(parallel).queries)


def test_an_empty_answer_is_in_no_sentence(parallel: Path) -> None:
    file = parallel / "queries.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows[0]["metadata"]["answers"] = [" "]
    write_rows(file, rows)
    assert not by_id(read(parallel))[rows[0]["_id"]].can_be_judged("en")


def test_a_file_accepts_its_strings_in_its_sources(gold: Path) -> None:
    task = read(gold)
    assert (task.name, task.folders, task.passages) == ("gold", {"": Path("corpus")}, {})
    first, _, near, _ = task.queries
    assert first.accepts("keeper ottesen looks on", language="zh", source="harbour.md")
    assert not first.accepts("keeper ottesen looks on", language="en", source="es/faro.md")
    assert (first.kind, near.kind) == ("fact", "near-miss")
    assert [query.is_answerable for query in task.queries] == [True, True, False, False]


def folder_with_questions(folder: Path, source: str = "boats.md") -> Path:
    """Write a folder with one article and two questions over it."""
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / source).write_text("The boat has 46 nets.", encoding="utf-8")
    write_rows(
        folder / "questions.jsonl",
        [
            {"id": "q-1", "q": "How many nets?", "lang": "en", "kind": "number",
             "any": ["46 nets"], "src": ["boats"]},
            {"q": "How many oars?", "lang": "en", "none": True, "kind": "near-miss"},
        ],
    )  # fmt: skip
    return folder


def test_a_folder_brings_its_own_articles(tmp_path: Path) -> None:
    task = read(folder_with_questions(tmp_path / "boats"))
    assert (task.name, task.folders) == ("boats", {"": tmp_path / "boats" / "articles"})
    assert [query.id for query in task.queries] == ["q-1", "2"]


def test_folders_are_asked_together_each_question_of_its_own(tmp_path: Path) -> None:
    tasks = [read(folder_with_questions(tmp_path / name)) for name in ("boats", "more")]
    joined = together(tasks)
    assert joined.name == "boats + more"
    assert set(joined.folders) == {"1-boats", "2-more"}
    first, _, second, _ = joined.queries
    assert (first.id, second.id) == ("1-boats/q-1", "2-more/q-1")
    assert first.accepts("It has 46 nets.", language="en", source="1-boats/boats.md")
    assert not first.accepts("It has 46 nets.", language="en", source="2-more/boats.md")


def test_only_folders_are_asked_together(tmp_path: Path, parallel: Path) -> None:
    folder = folder_with_questions(tmp_path / "boats")
    with pytest.raises(EvaluationError, match="parallel has no folder that could be joined"):
        together([read(folder), read(parallel)])


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (" Two\n words ", "two words"),
        ("ＡＷＳ　２０", "aws 20"),
        ("STRASSE straße", "strasse strasse"),
    ],
)
def test_width_case_and_white_space_make_no_difference(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_the_parts_of_a_set_share_no_question(parallel: Path) -> None:
    part_of = parts(read_sets(parallel.parent))
    together: list[str] = []
    for part in PARTS:
        try:
            task = read_task(parallel, corpus=Path("corpus"), part=part, limit=None)
        except EvaluationError as error:
            assert "has no question to ask" in str(error)
            assert part not in part_of.values()
            continue
        assert all(part_of[query.id] == part for query in task.queries)
        together += [query.id for query in task.queries]
    assert sorted(together) == sorted(part_of)


def test_a_file_has_no_parts(gold: Path) -> None:
    with pytest.raises(EvaluationError, match="has no parts, and so no part train; leave out"):
        read_task(gold, corpus=Path("corpus"), part="train", limit=None)


def test_a_few_are_taken_evenly_and_always_the_same(tmp_path: Path) -> None:
    rows = [
        {
            "_id": f"{language}:{number}",
            "text": f"Question {number}?",
            "metadata": {"lang": language, "answerable": number % 5 > 0},
        }
        for language in ("en", "es", "zh")
        for number in range(20)
    ]
    task = read(write_set(tmp_path / "set", [{"_id": "p", "text": "A boat."}], rows), limit=12)
    groups = [(query.language, query.is_answerable) for query in task.queries]
    assert {group: groups.count(group) for group in groups} == {
        (language, outcome): 2 for language in ("en", "es", "zh") for outcome in (True, False)
    }
    numbers = {
        language: {q.id.partition(":")[2] for q in task.queries if q.language == language}
        for language in ("en", "es", "zh")
    }
    assert numbers["en"] == numbers["es"] == numbers["zh"], "translations of the same questions"
    other = write_set(tmp_path / "again", [{"_id": "p", "text": "A boat."}], rows[::-1])
    assert by_id(read(other, limit=12)).keys() == by_id(task).keys()
    assert len(read(other, limit=99).queries) == 60
    assert len(read(other, limit=1).queries) == 1


GOLD = {"q": "Why?", "lang": "en", "any": ["so"]}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "Invalid JSON"),
        ("{", "Invalid JSON"),
        ("[]", "object"),
        (GOLD | {"lang": "English"}, "lang: "),
        (GOLD | {"any": "so"}, "any: "),
        (GOLD | {"any": []}, '"any"'),
        (GOLD | {"any": [" "]}, '"any"'),
        (GOLD | {"none": True}, '"any"'),
        ({"q": "Why?", "lang": "en"}, '"any"'),
        ({"lang": "en", "any": ["so"]}, "q: "),
        (GOLD | {"q": "…"}, "no word"),
    ],
)
def test_a_bad_line_of_a_file_is_named(
    tmp_path: Path, line: str | dict[str, Any], reason: str
) -> None:
    text = line if isinstance(line, str) else json.dumps(line)
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{json.dumps(GOLD)}\n{text}\n{json.dumps(GOLD)}\n", encoding="utf-8")
    assert_named(file, str(file), "line 2", reason)


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("corpus.jsonl", "{", "Invalid JSON"),
        ("corpus.jsonl", '{"_id": "x"}', "text: "),
        ("corpus.jsonl", '{"_id": 1, "text": "x"}', "_id: "),
        ("corpus.jsonl", '{"_id": "x", "text": "x", "metadata": []}', "metadata: "),
        ("corpus.jsonl", '{"_id": "x", "text": "x", "metadata": {"lang": ""}}', "metadata.lang: "),
        ("corpus.jsonl", '{"_id": "p:boat:en", "text": "x"}', "was there before"),
        ("queries.jsonl", '{"_id": "en:boat", "text": "x"}', "was there before"),
        ("queries.jsonl", '{"_id": "x", "text": "x", "metadata": {"answers": "x"}}', "answers"),
        ("queries.jsonl", '{"_id": "x", "text": "x", "metadata": {"candidates": ["no"]}}', "'no'"),
        ("qrels/test.tsv", "en:boat\tp:no\t1", "'p:no'"),
        ("qrels/test.tsv", "en:boat\tp:boat:en\tyes", "score"),
        ("qrels/test.tsv", "en:boat p:boat:en 1", "score"),
    ],
)
def test_a_bad_line_of_a_set_is_named(parallel: Path, name: str, line: str, reason: str) -> None:
    file = parallel / name
    count = len(file.read_text(encoding="utf-8").splitlines())
    with file.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    assert_named(parallel, str(file), f"line {count + 1}", reason)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_file_that_is_not_text_or_missing_is_named(parallel: Path, name: str) -> None:
    (parallel / name).write_bytes(b"\xff\xfe\xff")
    assert_named(parallel, str(parallel / name), "cannot be read")
    (parallel / name).unlink()
    assert_named(parallel, str(parallel / name), "There is no file")


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    assert_named(tmp_path / "no", str(tmp_path / "no"), "There is no")


def test_a_question_that_cannot_be_asked_is_named(parallel: Path) -> None:
    with (parallel / "queries.jsonl").open("a", encoding="utf-8") as out:
        out.write('{"_id": "en:odd", "text": "…"}\n')
    assert_named(parallel, "question en:odd", "no word")


def assert_named(path: Path, *said: str) -> None:
    with pytest.raises(CorpusChatError) as raised:
        read(path)
    message = str(raised.value)
    assert all(part in message for part in said), message
    assert "\n" not in message
