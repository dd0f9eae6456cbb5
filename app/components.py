"""The parts that an assistant consists of, opened as the settings say."""

from functools import cached_property
from pathlib import Path
from typing import Protocol

from app.evidence.calibration import Calibration
from app.evidence.late_interaction import TokenEncoder
from app.evidence.ranking import PassageReader, Ranking
from app.settings import Settings
from app.writing.composition import Answerer
from app.writing.extractive import ExtractiveAnswerer
from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import Encoder, SentenceTransformerEncoder
from index.folder.corpus import Corpus
from index.folder.extraction import Extractor
from index.library import Library
from index.reader import SHIPPED
from index.reader.reader import Reader


class FullEncoder(Encoder, TokenEncoder, Protocol):
    """An encoder that finds passages and ranks their sentences."""


class Components:
    """The encoder, index, reader, ranking and answerer of one assistant.

    Each comes from the settings unless one is given.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        encoder: FullEncoder | None = None,
        reader: PassageReader | None = None,
        answerer: Answerer | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.settings = settings
        self.encoder: FullEncoder = encoder or SentenceTransformerEncoder(
            settings.embedding_model, cache_dir=CACHE_DIR
        )
        self.library = Library(
            Corpus(
                settings.corpus_dir,
                Extractor(settings.index_dir / "texts"),
                polling=settings.corpus_polling,
            ),
            settings.index_dir,
            self.encoder,
            server=settings.chroma_url,
            token=settings.chroma_token,
        )
        if reader is None and settings.reader is not None:
            reader = self._open_reader(settings.reader)
        self.reader = reader
        self.calibration = calibration or Calibration.load(with_reader=reader is not None)
        self.ranking = Ranking(self.encoder, reader, self.calibration)
        self._given_answerer = answerer

    @property
    def is_calibrated(self) -> bool:
        """Whether refusal was fitted to the encoder and the reader that are set."""
        is_known_reader = self.settings.reader in (None, SHIPPED)
        return is_known_reader and self.calibration.encoder == self.encoder.name

    def load(self) -> None:
        """Load the networks now, so that no question waits for them.

        Raises:
            ModelError: one of them cannot be loaded.
            SettingsError: the language model that is set cannot be opened.
        """
        self.encoder.encode_question("")
        if self.reader is not None:
            self.reader.read("", [""])
        self.answerer.load()

    @cached_property
    def answerer(self) -> Answerer:
        """The writer of answers.

        Raises:
            SettingsError: the language model that is set cannot be opened.
        """
        if self._given_answerer is not None:
            return self._given_answerer
        if self.settings.llm is None:
            return ExtractiveAnswerer()
        # Imported here, because LangChain takes a second and only those who use it should wait.
        from app.writing.model.answerer import ModelAnswerer
        from app.writing.model.provider import open_model
        from app.writing.support import WEIGHTS
        from app.writing.support.checker import SupportChecker

        model = open_model(self.settings.llm, self.settings.llm_base_url)
        checker = SupportChecker(self.encoder, self._open_reader(WEIGHTS))
        return ModelAnswerer(model, self.settings.llm, checker, self.library.articles)

    def _open_reader(self, weights: Path) -> Reader:
        """Return a reader with the weights in a file, which shares what it can of the encoder."""
        own = self.encoder if isinstance(self.encoder, SentenceTransformerEncoder) else None
        return Reader(weights, cache_dir=CACHE_DIR, beside=own)
