"""What a browser shows of a web page, as a second and independent reading of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from tests.browser import find_browser

# Raised and lowered signs are marked as such, and what is struck out is left out: `innerText` has
# the words of both and does not tell. What opens at a click is opened.
_SHOWN = """root => {
    document.querySelectorAll("details").forEach(each => { each.open = true; });
    document.querySelectorAll("sup").forEach(each => each.prepend("^"));
    document.querySelectorAll("sub").forEach(each => each.prepend("_"));
    document.querySelectorAll("body *").forEach(each => {
        const style = getComputedStyle(each);
        const isStruck = style.textDecorationLine.includes("line-through");
        if (isStruck || style.clip === "rect(0px, 0px, 0px, 0px)") each.replaceWith(" ");
    });
    return (document.querySelector(root) || document.body).innerText;
}"""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₋₊", "0123456789-+")
_RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_LOWERED_RUN = re.compile("[₀₁₂₃₄₅₆₇₈₉₋₊]+")
_MARKER = re.compile(r"^[> ]*\d+\. ", re.MULTILINE)  # of an item: shown, but not in `innerText`
_FIGURE = re.compile(r"[\^_]?-?\d+(?:[.,:/]\d+)*")


@contextmanager
def browser_page() -> Iterator[Page]:
    """Open a page in a browser without a network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        try:
            context = browser.new_context(offline=True)
            context.route("**/*", lambda route: route.abort())
            yield context.new_page()
        finally:
            browser.close()


def shown(page: Page, html: str, root: str = "body") -> str:
    """Return the text that the browser shows of a part of a page, or of all where there is none."""
    page.set_content(html, wait_until="domcontentloaded")
    text: str = page.evaluate(_SHOWN, root)
    return text


def figures(text: str) -> set[str]:
    """Return the numbers, dates and times in a text, raised ones behind a ^, lowered ones a _."""
    text = re.sub(r"([\^_])\(", r"\1", _MARKER.sub("", text))
    text = _RAISED_RUN.sub(lambda run: f"^{run[0].translate(_RAISED)}", text)
    text = _LOWERED_RUN.sub(lambda run: f"_{run[0].translate(_LOWERED)}", text)
    return set(_FIGURE.findall(text))
