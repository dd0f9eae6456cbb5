"""Measures the assistant on questions of known outcome: python -m app eval."""

from index.errors import CorpusChatError
from index.reader.training.question_sets import PARTS as PARTS


class EvaluationError(CorpusChatError):
    """What was to be measured, or where to write it, cannot be used."""
