"""Org's headings, lists, tables and code are Markdown's; what it hides is left out."""

import pytest

from index.folder.formats.org import load

TEXT = """#+TITLE: The marina
#+AUTHOR: Ada Berg
#+DATE: <2025-12-03 Wed>
#+STARTUP: overview
A *bold* [[https://example.org][link]].
* TODO Pier one :open:
  DEADLINE: <2025-12-05 Fri>
  :PROPERTIES:
  :ID: 99
  :END:
It has 80 berths.
# a comment 98
** Fees
| Kind  | Fee |
|-------+-----|
| child | 3   |
- Go in.
  1. Slowly.
+ [X] Sit down.
#+begin_src python
* = 1
# no comment
#+end_src
#+BEGIN_COMMENT
hidden 97
#+END_COMMENT
#+begin_quote
It was /quiet/.
#+end_quote
* COMMENT Hidden 96
** Hidden 95
* Last
"""


def test_the_structure_is_kept_and_what_is_hidden_left_out() -> None:
    read = load(TEXT.encode())
    assert (read.title, read.author, read.published) == ("The marina", "Ada Berg", "2025-12-03")
    assert read.text.split("\n\n") == [
        "# The marina",
        "A bold link.",
        "## TODO Pier one :open:",
        "  DEADLINE: <2025-12-05 Fri>\nIt has 80 berths.",
        "### Fees",
        "| Kind | Fee |\n| --- | --- |\n| child | 3 |",
        "- Go in.\n  1. Slowly.\n- [X] Sit down.",
        "```python\n* = 1\n# no comment\n```",
        "> It was quiet.",
        "## Last",
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10^6 and x_{2}", "10⁶ and x₂"),
        ("2 * 3 * 4 and a/b/c and snake_case_name", "2 * 3 * 4 and a/b/c and snake_case_name"),
        ("it was +99+ 98, =code= and ~more~", "it was 98, code and more"),
        ("| a | b |\n| 1 | 2 |", "|  |  |\n| --- | --- |\n| a | b |\n| 1 | 2 |"),
        (
            "|---+---|\n| a | b |\n|---+---|\n| 1 | 2 |\n|---+---|",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("[[https://example.org]]", "https://example.org"),
        (": fixed 1", "fixed 1"),
        ("Note[fn:1].\n\n[fn:1] In 1987.", "Note[1].\n\n[1] In 1987."),
    ],
)
def test_marks_are_read_as_what_they_mean(text: str, read: str) -> None:
    assert load(text.encode()).text == read
