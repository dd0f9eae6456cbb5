"""A running web chat over the shipped articles, and a browser to look at it."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from app.assistant import Assistant
from app.model.answerer import ModelAnswerer
from app.settings import CACHE_DIR, PROJECT, Settings
from app.support import WEIGHTS
from app.support.checker import SupportChecker
from app.web.preparation import Preparation
from app.web.server import create_app
from index.embedding import SentenceTransformerEncoder
from index.reader.reader import Reader
from tests.models import ScriptedModel

ARTEFACTS = PROJECT / "artefacts"  # screenshots of the last run, to look at

# What a model might say: something true, something invented, and what would fetch or link.
WRITTEN = (
    "Project Rainier uses more than 500,000 Trainium2 chips [1]. "
    "The mayor of Bergen paints 900 boats every winter [1]. "
    "![seen](https://example.org/seen.png) <img src=https://example.org/x> "
    "[Click here](https://example.org) [2]."
)

# Debian's Chromium asks its makers' hosts for this and that unless told not to.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chat_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped articles, which a test may change."""
    return Path(shutil.copytree(PROJECT / "corpus", tmp_path_factory.mktemp("chat") / "corpus"))


@pytest.fixture(scope="session")
def chat_url(
    chat_corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: SentenceTransformerEncoder,
) -> Iterator[str]:
    """The address of a web chat with the real encoder, which is getting ready."""
    index = tmp_path_factory.mktemp("index")
    with served(chat_corpus, index, encoder, None) as url:
        yield url


@pytest.fixture(scope="session")
def written_url(
    chat_corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: SentenceTransformerEncoder,
) -> Iterator[str]:
    """The address of a web chat in which a scripted model answers."""
    index = tmp_path_factory.mktemp("written")
    with served(chat_corpus, index, encoder, ScriptedModel(says=[WRITTEN])) as url:
        yield url


@contextmanager
def served(
    corpus: Path, index: Path, encoder: SentenceTransformerEncoder, model: ScriptedModel | None
) -> Iterator[str]:
    """Run a web chat in a thread; yields its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = Settings(corpus_dir=corpus, index_dir=index, chat_port=port)
    assistant = Assistant(settings, encoder=encoder)
    if model is not None:
        answerer = ModelAnswerer(
            model,
            "openai:scripted",
            SupportChecker(encoder, Reader(WEIGHTS, cache_dir=CACHE_DIR, beside=encoder)),
            assistant.library.articles,
        )
        assistant = Assistant(settings, encoder=encoder, answerer=answerer)
    preparation = Preparation(assistant, lambda report: None)
    app = create_app(assistant, preparation)
    preparation.start()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)
    assistant.library.close()
    listening.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or else the one that Playwright installed."""
    system = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=system, args=_QUIET)
        yield opened
        opened.close()


class Visit:
    """A page that is open, and what it asked for and complained about."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.goto(url)
        page.wait_for_selector("#question textarea")

    def ask(self, question: str) -> str:
        """Ask, and return the answer that is shown when it is whole."""
        before = self.page.locator("#chat .bot-row").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        return self.answer(before)

    def answer(self, place: int = 0) -> str:
        """Return the answer at this place in the chat, when it no longer changes."""
        row = self.page.locator("#chat .bot-row").nth(place)
        row.wait_for(timeout=60_000)
        text = ""
        while text != (now := row.inner_text()) or now.startswith("Getting ready"):
            text = now
            self.page.wait_for_timeout(700)
        return text


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, browser: Browser, chat_url: str) -> Iterator[Visit]:
    """The page at desktop and phone width, freshly opened."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    yield Visit(page, chat_url)
    page.close()


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desktop", "phone"])
def written(request: pytest.FixtureRequest, browser: Browser, written_url: str) -> Iterator[Visit]:
    """The page of the chat in which a scripted model answers, freshly opened."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    yield Visit(page, written_url)
    page.close()
