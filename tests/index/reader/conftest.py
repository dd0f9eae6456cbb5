"""The tokenizer of the bundled encoder; tests that use it are marked `real`."""

from typing import Any

import pytest
from transformers import PreTrainedTokenizerFast

from index.encoder import bundled_model


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    folder = bundled_model.unpack(bundled_model.CACHE_DIR)
    return PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
