"""The real page, with the real encoder, in a real browser."""

from pathlib import Path

import pytest

from tests.app.web.conftest import ARTEFACTS, Visit

pytestmark = [pytest.mark.real, pytest.mark.browser]

RAINIER = "How many Trainium2 chips does Project Rainier use?"


def test_a_mark_opens_the_source_at_the_quoted_words(visit: Visit) -> None:
    answer = visit.ask(RAINIER)
    assert "500.000" in answer
    assert "in Spanish" in answer
    visit.page.locator("#chat a[href^='#cite']").first.click()
    mark = visit.page.locator("#source mark")
    mark.wait_for()
    assert mark.inner_text() in answer
    assert "Trainium" in visit.page.locator("#source h2").inner_text()
    assert "language: es" not in visit.page.locator("#source .text").inner_text()
    box = mark.bounding_box()
    assert box is not None
    size = visit.page.viewport_size
    assert size is not None
    assert 0 < box["y"] < size["height"]  # scrolled to
    ARTEFACTS.mkdir(exist_ok=True)
    visit.page.screenshot(path=ARTEFACTS / f"source-{size['width']}.png")


def test_escape_closes_the_source_and_returns_to_the_mark(visit: Visit) -> None:
    visit.ask(RAINIER)
    link = visit.page.locator("#chat a[href^='#cite']").first
    link.click()
    visit.page.locator("#source mark").wait_for()
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#source").is_hidden()
    assert link.evaluate("link => link === document.activeElement")


@pytest.mark.parametrize("place", range(4), ids=["en", "it", "es", "zh"])
def test_an_example_question_is_answered(visit: Visit, place: int) -> None:
    visit.page.locator("#chat .example").nth(place).click()
    visit.answer()
    assert visit.page.locator("#chat a[href^='#cite']").count() >= 1


def test_a_follow_up_is_understood_from_the_question_before(visit: Visit) -> None:
    visit.ask("What is Project Rainier?")
    answer = visit.ask("How many chips does it use?")
    assert "500.000" in answer
    assert "Understood as: “How many chips does Project Rainier use?”" in answer


def test_what_the_articles_do_not_say_has_no_mark(visit: Visit) -> None:
    assert visit.ask("What is the boiling point of mercury?") == "The articles do not say."
    assert visit.page.locator("#chat a[href^='#cite']").count() == 0


def test_a_question_without_words_gets_one_line(visit: Visit) -> None:
    answer = visit.ask("🙂🙂")
    assert "no word" in answer
    assert "Traceback" not in answer


def test_the_page_asks_no_other_host_and_has_nothing_to_complain_of(
    visit: Visit, chat_url: str
) -> None:
    visit.ask(RAINIER)
    assert visit.hosts == {chat_url.removeprefix("http://")}
    assert visit.complaints == []


def test_nothing_sticks_out_sideways(visit: Visit) -> None:
    visit.ask(RAINIER)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_answer_outlives_a_change_of_its_source(visit: Visit, chat_corpus: Path) -> None:
    article = chat_corpus / "es-trainium-negocio.md"
    original = article.read_text(encoding="utf-8")
    visit.ask(RAINIER)
    try:
        article.write_text(original.replace("# Los chips", "# Nota.\n\n# Los chips", 1), "utf-8")
        visit.page.locator("#chat a[href^='#cite']").first.click()
        visit.page.locator("#source mark").wait_for()
        assert "500.000" in visit.page.locator("#source mark").inner_text()
        assert "now stand here" in visit.page.locator("#source .changed").inner_text()
    finally:
        article.write_text(original, encoding="utf-8")


def test_markup_in_a_question_is_shown_as_it_was_typed(visit: Visit) -> None:
    typed = (
        '<img src=x onerror="window.hacked=1"> **bold** [a](https://example.org) www.example.org'
    )
    visit.ask(typed)
    row = visit.page.locator("#chat .user-row")
    assert row.inner_text().strip() == typed
    assert row.locator("img, strong, a").count() == 0
    assert visit.page.evaluate("window.hacked") is None


def test_what_a_model_wrote_is_cited_or_marked_and_fetches_nothing(
    written: Visit, written_url: str
) -> None:
    written.ask(RAINIER)
    warnings = written.page.locator("#chat a[href='#not-found']")
    warnings.nth(1).wait_for()  # each sentence is checked before the next is shown
    answer = written.page.locator("#chat .bot-row").inner_text()
    assert "Project Rainier uses more than 500,000 Trainium2 chips. [1]" in " ".join(answer.split())
    assert warnings.first.inner_text() == "(not found in the articles)"
    assert written.page.locator("#chat .bot-row img[src*='example.org']").count() == 0
    assert written.page.locator("#chat .bot-row a[href*='example.org']").count() == 0
    assert written.hosts == {written_url.removeprefix("http://")}
    written.page.locator("#chat a[href^='#cite']").first.click()
    mark = written.page.locator("#source mark")
    mark.wait_for()
    assert "500.000" in mark.inner_text()
    size = written.page.viewport_size
    assert size is not None
    ARTEFACTS.mkdir(exist_ok=True)
    written.page.screenshot(path=ARTEFACTS / f"written-{size['width']}.png")
