"""Web pages are saved as articles, here from a real server on this machine."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from index.errors import ArticleError
from index.folder.corpus import Corpus
from index.folder.fetching import FetchError, fetch, read_urls
from tests.files import corpus_in
from tests.index.folder.formats.test_html import PAGE

CHINESE = "亚马逊的新芯片比上一代快四倍，今年年底之前将投入使用。" * 5
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/news/harbour.html?page=1": (200, {"Content-Type": "text/html"}, PAGE.encode()),
    "/old": (302, {"Location": "/news/harbour.html?page=1"}, b""),
    "/zh": (
        200,
        {"Content-Type": "text/html; charset=gb18030"},
        f"<html><body><article><p>{CHINESE}</p></article></body></html>".encode("gb18030"),
    ),
    "/boats.txt": (200, {"Content-Type": "text/plain"}, b"Twelve boats are left."),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG" + bytes(100)),
    "/large": (200, {"Content-Type": "text/html"}, bytes(21_000_000)),
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):  # the other side has enough
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a web site."""
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def articles(corpus: Path, tmp_path: Path) -> Iterator[Corpus]:
    opened = corpus_in(corpus, tmp_path / "texts")
    yield opened
    opened.close()


def test_a_page_is_saved_with_its_address(site: str, articles: Corpus) -> None:
    source = fetch(f"{site}/old", articles)
    assert source.startswith("127.0.0.1-old-")
    article = articles.parse(source, articles.read(source))
    assert (article.title, article.url) == (
        "A quiet harbour", f"{site}/news/harbour.html?page=1"
    )  # fmt: skip
    before = sorted(articles.path.iterdir())
    assert fetch(f"{site}/old", articles) == source
    assert sorted(articles.path.iterdir()) == before


def test_the_kind_and_encoding_that_the_server_states_count(site: str, articles: Corpus) -> None:
    source = fetch(f"{site}/zh", articles)
    assert CHINESE in articles.parse(source, articles.read(source)).text
    assert fetch(f"{site}/boats.txt", articles).endswith(".txt")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/nothing", "the server answers 404"),
        ("/large", "more than 20 MB"),
        ("/picture", "it is image/png"),
    ],
)
def test_a_page_that_cannot_be_saved_is_named_and_leaves_nothing(
    site: str, articles: Corpus, path: str, problem: str
) -> None:
    before = sorted(articles.path.iterdir())
    with pytest.raises((FetchError, ArticleError), match=problem):
        fetch(f"{site}{path}", articles)
    with pytest.raises(FetchError, match="nothing comes from there"):
        fetch("http://127.0.0.1:9/", articles)
    assert sorted(articles.path.iterdir()) == before


def test_a_list_of_urls_is_read(tmp_path: Path) -> None:
    file = tmp_path / "pages.txt"
    file.write_text("# News\nhttps://example.org/a\n\n http://example.org/b \n", encoding="utf-8")
    assert list(read_urls(["https://example.org", str(file)])) == [
        "https://example.org",
        "https://example.org/a",
        "http://example.org/b",
    ]
    file.write_text("ftp://example.org\n", encoding="utf-8")
    with pytest.raises(FetchError, match=r"line 1: 'ftp://example\.org' is no URL"):
        list(read_urls([str(file)]))
    with pytest.raises(FetchError, match="neither a URL nor a file"):
        list(read_urls(["example.org"]))
