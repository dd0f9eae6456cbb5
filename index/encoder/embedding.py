"""The encoder: texts in, vectors out. The one module that knows sentence-transformers."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.encoder import bundled_model
from index.errors import ModelError, reason

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

_OTHER_MODELS = f"Name a model folder or a hub model, or leave it unset for {bundled_model.NAME}."
_WEIGHTS_ENDING = ".safetensors"
_BATCH = 16  # a larger one is not faster on a processor, and pads more
_QUESTIONS_KEPT = 32  # one question is encoded once for finding passages and ranking sentences


class SentenceEncoder(Protocol):
    """What comparing texts needs of an encoder. Its vectors have length 1."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, shape (texts, dimensions)."""
        ...


class SearchEncoder(SentenceEncoder, Protocol):
    """What comparing questions with texts needs of an encoder."""

    @property
    def is_language_fair(self) -> bool:
        """Whether cosines with texts in all languages may be compared as they are."""
        ...


class QuestionsEncoder(SearchEncoder, Protocol):
    """What finding neighbours needs of an encoder."""

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (questions, dimensions)."""
        ...


class Encoder(SearchEncoder, Protocol):
    """What the index needs of an encoder."""

    @property
    def name(self) -> str:
        """The name of the model, which is stored with the index."""
        ...

    def encode_question(self, question: str) -> Vectors:
        """Return the question's vector, shape (dimensions,)."""
        ...


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The vectors of a text's tokens, of length 1, and the span of each token in the text."""

    vectors: Vectors  # (tokens, dimensions)
    offsets: NDArray[np.int32]  # (tokens, 2), start and end in characters

    def inside(self, start: int, end: int) -> NDArray[np.bool_]:
        """Return which tokens are in a part of the text."""
        inside: NDArray[np.bool_] = (self.offsets[:, 1] > start) & (self.offsets[:, 1] <= end)
        return inside

    def from_character(self, start: int) -> "TokenVectors":
        """Return the tokens of the text from `start` on."""
        kept = self.offsets[:, 1] > start
        return TokenVectors(self.vectors[kept], np.maximum(self.offsets[kept] - start, 0))


class SentenceTransformerEncoder:
    """Any SentenceTransformer, by hub name or folder, or the bundled one.

    A file of differences from the bundled one, as training writes it, may be named as well.

    Loading takes seconds and happens at the first use, or in `load`. Threads may share it.
    """

    def __init__(self, model: str, *, cache_dir: Path) -> None:
        self.name = model
        self._cache_dir = cache_dir
        self._lock = threading.Lock()
        self._questions: LRUCache[str, tuple[Vectors, TokenVectors]] = LRUCache(_QUESTIONS_KEPT)

    def load(self) -> None:
        """Load the model now.

        Raises:
            ModelError: it cannot be found, unpacked or loaded.
        """
        _ = self._model

    def network(self) -> Any:
        """Return the transformer itself, which others may share but must not change.

        Raises: as `load`.
        """
        return self._model[0].auto_model

    @property
    def is_bundled(self) -> bool:
        """Whether this is the model that comes with the packages, as it is or trained further."""
        return self.name == bundled_model.BASE or self._weights() is not None

    @property
    def is_language_fair(self) -> bool:
        """Whether the model was taught by this program, with texts in several languages at once."""
        return self._weights() is not None

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, shape (texts, dimensions)."""
        return self._encode(list(texts), "document")

    def encode_question(self, question: str) -> Vectors:
        """Return the question's vector, shape (dimensions,)."""
        return self._question(question)[0]

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """Return one vector a question, shape (questions, dimensions)."""
        return self._encode(list(questions), "query")

    def question_tokens(self, question: str) -> TokenVectors:
        """Return the vectors of a question's own tokens, without the model's prompt and marks."""
        return self._question(question)[1]

    def passage_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the tokens of each text, without the model's prompt and marks."""
        return [tokens for _, tokens in self._both(list(texts), "document")] if texts else []

    def _question(self, question: str) -> tuple[Vectors, TokenVectors]:
        with self._lock:
            known = self._questions.get(question)
        if known is None:
            ((vector, tokens),) = self._both([question], "query")
            known = vector, tokens
            with self._lock:
                self._questions[question] = known
        return known

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        encoded = self._model.encode(
            texts, prompt=self._prompt(prompt), batch_size=_BATCH, show_progress_bar=False
        )
        return _of_length_1(encoded.astype(np.float32))

    def _both(self, texts: list[str], prompt: str) -> list[tuple[Vectors, TokenVectors]]:
        """Return the vector of each text and those of its tokens, from one run of the model."""
        prefix = self._prompt(prompt)
        prompted = [prefix + text for text in texts]
        encoded: Any = self._model.encode(
            prompted,
            prompt="",
            output_value=None,
            batch_size=_BATCH,
            convert_to_numpy=False,
            show_progress_bar=False,
        )
        # With padding, as the model calls it, because threads share the tokenizer and its settings
        # must not change.
        tokenized = self._model.tokenizer(
            prompted,
            return_offsets_mapping=True,
            padding=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )
        return [
            (
                _of_length_1(_array(found["sentence_embedding"])),
                _own_tokens(
                    _array(found["token_embeddings"][found["attention_mask"].bool()]),
                    np.array(offsets, np.int32)[np.array(mask, np.bool_)],
                    len(prefix),
                ),
            )
            for found, offsets, mask in zip(
                encoded, tokenized["offset_mapping"], tokenized["attention_mask"], strict=True
            )
        ]

    def _weights(self) -> Path | None:
        """Return the file of what the bundled model was taught; None: another one, or untaught."""
        if self.name == bundled_model.NAME:
            return bundled_model.WEIGHTS
        return Path(self.name) if self.name.endswith(_WEIGHTS_ENDING) else None

    def _prompt(self, name: str) -> str:
        return self._model.prompts.get(name) or ""

    @property
    def _model(self) -> "SentenceTransformer":
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> "SentenceTransformer":
        if self.is_bundled:
            folder = bundled_model.unpack(self._cache_dir)
            mend = f"Delete {folder}, and it is made anew."
            model = _load(str(folder), local=True, mend=mend)
            weights = self._weights()
            if weights is not None:
                _teach(model, weights, base=folder)
            return model
        try:
            # A model that is on this machine is used, and the hub is not asked for a newer one.
            return _load(self.name, local=True, mend=_OTHER_MODELS)
        except ModelError:
            if Path(self.name).is_dir():
                raise
            return _load(self.name, local=False, mend=_OTHER_MODELS)


def _load(model: str, *, local: bool, mend: str) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {"dtype": torch.bfloat16 if has_fast_bfloat16() else torch.float32}
    try:
        return SentenceTransformer(model, local_files_only=local, model_kwargs=options)
    except Exception as error:  # each of the libraries below raises its own kinds
        raise ModelError(
            f"EMBEDDING_MODEL {model} cannot be loaded: {reason(error)} {mend}"
        ) from error


def _teach(model: "SentenceTransformer", weights: Path, *, base: Path) -> None:
    """Set the weights that were trained."""
    import torch

    from index.encoder import differences

    transformer: Any = model[0]
    network = torch.nn.ModuleDict({"encoder": transformer.auto_model})
    differences.load(network, weights, setting="EMBEDDING_MODEL", base=base)


@cache
def has_fast_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 in hardware, and gains by it.

    Measured on this model: 2.7 times the speed of float32 with Intel's AMX, 2.1 times with
    AVX-512 BF16 on AMD, and 0.2 to 0.8 times on Intel processors that lack AMX.
    """
    try:
        processor = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    amd = "AuthenticAMD" in processor
    return "amx_bf16" in processor or (amd and "avx512_bf16" in processor)


def _array(tensor: Any) -> Vectors:
    array: Vectors = tensor.float().cpu().numpy()
    return array


def _of_length_1(vectors: Vectors) -> Vectors:
    # Not in the model, because in bfloat16 a length of 1 is half a percent off.
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


def _own_tokens(vectors: Vectors, offsets: NDArray[np.int32], prefix: int) -> TokenVectors:
    # By the end of a token, because the first one also covers the space at the prompt's end.
    own = (offsets[:, 1] > offsets[:, 0]) & (offsets[:, 1] > prefix)
    return TokenVectors(_of_length_1(vectors[own]), np.maximum(offsets[own] - prefix, 0))
