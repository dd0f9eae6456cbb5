"""Folders of articles are read with their questions, and marked sentences are found in chunks."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from index.conversation import in_conversation
from index.errors import CorpusError
from index.language.sentences import Span
from index.training.question_folders import (
    QuestionFolder,
    is_question_folder,
    read_question_folder,
    read_question_folders,
    read_turns,
)
from index.training.question_sets import QuestionSetError
from tests.files import ARTICLES, write

Line = Mapping[str, object]

KEEPER = "A keeper named Ottesen looks after it."
TALL = "Its lighthouse is 46 metres tall."
LINES: list[Line] = [
    {
        "q": "Who looks after the lighthouse?",
        "lang": "en",
        "kind": "person",
        "any": ["Ottesen"],
        "evidence": [{"src": "harbour", "text": KEEPER}],
    },
    {
        "q": "¿Cuándo cerró el puerto?",
        "lang": "es",
        "evidence": [
            {"src": "harbour", "text": "The harbour of Skagen closed to freighters in 1987."},
            {"src": "es/", "text": "El puerto de Skagen cerró a los cargueros en 1987."},
            {"src": "gang", "text": "斯卡恩港于1987年关闭。"},
        ],
    },
    {"q": "How wide is it?", "lang": "en", "none": True, "near": {"src": "harbour", "text": TALL}},
    {
        "q": "Who is the mayor?",
        "lang": "en",
        "none": True,
        "near": [{"src": "harbour", "text": KEEPER}, {"src": "harbour", "text": TALL}],
    },
    {"q": "Why is the sky blue?", "lang": "en", "none": True, "kind": "off-topic"},
]


def write_folder(
    folder: Path, lines: Sequence[Line] = LINES, articles: Mapping[str, str] = ARTICLES
) -> Path:
    """Write a folder of articles with questions, and return it."""
    for name, text in articles.items():
        write(folder / "articles", name, text)
    rows = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write(folder, "questions.jsonl", rows)
    return folder


def said(folder: QuestionFolder, spans: Mapping[int, Sequence[Span]]) -> dict[str, list[str]]:
    """Return the words at spans in chunks, by the source of the chunk."""
    return {
        folder.chunks[i].source: [folder.chunks[i].text[slice(*span)] for span in found]
        for i, found in spans.items()
    }


def test_a_folder_is_read_with_its_chunks_and_where_answers_stand(tmp_path: Path) -> None:
    folder = read_question_folder(write_folder(tmp_path / "harbours"))
    assert folder.name == "harbours"
    assert {chunk.source for chunk in folder.chunks} == set(ARTICLES)
    keeper, closed, wide, mayor, sky = folder.questions
    assert (keeper.text, keeper.language, keeper.kind) == (LINES[0]["q"], "en", "person")
    assert said(folder, keeper.answers) == {"harbour.md": [KEEPER]}
    assert said(folder, closed.answers) == {
        "harbour.md": ["The harbour of Skagen closed to freighters in 1987."],
        "es/faro.md": ["El puerto de Skagen cerró a los cargueros en 1987."],
        "gang.txt": ["斯卡恩港于1987年关闭。"],
    }
    assert keeper.traps == closed.traps == {}
    assert said(folder, wide.traps) == {"harbour.md": [TALL]}
    assert said(folder, mayor.traps) == {"harbour.md": [KEEPER, TALL]}
    assert all(question.answers == {} for question in (wide, mayor, sky))
    assert (sky.traps, sky.kind) == ({}, "off-topic")


def test_a_mark_counts_in_files_of_its_name_alone(tmp_path: Path) -> None:
    articles = {"one.md": f"# One\n\n{TALL}", "other.md": f"# Other\n\n{TALL}"}
    lines = [
        {"q": "How tall?", "lang": "en", "evidence": [{"src": src, "text": TALL}]}
        for src in ("one", "o")
    ]
    folder = read_question_folder(write_folder(tmp_path, lines, articles))
    found = [set(said(folder, question.answers)) for question in folder.questions]
    assert found == [{"one.md"}, {"one.md", "other.md"}]


def test_a_mark_that_no_article_has_is_named(tmp_path: Path) -> None:
    lines = [{"q": "How tall?", "lang": "en", "evidence": [{"src": "no", "text": TALL}]}]
    with pytest.raises(QuestionSetError, match=r"No article no… has the sentence"):
        read_question_folder(write_folder(tmp_path, lines, {"one.md": f"# One\n\n{TALL}"}))


def test_a_header_is_not_searched_for_marks(tmp_path: Path) -> None:
    articles = {"one.md": f"---\ntitle: {TALL}\nlanguage: en\n---\nIn brief. {TALL}"}
    lines = [{"q": "How tall?", "lang": "en", "evidence": [{"src": "one", "text": TALL}]}]
    folder = read_question_folder(write_folder(tmp_path, lines, articles))
    assert said(folder, folder.questions[0].answers) == {"one.md": [TALL]}


def located(tmp_path: Path, text: str, marked: str) -> list[tuple[str, list[str]]]:
    """Return the text of each chunk of an article, and what is marked of it."""
    lines = [{"q": "What?", "lang": "en", "evidence": [{"src": "t", "text": marked}]}]
    articles = {"t.md": f"---\nlanguage: en\ntitle: T\n---\n{text}"}
    folder = read_question_folder(write_folder(tmp_path, lines, articles))
    answers = folder.questions[0].answers
    return [
        (chunk.text, [chunk.text[slice(*span)] for span in answers.get(i, ())])
        for i, chunk in enumerate(folder.chunks)
    ]


def test_every_chunk_of_a_long_block_that_is_marked_answers(tmp_path: Path) -> None:
    rows = "\n".join(f"Row {number} of the table has {number * 7} boats." for number in range(60))
    before = "It stands before the table. " * 12
    introduction, *chunks = located(tmp_path, f"{before}\n\n{rows}", rows)
    assert introduction == (before.strip(), [])
    assert len(chunks) > 2
    assert all(len(text) < len(rows) / 2 and marked == [text] for text, marked in chunks)


def test_a_chunk_that_has_the_lesser_part_of_what_is_marked_does_not_answer(
    tmp_path: Path,
) -> None:
    long, short = f"It sails {'on and ' * 82}on.", "Then it rests in Skagen."
    other = f"Whales sing {'and ' * 110}sing."
    assert located(tmp_path, f"{long} {short} {other}", f"{long} {short}") == [
        (long, [long]),
        (f"{short} {other}", []),
    ]


def turn(name: str, asked: str, *before: str, **other: object) -> Line:
    history = [{"q": question, "lang": "en"} for question in before]
    line = {"id": name, "q": asked, "lang": "en", "history": history, "standalone": "In full?"}
    return {**line, **other}


def write_turns(folder: Path, turns: Sequence[Line]) -> None:
    write(folder, "talk/dialogues.jsonl", "".join(json.dumps(turn) + "\n" for turn in turns))


def test_the_turns_of_conversations_over_a_folder_are_questions_of_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a", LINES[:1])
    evidence = [{"src": "harbour", "text": KEEPER}]
    turns = [
        turn("talk-a01-1", "Is there a lighthouse?", evidence=[{"src": "harbour", "text": TALL}]),
        turn("talk-a01-2", "And its keeper?", "Is there a lighthouse?", evidence=evidence),
        turn(
            "talk-a01-3", "Thank you!", "Is there a lighthouse?", "And its keeper?", meta="thanks"
        ),
        turn("talk-b01-1", "Who looks after it?"),
    ]
    write_turns(tmp_path, turns)
    assert [each.q for each in read_turns(folder)] == [each["q"] for each in turns[:3]]
    read = read_question_folder(folder)
    (_, first, second) = read.questions
    assert first.text == "Is there a lighthouse?"
    assert second.text == in_conversation(["Is there a lighthouse?"], "And its keeper?")
    assert said(read, second.answers) == {"harbour.md": [KEEPER]}


def test_a_turn_that_changes_to_other_articles_is_no_question_of_the_folder(
    tmp_path: Path,
) -> None:
    folder = write_folder(tmp_path / "a", LINES[:1])
    other = {"src": "another-folder", "text": "The bus costs 5 euros."}
    turns = [
        turn("talk-a01-1", "What does the bus cost?", evidence=[other]),
        turn("talk-a01-2", "And at night?", "What does the bus cost?", none=True, near=other),
        turn("talk-a01-3", "Who is the king?", "And at night?", none=True),
    ]
    write_turns(tmp_path, turns)
    (_, last) = read_question_folder(folder).questions
    assert last.text.endswith("Who is the king?")


def test_without_conversations_there_are_no_turns(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a")
    assert read_turns(folder) == []
    write_turns(tmp_path, [turn("talk-b01-1", "Who looks after it?")])
    assert read_turns(folder) == []
    with (tmp_path / "talk" / "dialogues.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"q": "Who?"}\n')
    with pytest.raises(QuestionSetError, match=r"dialogues\.jsonl, line 2 cannot be read"):
        read_question_folder(folder)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"q": "Who?"}', "line 2 cannot be read: lang"),
        ('{"q": "Who?", "lang": "English"}', "line 2 cannot be read: lang"),
        ('{"q": "Who?", "lang": "en", "evidence": [{"text": "x"}]}', "line 2 .*src"),
        ("not json", "line 2"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    folder = write_folder(tmp_path, LINES[:1])
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    with pytest.raises(QuestionSetError, match=rf"questions\.jsonl, {said}"):
        read_question_folder(folder)


def test_a_folder_has_articles_and_questions(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a")
    assert is_question_folder(folder)
    assert not is_question_folder(tmp_path)
    assert not is_question_folder(folder / "articles")
    (folder / "questions.jsonl").unlink()
    assert not is_question_folder(folder)


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        read_question_folder(write_folder(tmp_path, articles={}))


def test_folders_are_read_in_order_but_those_left_out(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        write_folder(tmp_path / name)
    write(tmp_path / "set", "questions.jsonl", "{}")  # without articles
    assert [folder.name for folder in read_question_folders([tmp_path])] == ["a", "b", "c"]
    left = read_question_folders([tmp_path], without=["a", "c"])
    assert [folder.name for folder in left] == ["b"]
    write_folder(tmp_path / "elsewhere" / "aa")
    places = [tmp_path, tmp_path / "elsewhere"]
    assert [folder.name for folder in read_question_folders(places)] == ["a", "aa", "b", "c"]


def test_what_there_is_not_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="There is no folder with articles/ and questions"):
        read_question_folders([tmp_path])
    write_folder(tmp_path / "a")
    with pytest.raises(QuestionSetError, match=r"There is no folder b in .* to leave out: \['a'\]"):
        read_question_folders([tmp_path], without=["b"])
    with pytest.raises(QuestionSetError, match="There is no folder with"):
        read_question_folders([tmp_path], without=["a"])
