"""The reader's network: the bundled encoder over question and passage, with three small heads."""

import copy
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel


@dataclass(frozen=True, slots=True)
class Logits:
    """The output of the network for a batch of pairs."""

    start: Tensor  # (pairs, tokens): that the answer begins with this token
    end: Tensor  # (pairs, tokens): that it ends with this token
    answerable: Tensor  # (pairs,): that the passage answers the question
    sentences: Tensor  # (pairs, sentences): that the sentence does


class ReaderNetwork(nn.Module):
    """Reads a question and a passage together, as BERT does for SQuAD (Devlin et al., 2019)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.span = nn.Linear(width, 2)
        self.answerable = nn.Linear(width, 1)
        self.sentence = nn.Linear(width, 1)

    @classmethod
    def over(cls, encoder_name: Path | str) -> "ReaderNetwork":
        """Return a network over an encoder, by folder or hub name; its heads are random."""
        encoder = BertModel.from_pretrained(
            encoder_name,
            add_pooling_layer=False,
            dtype=torch.float32,
            # Dropout takes a quarter of the training time on a processor.
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        return cls(encoder)

    @classmethod
    def beside(cls, encoder: BertModel) -> "ReaderNetwork":
        """Return a network over a copy of an encoder in use, whose embeddings the two share.

        The embeddings are four fifths of the encoder, and training does not change them. The
        layers above them are the encoder's until they are set.
        """
        shared = encoder.embeddings
        own = copy.deepcopy(encoder, {id(shared): shared})
        own.pooler = None
        return cls(own)

    def forward(self, tokens: Tensor, attention: Tensor, shares: Tensor) -> Logits:
        """Read pairs of token ids, (pairs, tokens); `attention` is 0 at padding.

        `shares` gives the share that each token has in each sentence, (pairs, sentences, tokens).
        """
        hidden = self.encoder(tokens, attention_mask=attention).last_hidden_state.float()
        start, end = self.span(hidden).float().unbind(-1)
        answerable = self.answerable(hidden[:, 0]).float().squeeze(-1)
        return Logits(start, end, answerable, self.sentence(shares @ hidden).float().squeeze(-1))
