"""A text file gives its own text, with the title that its header or first heading states."""

import pytest

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.plain import load


def test_the_text_is_the_decoded_file() -> None:
    text = "---\ntitle: A\n---\n\n# B\n\nText\u3000港\n"
    for encoding in ("utf-8", "gb18030"):
        extracted = load(text.encode(encoding))
        assert (extracted.text, extracted.encoding) == (text, encoding)
        assert extracted.text[extracted.body :] == "\n# B\n\nText\u3000港\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: A\n---\n# B", "A"),
        ("Text\n\n## B ##\n\n# C", "B"),
        ("#B\n\nText", None),
        ("####### B", None),
        ("Text", None),
        ("```sh\n# B\n```\n\n# C", "C"),
        ("Run:\n\n    # B\n    ls\n\n# C", "C"),
        ("<!-- # B -->\n<!--\n# B\n-->\n# C", "C"),
    ],
)
def test_the_title_is_the_headers_or_the_first_heading(text: str, title: str | None) -> None:
    assert load(text.encode()).title == title


def test_a_problem_of_the_header_becomes_the_end_of_a_sentence() -> None:
    problem = load(b"---\ntitle: A: B\n---\nText").problem
    assert problem == "header is not valid YAML at line 2; read without it."


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^is not text; save it as UTF-8\.$"):
        load(bytes(range(256)))
