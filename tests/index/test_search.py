"""Passages are found by meaning across languages, and by their words."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from app.settings import Settings
from index.encoder.embedding import SentenceTransformerEncoder, Vectors
from index.language.scripts import is_wide
from index.library import Library
from index.search import EVERYTHING, Scope
from tests.conftest import OpenLibrary, on_both
from tests.encoders import BagOfWords
from tests.files import library_of, write

pytestmark = on_both


@pytest.fixture
def indexed(corpus: Path, library: Library) -> Library:
    write(corpus, "ship.md", "---\nlanguage: en\n---\nThe ship AND-4B sailed. NOT all OR some did.")
    library.sync()
    return library


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("lighthouse", "harbour.md"),
        ("LIGHTHOUSE", "harbour.md"),
        ("Ottesen", "harbour.md"),
        ("46", "harbour.md"),
        ("cargueros", "es/faro.md"),
        ("渔船", "gang.txt"),
        ("AND-4B", "ship.md"),
    ],
)
def test_words_find_names_and_figures(indexed: Library, question: str, source: str) -> None:
    best = indexed.find(question, 3)[0]
    assert best.chunk.source == source
    assert best.score == 1, "the first of both rankings"


def test_accents_do_not_matter_to_words(indexed: Library) -> None:
    assert indexed.find("cerro", 1)[0].chunk.source == "es/faro.md"


@pytest.mark.parametrize(
    "noise",
    ['"', "'", '" OR "', "NEAR(a b, 3)", "words:", "*", "^", "-", "a AND", "(((", ";--", "%_", "\0",
     "{words}: a", "NOT", "\\", "# ---", "[1]", "🚢", "\u202e", "א ב", "x" * 2000],
)  # fmt: skip
def test_operators_and_punctuation_are_harmless(indexed: Library, noise: str) -> None:
    found = indexed.find(f"{noise} lighthouse Ottesen {noise}", 9)
    assert "harbour.md" in {passage.chunk.source for passage in found[:2]}
    indexed.find(noise, 9)


def test_passages_come_best_first_each_once_and_no_more_than_asked_for(indexed: Library) -> None:
    for limit in (1, 2, 99):
        found = indexed.find("The harbour of Skagen", limit)
        assert 0 < len(found) <= limit
        scores = [passage.score for passage in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert len({passage.chunk.id for passage in found}) == len(found)


class OneLanguageApart(BagOfWords):
    """Puts texts of one language close together whatever they say, as multilingual encoders do."""

    def _vector(self, text: str) -> Vectors:
        vector = super()._vector(text)
        vector[self.dimension("zh" if any(map(is_wide, text)) else "en")] += 1
        return cast(Vectors, vector / np.linalg.norm(vector))


def test_the_questions_own_language_does_not_crowd_out_others(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    encoder = OneLanguageApart()
    corpus = tmp_path / "two languages"
    for number in range(40):
        write(corpus, f"en{number}.md", f"---\nlanguage: en\n---\nNote {number} on boats.")
        write(corpus, f"zh{number}.md", f"---\nlanguage: zh\n---\n第{number}条消息。")
    write(corpus, "answer.md", "---\nlanguage: zh\n---\n消息里说到Quokka在岛上。")
    library = open_library(encoder, corpus)
    library.sync()
    question = encoder.encode_question("Quokka")
    english, answer = encoder.encode_passages(["Note 1 on boats.", "消息里说到Quokka在岛上。"])
    assert english @ question > answer @ question, "by its cosine alone, the answer would come last"
    assert library.find("Quokka", 1)[0].chunk.source == "answer.md"
    assert library.find("Quokka", 1)[0].score == 1
    few = Scope(sources=frozenset({"answer.md", *(f"en{number}.md" for number in range(40))}))
    assert library.find("Quokka", 1, scope=few)[0].chunk.source == "answer.md"
    assert library.find("Quokka", 1, scope=few)[0].score == 1, "nor if the scope has few"


@pytest.mark.parametrize(
    ("scope", "sources"),
    [
        (EVERYTHING, {"harbour.md", "es/faro.md", "gang.txt", "ship.md"}),
        (Scope(languages=frozenset({"en"})), {"harbour.md", "ship.md"}),
        (Scope(languages=frozenset({"es", "zh"})), {"es/faro.md", "gang.txt"}),
        (Scope(sources=frozenset({"es/faro.md", "ship.md"})), {"es/faro.md", "ship.md"}),
        (Scope(frozenset({"en"}), frozenset({"es/faro.md", "ship.md"})), {"ship.md"}),
        (Scope(frozenset({"zh"}), frozenset({"es/faro.md", "ship.md"})), set()),
        (Scope(languages=frozenset({"en", "fi"})), {"harbour.md", "ship.md"}),
        (Scope(languages=frozenset({"fi"})), set()),
        (Scope(sources=frozenset({"gone.md"})), set()),
        (Scope(languages=frozenset()), set()),
        (Scope(sources=frozenset()), set()),
    ],
)
def test_only_articles_in_the_scope_are_found(
    indexed: Library, scope: Scope, sources: set[str]
) -> None:
    # A word of each article, so that both rankings could find all of them.
    question = "lighthouse pesca 渔船 sailed"
    assert {p.chunk.source for p in indexed.find(question, 99, scope=scope)} == sources
    infos = indexed.articles().values()
    assert {info.source for info in infos if scope.has(info)} == sources


def test_a_narrow_scope_is_searched_whole(tmp_path: Path, open_library: OpenLibrary) -> None:
    corpus = tmp_path / "many"
    for number in range(100):
        write(corpus, f"{number}.md", "---\nlanguage: en\n---\nA net, a net and a net.")
    write(corpus, "far.md", "---\nlanguage: en\n---\nSomewhere one net lay by a quiet old pier.")
    library = open_library(folder=corpus)
    library.sync()
    assert "far.md" not in {p.chunk.source for p in library.find("a net", 30)}
    (found,) = library.find("a net", 30, scope=Scope(sources=frozenset({"far.md"})))
    assert found.chunk.source == "far.md"
    assert found.score == 1, "the first of both rankings within the scope"


@pytest.fixture(scope="module")
def shipped(
    encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    library = library_of(Settings().corpus_dir, tmp_path_factory.mktemp("shipped"), encoder)
    library.sync()
    yield library
    library.close()


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("How did Hacker News readers react to Trainium3?", "zh", "Hacker News"),
        ("¿Qué opinaron los lectores de Hacker News?", "zh", "Hacker News"),
        ("Cosa si sa di Trainium4?", "en", "Trainium4"),
        ("亚马逊有多少家公司使用Trainium2？", "es", "100.000"),
        ("How many companies use Trainium2?", "es", "100.000"),
        ("¿Cuántos microsegundos tarda un chip en llegar a otro?", "it", "10 microsecondi"),
        ("芯片之间的延迟是多少微秒？", "en", "10 microseconds"),
        ("Quanti chip Trainium2 sono in produzione?", "es", "1 millón"),
    ],
)
def test_a_question_finds_the_passage_in_another_language(
    shipped: Library, question: str, language: str, words: str
) -> None:
    found = [passage.chunk for passage in shipped.find(question, 10)]
    assert any(chunk.language == language and words in chunk.text for chunk in found)
