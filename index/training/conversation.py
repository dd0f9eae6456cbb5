"""A question in a conversation, as the networks learn to find and read it."""

from collections.abc import Sequence

_EARLIER = 2  # questions; what a third one before was about is seldom still meant


def in_conversation(earlier: Sequence[str], question: str) -> str:
    """Return a question below the last ones before it, a line each."""
    return "\n".join([*earlier[-_EARLIER:], question])
