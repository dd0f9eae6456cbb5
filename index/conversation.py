"""A question in a conversation, as the networks find and read it."""

from collections.abc import Sequence

_EARLIER = 2  # questions; what a third one before was about is seldom still meant
_CHARACTERS = 300  # of an earlier one, so that what is cut off at the end is not the question


def in_conversation(earlier: Sequence[str], question: str) -> str:
    """Return a question below the last ones before it, a line each."""
    return "\n".join([*(text[:_CHARACTERS] for text in earlier[-_EARLIER:]), question])
