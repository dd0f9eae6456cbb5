"""The bundled model as it is in its packages, and question sets small enough to train on.

Tests that use the model or its tokenizer are marked `real`.
"""

from pathlib import Path
from typing import Any

import pytest

from index.encoder import bundled_model
from index.encoder.embedding import SentenceTransformerEncoder
from tests.index.training.test_question_folders import KEEPER, LINES, TALL, write_folder
from tests.index.training.test_question_sets import passage, query, write_set


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    from transformers import PreTrainedTokenizerFast  # takes seconds

    folder = bundled_model.unpack(bundled_model.CACHE_DIR)
    return PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)


@pytest.fixture(scope="session")
def base() -> SentenceTransformerEncoder:
    """The encoder before it was taught anything."""
    return SentenceTransformerEncoder(bundled_model.BASE, cache_dir=bundled_model.CACHE_DIR)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """A folder with a set of many short paragraphs in two languages, so that each part has some."""
    numbers = range(100, 140)
    texts = {
        "en": "The boat Vessel{0} has {0} nets. It is owned by Owner{0} of Skagen. "
        "Nobody knows where it sails at night.",
        "es": "El barco Vessel{0} tiene {0} redes. Es propiedad de Owner{0} de Skagen. "
        "Nadie sabe adónde va de noche.",
    }
    write_set(
        tmp_path / "sets" / "xquad",
        [
            passage(f"p{i}:{language}", text.format(i), language, f"k{i}")
            for i in numbers
            for language, text in texts.items()
        ],
        [
            {**query(f"{language}:{i}", language, answers=[f"Owner{i}"]), "text": f"Owner of {i}?"}
            for i in numbers
            for language in texts
        ],
        [f"{asked}:{i}\tp{i}:{language}" for i in numbers for asked in texts for language in texts],
    )
    return tmp_path / "sets"


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A folder with two folders of articles, `a` and `b`, and questions over them."""
    write_folder(tmp_path / "folders" / "a")
    asked = {"q": "Which lighthouse does b have?", "lang": "en"}
    near = {"q": "Who paints the lighthouse of b?", "lang": "en", "none": True}
    write_folder(
        tmp_path / "folders" / "b",
        [
            {**asked, "evidence": [{"src": "harbour", "text": TALL}]},
            {**near, "near": {"src": "harbour", "text": KEEPER}},
            *LINES[4:],
        ],
    )
    return tmp_path / "folders"
