"""The README says what is so: its example is run, its tables and tree are compared."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import PROJECT, Settings
from app.writing.model.provider import open_model

README = (PROJECT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    *(PROJECT / name for name in ("README.md", "CHANGELOG.md")),
    *sorted((PROJECT / "docs").glob("*.md")),
    *sorted(PROJECT.glob("*/README.md")),
    PROJECT / "index/reader/README.md",
    PROJECT / "app/writing/support/README.md",
]


@pytest.mark.real
def test_the_python_example_prints_what_the_readme_shows(tmp_path: Path) -> None:
    example = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", README, re.DOTALL)
    assert example is not None
    run = subprocess.run(
        [sys.executable, "-c", example[1]],
        cwd=PROJECT,
        env=os.environ | {"INDEX_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert run.stdout == example[2]
    assert run.returncode == 0


@pytest.mark.real
def test_the_langchain_example_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n([^`]*as_retriever[^`]*)```", README)
    run = subprocess.run(
        [sys.executable, "-c", example],
        cwd=PROJECT,
        env=os.environ | {"INDEX_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    *documents, answered = run.stdout.splitlines()
    assert len(documents) == 2
    assert answered == "True"


def test_every_setting_is_in_the_table_with_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", README, re.MULTILINE)
    assert dict(rows) == {
        name.upper(): str(
            field.default.relative_to(PROJECT) if isinstance(field.default, Path) else field.default
        )
        for name, field in Settings.model_fields.items()
    }


SERVERS = re.findall(
    r"^\| \[.*\| `(\w+:[\w.:]+)`[^|]*\| (?:`(http[^`]+)` )?\|$", README, re.MULTILINE
)
COMMANDS = re.findall(r"^LLM=(\S+) (?:LLM_BASE_URL=(\S+) )?python -m app", README, re.MULTILINE)


def test_every_server_has_a_row_with_its_settings() -> None:
    assert [name for name, _ in SERVERS] == [
        "ollama:gemma3:4b",
        "openai:any",
        "openai:NAME",
        "openai:NAME",
    ]


@pytest.mark.parametrize(("name", "address"), [*SERVERS, *COMMANDS])
def test_every_language_model_can_be_opened(name: str, address: str) -> None:
    settings = Settings.load({"LLM": name, "LLM_BASE_URL": address}, dotenv=None)
    keys = {"OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k", "GOOGLE_API_KEY": "k"}
    open_model(name, settings.llm_base_url, environ={} if address else keys)


def test_the_tree_is_short_and_names_what_is_there() -> None:
    tree = re.search(r"```\n(app/\w+/ .*?)```", README, re.DOTALL)
    assert tree is not None
    lines = tree[1].splitlines()
    assert len(lines) <= 10
    for path in re.findall(r"(?:^|, )([a-z/]+/)", tree[1], re.MULTILINE):
        assert (PROJECT / path).is_dir(), path


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)
def test_documents_name_files_and_modules_that_are_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:app|index|tests|prompts|corpus)/[\w./-]*)`", text):
        assert (PROJECT / path).exists(), path
    for module in re.findall(r"python -m ((?:app|index|tests)\.[\w.]+)", text):
        path = PROJECT.joinpath(*module.split("."))
        assert path.is_dir() or path.with_suffix(".py").exists(), module


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)
def test_every_link_leads_to_a_file(file: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", file.read_text(encoding="utf-8")):
        path = link.partition("#")[0]
        assert not path or (file.parent / path).exists(), link
