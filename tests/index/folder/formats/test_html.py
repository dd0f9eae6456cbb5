"""A saved web page gives its article and its metadata, and not its menus."""

import pytest

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.html import load

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0031)https://example.org/harbour.html -->
<html lang="en"><head><meta charset="utf-8"><title>A quiet harbour | The Gazette</title>
<meta property="og:title" content="A quiet harbour">
<meta property="og:site_name" content="The Gazette">
<meta name="author" content="Ada Berg">
<meta property="article:published_time" content="2025-12-03T08:00:00Z"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>A quiet harbour</h1>
<p>The harbour of Skagen closed to freighters in 1987. Twelve fishing boats are left, and the
men who own them are older every year.</p>
<h2>The lighthouse</h2>
<p>Its lighthouse is 46&nbsp;metres tall. A keeper named <a href="/o">Ottesen</a> looks after it
since the spring of last year.</p>
<table><tr><th>Boat</th><th>Length</th></tr><tr><td>Havn</td><td>12 m</td></tr></table>
<ul><li>It is painted red.</li><li>It can be visited in summer.</li></ul></article>
<footer>Copyright 1998-2025. All rights reserved. Cookies.</footer></body></html>
"""


def test_the_article_is_read_and_its_surroundings_are_not() -> None:
    text = load(PAGE.encode()).text
    paragraphs = text.split("\n\n")
    assert paragraphs[0] == "# A quiet harbour"
    assert "## The lighthouse" in paragraphs
    assert "Twelve fishing boats are left, and the men who own them are older every year." in text
    assert "Its lighthouse is 46 metres tall. A keeper named Ottesen looks after it" in text
    assert "| Boat | Length |\n| --- | --- |\n| Havn | 12 m |" in paragraphs
    assert "- It is painted red.\n- It can be visited in summer." in paragraphs
    assert not any(word in text for word in ("Sport", "Cookies", "<"))


def test_the_metadata_of_a_page_is_read() -> None:
    page = load(PAGE.encode())
    assert (page.title, page.publisher, page.author) == (
        "A quiet harbour", "The Gazette", "Ada Berg"
    )  # fmt: skip
    assert (page.published, page.url) == ("2025-12-03", "https://example.org/harbour.html")


def test_no_date_is_taken_from_anywhere_else() -> None:
    page = load(PAGE.replace("2025-12-03T08", "").encode())
    assert page.published is None


def test_a_page_in_an_older_encoding_is_read() -> None:
    paragraph = "亚马逊的新芯片比上一代快四倍，今年年底之前将投入使用。" * 5
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<title>新芯片</title></head><body><article><p>{paragraph}</p></article></body></html>"
    )
    assert paragraph in load(page.encode("gb2312")).text


def test_a_page_without_an_article_gives_all_its_text() -> None:
    page = "<html><body><pre>Boats: 12</pre></body></html>"
    assert load(page.encode()).text == "> Boats: 12"


def test_a_page_that_is_nested_too_deeply_is_named() -> None:
    deep = "<div>" * 300
    assert "lighthouse" in (page := load(PAGE.replace("</article>", deep + "lost").encode())).text
    assert page.problem == "is nested so deeply that not all of it is read."
    with pytest.raises(UnreadableError, match="nested too deeply"):
        load(f"{deep}A whale was seen.".encode())


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<p>Via Roma 1<br>20121 Milano<br>Italy</p>", ["Via Roma 1 20121 Milano Italy"]),
        ("<ul><li>one<ul><li>two</li></ul></li><li><p>three</p></li></ul>",
         ["- one\n  - two\n- three"]),
        ("<blockquote>The river <b>Po</b> rose by <em>three</em> metres.</blockquote>",
         ["> The river Po rose by three metres."]),
        ("<table><tr><td>2001<br>x</td><td><p>five</p><p>six</p></td></tr></table>",
         ["|  |  |\n| --- | --- |\n| 2001 x | five six |"]),
        ("<table><tr><td>a</td><td>b|c</td><td>d</td></tr><tr><td>1</td><td></td><td>3</td></tr></table>",
         ["| a | b\\|c | d |\n| --- | --- | --- |\n| 1 |  | 3 |"]),
        ("<p>To open it:</p><ol><li>Turn.<ol><li>Slowly.</li></ol></li><li>Pull.</li></ol>",
         ["To open it:", "1. Turn.\n   1. Slowly.\n2. Pull."]),
        ("<pre><code>ls -l\ncd ..</code></pre>", ["```\nls -l\ncd ..\n```"]),
        ("<h3>It is <i>red</i></h3><p>Was <code>x</code>.</p>", ["### It is red", "Was x."]),
    ],
)  # fmt: skip
def test_no_words_are_joined_and_no_sentence_is_split(body: str, paragraphs: list[str]) -> None:
    filler = "<p>The harbour of Skagen closed to freighters in 1987, and boats are left.</p>" * 3
    page = f"<html><body><article>{filler}{body}{filler}</article></body></html>"
    read = load(page.encode()).text.split("\n\n")
    start = next(i for i, text in enumerate(read) if not text.startswith("The harbour"))
    assert read[start : start + len(paragraphs)] == paragraphs
