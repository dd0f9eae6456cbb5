"""A file's text is what Python's text mode reads with the encoding that was found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import Settings
from index.folder.decoding import NotTextError, decode, decode_as

CORPUS = Settings().corpus_dir
_LANGUAGES = {"gb18030": "zh-*.md", "cp1252": "es-*.md", "latin-1": "it-*.md"}
# A byte-order mark at the start of a text looks like the file's own.
_CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\n\t", exclude_characters="\ufeff"
)


def articles(pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob(pattern))]


@given(st.text(_CHARACTERS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_comes_back_as_it_was(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", *_LANGUAGES],
)
def test_opening_the_file_with_the_encoding_gives_the_text(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    for text in articles(_LANGUAGES.get(encoding, "*-*.md")):
        # An old code page lacks some signs, and so does an article saved in it.
        data = text.replace("\n", line_end).encode(encoding, "ignore")
        decoded, found = decode(data)
        file = tmp_path / "article.md"
        file.write_bytes(data)
        assert decoded == file.read_text(encoding=found) == decode_as(data, found)
        assert decoded == text.encode(encoding, "ignore").decode(encoding).lstrip("\ufeff")


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except NotTextError:
        return
    assert decode_as(data, encoding) == text
    assert "\0" not in text
    assert "\r" not in text


@pytest.mark.parametrize(
    "text",
    [
        "It costs 20€ – the year’s best “deal” so far, they say; nobody else had anything like it.",
        "At 20°C the plates are 50 µm wide, and it takes three hours until they are dry again.",
        "La città è più cara di un anno fa, dicono i commercianti del centro storico di Torino.",
    ],
)
def test_a_few_western_letters_are_not_taken_for_another_script(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_a_broken_byte_in_utf8_is_named_not_guessed_around() -> None:
    data = "Perché la città è così lontana?".encode()
    with pytest.raises(NotTextError, match="broken byte at 10"):
        decode(data[:10] + b"\xff" + data[10:])
