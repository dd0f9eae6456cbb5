"""The page opens whatever proxies the environment names."""

import os
import subprocess
import sys
import time

import httpx
import pytest

from tests.files import ARTICLES, PROJECT, free_port, write

_NOWHERE = f"127.0.0.1:{free_port()}"


@pytest.mark.parametrize(
    "proxies",
    [
        {"ALL_PROXY": f"socks5://{_NOWHERE}"},
        {"all_proxy": f"socks://{_NOWHERE}", "HTTP_PROXY": "ftp://nowhere", "https_proxy": "what"},
        {"HTTP_PROXY": f"http://{_NOWHERE}", "HTTPS_PROXY": f"http://{_NOWHERE}"},
    ],
    ids=["SOCKS", "of no known kind", "HTTP"],
)
def test_the_page_opens(proxies: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("proxies")
    write(folder, "corpus/harbour.md", ARTICLES["harbour.md"])
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    settings = {
        "CORPUS_DIR": str(folder / "corpus"),
        "INDEX_DIR": str(folder / "index"),
        "CONVERSATIONS": str(folder / "conversations.sqlite"),
        "CHAT_PORT": str(port),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "app", "chat"],
        cwd=PROJECT,
        env={**os.environ, **settings, **proxies},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as chat:
        try:
            page = _opened(address, chat)
        finally:
            chat.kill()
            said = chat.communicate()[0]
    assert "Corpus Chat" in page
    assert "Traceback" not in said


def _opened(address: str, chat: "subprocess.Popen[str]") -> str:
    with httpx.Client(trust_env=False) as client:
        deadline = time.monotonic() + 120
        while True:
            assert chat.poll() is None, chat.stdout and chat.stdout.read()
            try:
                return client.get(address, timeout=10).raise_for_status().text
            except httpx.HTTPError:
                assert time.monotonic() < deadline
                time.sleep(0.3)
