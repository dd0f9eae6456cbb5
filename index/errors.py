"""What can go wrong; each message says what to do next."""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one file."""

    source: str
    reason: str

    def __str__(self) -> str:
        # A name may have any characters, and this is one line.
        name = self.source if self.source.isprintable() else ascii(self.source)
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
