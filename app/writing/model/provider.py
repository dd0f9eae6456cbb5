"""Opens the language model that is set."""

import importlib.util
import ipaddress
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from app.settings import PROJECT, SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TIMEOUT_S = 120.0  # without any text; a small machine reads a long prompt slowly
_RETRIES = 2  # by the provider's own client, which respects Retry-After

# Tokens that a model is assumed to read, if its package does not know.
_CONTEXT = 4096


@dataclass(frozen=True, slots=True)
class _Provider:
    """What a provider needs to be opened."""

    package: str  # to import
    requirements: str  # the file that installs it
    key: str | None  # the environment variable of its key
    address: str | None = None  # unless LLM_BASE_URL names another server; None: it has only one
    addresses: tuple[str, ...] = ()  # the environment variables that its client takes another from
    context: int | None = None  # tokens that the server is asked to make room for


_PROVIDERS = {
    "openai": _Provider(
        "langchain_openai",
        "requirements-openai.txt",
        "OPENAI_API_KEY",
        address="https://api.openai.com/v1",
        addresses=("OPENAI_API_BASE", "OPENAI_BASE_URL"),
    ),
    # By default Ollama silently cuts a prompt that is too long for it.
    "ollama": _Provider(
        "langchain_ollama",
        "requirements-ollama.txt",
        None,
        address="http://127.0.0.1:11434",
        addresses=("OLLAMA_HOST",),
        context=8192,
    ),
    "anthropic": _Provider(
        "langchain_anthropic", "requirements-anthropic.txt", "ANTHROPIC_API_KEY"
    ),
    "google_genai": _Provider(
        "langchain_google_genai", "requirements-google.txt", "GOOGLE_API_KEY"
    ),
}


def open_model(
    name: str,
    base_url: str | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    timeout_s: float = TIMEOUT_S,
) -> "BaseChatModel":
    """Return the chat model `provider:model`, at another address if `base_url` is given.

    On this machine it is asked directly, whatever proxy the environment names: what it is given
    does not leave.

    Raises:
        SettingsError: its package or its key is missing, or it cannot be elsewhere.
    """
    provider_name, _, model_name = name.partition(":")
    provider = _PROVIDERS[provider_name]
    if not _is_installed(provider.package):
        raise SettingsError(
            f"LLM={name} needs the package {provider.package.replace('_', '-')}: "
            f"pip install -r {provider.requirements}"
        )
    if base_url and not provider.address:
        raise SettingsError(
            f"LLM_BASE_URL={base_url}: {provider_name} has one address only; "
            "leave LLM_BASE_URL empty, or set LLM=openai:NAME for a server that speaks its API."
        )
    options: dict[str, Any] = {"max_retries": _RETRIES, "timeout": timeout_s}
    if provider_name == "ollama":
        options = {
            "temperature": 0,
            "num_ctx": provider.context,
            "client_kwargs": {"timeout": timeout_s},
        }
    if base_url:
        # Some of the hosted models refuse a temperature.
        options |= {"base_url": base_url, "temperature": 0}
    address = _address(provider, base_url, environ)
    if address is not None and is_on_this_machine(address):
        _ask_directly(provider_name, options)
    if provider.key:
        options["api_key"] = _key(provider.key, name, environ, is_own_server=bool(base_url))

    try:
        from langchain.chat_models import init_chat_model

        model: BaseChatModel = init_chat_model(model_name, model_provider=provider_name, **options)
    except Exception as error:  # each client has its own; its message may contain the key
        if isinstance(error, ValueError) and "scheme for proxy" in str(error):
            raise SettingsError(
                f"LLM={name} is to be asked through a proxy whose address begins with none of "
                "http://, https://, socks5:// and socks5h://; correct ALL_PROXY, HTTPS_PROXY or "
                "HTTP_PROXY."
            ) from None
        raise SettingsError(
            f"LLM={name} cannot be opened ({type(error).__name__}): "
            f"check its name and LLM_BASE_URL, and pip install -r {provider.requirements}."
        ) from None
    return model


def context_of(model: "BaseChatModel") -> int:
    """Return how many tokens a model can read and write together, as far as is known."""
    asked: int | None = getattr(model, "num_ctx", None)
    known = (model.profile or {}).get("max_input_tokens")
    return asked or known or _CONTEXT


def is_on_this_machine(address: str) -> bool:
    """Whether the server at a URL, or at a host and port, is on the machine that asks it."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
        # Ollama takes a port alone.
        number = ipaddress.ip_address("127.0.0.1" if host in (None, "localhost") else host)
    except ValueError:  # it is a name
        return False
    return number.is_loopback or number.is_unspecified  # 0.0.0.0, as servers say on starting


def _address(provider: _Provider, base_url: str | None, environ: Mapping[str, str]) -> str | None:
    named = (environ.get(variable) for variable in provider.addresses)
    return base_url or next(filter(None, named), provider.address)


def _ask_directly(provider_name: str, options: dict[str, Any]) -> None:
    """Add the options without which a client looks for a proxy in the environment."""
    if provider_name == "ollama":
        options["client_kwargs"]["trust_env"] = False
        return
    import openai

    options["http_client"] = openai.DefaultHttpxClient(trust_env=False)
    options["http_async_client"] = openai.DefaultAsyncHttpxClient(trust_env=False)
    options["openai_proxy"] = None  # which it would take from OPENAI_PROXY
    options["http_socket_options"] = ()  # for these it warns that a proxy is passed over


def _is_installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ValueError:  # it is loaded, but not from a file
        return package in sys.modules


def _key(variable: str, name: str, environ: Mapping[str, str], *, is_own_server: bool) -> str:
    key = environ.get(variable) or dotenv_values(PROJECT / ".env").get(variable)
    if key:
        return key
    if is_own_server:
        return "none"  # the client requires a key, the server does not
    raise SettingsError(f"LLM={name} needs a key: set {variable} in the environment or in .env.")
