"""An article says its title, language, date and address; which files are one is plain."""

from pathlib import Path

import pytest

from index.errors import ArticleError
from index.folder.article import ArticleInfo
from tests.files import HARBOUR, article_of, corpus_in, write


def text_now(folder: Path, info: ArticleInfo) -> tuple[str, bool]:
    extracted, is_as_indexed = corpus_in(folder).read_again(info)
    return extracted.text, is_as_indexed


def test_the_header_is_read() -> None:
    article = article_of("harbour.md", HARBOUR.encode())
    assert (article.title, article.language) == ("A quiet harbour", "en")
    assert (article.published, article.publisher) == ("2025-12-03", "The Gazette")
    assert article.url == "https://example.org/harbour"
    assert article.problem is None
    assert article.text == HARBOUR
    assert article.text[article.body :].lstrip().startswith("# The harbour")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\ntitle: "A: B"\n---\n# C\n\nText', "A: B"),
        ("---\ntitle: 2025\n---\nText", "2025"),
        ("---\ntitle: yes\n---\nText", "yes"),
        ("---\ntitle: |\n  Two\n  lines\n---\nText", "Two lines"),
        ("---\ntitle:\n---\n# C #\n\nText", "C"),
        ("Text\n\n## Later\n\nText", "Later"),
        ("Text", "name"),
    ],
)
def test_the_title_is_the_headers_or_the_first_heading_or_the_files_name(
    text: str, title: str
) -> None:
    article = article_of("folder/name.md", text.encode())
    assert article.title == title
    assert article.problem is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("---\nlanguage: no\n---\nText", "no"),  # Norwegian, not YAML's false
        ("---\nlanguage:\n---\nIl porto è stato chiuso ai mercantili nel 1987.", "it"),
        ("El puerto cerró a los cargueros en 1987.", "es"),
        ("港口于1987年关闭，那里还有十二艘渔船。", "zh"),
        ("1987", "und"),
    ],
)
def test_the_language_is_the_headers_or_is_detected(text: str, language: str) -> None:
    assert article_of("name.md", text.encode()).language == language


@pytest.mark.parametrize("published", ["2025-12-03", "2025-12-03T10:00:00Z", "2025-12-03 10:00"])
def test_the_date_is_a_day(published: str) -> None:
    article = article_of("name.md", f"---\npublished: {published}\n---\nText".encode())
    assert (article.published, article.problem) == ("2025-12-03", None)


def test_articles_are_files_that_can_be_read_but_not_the_readme_or_what_is_hidden(
    tmp_path: Path,
) -> None:
    articles = ["a.md", "b.TXT", "c.pdf", "d.HTML", "sub/README.md", "sub/deep/ä 港.md"]
    others = ["README.md", "c.png", "md", ".hidden.md", ".git/d.md", "sub/.e/f.md"]
    for name in [*articles, *others]:
        write(tmp_path, name, "Text")
    (tmp_path / "folder.md").mkdir()
    assert list(corpus_in(tmp_path).sources()) == articles


def test_a_path_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "secret.md", "Secret")
    (tmp_path / "corpus").mkdir()
    with pytest.raises(ArticleError, match="is not in"):
        corpus_in(tmp_path / "corpus").read("../secret.md")


def test_a_file_that_has_changed_is_not_as_it_was_indexed(tmp_path: Path) -> None:
    file = write(tmp_path, "a.md", "Qué año", encoding="latin-1")
    info = article_of("a.md", file.read_bytes()).info()
    assert text_now(tmp_path, info) == ("Qué año", True)
    file.write_bytes("Qué día".encode("latin-1"))
    assert text_now(tmp_path, info) == ("Qué día", False)


def test_a_file_that_is_no_longer_in_its_encoding_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, "a.md", "Qué año")
    info = article_of("a.md", file.read_bytes()).info()
    file.write_bytes(b"\xff\xff")
    with pytest.raises(ArticleError, match=r"^a\.md: is no longer utf-8 text\.$"):
        text_now(tmp_path, info)
