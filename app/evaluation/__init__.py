"""Measures the assistant on questions of known outcome: python -m app eval."""

from index.errors import CorpusChatError
from index.training.question_sets import PARTS as PARTS


class EvaluationError(CorpusChatError):
    """The questions, or the folder for the figures, cannot be used."""
