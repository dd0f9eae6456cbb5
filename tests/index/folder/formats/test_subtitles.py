"""Subtitles are running text, and each part of it knows when it is said."""

import pytest

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.subtitles import load

SRT = """1
00:00:01,000 --> 00:00:04,000
<i>The library</i> closes
at six.

2
00:00:04,200 --> 00:00:06,000
{\\an8}On <font color="#fff">Sunday</font> 2 < 3 &amp; it

3
00:00:06,000 --> 00:00:08,000
stays shut.

4
01:02:03,000 --> 01:02:05,000
- Why?
- For repairs.
"""
VTT = """WEBVTT - A talk

STYLE
::cue { color: red }

NOTE a remark

intro
00:01.000 --> 00:04.000 align:start
<v Ada Berg>The <b>library</b> closes at six.</v>

00:04.000 --> 00:06.000
<v Ada Berg>It opens <00:05.000><c>at nine.</c></v>

00:06.000 --> 00:08.000
<v Bo Lind>Thanks.</v>
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n"])
def test_captions_are_joined_to_sentences_that_know_their_time(line_end: str, start: str) -> None:
    read = load((start + SRT).replace("\n", line_end).encode())
    assert read.text.split("\n\n") == [
        "The library closes at six. On Sunday 2 < 3 & it stays shut.",
        "- Why?",
        "- For repairs.",
    ]
    times = [read.place(read.text.index(word)) for word in ("The", "On", "stays", "Why", "For")]
    assert times == ["0:00:01", "0:00:04", "0:00:06", "1:02:03", "1:02:03"]


def test_speakers_are_named_where_they_begin_and_styles_and_notes_left_out() -> None:
    read = load(VTT.encode())
    assert read.text.split("\n\n") == [
        "Ada Berg: The library closes at six. It opens at nine.",
        "Bo Lind: Thanks.",
    ]


def test_a_line_that_rolls_from_one_caption_to_the_next_is_said_once() -> None:
    lines = ["The library", "closes at six", "on Sundays."]
    captions = [
        f"00:00:0{i}.000 --> 00:00:0{i + 1}.000\n{before}\n{line}\n"
        for i, (before, line) in enumerate(zip([" ", *lines], lines, strict=False))
    ]
    vtt = "WEBVTT\n\n" + "\n".join(captions)
    assert load(vtt.encode()).text == "The library closes at six on Sundays."
    song = "WEBVTT\n\n00:01.000 --> 00:02.000\nNo!\n\n00:02.000 --> 00:03.000\nNo!\n"
    assert load(song.encode()).text == "No! No!"


def test_words_of_scripts_without_spaces_are_joined_without_one() -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:02,000\n图书馆\n\n2\n00:00:02,000 --> 00:00:03,000\n六点关门。\n"
    )
    assert load(srt.encode("gb18030")).text == "图书馆六点关门。"


def test_captions_without_a_proper_time_are_counted() -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n0:3 --> 00:00:04\nTwo.\n"
    problem = load(srt.encode()).problem
    assert problem == "has captions whose time is not as it should be (1), which are not read."
    assert load(SRT.encode()).problem is load(VTT.encode()).problem is None


@pytest.mark.parametrize("data", [b"no captions", b"WEBVTT\n\nx --> y\nwords\n"])
def test_what_has_no_captions_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="has no captions"):
        load(data)
