"""An assistant's parts are opened as the settings say, unless they are given."""

import pytest

from app.components import Components
from app.settings import Settings, SettingsError
from app.writing.extractive import ExtractiveAnswerer
from index.encoder import bundled_model
from tests.encoders import BagOfWords
from tests.readers import BY_WORDS, WordReader


def test_given_parts_are_used(settings: Settings) -> None:
    encoder, reader, answerer = BagOfWords(), WordReader(), ExtractiveAnswerer()
    components = Components(
        settings, encoder=encoder, reader=reader, answerer=answerer, calibration=BY_WORDS
    )
    assert components.encoder is encoder
    assert components.reader is reader
    assert components.answerer is answerer
    components.load()
    assert reader.read_passages == [""]


def test_without_a_language_model_answers_are_quotations(settings: Settings) -> None:
    components = Components(settings, encoder=BagOfWords())
    assert isinstance(components.answerer, ExtractiveAnswerer)
    assert components.reader is None


def test_the_corpus_and_its_index_are_those_of_the_settings(settings: Settings) -> None:
    assert Components(settings, encoder=BagOfWords()).library.corpus.path == settings.corpus_dir


def test_refusal_is_calibrated_for_one_encoder_and_the_reader_that_ships(
    settings: Settings,
) -> None:
    assert not Components(settings, encoder=BagOfWords()).is_calibrated
    assert Components(settings, encoder=BagOfWords(bundled_model.NAME)).is_calibrated
    other = settings.model_copy(update={"reader": settings.index_dir})
    assert not Components(other, encoder=BagOfWords(bundled_model.NAME)).is_calibrated


def test_a_language_model_that_cannot_be_opened_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    unusable = settings.model_copy(update={"llm": "anthropic:any"})
    with pytest.raises(SettingsError, match="ANTHROPIC_API_KEY"):
        Components(unusable, encoder=BagOfWords()).load()
