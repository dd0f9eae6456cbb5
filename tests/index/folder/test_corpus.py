"""A corpus reads its files as articles, and articles are put into it and removed."""

from pathlib import Path

import pytest

from index.errors import ArticleError, NameTakenError, UnknownArticleError, UploadError
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


def test_a_path_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "secret.md", "Secret")
    (tmp_path / "corpus").mkdir()
    with pytest.raises(ArticleError, match="is not in"):
        corpus_in(tmp_path / "corpus").read("../secret.md")


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nothing.md")
    with pytest.raises(ArticleError, match="is a link to a file that is not there"):
        corpus_in(tmp_path).read("gone.md")


@pytest.mark.parametrize("key", ["title", "publisher", "author"])
def test_half_a_character_in_a_header_is_left_out(key: str) -> None:
    article = article_of("a.md", f'---\n{key}: "A\\ud800 B\\0\\e"\n---\nText'.encode())
    assert getattr(article, key) == "A B"


def test_a_file_that_no_library_was_made_for_costs_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What a detector of languages does with a text that it was not made for.
    monkeypatch.setattr("index.folder.corpus.detect_language", lambda text: text[9999])
    with pytest.raises(
        ArticleError, match=r"^a\.md: cannot be read \(IndexError\); save it anew\.$"
    ):
        article_of("a.md", b"Text")


def test_a_name_in_the_other_form_is_the_same_file(tmp_path: Path) -> None:
    corpus = corpus_in(write(tmp_path, "cafe\u0301.md", "Nine boats.").parent)
    write(tmp_path, "b.md", "Ten boats.")
    with pytest.raises(NameTakenError):
        corpus.put("caf\u00e9.md", b"Eleven boats.")
    assert corpus.put("caf\u00e9.md", b"Eleven boats.", replace=True) == "cafe\u0301.md"
    assert corpus.read("cafe\u0301.md") == b"Eleven boats."
    corpus.remove("caf\u00e9.md")
    assert list(corpus.sources()) == ["b.md"]


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


def test_an_article_is_put_into_the_folder_whole(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path / "new")
    assert corpus.put("some/where/boats.md", b"Nine boats.") == "boats.md"
    (file,) = (tmp_path / "new").iterdir()
    assert file.read_bytes() == b"Nine boats."
    assert file.stat().st_mode & 0o777 == 0o644


def test_an_article_is_replaced_only_if_that_is_meant(tmp_path: Path) -> None:
    corpus = corpus_in(write(tmp_path, "boats.md", "Nine boats.").parent)
    with pytest.raises(NameTakenError, match=r"^boats\.md: there is an article of that name"):
        corpus.put("boats.md", b"Ten boats.")
    assert corpus.read("boats.md") == b"Nine boats."
    corpus.put("boats.md", b"Ten boats.", replace=True)
    assert corpus.read("boats.md") == b"Ten boats."
    assert len(list(tmp_path.iterdir())) == 1, "no half-written file is left"


def test_a_link_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    secret = write(tmp_path, "secret.md", "Secret")
    (folder / "boats.md").symlink_to(secret)
    with pytest.raises(NameTakenError):
        corpus_in(folder).put("boats.md", b"Nine boats.", replace=True)
    assert secret.read_text(encoding="utf-8") == "Secret"


def test_what_is_no_article_is_not_put_into_the_folder(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path / "corpus")
    with pytest.raises(ArticleError, match="is empty"):
        corpus.put("empty.md", b" \n")
    with pytest.raises(UploadError, match=r"only \.md"):
        corpus.put("picture.png", b"x")
    assert not corpus.path.exists()
    file = write(tmp_path, "file", "")
    with pytest.raises(UploadError, match=r"^boats\.md cannot be written to"):
        corpus_in(file / "corpus").put("boats.md", b"Nine boats.")


def test_an_article_is_removed_unless_it_is_the_last_one(tmp_path: Path) -> None:
    corpus = corpus_in(write(tmp_path / "corpus", "a/boats.md", "Nine boats.").parent.parent)
    write(corpus.path, "whale.md", "A whale.")
    write(tmp_path, "secret.md", "Secret")
    for source in ("nothing.md", "../secret.md", "a"):
        with pytest.raises(UnknownArticleError):
            corpus.remove(source)
    corpus.remove("a/boats.md")
    with pytest.raises(UploadError, match=r"^whale\.md is the only article"):
        corpus.remove("whale.md")
    assert list(corpus.sources()) == ["whale.md"]
