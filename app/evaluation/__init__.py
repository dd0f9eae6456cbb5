"""Measures the assistant on questions of known outcome: python -m app eval."""

from index.errors import CorpusChatError


class EvaluationError(CorpusChatError):
    """What was to be measured, or where to write it, cannot be used."""
