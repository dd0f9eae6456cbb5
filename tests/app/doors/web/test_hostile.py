"""The contents of articles, questions and file names are shown as text, whatever they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from index.encoder.embedding import SentenceTransformerEncoder
from tests.app.doors.web.conftest import VIEWS, Server, Visit, served, visited
from tests.models import ScriptedModel

pytestmark = [pytest.mark.real, pytest.mark.browser]

HACK = "window.hacked=1"
PAYLOADS = [
    f"<script>{HACK}</script>",
    f'<img src=x onerror="{HACK}">',
    f"<svg/onload={HACK}>",
    f'"><iframe srcdoc="<script>parent.{HACK}</script>"></iframe>',
    f"[click](javascript:{HACK})",
    f"${{{HACK}}} {{{{constructor.constructor('{HACK}')()}}}}",
    f"</mark></div><details open ontoggle={HACK}>",
    "![seen](https://example.org/seen.png) <link rel=stylesheet href=//example.org/x.css>",
    "**bold** `code` $$x$$ www.example.org",
]
NAME = "x' onmouseover='window.hacked=1 <b>.md"
KEEPER = "The keeper of the Bergen lighthouse is named Ottesen"


def article(payloads: list[str]) -> str:
    """Return an article with payloads in its sentences and in its header."""
    header = (
        f"---\ntitle: '{payloads[1]}'\nurl: 'javascript:{HACK}'\npublisher: '{payloads[2]}'\n---"
    )
    body = "\n\n".join(f"{KEEPER}, and number {i} is {text} ." for i, text in enumerate(payloads))
    return f"{header}\n\n{body}\n"


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder
) -> Iterator[Server]:
    """A chat over an article full of markup, in which a model writes markup as well."""
    folder = tmp_path_factory.mktemp("hostile")
    model = ScriptedModel(says=[f"{KEEPER} [1]. " + " ".join(PAYLOADS)], piece=17)
    with served(folder, encoder, model) as server:
        (server.corpus / NAME).write_text(article(PAYLOADS), encoding="utf-8")
        server.services.indexing.start()
        assert server.services.indexing.wait(60)
        yield server


@pytest.fixture
def visit(browser: Browser, hostile: Server) -> Iterator[Visit]:
    with visited(browser, hostile, VIEWS[0]) as opened:
        yield opened
        assert opened.page.evaluate("window.hacked") is None
        assert opened.hosts - {""} == {hostile.url.removeprefix("http://")}


def test_an_answer_and_its_source_are_text(visit: Visit) -> None:
    answer = visit.ask("What is the keeper of the Bergen lighthouse named?")
    assert PAYLOADS[0] in answer
    elements = "script, img, svg:not(.icon svg), iframe, link, b, strong, code, .answer a"
    assert visit.page.locator(".answer").locator(elements).count() == 0
    visit.page.locator(".mark").first.hover()
    visit.page.locator(".mark").first.click()
    text = visit.page.locator("#source .text")
    expect(text).to_contain_text(PAYLOADS[3])
    assert visit.page.locator("#source h2").inner_text() == PAYLOADS[1]
    assert visit.page.locator("#source a").count() == 0  # its address is no web address
    assert text.locator("*").count() == 3  # before, the quotation, after


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_question_and_a_title_are_text(visit: Visit, payload: str) -> None:
    visit.ask(payload)
    assert visit.page.locator(".asked .question").inner_text() == payload
    assert visit.page.locator(".asked .question *").count() == 0
    kept = visit.page.locator("#conversations .title").first
    expect(kept).to_have_text(" ".join(payload.split())[:80])
    assert kept.locator("*").count() == 0


def test_the_library_and_the_choice_of_articles_are_text(visit: Visit, tmp_path: Path) -> None:
    visit.page.get_by_role("button", name="All articles").click()
    choice = visit.page.locator(".choices label", has_text=PAYLOADS[1])
    expect(choice).to_have_count(1)
    visit.page.get_by_role("tab", name="Library").click()
    row = visit.page.locator("#library tr", has_text=NAME)
    expect(row).to_have_count(1)
    assert row.locator("b, img, script").count() == 0
    file = {"name": f"{PAYLOADS[1]}.png", "mimeType": "image/png", "buffer": b"x"}
    visit.page.locator("#library input[type=file]").set_input_files([file])  # type: ignore[arg-type]
    expect(visit.page.locator("#library .results li")).to_contain_text("only .md, .markdown, .txt")
    assert visit.page.locator("#library .results img").count() == 0
