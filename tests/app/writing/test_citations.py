"""Marks become citations, and no mark is left that nothing stands behind."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement import Difference, Findings, Shared, Stated
from app.answer import Agreement, Conflict, ConflictingValue, Piece
from app.evidence.evidence import Evidence
from app.writing.citations import (
    Citations,
    Mark,
    SourceText,
    SourceTitle,
    cited_agreements,
    cited_conflicts,
    independent,
    resolve,
    stands,
)
from index.chunking import quotable_spans, split
from index.folder.formats.extracted import Extracted
from index.search import Passage
from tests.files import ARTICLES, FARO, HARBOUR, article_of


def source_text(name: str, text: str) -> SourceText:
    return SourceText(article_of(name, text.encode()).info(), Extracted(text=text))


def evidence_of(name: str, text: str) -> list[Evidence]:
    """Return every sentence of an article as evidence."""
    return [
        Evidence(
            Passage(chunk, 1.0), chunk.start + start, chunk.start + end, chunk.text[start:end], 1
        )
        for chunk in split(article_of(name, text.encode()))
        for start, end in quotable_spans(chunk)
    ]


SOURCES = {name: source_text(name, text) for name, text in ARTICLES.items()}
EVIDENCE = [evidence for name, text in ARTICLES.items() for evidence in evidence_of(name, text)]


def resolved(
    draft: Sequence[str | Mark | SourceTitle],
    evidence: Sequence[Evidence] = EVIDENCE,
    sources: Mapping[str, SourceText] = SOURCES,
) -> list[Piece]:
    return [
        part for part in resolve(draft, evidence, Citations(sources)) if isinstance(part, Piece)
    ]


def texts(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(["A ", Mark(0)], ["A ", "[1]"], id="a mark"),
        pytest.param([Mark(3), Mark(1), Mark(3)], ["[1]", "[2]", "[1]"], id="by first use"),
        pytest.param([Mark(2), Mark(2)], ["[1]"], id="a repeat collapses"),
        pytest.param([Mark(2), "", Mark(2)], ["[1]"], id="empty text does not part repeats"),
        pytest.param([Mark(2), Mark(99), Mark(2)], ["[1]"], id="nor does an unknown mark"),
        pytest.param([Mark(2), " B ", Mark(2)], ["[1]", " B ", "[1]"], id="text does"),
        pytest.param(["A", Mark(99), Mark(-1)], ["A"], id="unknown marks vanish"),
        pytest.param(["A [7]"], ["A [7]"], id="brackets in the text are text"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_marks(draft: list[str | Mark], expected: list[str]) -> None:
    assert texts(resolved(draft)) == expected


def test_a_source_is_named_by_its_title_which_cites_nothing() -> None:
    pieces = resolved(["So says ", SourceTitle(0), " ", Mark(0)])
    title = SOURCES[EVIDENCE[0].source].info.title
    assert texts(pieces) == ["So says ", title, " ", "[1]"]
    assert [piece.citation is None for piece in pieces] == [True, True, True, False]


def test_a_citation_says_where_its_words_stand() -> None:
    evidence = evidence_of("harbour.md", HARBOUR)
    position = next(
        i for i, e in enumerate(evidence) if e.text == "Its lighthouse is 46 metres tall."
    )
    (piece,) = resolved([Mark(position)], evidence)
    citation = piece.citation
    assert citation is not None
    assert citation.quote == "Its lighthouse is 46 metres tall."
    assert HARBOUR[citation.start : citation.end] == citation.quote
    assert HARBOUR.splitlines()[citation.line_start - 1].startswith(citation.quote)
    assert citation.line_end == citation.line_start == 15
    assert (citation.title, citation.language) == ("A quiet harbour", "en")
    assert (citation.published, citation.url) == ("2025-12-03", "https://example.org/harbour")


def test_words_over_two_lines_say_both() -> None:
    text = "First.\n\nThe harbour\nclosed.\nLast."
    (_, evidence, _) = evidence_of("a.md", text)
    (piece,) = resolved([Mark(0)], [evidence], {"a.md": source_text("a.md", text)})
    assert piece.citation is not None
    assert (piece.citation.line_start, piece.citation.line_end) == (3, 4)


@pytest.mark.parametrize(
    "now",
    ["", FARO[1:], FARO.replace("1987", "1988")],
    ids=["the file is gone", "the words have moved", "the words have changed"],
)
def test_a_mark_whose_words_no_longer_stand_is_dropped(now: str) -> None:
    evidence = evidence_of("es/faro.md", FARO)
    changed = {"es/faro.md": replace(SOURCES["es/faro.md"], extracted=Extracted(text=now))}
    assert not stands(evidence[0], changed)
    assert texts(resolved(["A ", Mark(0)], evidence, changed)) == ["A "]
    assert texts(resolved(["A ", Mark(0)], evidence, {})) == ["A "]


_DRAFTS = st.lists(st.one_of(st.text(max_size=5), st.integers(-3, len(EVIDENCE) + 3).map(Mark)))


@given(_DRAFTS, st.sets(st.sampled_from(sorted(SOURCES))))
def test_no_mark_is_an_orphan_and_every_citation_is_verbatim(
    draft: list[str | Mark], gone: set[str]
) -> None:
    sources = {name: source for name, source in SOURCES.items() if name not in gone}
    pieces = resolved(draft, EVIDENCE, sources)
    cited = [piece.citation for piece in pieces if piece.citation is not None]
    for piece in pieces:
        assert piece.citation is None or piece.text == f"[{piece.citation.number}]"
    assert list(dict.fromkeys(c.number for c in cited)) == list(range(1, len(set(cited)) + 1))
    assert all(ARTICLES[c.source][c.start : c.end] == c.quote for c in cited)
    assert "".join(p.text for p in pieces if p.citation is None) == "".join(
        part for part in draft if isinstance(part, str)
    )
    for one, other in itertools.pairwise(pieces):
        assert one.citation is None or one.citation is not other.citation


def cited(*positions: int) -> Citations:
    """Return the citations of an answer that marks the evidence at these positions."""
    citations = Citations(SOURCES)
    list(resolve([Mark(position) for position in positions], EVIDENCE, citations))
    return citations


def test_agreements_and_conflicts_are_by_the_numbers_of_their_citations() -> None:
    findings = Findings(
        agreements=(Shared("alike", (4, 2)),),
        conflicts=(Difference("height", (Stated("46 m", (1,)), Stated("44 m", (4, 2)))),),
    )
    citations = cited(2, 1, 4)
    assert cited_agreements(findings, EVIDENCE, citations) == (Agreement("alike", (1, 3)),)
    values = (ConflictingValue("46 m", (2,)), ConflictingValue("44 m", (1, 3)))
    assert cited_conflicts(findings, EVIDENCE, citations) == (Conflict("height", values),)


def test_what_an_answer_does_not_cite_it_does_not_report() -> None:
    findings = Findings(
        agreements=(Shared("alike", (0, 3)),),
        conflicts=(Difference("height", (Stated("46 m", (0,)), Stated("44 m", (3,)))),),
    )
    citations = cited(0)
    assert cited_agreements(findings, EVIDENCE, citations) == ()
    assert cited_conflicts(findings, EVIDENCE, citations) == ()


def test_articles_of_one_story_do_not_agree_with_each_other() -> None:
    evidence = [evidence_of(name, HARBOUR)[0] for name in ("a.md", "b.md", "c.md")]
    infos = {name: source_text(name, HARBOUR).info for name in ("a.md", "b.md", "c.md")}
    stories = {"a.md": "a.md", "b.md": "a.md", "c.md": None}
    sources = {
        name: SourceText(replace(info, story=stories[name]), Extracted(text=HARBOUR))
        for name, info in infos.items()
    }
    findings = Findings(agreements=(Shared("x", (0, 1)), Shared("x", (0, 1, 2))))
    assert independent(findings, evidence, sources).agreements == (Shared("x", (0, 1, 2)),)
