"""The passages of a set become articles that the index reads as they are."""

from pathlib import Path

import pytest

from app.evaluation.article_files import write_articles
from index.training.question_sets import SetPassage
from tests.files import corpus_in


def test_each_passage_is_a_file_of_its_own_whatever_its_id(tmp_path: Path) -> None:
    passages = [
        SetPassage(name, "", f"Passage {name}.", "en", "key")
        for name in ("a/b", "..", "a:b", "a b")
    ]
    sources = write_articles(passages, tmp_path)
    assert list(sources.values()) == [passage.id for passage in passages]
    assert sorted(sources) == sorted(path.name for path in tmp_path.iterdir())
    for source, passage in zip(sources, passages, strict=True):
        assert (tmp_path / source).read_text("utf-8").endswith(f"---\n{passage.text}\n")


def test_a_lone_surrogate_is_replaced(tmp_path: Path) -> None:
    write_articles([SetPassage("p", "", "Bees \ud800 swarm.", "en", "key")], tmp_path)
    assert (tmp_path / "000000.md").read_text("utf-8").endswith("Bees ? swarm.\n")


@pytest.mark.parametrize(
    "title",
    ["", 'A "quoted": title', "---", "two\nlines", "\x00\x7f\u2028", "'", "# no", "x" * 9000, "港"],
)
def test_any_title_leaves_a_passage_its_language_and_text(tmp_path: Path, title: str) -> None:
    passage = SetPassage("xq:0/1#2", title, "Bees swarm in June.", "es", "key")
    assert write_articles([passage], tmp_path) == {"000000.md": "xq:0/1#2"}
    corpus = corpus_in(tmp_path)
    (source,) = map(str, corpus.sources())
    article = corpus.parse(source, corpus.read(source))
    assert (article.language, article.problem) == ("es", None)
    assert article.text[article.body :] == "Bees swarm in June.\n"
