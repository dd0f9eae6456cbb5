"""All settings, from environment variables and a `.env` file."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from index.encoder.bundled_model import NAME as BUNDLED_MODEL
from index.errors import CorpusChatError, can_be_shown
from index.folder.mounts import Polling
from index.reader import SHIPPED as READER

PROVIDERS = ("openai", "ollama", "anthropic", "google_genai")
"""The providers of language models; "openai" is also every server with the same API."""

_ADDRESS = re.compile(r"https?://(?:\[[\da-fA-F:.]+\]|[^\s/@?#:\[\]]+)(?::\d{1,5})?(?:/[^\s@?#]*)?")
_SERVER = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:/[\w-]{3,})?/?")
_TOKEN = re.compile(r"[!-~]+")

PROJECT = Path(__file__).resolve().parent.parent


class SettingsError(CorpusChatError):
    """A setting has a value that is not allowed."""


def _shown(name: str, value: object) -> str:
    """Return how an error names a setting: without the value where that may be a secret."""
    is_secret = name in ("llm", "llm_base_url", "chroma_url", "chroma_token")
    return name.upper() if is_secret else f"{name.upper()}={value}"


class Settings(BaseModel):
    """What a user can set. Each field is the environment variable of the same name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    corpus_dir: Annotated[Path, Field(description="the folder of articles")] = PROJECT / "corpus"
    corpus_polling: Annotated[
        Polling,
        Field(
            description="whether that folder is looked through for changes every two seconds: "
            "on, off, or auto, where the system does not tell of them, as of a network share's"
        ),
    ] = "auto"
    index_dir: Annotated[Path, Field(description="where the built index is kept")] = (
        PROJECT / ".index"
    )
    conversations: Annotated[
        Path,
        Field(description="the file that keeps conversations and the ratings of their answers"),
    ] = PROJECT / ".conversations.sqlite"
    embedding_model: Annotated[
        str, Field(min_length=1, description="the bundled model, a name on the hub, or a folder")
    ] = BUNDLED_MODEL
    reader: Annotated[Path | None, Field(description="the reader's weights; empty: no reader")] = (
        READER
    )
    llm: Annotated[
        str | None,
        Field(description="a language model, as provider:model; empty: answers are quotations"),
    ] = None
    llm_base_url: Annotated[
        str | None,
        Field(description="the address of a server that speaks the API of LLM's provider"),
    ] = None
    chroma_url: Annotated[
        str | None,
        Field(description="the address of a Chroma server for the index; empty: in INDEX_DIR"),
    ] = None
    chroma_token: Annotated[
        str | None,
        Field(
            description="the token that this server, or a proxy before it, asks for",
            repr=False,
            exclude=True,
        ),
    ] = None
    chat_host: Annotated[
        Literal["127.0.0.1"],
        Field(description="the address of the web chat: this machine only, until it has sign-in"),
    ] = "127.0.0.1"
    chat_port: Annotated[int, Field(ge=1, le=65535, description="the port of the web chat")] = 7860

    @field_validator("corpus_dir", "index_dir", "conversations", "reader", mode="before")
    @classmethod
    def _parse_path(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if not value or not can_be_shown(value):
            raise ValueError("should name a file or a folder")
        try:
            return Path(value).expanduser()
        except RuntimeError as error:  # ~name of a user whom this machine does not know
            raise ValueError(str(error).rstrip(".")) from None

    @field_validator("llm")
    @classmethod
    def _check_llm(cls, value: str | None) -> str | None:
        if value is not None:
            provider, colon, model = value.partition(":")
            if not colon or not model.strip() or provider not in PROVIDERS:
                raise ValueError(
                    f"should be provider:model, the provider one of {', '.join(PROVIDERS)}"
                )
        return value

    @field_validator("chroma_url")
    @classmethod
    def _check_chroma_url(cls, value: str | None) -> str | None:
        if value is not None and not _SERVER.fullmatch(value):
            raise ValueError(
                "should be an address such as http://127.0.0.1:8000, which may end in the name of "
                "a database, of three letters or more: http://127.0.0.1:8000/articles"
            )
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _check_base_url(cls, value: str | None) -> str | None:
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("should be an address such as http://127.0.0.1:8080/v1")
        return value

    @field_validator("chroma_token")
    @classmethod
    def _check_token(cls, value: str | None) -> str | None:
        if value is not None and not _TOKEN.fullmatch(value):
            raise ValueError("should be plain letters, digits and signs without a space")
        return value

    @field_validator("reader", "llm", "llm_base_url", "chroma_url", "chroma_token", mode="before")
    @classmethod
    def _empty_to_none(cls, value: object) -> object:
        return None if value == "" else value

    @classmethod
    def load(
        cls, environ: Mapping[str, str] = os.environ, dotenv: Path | None = PROJECT / ".env"
    ) -> Self:
        """Read the settings; the environment takes precedence over the file.

        Raises:
            SettingsError: values are not allowed; the message names all of them.
        """
        try:
            values = {} if dotenv is None else dotenv_values(dotenv, encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise SettingsError(f"The file {dotenv} is not UTF-8 text; save it as UTF-8.") from None
        values |= environ
        given = {name: values[name.upper()] for name in cls.model_fields if name.upper() in values}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            problems = [
                f"{_shown(str(problem['loc'][0]), problem['input'])}: "
                f"{problem['msg'].removeprefix('Value error, ')}"
                for problem in error.errors()
            ]
            raise SettingsError(f"Not a setting that works: {'; '.join(problems)}.") from None
