"""Question sets are read whole, and their parts share no paragraph."""

import json
from pathlib import Path

import pytest

from index.training.question_sets import PARTS, QuestionSetError, parts, read_set, read_sets

Row = dict[str, object]


def write_set(folder: Path, passages: list[Row], queries: list[Row], gold: list[str]) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", passages), ("queries", queries)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    lines = "".join(f"{line}\t1\n" for line in gold)
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + lines)
    return folder


def passage(name: str, text: str, language: str, key: str) -> Row:
    return {"_id": name, "title": "", "text": text, "metadata": {"lang": language, "key": key}}


def query(name: str, language: str, **metadata: object) -> Row:
    return {"_id": name, "text": "who?", "metadata": {"lang": language, **metadata}}


def test_a_set_is_read_with_its_judgements(tmp_path: Path) -> None:
    folder = write_set(
        tmp_path / "news",
        [passage("p1", "One\u2028two.", "en", "k")],
        [query("en:1", "en", answers=["two"]), query("en:2", "en", answerable=False)],
        ["en:1\tp1"],
    )
    found = read_set(folder)
    assert found.name == "news"
    assert found.passages["p1"].text == "One\u2028two."
    first, second = found.questions
    assert first.gold == {"p1"}
    assert first.answers == ("two",)
    assert first.is_answerable
    assert not second.gold
    assert not second.is_answerable


def test_questions_on_one_paragraph_in_any_language_or_set_are_in_one_part(tmp_path: Path) -> None:
    names = [f"{i}" for i in range(40)]
    write_set(
        tmp_path / "one",
        [passage(f"{language}{i}", "…", language, i) for i in names for language in ("en", "es")],
        [query(f"{language}:{i}", language) for i in names for language in ("en", "es")],
        [f"{language}:{i}\ten{i}" for i in names for language in ("en", "es")],
    )
    # In the other set, every two questions share a paragraph.
    write_set(
        tmp_path / "two",
        [passage(f"it{i}", "…", "it", f"{i}") for i in range(len(names) // 2)],
        [query(f"it:{i}", "it") for i in names],
        [f"it:{i}\tit{int(i) // 2}" for i in names],
    )
    found = parts(read_sets(tmp_path))
    assert set(found.values()) == set(PARTS)
    for i in names:
        pair = {name for j in (int(i) // 2 * 2, int(i) // 2 * 2 + 1) for name in (
            f"en:{j}", f"es:{j}", f"it:{j}")}  # fmt: skip
        assert len({found[name] for name in pair}) == 1


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\nnot json\n', "line 2"),
        ("corpus.jsonl", '{"_id": "a"}\n', "line 1"),
        ("queries.jsonl", "[]\n", "line 1"),
        ("qrels/test.tsv", "one\ttwo\n1\t2\n", "test.tsv"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, file: str, text: str, said: str) -> None:
    folder = write_set(tmp_path / "set", [passage("p", "x", "en", "k")], [query("q", "en")], [])
    (folder / file).write_text(text)
    with pytest.raises(QuestionSetError, match=said):
        read_set(folder)


def test_a_missing_file_or_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="no file"):
        read_set(tmp_path)
    with pytest.raises(QuestionSetError, match="no question set"):
        read_sets(tmp_path)
