"""Chinese that a browser prints is read as it was written."""

import pytest

from index.folder.formats.pdf import load
from tests.rendering import browser_page

pytestmark = pytest.mark.browser

HEADING = "一、概况"
# Browsers leave a gap, which is no space, between Chinese and figures; and 一 is drawn flat.
SENTENCE = "唯一的一次发生在2024年8月13日，共打捞310吨，比上一年少3次，pH值为7.2。"
ITEMS = ("建设8公顷湿地。", "每周采样一次。")


def test_chinese_that_a_browser_prints_is_read_as_it_was_written() -> None:
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    html = f"<body><h2>{HEADING}</h2><p>{SENTENCE}</p><ol>{items}</ol></body>"
    with browser_page() as page:
        page.set_content(f"<html lang=zh>{html}</html>")
        printed = page.pdf()
    assert load(printed).text.split("\n\n")[-3:] == [
        f"# {HEADING}",
        SENTENCE,
        f"1. {ITEMS[0]}\n2. {ITEMS[1]}",
    ]
