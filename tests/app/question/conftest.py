"""Heads that are fitted to a few questions, with a small encoder."""

import json
from pathlib import Path

import pytest

from app.question import fitting, heads
from app.question.heads import QuestionHeads
from index.encoder.bundled_model import NAME
from tests.encoders import BagOfWords
from tests.files import write

_TYPES = {"number": "How many of {0}?", "why": "Why did {0} leave?", "list": "List each {0} here"}
_LEANING = ("How tall is it?", "What does he say?", "And its keeper?", "Where is it now?")


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Three folders with questions of three kinds each, and conversations over them."""
    turns: list[dict[str, object]] = []
    for number, name in enumerate("abc"):
        asked: list[dict[str, object]] = [
            {"q": text.format(f"N{i}{number}"), "lang": "en", "kind": kind}
            for kind, text in _TYPES.items()
            for i in range(8)
        ]
        asked.append({"q": "Is it far?", "lang": "en", "kind": "near-miss", "none": True})
        write(tmp_path / name, "articles/a.md", f"# The boats of N{number}\n\nThere are nine.")
        write(tmp_path / name, "questions.jsonl", "".join(json.dumps(q) + "\n" for q in asked))
        before = [{"q": "How many of them?"}]
        turns += [
            {
                "id": f"talk-{name}{i}",
                "q": text,
                "lang": "en",
                "kind": "pronoun",
                "history": before,
                "standalone": f"Why did N{i} come?",
            }
            for i, text in enumerate(_LEANING)
        ]
        turns.append({**turns[-1], "q": "thanks", "meta": "thanks"})
        turns.append({**turns[-2], "q": "How many of N7 are left?", "kind": "new-topic"})
    write(tmp_path, "talk/dialogues.jsonl", "".join(json.dumps(turn) + "\n" for turn in turns))
    return tmp_path


@pytest.fixture
def fitted(folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QuestionHeads:
    """Heads that were fitted to these folders."""
    bag = BagOfWords(NAME)
    for module in (fitting, heads):
        monkeypatch.setattr(module, "SHIPPED", tmp_path / "heads.json")
    monkeypatch.setattr(fitting, "SentenceTransformerEncoder", lambda *_, **__: bag)
    monkeypatch.setattr("sys.argv", ["fitting", str(folders)])
    fitting.main()
    return QuestionHeads(bag)
