"""Imports point one way, and heavy packages load where they are used."""

import ast
import graphlib
from functools import cache
from pathlib import Path

import pytest

from tests.files import PROJECT, python

# From what others build on to what builds on them: a room imports only those before it.
ROOMS = (
    "index.errors", "index.language", "index.conversation", "index.comments", "index.structure",
    "index.folder", "index.encoder", "index.chunking", "index.training", "index.encoder.training",
    "index.stories", "index.store", "index.reader", "index.reader.training", "index.search",
    "index.folder_comparison", "index.writing", "index.sync", "index.copying",
    "index.verification", "index.library", "app.settings", "app.steps", "app.phrases",
    "app.question", "app.evidence", "app.agreement", "app.answer", "app.writing",
    "app.components", "app.gathering", "app.answering", "app.retriever", "app.assistant",
    "app.evaluation", "app.doors", "app.cli",
)  # fmt: skip
HEAVY = {"torch", "gradio", "chromadb", "transformers", "sentence_transformers", "langchain",
         "langchain_core", "matplotlib", "ir_measures", "scipy", "babel"}  # fmt: skip
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts): path
    for package in ("app", "index")
    for path in sorted((PROJECT / package).rglob("*.py"))
}


@cache
def imports(path: Path) -> set[str]:
    """Return the full names of what a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def is_made_for_training(module: str) -> bool:
    """Whether a module teaches or fits something, and is not needed to answer."""
    return ".training" in module or module.endswith("fitting")


def importers(package: str) -> set[str]:
    """Return the modules that import a package, of those that answer or measure."""
    return {
        module
        for module, path in MODULES.items()
        if not is_made_for_training(module)
        and any(name == package or name.startswith(f"{package}.") for name in imports(path))
    }


@pytest.mark.parametrize("module", ["app", "app.cli"])
def test_importing_app_is_light(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = {name.partition(".")[0] for name in python("-c", code).stdout.split()}
    assert "app" in loaded
    assert not loaded & HEAVY


def test_index_knows_nothing_of_app() -> None:
    assert not any(module.startswith("index") for module in importers("app"))


@pytest.mark.parametrize(
    ("package", "module"),
    [
        ("chromadb", "index.store.database"),
        ("sentence_transformers", "index.encoder.embedding"),
        ("langchain_text_splitters", "index.chunking"),
        ("py3langid", "index.language.detection"),
        ("chardet", "index.folder.decoding"),
        ("yaml", "index.folder.header"),
        ("dateparser", "index.folder.dates"),
        ("tqdm", "app.cli"),
        ("ir_measures", "app.evaluation.metrics"),
        ("scipy", "app.evaluation.metrics"),
        ("matplotlib", "app.evaluation.plot"),
        ("babel", "index.language.figures.cldr"),
        ("text_to_num", "index.language.figures.spelled"),
        ("cn2an", "index.language.figures.han"),
    ],
)
def test_a_package_is_known_to_one_module(package: str, module: str) -> None:
    assert importers(package) == {module}


def test_what_answers_needs_nothing_that_trains() -> None:
    training = [module for module in MODULES if is_made_for_training(module)]
    using = {user for module in training for user in importers(module)}
    # Question sets are read to train and to measure.
    assert {user for user in using if not user.startswith("app.evaluation")} == set()
    assert importers("sklearn") == {"app.evaluation.metrics"}


def test_gradio_is_known_to_the_web_page_only() -> None:
    assert all(module.startswith("app.doors.web") for module in importers("gradio"))


def room_of(name: str) -> str | None:
    """Return the innermost room that a module, or a name in one, is in."""
    around = [room for room in ROOMS if f"{name}.".startswith(f"{room}.")]
    return max(around, key=len, default=None)


def test_every_module_is_in_a_room() -> None:
    at_the_door = {"app.__init__", "app.__main__", "index.__init__"}
    assert {module for module in MODULES if room_of(module) is None} == at_the_door


def test_rooms_import_only_what_they_build_on() -> None:
    upwards = [
        (module, used)
        for module, path in MODULES.items()
        if (own := room_of(module)) is not None
        and not (module.startswith("app.") and is_made_for_training(module))
        for used in imports(path)
        if (other := room_of(used)) is not None and ROOMS.index(other) > ROOMS.index(own)
    ]
    assert upwards == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph = {
        module: {
            name for name in MODULES for used in imports(path) if f"{used}.".startswith(f"{name}.")
        }
        for module, path in MODULES.items()
    }
    assert any(graph.values())
    tuple(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError
