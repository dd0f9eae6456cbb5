"""A file is put into the folder under the last part of its name, if that is safe."""

import pytest

from index.errors import UploadError
from index.folder.file_names import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("boats.md", "boats.md"),
        ("some/where\\boats.md", "boats.md"),
        ("../../etc/boats.txt", "boats.txt"),
        ("  two \t boats.PDF ", "two boats.PDF"),
        ("港口.html", "港口.html"),
        ("会议\u3000纪要.md", "会议\u3000纪要.md"),
        ("Notes 9.41\u202fPM.md", "Notes 9.41\u202fPM.md"),
        ("گزارش\u200cها.md", "گزارش\u200cها.md"),
        ("👩\u200d🔬 lab.md", "👩\u200d🔬 lab.md"),
        ("sub/readme.txt", "readme.txt"),
    ],
)
def test_only_the_last_part_of_a_name_counts(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "is no name for an article"),
        ("folder/", "only .md, .markdown, .txt"),
        (".hidden.md", "is no name for an article"),
        ("~$boats.docx", "is no name for an article"),
        ("..", "is no name for an article"),
        ("CON\u202e.md", "is no name for an article"),
        ("CON\u2028.md", "is no name for an article"),
        ("CON\x1b[2J.md", "is no name for an article"),
        ("\udcff.md", "is no name for an article"),
        ("a" * 300 + ".md", "is too long a name"),
        ("港" * 70 + ".md", "is too long a name"),
        ("picture.png", "only .md, .markdown, .txt"),
        ("md", "only .md, .markdown, .txt"),
        ("ReadMe.md", "describes the folder"),
    ],
)
def test_a_name_that_is_not_safe_is_refused(name: str, reason: str) -> None:
    with pytest.raises(UploadError, match=reason) as raised:
        safe_name(name)
    assert "\n" not in str(raised.value)
