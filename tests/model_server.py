"""A small server on loopback that answers as a language model's does, or as a proxy before it."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""


class ModelServer(ThreadingHTTPServer):
    """Answers each request with the next of its replies, the last ever after."""

    def __init__(self, host: str) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, 0), _Handler)
        self.replies: list[Reply] = []
        self.asked: list[str] = []  # the path of each request; a proxy is asked for a whole URL

    @property
    def base_url(self) -> str:
        """The address, without a path."""
        host = str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        replies = self.server.replies
        status, headers, body = replies[min(len(self.server.asked), len(replies) - 1)]
        self.server.asked.append(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def model_server(*replies: Reply, host: str = "127.0.0.1") -> Iterator[ModelServer]:
    """Run such a server."""
    with ModelServer(host) as server:
        server.replies += replies
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def streamed(*words: str, is_whole: bool = True) -> Reply:
    """Return a stream of words, as OpenAI's API has it."""
    chunks = [
        {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "any",
            "choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}],
        }
        for word in words
    ]
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    body = "".join([*lines, "data: [DONE]\n\n"] if is_whole else lines)
    headers = {"Content-Type": "text/event-stream"}
    if not is_whole:
        headers["Content-Length"] = str(len(body) + 100)
    return 200, headers, body.encode()


def streamed_by_ollama(*words: str) -> Reply:
    """Return a stream of words, as Ollama's API has it."""
    chunks = [{"message": {"role": "assistant", "content": word}, "done": False} for word in words]
    end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
    body = "".join(json.dumps({"model": "any"} | line) + "\n" for line in [*chunks, end])
    return 200, {"Content-Type": "application/x-ndjson"}, body.encode()
