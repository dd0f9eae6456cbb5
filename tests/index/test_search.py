"""Passages are found by meaning, across languages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from app.settings import Settings
from index.encoder.embedding import SentenceTransformerEncoder, Vectors
from index.language.scripts import is_wide
from index.library import Library
from index.search import EVERYTHING, Scope, find
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
def test_what_is_nearest_comes_first_in_any_language(
    indexed: Library, bag: BagOfWords, question: str, source: str
) -> None:
    best, second = indexed.find(question, 2)
    assert best.chunk.source == source
    (vector,) = bag.encode_passages([best.chunk.in_context])
    assert best.score == pytest.approx(float(vector @ bag.encode_question(question)), abs=1e-4)
    assert best.score > second.score


@pytest.mark.parametrize("question", ["…", "", "\0", "🚢"])
def test_a_question_without_words_does_no_harm(indexed: Library, question: str) -> None:
    found = indexed.find(question, 99)
    assert len({passage.score for passage in found}) == 1, "nothing is nearer than anything else"
    assert len(found) == indexed.count()


def test_passages_come_best_first_each_once_and_no_more_than_asked_for(indexed: Library) -> None:
    for limit in (1, 2, 99):
        found = indexed.find("The harbour of Skagen", limit)
        assert 0 < len(found) <= limit
        scores = [passage.score for passage in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len({passage.chunk.id for passage in found}) == len(found)


class OneLanguageApart(BagOfWords):
    """Puts texts of one language close together whatever they say, as multilingual encoders do."""

    def _vector(self, text: str) -> Vectors:
        vector = super()._vector(text)
        vector[self.dimension("zh" if any(map(is_wide, text)) else "en")] += 1
        return cast(Vectors, vector / np.linalg.norm(vector))


def two_languages(folder: Path) -> Path:
    """Write articles in two languages, of which one in the other language answers."""
    for number in range(40):
        write(folder, f"en{number}.md", f"---\nlanguage: en\n---\nNote {number} on boats.")
        write(folder, f"zh{number}.md", f"---\nlanguage: zh\n---\n第{number}条消息。")
    write(folder, "answer.md", "---\nlanguage: zh\n---\n消息里说到Quokka在岛上。")
    return folder


FEW = Scope(sources=frozenset({"answer.md", *(f"en{number}.md" for number in range(40))}))


def test_the_questions_own_language_does_not_crowd_out_others(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    encoder = OneLanguageApart(is_language_fair=False)
    library = open_library(encoder, two_languages(tmp_path / "two languages"))
    library.sync()
    question = encoder.encode_question("Quokka")
    english, answer = encoder.encode_passages(
        [library.chunks_of(source)[0].in_context for source in ("en1.md", "answer.md")]
    )
    assert english @ question > answer @ question, "by its cosine alone, the answer would come last"
    for scope in (EVERYTHING, FEW):
        best, *others = library.find("Quokka", 9, scope=scope)
        assert best.chunk.source == "answer.md"
        assert 1 > best.score > max(other.score for other in others)


def test_cosines_are_compared_as_they_are_if_the_encoder_is_fair_to_languages(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    encoder = OneLanguageApart(is_language_fair=True)
    library = open_library(encoder, two_languages(tmp_path / "two languages"))
    library.sync()
    assert library.find("Quokka", 1)[0].chunk.language == "en"


def test_what_is_far_from_all_that_is_usual_has_a_score(
    open_library: OpenLibrary, corpus: Path
) -> None:
    encoder = BagOfWords(is_language_fair=False)
    library = open_library(encoder)
    library.sync()
    build = library._current.snapshot()
    usual = encoder.encode_passages(["lighthouse"] * 9)
    odd = replace(build, backgrounds=dict.fromkeys(build.backgrounds, usual))
    found = find("lighthouse", 9, build=odd, encoder=encoder)
    assert found[0].chunk.source == "harbour.md"
    assert all(0 <= passage.score <= 1 for passage in found)


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
    question = "lighthouse pesca 渔船 sailed"
    assert {p.chunk.source for p in indexed.find(question, 99, scope=scope)} == sources
    infos = indexed.articles().values()
    assert {info.source for info in infos if scope.has(info)} == sources


@pytest.mark.parametrize("own", ["caf\u00e9.md", "cafe\u0301.md"])
def test_a_scope_may_name_an_article_in_nfc_or_in_nfd(
    corpus: Path, library: Library, own: str
) -> None:
    write(corpus, own, "A whale sailed by.")
    library.sync()
    for asked in ("caf\u00e9.md", "cafe\u0301.md"):
        (found,) = library.find("whale", 9, scope=Scope(sources=frozenset({asked})))
        assert found.chunk.source == own


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
