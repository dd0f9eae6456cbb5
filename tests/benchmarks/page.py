"""Measure the time until the page can be used, and from a question to its first words.

    python -m tests.benchmarks.page http://127.0.0.1:7860

The web chat must be running. Each question is also asked over the API, which returns the time of
`ask()` alone.
"""

import argparse
import statistics
import time
from collections.abc import Sequence

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import find_browser

VISITS = 10
QUESTIONS = [
    "How many Trainium2 chips does Project Rainier use?",
    "Who is Matt Garman?",
    "¿Cuándo compró Nvidia a Mellanox?",
    "Trainium3是几纳米的芯片？",
] * 5
REST_S = 2.5  # after an answer, while its suggestions are found

# Records when Enter is pressed and when the first paragraph of an answer is there, in milliseconds.
WATCH = """() => {
  addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
  new MutationObserver(() => {
    if (!window.shown && document.querySelector(".turn .body p")) window.shown = performance.now();
  }).observe(document.body, { childList: true, subtree: true });
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    address = parser.parse_args().address
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        report("usable, s", [seconds_to_usable(browser, address) for _ in range(VISITS)])
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#question")
        page.evaluate(WATCH)
        shown, bare = [], []
        for question in QUESTIONS:
            answer = httpx.post(f"{address}/api/ask", json={"question": question}, timeout=60)
            bare.append(answer.json()["seconds"]["total"] * 1000)
            shown.append(ms_to_first_words(page, question))
            time.sleep(REST_S)
        report("first words after Enter, ms", shown)
        report("ask() alone, ms", bare)
        browser.close()


def seconds_to_usable(browser: Browser, address: str) -> float:
    """Return the time until a question can be typed, without a browser cache."""
    context = browser.new_context()
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.fill("#question", "x")
    taken = time.perf_counter() - started
    context.close()
    return taken


def ms_to_first_words(page: Page, question: str) -> float:
    """Ask in a new conversation; return the time from Enter to the first words."""
    page.locator("#new").click()
    page.fill("#question", question)
    page.evaluate("() => { window.shown = null; }")
    page.keyboard.press("Enter")
    page.wait_for_function("window.shown")
    return float(page.evaluate("window.shown - window.pressed"))


def report(name: str, values: Sequence[float]) -> None:
    """Print the median and the largest value."""
    print(f"{name}: median {statistics.median(values):.3g}, largest {max(values):.3g}")


if __name__ == "__main__":
    main()
