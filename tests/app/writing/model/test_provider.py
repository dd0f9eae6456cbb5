"""Providers are opened from two settings; a client's errors become one word each."""

import json
import socket
import sys
import time
from collections.abc import Iterator

import pytest

from app.settings import Settings, SettingsError
from app.writing.model.failures import Failure, LanguageModelError, named_failures
from app.writing.model.provider import context_of, is_on_this_machine, open_model
from tests.model_server import ModelServer, Reply, model_server, streamed, streamed_by_ollama

KEY = "sk-secret-0123456789"
NOTHING_SET: dict[str, str] = {}


def test_a_server_of_ones_own_needs_no_key() -> None:
    model = open_model("openai:any", "http://127.0.0.1:9/v1", environ=NOTHING_SET)
    assert context_of(model) == 4096


def test_a_hosted_model_needs_one_and_says_where() -> None:
    with pytest.raises(SettingsError, match="set OPENAI_API_KEY in the environment"):
        open_model("openai:gpt-4o-mini", environ=NOTHING_SET)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("openai:gpt-4o-mini", "OPENAI_API_KEY"),
        ("anthropic:claude-sonnet-4-5", "ANTHROPIC_API_KEY"),
        ("google_genai:gemini-2.5-flash", "GOOGLE_API_KEY"),
    ],
)
def test_a_key_comes_from_the_environment_and_is_not_shown(name: str, key: str) -> None:
    model = open_model(name, environ={key: KEY})
    assert KEY not in repr(model)
    assert context_of(model) > 4096


def test_ollama_is_told_how_much_room_it_needs() -> None:
    model = open_model("ollama:qwen3:4b", "http://127.0.0.1:9", environ=NOTHING_SET)
    assert context_of(model) == 8192


@pytest.mark.parametrize(
    ("name", "package", "file"),
    [
        ("openai:x", "langchain-openai", "requirements-openai.txt"),
        ("ollama:x", "langchain-ollama", "requirements-ollama.txt"),
        ("anthropic:x", "langchain-anthropic", "requirements-anthropic.txt"),
        ("google_genai:x", "langchain-google-genai", "requirements-google.txt"),
    ],
)
def test_a_package_that_is_missing_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, file: str
) -> None:
    monkeypatch.setitem(sys.modules, package.replace("-", "_"), None)
    with pytest.raises(SettingsError, match=rf"needs the package {package}: .*{file}"):
        open_model(name, environ={"OPENAI_API_KEY": KEY})


def test_who_has_one_address_has_no_other() -> None:
    with pytest.raises(SettingsError, match="LLM_BASE_URL=http://127"):
        open_model("anthropic:x", "http://127.0.0.1:9", environ={"ANTHROPIC_API_KEY": KEY})


@pytest.mark.parametrize("value", ["gpt-4o", "openai:", "openai: ", ":x", "huggingface:x"])
def test_a_model_without_a_provider_is_refused_by_name(value: str) -> None:
    with pytest.raises(SettingsError, match="LLM: should be provider:model"):
        Settings.load({"LLM": value}, dotenv=None)


@pytest.mark.parametrize(
    "value", ["10.0.0.7:8080", "file:///etc", "http://a b", "http://u:p@h/", "http://h:80v1"]
)
def test_an_address_that_is_none_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(SettingsError, match="should be an address such as") as raised:
        Settings.load({"LLM_BASE_URL": value}, dotenv=None)
    assert value not in str(raised.value)


def test_empty_means_none() -> None:
    settings = Settings.load({"LLM": "", "LLM_BASE_URL": ""}, dotenv=None)
    assert settings.llm is settings.llm_base_url is None


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def refused(status: int, **headers: str) -> Reply:
    error = {"error": {"message": f"Incorrect API key provided: {KEY}", "code": status}}
    return status, {"Content-Type": "application/json", **headers}, json.dumps(error).encode()


def said(server: ModelServer) -> str:
    model = open_model(
        "openai:any",
        f"{server.base_url}/v1",
        environ={"OPENAI_API_KEY": KEY},
        timeout_s=5,
    )
    with named_failures():
        return "".join(chunk.text for chunk in model.stream("Say yes."))


@pytest.mark.parametrize(
    ("reply", "failure", "times"),
    [
        (refused(401), "key", 1),
        (refused(403), "key", 1),
        (refused(404), "unknown model", 1),
        (refused(429, **{"Retry-After": "0"}), "busy", 3),
        (refused(500), "failed", 3),
        (streamed("yes", is_whole=False), "unreachable", 1),
        ((200, {"Content-Type": "text/html"}, b"<html>hello</html>"), "rubbish", 1),
        ((200, {"Content-Type": "text/event-stream"}, b"data: {oops\n\n"), "failed", 1),
    ],
    ids=["401", "403", "404", "429", "500", "half a stream", "a web page", "no JSON"],
)
def test_what_a_server_refuses_has_one_name_and_is_retried_where_that_helps(
    server: ModelServer, reply: Reply, failure: Failure, times: int
) -> None:
    server.replies = [reply]
    with pytest.raises(LanguageModelError) as raised:
        said(server)
    assert raised.value.failure == failure
    assert len(server.asked) == times
    assert KEY not in str(raised.value)


def test_a_server_that_is_busy_is_asked_again_when_it_says(server: ModelServer) -> None:
    server.replies = [refused(429, **{"Retry-After": "1"}), streamed("yes")]
    started = time.monotonic()
    assert said(server) == "yes"
    assert time.monotonic() - started >= 1


def has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


THIS_MACHINE = [
    "127.0.0.1",
    "localhost",
    pytest.param("::1", marks=pytest.mark.skipif(not has_ipv6(), reason="IPv6 is off here")),
]


@pytest.fixture(params=["http", "socks5"])
def proxy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A proxy that the environment names for everything; it answers whatever it is asked."""
    with model_server(streamed("by the proxy")) as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            address = f"{request.param}://127.0.0.1:{server.server_port}"
            monkeypatch.setenv(name, address)
            monkeypatch.setenv(name.lower(), address)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield server


@pytest.mark.parametrize(
    ("provider", "path", "reply"),
    [("openai", "/v1", streamed("yes")), ("ollama", "", streamed_by_ollama("yes"))],
)
@pytest.mark.parametrize("host", THIS_MACHINE)
def test_a_model_on_this_machine_is_never_asked_through_a_proxy(
    proxy: ModelServer,
    caplog: pytest.LogCaptureFixture,
    provider: str,
    path: str,
    reply: Reply,
    host: str,
) -> None:
    listens = "127.0.0.1" if host == "localhost" else host
    with model_server(reply, host=listens) as server:
        address = server.base_url.replace(listens, host) + path
        address = Settings.load({"LLM_BASE_URL": address}, dotenv=None).llm_base_url or ""
        model = open_model(f"{provider}:any", address, environ=NOTHING_SET, timeout_s=5)
        assert "".join(chunk.text for chunk in model.stream("Say yes.")) == "yes"
    assert len(server.asked) == 1
    assert proxy.asked == []
    assert [r.message for r in caplog.records if r.levelname == "WARNING"] == []


@pytest.mark.parametrize("proxy", ["http"], indirect=True)
def test_a_model_elsewhere_is_asked_through_the_proxy(proxy: ModelServer) -> None:
    model = open_model("openai:any", "http://models.invalid/v1", environ=NOTHING_SET, timeout_s=5)
    assert "".join(chunk.text for chunk in model.stream("Say yes.")) == "by the proxy"
    assert proxy.asked == ["http://models.invalid/v1/chat/completions"]


@pytest.mark.parametrize("proxy", ["socks", "ftp"], indirect=True)
def test_a_proxy_of_a_kind_that_nobody_knows_is_named(proxy: ModelServer) -> None:
    with pytest.raises(
        SettingsError, match=r"a proxy whose address begins with none of .*ALL_PROXY"
    ):
        open_model("openai:any", "http://models.invalid/v1", environ=NOTHING_SET)


@pytest.mark.parametrize(
    ("provider", "variable", "path"),
    [("openai", "OPENAI_BASE_URL", "/v1"), ("ollama", "OLLAMA_HOST", "")],
)
def test_an_address_that_its_client_takes_from_the_environment_counts_too(
    proxy: ModelServer, monkeypatch: pytest.MonkeyPatch, provider: str, variable: str, path: str
) -> None:
    reply = streamed("yes") if provider == "openai" else streamed_by_ollama("yes")
    with model_server(reply) as server:
        environ = {variable: server.base_url + path, "OPENAI_API_KEY": KEY}
        monkeypatch.setenv(variable, environ[variable])
        model = open_model(f"{provider}:any", environ=environ, timeout_s=5)
        assert "".join(chunk.text for chunk in model.stream("Say yes.")) == "yes"
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.1.2.3", True),
        ("http://LOCALHOST:1234/v1", True),
        ("https://[::1]:8080", True),
        ("http://0.0.0.0:8000/v1", True),
        ("127.0.0.1:11434", True),
        (":11434", True),
        ("0.0.0.0", True),
        ("http://10.0.0.7:8080/v1", False),
        ("http://localhost.example.org", False),
        ("https://api.openai.com/v1", False),
        ("models.example.org", False),
    ],
)
def test_which_addresses_are_on_this_machine(address: str, is_here: bool) -> None:
    assert is_on_this_machine(address) is is_here
