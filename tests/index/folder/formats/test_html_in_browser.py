"""Every figure that a browser shows of a page's article is read, and none that it does not show."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from index.folder.formats.html import load
from tests.rendering import browser_page, figures, shown

pytestmark = pytest.mark.browser

_STYLE = (
    "<style>.gone{display:none} .late{visibility:hidden} .struck{text-decoration:line-through}"
    ".clipped{position:absolute;clip:rect(0 0 0 0)} @media print{.print{display:none}}</style>"
)
_FILLER = "<p>The harbour of Skagen was rebuilt after the flood, and the works took long.</p>"
_NUMBERS = st.one_of(
    st.integers(0, 99_999).map(str),
    st.integers(1900, 2100).map("3 May {}".format),
    st.decimals(0, 999, places=2).map(str),
    st.integers(0, 59).map("12:{:02}".format),
)
_INLINE = st.sampled_from(
    ["time", "output", "abbr", "data", "kbd", "var", "samp", "small", "dfn", "ins", "mark", "label",
     "tt", "u", "i", "b", "em", "strong", "cite", "code", "q", "span", "bdi", "nobr", "custom-tag",
     "sup", "sub", "a href=/x", "font", "big", "s", "del", "strike", "noscript", "template",
     "span hidden", "span class=gone", "b class=late", "i class=struck", "i class=clipped",
     "i class=print", "span style='display:none'", "span aria-hidden=true", "select", "iframe"]
)  # fmt: skip
_BLOCK = st.sampled_from(
    ["p", "div", "section", "blockquote", "figure", "figcaption", "address", "pre", "h2", "h3",
     "aside", "header", "footer", "center", "fieldset", "div hidden", "div class=gone", "dialog",
     "details open", "details open><summary>When?</summary", "ul><li", "ol><li", "dl><dt",
     "dl><dd", "table><tr><td", "table><caption>Boats</caption><tr><td", "table><tr><th>N</th><td"]
)  # fmt: skip


def _closing(opening: str) -> str:
    names = [each.split(" ")[0] for each in opening.split("><") if not each.endswith("</summary")]
    names = [name for name in names if not name.startswith(("caption>", "summary>", "th>"))]
    return "".join(f"</{name}>" for name in reversed(names))


@st.composite
def _lines(draw: st.DrawFn) -> str:
    pieces = []
    for number in draw(st.lists(_NUMBERS, min_size=1, max_size=4)):
        tag = draw(st.none() | _INLINE)
        pieces.append(number if tag is None else f"<{tag}>{number}</{tag.split(' ')[0]}>")
    return f"It is {' and '.join(pieces)} today."


@st.composite
def _bodies(draw: st.DrawFn) -> str:
    blocks = []
    for line in draw(st.lists(_lines(), min_size=1, max_size=5)):
        tag = draw(_BLOCK)
        blocks.append(f"<{tag}>{line}{_closing(tag)}")
    return _FILLER + _FILLER.join(blocks) + _FILLER


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser_page() as opened:
        yield opened


@given(body=_bodies())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_figures_are_read_as_they_are_shown(page: Page, body: str) -> None:
    html = (
        f"<!DOCTYPE html><html><head><title>x</title>{_STYLE}</head><body><nav>Home 7007</nav>"
        f"<article><h1>Harbour</h1>{body}</article><footer>All rights 8008</footer></body></html>"
    )
    assert figures(load(html.encode()).text) == figures(shown(page, html, "article"))
