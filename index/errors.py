"""What can go wrong; each message says what to do next."""

import unicodedata
from dataclasses import dataclass

_UNSEEN = ("Cc", "Cs", "Zl", "Zp")  # controls, halves of characters, ends of lines and paragraphs
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class CorpusChatError(Exception):
    """Base of every error that this program raises on purpose.

    The message is one line for the user: the fact, the value that it is about, and the next step.
    Only the edges (terminal, web page, API) show it.
    """


class CorpusError(CorpusChatError):
    """The folder of articles is missing, empty or cannot be read."""


def reason(error: BaseException) -> str:
    """Return what a library's error says, in one line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def can_be_shown(name: str) -> bool:
    """Whether the name of a file shows as what it is, in one line.

    It may have the spaces and the joiners of every script, but no control: neither one of the
    terminal nor one that turns the direction of what follows it. Bytes that are no text in the
    system's encoding cannot be shown either.
    """
    return not any(c in _TURNING or unicodedata.category(c) in _UNSEEN for c in name)


def is_failure(error: BaseException) -> bool:
    """Whether a library failed, and the program is not just being stopped."""
    # Libraries in Rust panic where their code fails, which is no Exception.
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one file."""

    source: str
    reason: str

    def __str__(self) -> str:
        # A name may have any characters, and this is one line.
        name = self.source if can_be_shown(self.source) else ascii(self.source)
        return f"{name}: {self.reason}"


class ArticleError(CorpusChatError):
    """One file cannot be used as an article; other files are not affected."""

    def __init__(self, source: str, reason: str) -> None:
        self.problem = Problem(source, reason)
        super().__init__(str(self.problem))


class UploadError(CorpusChatError):
    """A file cannot be put into the folder of articles, or cannot be taken out."""


class UnknownArticleError(UploadError):
    """There is no such article in the folder."""


class NameTakenError(UploadError):
    """There is another article of that name."""


class ModelError(CorpusChatError):
    """The embedding model cannot be found, unpacked or loaded."""


class IndexUnavailableError(CorpusChatError):
    """The index is missing, damaged, or its folder cannot be written."""


class DamagedIndexError(IndexUnavailableError):
    """The files of the index cannot be read; a sync builds it anew."""


class UnsettledIndexError(IndexUnavailableError):
    """The index cannot be read while another process is writing it; a moment later it may be."""


class EncoderMismatchError(IndexUnavailableError):
    """The index was built with another encoder than the one that is set."""


class IndexBusyError(IndexUnavailableError):
    """Another process is writing this index."""
