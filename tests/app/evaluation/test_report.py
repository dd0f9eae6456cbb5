"""The command: a table, figures and a plot on disk, and one line where something is wrong."""

import json
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.evaluation.metrics import measure
from app.evaluation.questions import read_task
from app.evaluation.report import Report, check_writable, to_table, write_report
from app.evaluation.run import ask_all
from app.settings import Settings
from tests.app.evaluation.conftest import OpenAssistant
from tests.files import python


@pytest.fixture
def report(
    parallel: Path, judged: Path, gold: Path, corpus: Path, open_assistant: OpenAssistant
) -> Report:
    settings = Settings(corpus_dir=corpus)
    report = Report.start(settings, part=None)
    for path in (parallel, judged, gold):
        task = read_task(path, corpus=corpus, part=None, limit=None)
        outcomes = ask_all(task, settings, open_assistant=open_assistant)
        report = report.add(task, measure(task, outcomes), outcomes)
    return report


def test_the_table_says_what_was_measured(report: Report) -> None:
    parallel, judged, gold = (to_table(result.figures) for result in report.results)
    assert parallel.startswith("parallel: 6 questions (3 en, 3 es) of 6 passages\n")
    rows = [line.split() for line in parallel.splitlines()]
    assert ["en", "es", "3", "1.000", "1.000"] in [row[:5] for row in rows]
    assert "the first five show 1.000 of the gold passages" in parallel
    assert "evidence@1" not in judged
    assert "1 of 2 = 0.500 (0.09 to 0.91)" in judged
    assert "GPT-4 144 of 250" in judged
    assert "near-miss  0 of 1" in gold
    assert "AUC 0.875; area under risk and coverage 0.771" in gold
    assert "median time: find " in gold


def test_the_files_hold_all_figures_and_every_question(report: Report, tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "output")
    write_report(report, tmp_path / "new" / "output")
    written = json.loads((tmp_path / "new" / "output" / "figures.json").read_text("utf-8"))
    assert written["version"] and written["date"].endswith("+00:00")
    assert written["encoder"] == written["settings"]["embedding_model"]
    parallel, judged, gold = written["results"]
    assert parallel["pairs"][0]["retrieval"]["recall_at_1"] == 1
    assert parallel["records"][0]["by_language"]["es"]["found"][0] == "p:boat:es"
    assert judged["refusal"][0]["unanswerable_refused"]["count"] == 1
    assert gold["folders"][""]
    first = gold["records"][0]
    assert (first["id"], first["answered"], first["evidence_rank"]) == ("1", True, 1)
    assert first["found"][0] == "harbour.md"
    assert 0 < first["probability"] < 1
    picture = (tmp_path / "new" / "output" / "figures.png").read_bytes()
    assert picture.startswith(b"\x89PNG")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, corpus: Path, index_dir: Path, tmp_path: Path) -> Path:
    """Set the environment; return a folder for output."""
    monkeypatch.setenv("CORPUS_DIR", str(corpus))
    monkeypatch.setenv("INDEX_DIR", str(index_dir))
    return tmp_path / "output"


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that fails; return the one line it says why in."""
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


def test_what_cannot_be_measured_is_said_in_one_line(
    command: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with gold.open("a", encoding="utf-8") as out:
        out.write("{\n")
    line = refused(["eval", str(gold), "--output", str(command)], capsys)
    assert line.startswith(f"{gold}, line 5 cannot be read: Invalid JSON")
    assert "There is no /no/such;" in refused(["eval", "/no/such"], capsys)
    assert not command.exists()


def test_output_that_cannot_be_written_is_said_before_the_work(
    command: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.write_text("a file", encoding="utf-8")
    line = refused(["eval", str(gold), "--output", str(command)], capsys)
    assert line.startswith(f"Figures cannot be written to {command} (")


def test_a_missing_package_is_named_with_what_to_install(
    command: Path, gold: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "app.evaluation.metrics")
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    line = refused(["eval", str(gold), "--output", str(command)], capsys)
    assert line == "Measuring needs the package ir_measures: pip install -r requirements-eval.txt"


@pytest.mark.parametrize(
    "arguments", [[], ["gold", "--questions", "0"], ["gold", "--questions", "x"],
                  ["gold", "--part", "all"]]
)  # fmt: skip
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["eval", *arguments])
    assert raised.value.code == 2
    assert "usage: python -m app eval" in capsys.readouterr().err


@pytest.mark.real
def test_the_command_measures_and_says_where_the_figures_are(
    gold: Path, command: Path, index_dir: Path
) -> None:
    result = python("-m", "app", "eval", str(gold), "--output", str(command))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("gold: 4 questions (3 en, 1 es)\n")
    assert result.stdout.endswith(f"\n\nWritten to {command}.\n")
    assert {path.name for path in command.iterdir()} == {"figures.json", "figures.png"}
    assert not index_dir.exists()
