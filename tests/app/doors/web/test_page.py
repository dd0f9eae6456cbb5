"""The real page, with the real encoder, in a real browser: every gesture."""

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.app.doors.web.conftest import VIEWS, Server, Visit, visited

pytestmark = [pytest.mark.real, pytest.mark.browser]

RAINIER = "How many Trainium2 chips does Project Rainier use?"
MERCURY = "What is the boiling point of mercury?"


def test_a_mark_opens_the_source_at_the_quoted_words(visit: Visit) -> None:
    answer = visit.ask(RAINIER)
    assert "500.000" in answer
    assert "in Spanish" in answer
    mark = visit.page.locator(".mark").first
    mark.click()
    quoted = visit.page.locator("#source mark")
    quoted.wait_for()
    assert quoted.inner_text() in answer
    assert "Trainium" in visit.page.locator("#source h2").inner_text()
    assert "Spanish" in visit.page.locator("#source .details").inner_text()
    assert "language: es" not in visit.page.locator("#source .text").inner_text()
    expect(quoted).to_be_in_viewport()
    assert visit.flaws("source") == []
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#source").is_hidden()
    assert mark.evaluate("mark => mark === document.activeElement")


def test_the_address_of_a_quotation_opens_it_again(desk: Visit) -> None:
    desk.ask(RAINIER)
    desk.page.locator(".mark").first.click()
    desk.page.locator("#source mark").wait_for()
    quote = desk.page.locator("#source mark").inner_text()
    desk.page.get_by_role("button", name="Copy a link to these words").click()
    expect(desk.page.locator("#announced")).to_have_text("Copied")
    link = desk.page.evaluate("navigator.clipboard.readText()")
    desk.open(link.removeprefix(f"{desk.server.url}/"))
    expect(desk.page.locator("#source mark")).to_have_text(quote)


def test_the_quotation_is_shown_where_a_mark_is_pointed_at(desk: Visit) -> None:
    desk.ask(RAINIER)
    desk.page.locator(".mark").first.hover()
    card = desk.page.locator("#quote-card")
    card.wait_for()
    assert "500.000" in card.inner_text()
    assert "in Spanish" in card.inner_text()
    desk.page.mouse.move(0, 0)
    card.wait_for(state="hidden")


def test_one_citation_leads_to_the_next_and_to_the_other_passages(desk: Visit) -> None:
    desk.ask("Di quanto Trainium3 è più veloce della generazione precedente?")
    assert "sources agree" in desk.page.locator(".badge.agree").inner_text()
    desk.page.locator(".mark").first.click()
    desk.page.locator("#source mark").wait_for()
    first = desk.page.locator("#source mark").inner_text()
    desk.page.get_by_role("button", name="Next citation").click()
    expect(desk.page.locator("#source mark")).not_to_have_text(first)
    desk.page.keyboard.press("ArrowLeft")
    expect(desk.page.locator("#source mark")).to_have_text(first)
    desk.page.locator("#source summary").click()
    passage = desk.page.locator("#source .others li").nth(3)
    assert re.search(r"\d%", passage.inner_text())
    text = passage.locator(".excerpt").inner_text()
    passage.locator("button").click()
    expect(desk.page.locator("#source mark")).to_contain_text(text[:40])


def test_a_refusal_shows_what_comes_nearest_and_better_questions(visit: Visit) -> None:
    answer = visit.ask(MERCURY)
    assert answer.startswith("The articles do not say.")
    assert visit.page.locator(".mark").count() == 0
    offers = visit.page.locator(".turn .offer")
    offers.first.wait_for(timeout=60_000)
    assert visit.flaws("refused") == []
    visit.page.locator(".nearest button").first.click()
    visit.page.locator("#source mark").wait_for()
    visit.page.keyboard.press("Escape")
    offers.last.click()
    visit.answer(1)
    assert visit.page.locator(".turn").nth(1).locator(".mark").count() >= 1


@pytest.mark.parametrize(
    ("locale", "tab", "language"),
    [
        ("en-US", "Library", "en"),
        ("it-IT", "Raccolta", "it"),
        ("es-MX", "Biblioteca", "es"),
        ("zh-CN", "文库", "zh"),
        ("fr-FR", "Library", "en"),
    ],
)
def test_the_page_speaks_the_browsers_language_and_its_examples_are_answered(
    browser: Browser, chat: Server, locale: str, tab: str, language: str
) -> None:
    with visited(browser, chat, VIEWS[0], locale) as opened:
        page = opened.page
        page.get_by_role("tab", name=tab).wait_for()
        assert page.evaluate("document.documentElement.lang") == language
        offers = page.locator(".examples .offer")
        offers.first.wait_for(timeout=60_000)
        for index in range(offers.count()):
            opened.open()
            offers.nth(index).click()
            assert opened.answer()
            assert page.locator(".mark").count() >= 1


def test_a_follow_up_is_understood_from_the_question_before(desk: Visit) -> None:
    desk.ask("When was Trainium3 announced?")
    answer = desk.ask("And how much energy does it save?")
    assert "40" in answer
    asked = "When was Trainium3 announced? → And how much energy does it save?"
    assert f"Understood as: “{asked}”" in answer


def test_a_question_without_words_gets_one_line_and_the_next_an_answer(desk: Visit) -> None:
    answer = desk.ask("🙂🙂")
    assert "no word" in answer
    assert "Traceback" not in answer
    desk.page.fill("#question", RAINIER)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".turn")).to_have_count(1)  # the question that was not kept is removed
    desk.page.locator(".mark").first.wait_for()


def test_two_tabs_of_a_conversation_lose_nothing(desk: Visit) -> None:
    desk.ask(RAINIER)
    other = desk.page.context.new_page()
    other.goto(desk.page.url)
    other.locator(".turn .actions").first.wait_for()
    other.fill("#question", "Who is Matt Garman?")
    other.keyboard.press("Enter")
    expect(other.locator(".turn").nth(1).locator(".body")).to_contain_text("Garman")
    desk.ask(MERCURY)
    other.reload()
    expect(other.locator(".turn")).to_have_count(3)
    other.close()


def test_a_conversation_that_is_chosen_on_a_phone_comes_to_the_front(
    browser: Browser, chat: Server
) -> None:
    with visited(browser, chat, VIEWS[2]) as opened:
        opened.ask(RAINIER)
        opened.page.get_by_role("tab", name="Library").click()
        opened.page.get_by_role("button", name="Conversations").click()
        opened.page.locator("#new").click()
        expect(opened.page.locator(".welcome")).to_be_in_viewport()
        opened.page.get_by_role("button", name="Conversations").click()
        opened.page.locator("#conversations .title").first.click()
        assert "500.000" in opened.answer()
        expect(opened.page.locator(".mark").first).to_be_in_viewport()


def test_the_page_loads_with_all_other_hosts_blocked_and_nothing_to_complain_of(
    visit: Visit,
) -> None:
    own = visit.server.url.removeprefix("http://")
    visit.page.route(lambda url: own not in url, lambda route: route.abort())
    visit.open()
    visit.ask(RAINIER)
    visit.page.get_by_role("tab", name="Library").click()
    visit.page.locator("#library tbody tr").first.wait_for()
    assert visit.flaws("library") == []
    assert visit.hosts - {""} == {own}
    assert visit.complaints == []


@pytest.mark.parametrize("width", [360, 2560])
def test_nothing_sticks_out_sideways(browser: Browser, chat: Server, width: int) -> None:
    with visited(browser, chat, (width, 800, "dark")) as opened:
        opened.ask(RAINIER)
        opened.page.locator(".mark").first.click()
        opened.page.locator("#source mark").wait_for()
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        opened.page.keyboard.press("Escape")
        opened.page.get_by_role("tab", name="Library").click()
        opened.page.locator("#library tbody tr").first.wait_for()
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert opened.flaws("narrow or wide") == []


def test_light_and_dark_are_a_choice_that_is_kept(desk: Visit) -> None:
    desk.page.get_by_role("button", name="Light or dark").click()
    expect(desk.page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    desk.open()
    expect(desk.page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    assert desk.flaws("home") == []


def test_a_question_is_edited_and_asked_again(visit: Visit) -> None:
    visit.ask(MERCURY)
    visit.ask("Who is Matt Garman?")
    visit.page.locator(".turn").first.hover()
    visit.page.get_by_role("button", name="Edit the question").first.click()
    visit.page.locator(".edit textarea").fill(RAINIER)
    visit.page.once("dialog", lambda dialog: dialog.accept())
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".turn")).to_have_count(1)
    assert "500.000" in visit.answer()
    visit.page.get_by_role("button", name="Ask again").click()
    assert "500.000" in visit.answer()


def test_an_answer_is_copied_with_its_citations(desk: Visit) -> None:
    desk.ask(RAINIER)
    desk.page.get_by_role("button", name="Copy with citations").click()
    expect(desk.page.locator("#announced")).to_have_text("Copied")
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert "500.000" in copied
    assert "[1] “Según Garman" in copied
    assert "es-trainium-negocio.md:27" in copied


def test_a_question_is_asked_of_some_articles_only(desk: Visit) -> None:
    desk.page.get_by_role("button", name="All articles").click()
    desk.page.get_by_label("Chinese").check()
    desk.page.get_by_role("button", name="Close", exact=True).click()
    desk.ask("Trainium3是几纳米的芯片？")
    desk.page.locator(".mark").first.click()
    expect(desk.page.locator("#source .details")).to_contain_text("Chinese")
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("button", name="Chinese").click()
    desk.page.get_by_role("button", name="All", exact=True).click()
    desk.page.get_by_role("button", name="All articles").wait_for()


def test_conversations_are_kept_found_renamed_exported_and_deleted(desk: Visit) -> None:
    page = desk.page
    desk.ask("Who exactly is Matt Garman?")
    page.get_by_role("button", name="Good answer").click()
    page.get_by_label("Why? (optional)").fill("to the point")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    desk.open()
    kept = page.locator("#conversations li")
    page.get_by_label("Search conversations").fill("exactly is MATT")
    expect(kept).to_have_count(1)
    kept.locator(".title").click()
    assert "Garman" in desk.answer()
    assert page.get_by_role("button", name="Good answer").get_attribute("aria-pressed") == "true"
    page.reload()
    assert "Garman" in desk.answer()  # its address says which is open
    page.get_by_label("Search conversations").fill("exactly is matt")
    expect(kept).to_have_count(1)
    kept.locator("summary").click()
    with page.expect_download() as markdown:
        page.get_by_role("link", name="Export as Markdown").click()
    assert "## Who exactly is Matt Garman?" in markdown.value.path().read_text("utf-8")
    kept.get_by_role("button", name="Rename").click()
    page.get_by_label("Rename").fill("The chief")
    page.keyboard.press("Enter")
    page.get_by_label("Search conversations").fill("the chief")
    expect(kept.locator(".title")).to_have_text("The chief")
    with page.expect_download() as rated:
        page.get_by_role("link", name="Export good answers").click()
    (line,) = rated.value.path().read_text("utf-8").splitlines()
    assert json.loads(line)["comment"] == "to the point"
    assert desk.flaws("conversations") == []
    kept.locator("summary").click()
    page.once("dialog", lambda dialog: dialog.accept())
    kept.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("None found")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_articles_are_added_read_and_removed(visit: Visit) -> None:
    page = visit.page
    (visit.server.corpus / "photo.png").write_bytes(b"x")
    page.get_by_role("tab", name="Library").click()
    page.locator("#library tbody tr").first.wait_for()
    files = [
        {"name": "boats.md", "mimeType": "text/markdown",
         "buffer": b"# Boats\n\nThe mayor of Bergen paints nine boats every winter.\n"},
        {"name": "nothing.md", "mimeType": "text/markdown", "buffer": b"\x00\x01\x02" * 50},
    ]  # fmt: skip
    page.locator("#library input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    results = page.locator("#library .results li")
    expect(results.first).to_have_text("boats.md was added")
    expect(results.last).to_contain_text("is not text")
    row = page.locator("#library tr", has_text="boats.md")
    expect(row.locator(".badge")).to_have_text("indexed", timeout=30_000)
    unread = page.locator("#library .unread")
    unread.locator("summary").click()
    photo = unread.locator("li", has_text="photo.png")
    expect(photo).to_contain_text("a picture, and pictures are not read")
    row.get_by_role("button", name="Boats", exact=True).click()
    expect(page.locator("#source .text")).to_contain_text("nine boats")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Chat").click()
    assert "nine boats" in visit.ask("How many boats does the mayor of Bergen paint?")
    page.get_by_role("tab", name="Library").click()
    page.once("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Remove Boats").click()
    expect(row).to_have_count(0, timeout=30_000)
    assert not (visit.server.corpus / "boats.md").exists()


def test_articles_are_dropped_into_the_library(desk: Visit) -> None:
    page = desk.page
    page.get_by_role("tab", name="Library").click()
    page.locator("#library tbody tr").first.wait_for()
    data = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["The quay was painted green."], "quay.txt"));
            return data;
        }"""
    )
    for event in ("dragover", "drop"):
        page.dispatch_event("#library .drop", event, {"dataTransfer": data})
    expect(page.locator("#library .results li")).to_have_text("quay.txt was added")
    row = page.locator("#library tr", has_text="quay.txt")
    expect(row.locator(".badge")).to_have_text("indexed", timeout=30_000)
    (desk.server.corpus / "quay.txt").unlink()
    desk.server.services.indexing.start()
    assert desk.server.services.indexing.wait(60)


def test_an_answer_outlives_a_change_of_its_source(desk: Visit) -> None:
    article = desk.server.corpus / "es-trainium-negocio.md"
    original = article.read_text(encoding="utf-8")
    desk.ask(RAINIER)
    try:
        article.write_text(original.replace("# Los chips", "# Nota.\n\n# Los chips", 1), "utf-8")
        desk.page.locator(".mark").first.click()
        desk.page.locator("#source mark").wait_for()
        assert "500.000" in desk.page.locator("#source mark").inner_text()
        assert "now stand here" in desk.page.locator("#source .changed").inner_text()
    finally:
        article.write_text(original, encoding="utf-8")


def test_the_page_is_used_without_a_mouse(desk: Visit) -> None:
    page = desk.page
    page.locator("#theme").focus()
    page.keyboard.press("/")
    page.keyboard.type(RAINIER)
    page.keyboard.press("Enter")
    desk.answer()
    page.locator(".mark").first.focus()
    page.keyboard.press("Enter")
    page.locator("#source mark").wait_for()
    assert page.locator("#source").evaluate("panel => panel.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("mark")


def test_what_a_model_wrote_is_cited_or_marked_and_fetches_nothing(written: Visit) -> None:
    answer = written.ask(RAINIER)
    warnings = written.page.locator(".not-found")
    assert "Project Rainier uses more than 500,000 Trainium2 chips. [1]" in " ".join(answer.split())
    assert warnings.first.inner_text() == "(not found in the articles)"
    assert written.page.locator(".badge.lack").count() == 1
    assert written.page.locator(".answer img, .answer a").count() == 0
    assert written.hosts - {""} == {written.server.url.removeprefix("http://")}
    written.page.locator(".mark").first.click()
    expect(written.page.locator("#source mark")).to_contain_text("500.000")
    assert written.flaws("written") == []


def test_an_answer_is_stopped(written: Visit) -> None:
    page = written.page
    page.fill("#question", RAINIER)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".turn .state")).to_have_text("Stopped.")
    page.get_by_role("button", name="Send", exact=True).wait_for()
    assert "500,000" in written.ask("How many chips does Project Rainier use, all in all?")
