"""A small question set, and small files of questions, whose figures can be worked out by hand."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.assistant import Assistant
from app.settings import Settings
from tests.encoders import BagOfWords
from tests.readers import BY_WORDS

# Three paragraphs in two languages each. Figures and names are the same words in both.
PASSAGES = {
    "boat": {
        "en": "The boat Skagen has 46 nets. It sails in June.",
        "es": "El barco Skagen tiene 46 redes. Zarpa en junio.",
    },
    "tower": {
        "en": "The tower Ottesen is red. It has 12 windows.",
        "es": "La torre Ottesen es roja. Tiene 12 ventanas.",
    },
    "bridge": {
        "en": "The bridge Quokka was built in 1987. Wood holds it.",
        "es": "El puente Quokka se hizo en 1987. Es de madera.",
    },
}
# The only word that a question shares with the passage in the other language is its name.
QUESTIONS = {
    "boat": {
        "en": ("How many nets has the boat Skagen?", ["46"]),
        "es": ("¿Cuántas redes tiene el barco Skagen?", ["46"]),
    },
    "tower": {
        "en": ("Which windows has the tower Ottesen?", ["12 windows"]),
        "es": ("¿Qué ventanas tiene la torre Ottesen?", ["12 ventanas"]),
    },
    "bridge": {
        "en": ("When was the bridge Quokka built?", ["1987"]),
        "es": ("¿Cuándo se hizo el puente Quokka?", ["1987"]),
    },
}

Rows = Sequence[dict[str, Any]]


def write_rows(file: Path, rows: Rows) -> Path:
    """Write JSON lines, and return the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    return file


def write_set(
    folder: Path, passages: Rows, questions: Rows, gold: Sequence[tuple[str, str]] = ()
) -> Path:
    """Write a question set in BEIR layout, and return its folder."""
    write_rows(folder / "corpus.jsonl", passages)
    write_rows(folder / "queries.jsonl", questions)
    lines = ["query-id\tcorpus-id\tscore", *(f"{query}\t{passage}\t1" for query, passage in gold)]
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def parallel(tmp_path: Path) -> Path:
    """A set with each paragraph and question in English and in Spanish."""
    return write_set(
        tmp_path / "sets" / "parallel",
        [
            {"_id": f"p:{key}:{lang}", "text": text, "metadata": {"lang": lang, "key": f"p:{key}"}}
            for key, texts in PASSAGES.items()
            for lang, text in texts.items()
        ],
        [
            {"_id": f"{lang}:{key}", "text": text, "metadata": {"lang": lang, "answers": answers}}
            for key, texts in QUESTIONS.items()
            for lang, (text, answers) in texts.items()
        ],
        [
            (f"{asked}:{key}", f"p:{key}:{lang}")
            for key in QUESTIONS
            for asked in ("en", "es")
            for lang in ("en", "es")
        ],
    )


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A set without gold passages, whose questions are asked about some passages each."""
    return write_set(
        tmp_path / "sets" / "nomiracl",
        [
            {"_id": "n/1#0", "title": 'A "quoted": title\n', "text": "Bees swarm in June."},
            {"_id": "n/2#0", "text": "Owls hunt at night."},
            {"_id": "n/3#0", "text": "Ants walk in lines."},
        ],
        [
            asked("bees", "Bees swarm in which month?", True, ["n/1#0", "n/2#0"]),
            asked("owls", "Owls hunt at night?", False, ["n/1#0", "n/3#0"]),
            asked("ants", "Ants walk in lines?", False, ["n/3#0"]),
        ],
    )


def asked(name: str, text: str, answerable: bool, candidates: list[str]) -> dict[str, Any]:
    metadata = {"lang": "en", "answerable": answerable, "answers": [], "candidates": candidates}
    return {"_id": f"en:{name}", "text": text, "metadata": metadata}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A file of questions over the small corpus."""
    return write_rows(
        tmp_path / "gold.jsonl",
        [
            {"q": "A keeper named Ottesen looks after what?", "lang": "en",
             "any": ["no such words", "Ottesen  LOOKS"], "src": ["harbour"], "kind": "fact"},
            {"q": "Quedan doce barcos de pesca?", "lang": "es",
             "any": ["doce barcos"], "src": ["harbour"], "kind": "number"},
            {"q": "A keeper named Ottesen looks after bees?", "lang": "en", "none": True,
             "kind": "near-miss"},
            {"q": "xyzzy plugh", "lang": "en", "none": True, "kind": "off-topic"},
        ],
    )  # fmt: skip


OpenAssistant = Callable[[Settings], Assistant]


@pytest.fixture
def open_assistant() -> Iterator[OpenAssistant]:
    """Opens assistants with the small encoder, over the folder in the settings."""
    opened: list[Assistant] = []

    def open_one(settings: Settings) -> Assistant:
        opened.append(Assistant(settings, encoder=BagOfWords(), calibration=BY_WORDS))
        return opened[-1]

    yield open_one
    for assistant in opened:
        assistant.library.close()
