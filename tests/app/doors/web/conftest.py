"""A running web chat over the shipped articles, and a browser to look at it."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from app.assistant import Assistant
from app.doors.api.services import Services
from app.doors.conversations.conversations import Conversations
from app.doors.indexing import Indexing
from app.doors.web.server import create_app
from app.settings import PROJECT, Settings
from app.writing.model.answerer import ModelAnswerer
from app.writing.support import WEIGHTS
from app.writing.support.checker import SupportChecker
from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import SentenceTransformerEncoder
from index.reader.reader import Reader
from tests.browser import find_browser
from tests.models import ScriptedModel

ARTEFACTS = PROJECT / "artefacts"  # screenshots of the last run, to look at

# What a model might write: a true sentence, an invented one, an image and a link.
WRITTEN = (
    "Project Rainier uses more than 500,000 Trainium2 chips [1]. "
    "The mayor of Bergen paints 900 boats every winter [1]. "
    "![seen](https://example.org/seen.png) <img src=https://example.org/x> "
    "[Click here](https://example.org) [2]."
)

# Without these options Debian's Chromium sends requests to its makers' hosts.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

VIEWS = [(1280, 800, "light"), (820, 1100, "dark"), (390, 844, "light")]


@dataclass(frozen=True)
class Server:
    """A running web chat, its folder of articles, and its services."""

    url: str
    corpus: Path
    services: Services


@pytest.fixture(scope="session")
def chat(
    tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder
) -> Iterator[Server]:
    """A web chat with the real encoder, which may still be getting ready."""
    with served(tmp_path_factory.mktemp("chat"), encoder, None) as server:
        yield server


@pytest.fixture(scope="session")
def written_chat(
    tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder
) -> Iterator[Server]:
    """A web chat in which a scripted model answers."""
    # It speaks for about two seconds, so that there is time to stop it.
    model = ScriptedModel(says=[WRITTEN], pause=0.015)
    with served(tmp_path_factory.mktemp("written"), encoder, model) as server:
        yield server


@contextmanager
def served(
    folder: Path, encoder: SentenceTransformerEncoder, model: ScriptedModel | None
) -> Iterator[Server]:
    """Run a web chat in a thread, over a copy of the shipped articles in `folder`."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = Settings(
        corpus_dir=Path(shutil.copytree(PROJECT / "corpus", folder / "corpus")),
        index_dir=folder / "index",
        conversations=folder / "conversations.sqlite",
        chat_port=port,
    )
    assistant = Assistant(settings, encoder=encoder)
    if model is not None:
        answerer = ModelAnswerer(
            model,
            "openai:scripted",
            SupportChecker(encoder, Reader(WEIGHTS, cache_dir=CACHE_DIR, beside=encoder)),
            assistant.library.articles,
        )
        assistant = Assistant(settings, encoder=encoder, answerer=answerer)
    indexing = Indexing(assistant, lambda report: None)
    services = Services(assistant, indexing, Conversations(settings.conversations))
    servers: list[uvicorn.Server] = []

    async def serve() -> None:
        # In a running loop: without one Gradio creates loops of its own and never closes them.
        app = create_app(services)
        servers.append(uvicorn.Server(uvicorn.Config(app, log_level="warning")))
        await servers[0].serve(sockets=[listening])

    indexing.start()
    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    yield Server(f"http://127.0.0.1:{port}", settings.corpus_dir, services)
    servers[0].should_exit = True
    thread.join(timeout=30)
    indexing.wait(60)
    assistant.library.close()
    listening.close()


@pytest.fixture(scope="module")  # while it is open, no test of this process may use asyncio
def browser() -> Iterator[Browser]:
    """A Chromium, the system's or Playwright's."""
    found = find_browser()
    assert found is not None, "no browser: python -m tests.browser"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=_QUIET)
        yield opened
        opened.close()


class Visit:
    """An open page, the hosts it sent requests to, and the errors in its console."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        self.open()

    def open(self, address: str = "") -> None:
        """Open the page anew, at `address` below the server's."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.server.url}/{address}")
        self.page.wait_for_selector("#question")

    def ask(self, question: str) -> str:
        """Ask, and return the whole answer as the page shows it."""
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        turn = self.page.locator(".turn").last
        expect(turn.locator(".question")).to_have_text(question)
        return self._whole(turn)

    def answer(self, index: int = 0) -> str:
        """Return the answer of the turn at `index`, once it is whole."""
        return self._whole(self.page.locator(".turn").nth(index))

    def _whole(self, turn: Locator) -> str:
        turn.locator(".actions, .failed").first.wait_for(timeout=60_000)
        return turn.locator(".answer").inner_text()

    def flaws(self, name: str) -> list[str]:
        """Return everything that axe-core finds wrong with the page, in light and in dark.

        Screenshots of both are kept, to look at.
        """
        ARTEFACTS.mkdir(exist_ok=True)
        size = self.page.viewport_size
        assert size is not None
        found = []
        for _ in range(2):
            is_dark = self.page.evaluate("document.body.classList.toggle('dark')")
            theme = "dark" if is_dark else "light"
            self.page.screenshot(path=ARTEFACTS / f"{name}-{size['width']}-{theme}.png")
            violations = Axe().run(self.page).response["violations"]
            found += [f"{theme}: {flaw['id']}: {flaw['nodes'][0]['target']}" for flaw in violations]
        return found


@contextmanager
def visited(
    browser: Browser, server: Server, view: tuple[int, int, str], locale: str = "en-GB"
) -> Iterator[Visit]:
    """Open a page of this width, height and colour scheme, in a browser of its own."""
    width, height, theme = view
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        locale=locale,
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield Visit(context.new_page(), server)
    context.close()


@pytest.fixture(params=VIEWS, ids=["desktop", "tablet", "phone"])
def visit(request: pytest.FixtureRequest, browser: Browser, chat: Server) -> Iterator[Visit]:
    """The page at three widths, freshly opened."""
    with visited(browser, chat, request.param) as opened:
        yield opened


@pytest.fixture
def desk(browser: Browser, chat: Server) -> Iterator[Visit]:
    """The page on a desktop, for tests that do not depend on the width."""
    with visited(browser, chat, VIEWS[0]) as opened:
        yield opened


@pytest.fixture(params=[VIEWS[0], VIEWS[2]], ids=["desktop", "phone"])
def written(
    request: pytest.FixtureRequest, browser: Browser, written_chat: Server
) -> Iterator[Visit]:
    """The page of the chat in which a scripted model answers, freshly opened."""
    with visited(browser, written_chat, request.param) as opened:
        yield opened
