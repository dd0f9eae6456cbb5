"""Stands between a program and a real Chroma server: slow, hanging, or asking for a token."""

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

_HOP = {"connection", "content-length", "content-encoding", "transfer-encoding"}


class ChromaProxy(http.server.ThreadingHTTPServer):
    """Passes requests on, after so many seconds, and only with the token if there is one."""

    daemon_threads = True

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.delay = 0.0
        self.token: str | None = None
        self.client = httpx.Client(base_url=server, timeout=60)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        proxy = self.server
        assert isinstance(proxy, ChromaProxy)
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(proxy.delay)
        if proxy.token and self.headers.get("Authorization") != f"Bearer {proxy.token}":
            self._answer(401, {}, b"{}")
            return
        headers = {"Content-Type": "application/json"}
        asked = proxy.client.request(self.command, self.path, content=content, headers=headers)
        self._answer(asked.status_code, asked.headers, asked.content)

    do_POST = do_PUT = do_DELETE = do_GET

    def _answer(self, status: int, headers: httpx.Headers | dict[str, str], content: bytes) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:  # who asked has given up
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def chroma_proxy(server: str) -> Iterator[ChromaProxy]:
    """Run a proxy before the server at this URL."""
    with ChromaProxy(server) as proxy, proxy.client:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
