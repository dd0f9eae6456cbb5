"""The terminal: help, exit codes, one line on stderr, and output that others can read."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import main
from tests.app.test_answer import assert_documented
from tests.files import ARTICLES, PROJECT, python, write
from tests.model_server import model_server, streamed

BROKEN = "broken.md: is not text; save it as UTF-8."
PHOTO = "photo.png: is a picture, and pictures are not read."
COMMANDS = ["index", "fetch", "copy", "ask", "chat", "mcp", "status", "eval"]


@pytest.fixture(autouse=True)
def environ(monkeypatch: pytest.MonkeyPatch, corpus: Path, index_dir: Path) -> None:
    monkeypatch.setenv("CORPUS_DIR", str(corpus))
    monkeypatch.setenv("INDEX_DIR", str(index_dir))


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line on stderr; nothing is on stdout."""
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


@pytest.mark.parametrize("arguments", [[], *([command] for command in COMMANDS)])
def test_there_is_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main([*arguments, "--help"])
    assert raised.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: python -m app {' '.join(arguments)}".rstrip())
    assert all(command in shown for command in ([] if arguments else COMMANDS))


@pytest.mark.parametrize(
    "arguments", [[], ["no-such"], ["ask"], ["ask", "one", "two"], ["index", "--json"]]
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "usage: python -m app" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "arguments", "problem"),
    [
        ("CORPUS_DIR", "/no/such", ["index"], "There is no folder /no/such;"),
        ("CORPUS_DIR", "/no/such", ["ask", "why"], "There is no folder /no/such;"),
        ("CHAT_PORT", "0", ["chat"], "Not a setting that works: CHAT_PORT=0:"),
        ("LLM", "", ["copy", "nonsense"], "Not a setting that works: CHROMA_URL:"),
        ("INDEX_DIR", "/dev/null", ["index"], "The index cannot be written to /dev/null"),
        ("CORPUS_DIR", "/no/such", ["ask", ""], "The question is empty; type one."),
        ("CORPUS_DIR", "/no/such", ["ask", "🚢"], "There is no word in the question '🚢';"),
    ],
)
def test_an_error_is_one_line_with_exit_code_1(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    arguments: list[str],
    problem: str,
) -> None:
    monkeypatch.setenv(name, value)
    assert main(arguments) == 1
    assert one_line(capsys).startswith(problem)


def test_a_process_that_fails_says_one_line_and_exits_with_1() -> None:
    result = python("-m", "app", "index", CORPUS_DIR="/no/such")
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def test_a_pipe_that_is_closed_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "app", "status"]
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=PROJECT)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_status_without_an_index_says_where_it_looked_and_what_to_do(
    capsys: pytest.CaptureFixture[str], corpus: Path, index_dir: Path
) -> None:
    assert main(["status"]) == 1
    captured = capsys.readouterr()
    assert str(corpus) in captured.out
    assert captured.err == f"There is no index in {index_dir}; build it: python -m app index\n"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of an index that `python -m app index` built, one file being broken."""
    folder = tmp_path_factory.mktemp("cli")
    for name, text in ARTICLES.items():
        write(folder / "corpus", name, text)
    write(folder / "corpus", "broken.md", b"\0")
    write(folder / "corpus", "photo.png", b"x")
    environ = {"CORPUS_DIR": str(folder / "corpus"), "INDEX_DIR": str(folder / "index")}
    result = python("-m", "app", "index", **environ)
    assert result.returncode == 0, result.stderr
    assert result.stderr.splitlines()[-2:] == [BROKEN, PHOTO]
    assert result.stdout.startswith(
        "3 new, 0 changed, 0 moved, 0 removed, 0 unchanged, 1 with a problem, 1 not read; "
    )
    yield environ


@pytest.mark.real
def test_indexing_again_does_nothing(indexed: dict[str, str]) -> None:
    result = python("-m", "app", "index", **indexed)
    assert (result.returncode, result.stderr) == (0, f"{BROKEN}\n{PHOTO}\n")
    assert result.stdout.startswith(
        "0 new, 0 changed, 0 moved, 0 removed, 3 unchanged, 1 with a problem, 1 not read; 0 "
    )


@pytest.mark.real
def test_status_says_what_is_indexed(indexed: dict[str, str]) -> None:
    result = python("-m", "app", "status", **indexed)
    assert (result.returncode, result.stderr) == (0, "")
    for said in (
        *indexed.values(),
        "3 articles (1 en, 1 es, 1 zh)",
        "corpus-chat-2",
        PHOTO,
        "not read: 1 (1 .png)",
    ):
        assert said in result.stdout


@pytest.mark.real
def test_status_says_what_the_language_model_says_or_what_to_do(indexed: dict[str, str]) -> None:
    with model_server(streamed("Ro", "me.")) as server:
        chosen = indexed | {"LLM": "openai:any", "LLM_BASE_URL": f"{server.base_url}/v1"}
        result = python("-m", "app", "status", **chosen)
    line = rf"^llm: +openai:any at {re.escape(server.base_url)}/v1: "
    assert re.search(rf"{line}answered “Rome\.” after \d+\.\d s$", result.stdout, re.MULTILINE)
    result = python("-m", "app", "status", **chosen)
    assert re.search(
        rf"{line}The language model did not answer \(nothing answers at its address\); "
        r"start its server, or correct LLM_BASE_URL\.$",
        result.stdout,
        re.MULTILINE,
    )
    assert result.returncode == 0


@pytest.mark.real
def test_an_answer_as_json_is_one_documented_object(indexed: dict[str, str]) -> None:
    result = python("-m", "app", "ask", "How tall is the lighthouse?", "--json", **indexed)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert_documented(answer)
    assert answer["language"] == "en"
    assert answer["evidence"][0]["text"] == "Its lighthouse is 46 metres tall."
