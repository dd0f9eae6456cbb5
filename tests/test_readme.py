"""The README says what is so: its example is run, its tables and tree are compared."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import PROJECT, Settings

README = (PROJECT / "README.md").read_text(encoding="utf-8")


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


def test_the_tree_names_what_is_there() -> None:
    tree = re.search(r"```\n(app/ .*?)```", README, re.DOTALL)
    assert tree is not None
    folder = Path()
    for line in tree[1].splitlines():
        name = line.split()[0]
        folder = folder if line.startswith(" ") else Path(name)
        path = PROJECT / (folder / name if line.startswith(" ") else folder)
        assert path.exists(), line


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_every_link_leads_to_a_file() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert (PROJECT / link.partition("#")[0]).exists(), link
