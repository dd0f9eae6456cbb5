"""A saved web page gives its article and its metadata, and not its menus."""

import pytest

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.html import all_text, load

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
    assert load(page.encode()).text == "```\nBoats: 12\n```"


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


def read(body: str, head: str = "") -> str:
    """Return the text of what stands in an article between two paragraphs."""
    filler = "<p>The harbour of Skagen closed to freighters in 1987, and boats are left.</p>" * 2
    page = f"<html><head>{head}</head><body><article>{filler}{body}{filler}</article></body></html>"
    blocks = load(page.encode()).text.split("\n\n")
    return "\n\n".join(block for block in blocks if not block.startswith("The harbour of Skagen"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>On <time datetime='2027-05-01'>1 May</time> it opens.</p>", "On 1 May it opens."),
        ("<p>A <output>1</output> <meter>2</meter> <kbd>3</kbd> <var>4</var> "
         "<data value=9>5</data> <label>6</label> <abbr title=9>7</abbr> <samp>8</samp>.</p>",
         "A 1 2 3 4 5 6 7 8."),
        ("<p>She called it <q>a museum</q>.</p>", 'She called it "a museum".'),
        ("<p>It has 12<b> </b>34 and 5<i>6</i> Groß&shy;segel.</p>",
         "It has 12 34 and 56 Großsegel."),
        ("<p>10<sup>6</sup>, 10<sup>-3</sup>, x<sup>n</sup>, m<sup>2</sup>, 3<sup>1.5</sup></p>",
         "10⁶, 10⁻³, xⁿ, m², 3^(1.5)"),
        ("<p>The 1<sup>st</sup>, in 2023<sup><a href='#1'>1</a></sup> or 2024<sup>[2]</sup></p>",
         "The 1st, in 2023¹ or 2024[2]"),
        ("<p>H<sub>2</sub>O, x<sub>12</sub>, T<sub>Q</sub></p>", "H₂O, x₁₂, T_Q"),
        ("<p>It is <math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>"
         "</math> or "
         "<math><msup><mi>x</mi><mn>2</mn></msup><annotation>x^2</annotation></math>.</p>",
         "It is (a + 1)/2 or x²."),
        ("<p>It is <span><math><mn>1</mn></math></span><span aria-hidden=true>1</span>.</p>",
         "It is 1."),
        ("<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>は</p>", "港(みなと)は"),
        ("<table><caption>Boats of 1987</caption><thead><tr><td>Boat<td>Length</thead>"
         "<tfoot><tr><td>All<td>24</tfoot><tr><td>Havn<td>12</table>",
         "Boats of 1987\n\n| Boat | Length |\n| --- | --- |\n| Havn | 12 |\n| All | 24 |"),
        ("<table><tr><th>Year<th>Boats<tr><td rowspan=2>1987<td>12<tr><td>13</table>",
         "| Year | Boats |\n| --- | --- |\n| 1987 | 12 |\n| 1987 | 13 |"),
        ("<table><thead><tr><th rowspan=2>Boat<th colspan=2>Length<tr><th>m<th>ft</thead>"
         "<tr><td>Havn<td>12<td>39</table>",
         "| Boat | Length m | Length ft |\n| --- | --- | --- |\n| Havn | 12 | 39 |"),
        ("<table><tr><td><table><tr><td>1</td><td>2</td></tr></table></td><td>3</td></tr></table>",
         "|  |  |\n| --- | --- |\n| 1 | 2 |\n\n3"),
        ("<figure><img alt=9><figcaption>In 1987</figcaption></figure>", "In 1987"),
        ("<blockquote><p>It was 35.</p><footer>The log, 36</footer></blockquote>",
         "> It was 35.\n>\n> The log, 36"),
        ("<dl><dt>Length</dt><dd>46 m</dd><dd>47 m</dd></dl>", "- Length\n  - 46 m\n  - 47 m"),
        ("<ol start=5><li>a<li value=9>b<li>c</ol>", "5. a\n9. b\n10. c"),
        ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
        ("<address>Quay 12</address><fieldset><legend>34</legend>56</fieldset>"
         "<div>7</div><div>8</div>",
         "Quay 12\n\n34\n\n56\n\n7\n\n8"),
        ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
        ("<pre>1<br>2</pre>", "```\n1\n2\n```"),
        ("<h2><button>When?</button></h2><p>At 12. <button>Go on</button></p>"
         "<button>Share</button>", "## When?\n\nAt 12. Go on"),
        ("<details><summary>When?</summary>At 12.</details>", "When?\n\nAt 12."),
        ("<aside><p>In brief: 41 boats.</p></aside><p class=byline>Ada, 4 May 2025</p>",
         "In brief: 41 boats.\n\nAda, 4 May 2025"),
    ],
)  # fmt: skip
def test_what_a_person_sees_is_read(body: str, text: str) -> None:
    assert read(body) == text


@pytest.mark.parametrize(
    "unseen",
    [
        "<s>9</s>", "<del>9</del>", "<strike>9</strike>", "<span hidden>9</span>",
        "<span style='text-decoration: line-through'>9</span>", "<i class=struck>9</i>",
        "<span style='display: none'>9</span>", "<span style='visibility:hidden'>9</span>",
        "<i class=gone>9</i>", "<i id=none>9</i>", "<i class=clipped>9</i>",
        "<b><i class=in>9</i></b>",
        "<template>9</template>", "<noscript>9</noscript>", "<script>9</script>", "<!-- 9 -->",
        "<span role=tooltip>9</span>", "<select><option>9</select>", "<textarea>9</textarea>",
        "<iframe>9</iframe>", "<video>9</video>", "<canvas>9</canvas>",
        "<svg><title>9</title></svg>",
        "<abbr title=9></abbr>", "<input value=9>", "<span popover>9</span>",
    ],
)  # fmt: skip
def test_what_no_person_sees_is_left_out(unseen: str) -> None:
    style = (
        "<style>/* } */ .struck{text-decoration:line-through} @media screen{.gone{display:none}}"
        "#none{display:none} .none{display:block} b > .in{visibility:hidden}"
        ".clipped{position:absolute;clip:rect(0 0 0 0)}</style>"
    )
    assert read(f"<p>It costs {unseen} 5.</p>", style).split() == ["It", "costs", "5."]


@pytest.mark.parametrize(
    "seen",
    [
        "<i class=print>8</i>", "<i class=narrow>8</i>", "<i class='gone shown'>8</i>",
        "<i class=gone style='display:inline'>8</i>", "<i class=broken>8</i>",
        "<i aria-hidden=true>8</i>",
        "<i hidden class=shown>8</i>", "<i class=hid><b class=seen>8</b></i>",
        "<i class=sr-only>8</i>",
        "<i hidden=until-found>8</i>", "<i class=before>8</i>",
    ],
)  # fmt: skip
def test_what_only_seems_to_be_hidden_is_read(seen: str) -> None:
    style = (
        "<style>@media print{.print{display:none}} @media (max-width:600px){.narrow{display:none}}"
        ".gone{display:none} .shown{display:inline!important} .hid{visibility:hidden}"
        ".seen{visibility:visible} .broken:{display:none} .before::before{display:none}"
        "body{visibility:hidden}</style>"
    )
    assert read(f"<p>It costs {seen} 5.</p>", style).split() == ["It", "costs", "8", "5."]


def test_what_lies_over_a_page_or_leads_elsewhere_is_left_out() -> None:
    over = (
        "<div class='cookie-banner'><p>We use cookies to give you the best of all experiences, and "
        "share data with 98 partners who measure it.</p></div>"
        "<div role=dialog aria-modal=true><p>Subscribe to 99 stories.</p></div>"
    )
    beside = (
        "<div class=related-posts><p>97 things that you will like</p></div><nav>96</nav>"
        "<div><ul><li><a href=/a>95 more boats</a></li></ul></div>"
    )
    assert read(over + beside) == ""


def test_digits_around_what_is_struck_out_make_no_number() -> None:
    assert read("<p>It costs 5<del>0</del>6.</p>") == "It costs 5 6."


def test_a_page_is_read_in_the_encoding_that_it_states() -> None:
    page = PAGE.replace("utf-8", "windows-1250").replace("Ottesen", "Dvořák")
    assert "Dvořák" in load(page.encode("cp1250")).text
    assert "Dvořák" in load(page.encode("utf-8")).text


def test_a_page_in_xml_is_read() -> None:
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        "<body><p><a id='x'/>A whale was seen in 1987.</p><p>It was 12 m long.</p></body></html>"
    )
    assert load(page.encode()).text == "A whale was seen in 1987.\n\nIt was 12 m long."


def test_a_page_that_names_no_body_is_read() -> None:
    assert load(b"<style>a{display:none}</style><h1>Harbour</h1><p>It has 12 boats.</p>").text == (
        "# Harbour\n\nIt has 12 boats."
    )


def test_rows_begin_their_lines_however_the_page_is_indented() -> None:
    table = (
        "<table>\n <thead><tr><th>Day</th><th>Hour</th></tr></thead>\n"
        " <tbody>\n  <tr><td>Monday</td><td>9</td></tr>\n </tbody>\n</table>"
    )
    assert all_text(table.encode()) == "| Day | Hour |\n| --- | --- |\n| Monday | 9 |"
