"""A model that is asked for a line is stopped after 100 tokens, and not waited for long."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.writing.model.brief import ask_briefly
from app.writing.model.failures import LanguageModelError
from app.writing.model.provider import open_model
from tests.model_server import streamed
from tests.models import ScriptedModel


def test_a_line_is_returned_whole() -> None:
    model = ScriptedModel(says=["How tall is it?"])
    said = ask_briefly(model, "Ask.")
    assert (said.text, said.is_whole) == ("How tall is it?", True)


@pytest.mark.parametrize(("piece", "most"), [(3, 300), (90, 450)])
def test_a_model_that_goes_on_is_stopped(piece: int, most: int) -> None:
    model = ScriptedModel(says=["It goes on. " * 1000], piece=piece)
    said = ask_briefly(model, "Ask.")
    assert (len(said.text), said.is_whole) == (most, False)
    assert model.was_stopped


def test_what_goes_wrong_is_named() -> None:
    with pytest.raises(LanguageModelError) as raised:
        ask_briefly(ScriptedModel(says=[""], error=ConnectionError("refused")), "Ask.")
    assert raised.value.failure == "unreachable"


class Slow(ThreadingHTTPServer):
    """A model that never comes to an end: it sends `sends` over and over, until it is let go."""

    sends = b""
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.is_over = threading.Event()
        self.was_left = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: Slow

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while not self.server.is_over.wait(0.05):
                self.wfile.write(self.server.sends)
        except ConnectionError:
            self.server.was_left.set()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def slow() -> Iterator[Slow]:
    with Slow() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.is_over.set()
        server.shutdown()
        thread.join()


WORD = streamed("and ")[2].removesuffix(b"data: [DONE]\n\n")


@pytest.mark.parametrize("sends", [b"", b": still here\n\n", WORD], ids=["silent", "alive", "slow"])
def test_a_model_that_takes_too_long_is_not_waited_for(slow: Slow, sends: bytes) -> None:
    slow.sends = sends
    model = open_model("openai:any", f"http://127.0.0.1:{slow.server_port}/v1")
    started = time.monotonic()
    with pytest.raises(LanguageModelError) as raised:
        ask_briefly(model, "Ask.", seconds=0.5)
    assert raised.value.failure == "time-out"
    assert time.monotonic() - started < 3
    if sends == WORD:
        assert slow.was_left.wait(5)
