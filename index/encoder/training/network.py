"""The encoder while it is trained: as it encodes later, but with gradients."""

from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import normalize
from transformers import BertModel, PreTrainedTokenizerFast

from index.encoder.neutral import neutral_sentences
from index.encoder.training.batches import PASSAGE, Tokens, tokens_of
from index.encoder.training.losses import Encoded


class EncoderInTraining(torch.nn.Module):
    """The base model, with the mean that ranking subtracts from the vectors of tokens."""

    def __init__(self, folder: Path, tokenizer: PreTrainedTokenizerFast) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            dtype=torch.float32,
            # Dropout takes a quarter of the training time on a processor.
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self._neutral, _ = tokens_of(tokenizer, neutral_sentences(), PASSAGE)
        self._mean = torch.zeros(())

    def forward(self, tokens: Tokens) -> Encoded:
        """Return the vectors of texts and of their tokens."""
        hidden = self._hidden(tokens)
        mask = tokens.attention[..., None].float()
        pooled = (hidden * mask).sum(dim=1) / mask.sum(dim=1)
        centred = normalize(hidden, dim=-1) - self._mean
        return Encoded(normalize(pooled, dim=-1), normalize(centred, dim=-1))

    @torch.no_grad()
    def refresh_mean(self) -> None:
        """Compute the mean vector of the tokens of neutral sentences anew."""
        hidden = self._hidden(self._neutral)[self._neutral.own]
        self._mean = normalize(hidden, dim=-1).mean(dim=0)

    def _hidden(self, tokens: Tokens) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = self.encoder(tokens.ids, attention_mask=tokens.attention)
        hidden: Tensor = output.last_hidden_state.float()
        return hidden
