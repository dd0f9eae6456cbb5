"""Settings come from the environment, then a .env file, then their defaults."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import PROJECT, Settings, SettingsError
from index.encoder.bundled_model import NAME
from tests.files import write


def test_the_defaults_hold_where_nothing_is_set() -> None:
    settings = Settings.load({}, None)
    assert settings == Settings()
    assert settings.corpus_dir == PROJECT / "corpus"
    assert settings.index_dir == PROJECT / ".index"
    assert settings.embedding_model == NAME
    assert (settings.chat_host, settings.chat_port) == ("127.0.0.1", 7860)


def test_the_environment_takes_precedence_over_the_file(tmp_path: Path) -> None:
    dotenv = write(tmp_path, ".env", "CHAT_PORT=1111\nCORPUS_DIR='~/my articles'\nOTHER=x\n")
    settings = Settings.load({"CHAT_PORT": "2222", "HOST": "elsewhere"}, dotenv)
    assert settings.chat_port == 2222
    assert settings.corpus_dir == Path.home() / "my articles"


def test_a_missing_file_is_no_error(tmp_path: Path) -> None:
    assert Settings.load({}, tmp_path / ".env") == Settings()


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("CHAT_PORT", "0", "greater than or equal to 1"),
        ("CHAT_PORT", "65536", "less than or equal to 65535"),
        ("CHAT_PORT", "http", "valid integer"),
        ("CHAT_PORT", "", "valid integer"),
        ("CHAT_HOST", "0.0.0.0", "127.0.0.1"),
        ("CORPUS_DIR", "", "should name a file or a folder"),
        ("CORPUS_DIR", "~no-such-user/articles", "home directory"),
        ("INDEX_DIR", "", "should name a file or a folder"),
        ("EMBEDDING_MODEL", "", "at least 1 character"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(name: str, value: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.load({name: value}, None)
    assert f"{name}={value}: " in str(raised.value)
    assert allowed in str(raised.value)
    assert not str(raised.value).endswith("..")
    assert "\n" not in str(raised.value)


def test_a_refusal_names_every_wrong_variable() -> None:
    with pytest.raises(SettingsError, match=r"CHAT_HOST=example\.org: .*; CHAT_PORT=x: "):
        Settings.load({"CHAT_PORT": "x", "CHAT_HOST": "example.org"}, None)


def test_a_file_that_is_not_text_is_refused_by_name(tmp_path: Path) -> None:
    dotenv = write(tmp_path, ".env", "CHAT_PORT=1111\n", "utf-16")
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 text"):
        Settings.load({}, dotenv)


def test_a_byte_order_mark_does_not_hide_the_first_line(tmp_path: Path) -> None:
    dotenv = write(tmp_path, ".env", "CHAT_PORT=1111\n", "utf-8-sig")
    assert Settings.load({}, dotenv).chat_port == 1111


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().chat_port = 1


@pytest.mark.parametrize(
    "value",
    ["127.0.0.1:8000", "ftp://host", "http://", "http://user:secret@host:8000", "http://a b",
     "http://host/a/b", "http://host/a?secret"],
)  # fmt: skip
def test_the_address_of_a_chroma_server_is_checked_and_not_repeated(value: str) -> None:
    assert Settings.load({"CHROMA_URL": "http://127.0.0.1:8000"}, None).chroma_url is not None
    assert Settings.load({"CHROMA_URL": "http://host/news-2025"}, None).chroma_url is not None
    assert Settings.load({"CHROMA_URL": ""}, None).chroma_url is None
    with pytest.raises(SettingsError, match="CHROMA_URL: should be an address") as raised:
        Settings.load({"CHROMA_URL": value}, None)
    assert "secret" not in str(raised.value)


def test_a_token_is_not_shown() -> None:
    settings = Settings.load({"CHROMA_TOKEN": "secret"}, None)
    assert settings.chroma_token == "secret"
    assert "secret" not in f"{settings!r} {settings.model_dump()}"
    for value in ("secret\nX-Other: 1", "secret ", "secrét"):
        with pytest.raises(SettingsError, match="CHROMA_TOKEN: should be plain") as raised:
            Settings.load({"CHROMA_TOKEN": value}, None)
        assert "secr" not in str(raised.value)
