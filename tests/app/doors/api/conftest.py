"""Every door but the page, over the small corpus, with the stand-in for an encoder."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi.testclient import TestClient

from app.assistant import Assistant
from app.doors.api.doors import open_doors
from app.doors.api.services import Services
from app.doors.conversations.conversations import Conversations
from app.doors.indexing import Indexing
from app.doors.web.server import listen
from app.settings import Settings
from tests.encoders import BagOfWords
from tests.files import free_port
from tests.readers import BY_WORDS


@pytest.fixture
def services(assistant: Assistant) -> Iterator[Services]:
    """The services of a server that is ready."""
    indexing = Indexing(assistant, lambda report: None)
    indexing.start()
    assert indexing.wait(60)
    yield Services(assistant, indexing, Conversations(assistant.settings.conversations))
    assert indexing.wait(60)


@pytest.fixture
def other_assistant(services: Services, settings: Settings) -> Iterator[Assistant]:
    """An assistant with another encoder than the one that `services` built the index with."""
    other = Assistant(settings, encoder=BagOfWords("another"), calibration=BY_WORDS)
    yield other
    other.library.close()


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    """A client of the doors, without a network."""
    with TestClient(open_doors(services), base_url="http://127.0.0.1:7860") as opened:
        yield opened


@pytest.fixture
def url(services: Services) -> Iterator[str]:
    """The address of a server with every door but the page."""
    with opened(services) as address:
        yield address


@contextmanager
def opened(services: Services) -> Iterator[str]:
    """Run a server with every door but the page; yield its address."""
    settings = services.assistant.settings.model_copy(update={"chat_port": free_port()})
    with listen(settings) as listening:
        server = uvicorn.Server(uvicorn.Config(open_doors(services), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{settings.chat_port}"
        server.should_exit = True
        thread.join(timeout=30)
