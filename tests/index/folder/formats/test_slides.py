"""Slides give what they show, each as a page."""

import io
from typing import Any

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.slides import load

BOX = (Inches(1), Inches(5), Inches(4), Inches(2))


def saved(shown: Any) -> bytes:
    made = io.BytesIO()
    shown.save(made)
    return made.getvalue()


def slide(shown: Any, title: str, layout: int = 5) -> Any:
    added = shown.slides.add_slide(shown.slide_layouts[layout])
    added.shapes.title.text = title
    return added


def test_a_slide_is_a_page_with_its_title_lists_tables_figures_and_notes() -> None:
    shown = pptx.Presentation()
    shown.core_properties.title, shown.core_properties.author = "The baths", "Ada Berg"
    first = slide(shown, "The pool", layout=1)
    first.placeholders[1].text = "Opens at eight\nCloses at ten"
    first.placeholders[1].text_frame.paragraphs[1].level = 1
    first.notes_slide.notes_text_frame.text = "Built in 1987."
    second = slide(shown, "Fees")
    table = second.shapes.add_table(2, 2, *BOX).table
    for number, words in enumerate(["Kind", "Fee", "child", "3|50"]):
        table.cell(number // 2, number % 2).text = words
    figures: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    figures.categories = ["East", "West"]
    figures.add_series("Visits", (19.2, 21))
    third = slide(shown, "Visits")
    third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, figures)
    read = load(saved(shown))
    assert (read.title, read.author) == ("The baths", "Ada Berg")
    assert read.text.split("\n\n") == [
        "# The pool",
        "- Opens at eight\n  - Closes at ten",
        "Built in 1987.",
        "# Fees",
        "| Kind | Fee |\n| --- | --- |\n| child | 3\\|50 |",
        "# Visits",
        "|  | Visits |\n| --- | --- |\n| East | 19.2 |\n| West | 21 |",
    ]
    pages = [read.page(read.text.index(word)) for word in ("Closes", "Built", "child", "West")]
    assert pages == [1, 1, 2, 3]


def test_what_is_hidden_or_struck_out_is_left_out_and_raised_signs_are_raised() -> None:
    shown = pptx.Presentation()
    hidden = slide(shown, "Hidden 99")
    hidden._element.set("show", "0")
    frame = slide(shown, "Fees").shapes.add_textbox(*BOX).text_frame
    for words, name, value in (
        ("10", "", ""), ("6", "baseline", "30000"), (" a ", "", ""),
        ("old 98", "strike", "sngStrike"),
    ):  # fmt: skip
        run = frame.paragraphs[0].add_run()
        run.text = words
        if name:
            run.font._element.set(name, value)
    read = load(saved(shown))
    assert read.text == "# Fees\n\n10⁶ a"
    assert read.page(0) == 2


def test_what_cannot_be_read_is_named() -> None:
    with pytest.raises(UnreadableError, match="is damaged"):
        load(saved(pptx.Presentation())[:-300])
    with pytest.raises(UnreadableError, match="0 slides and no text"):
        load(saved(pptx.Presentation()))
