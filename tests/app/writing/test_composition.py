"""Whatever happens on the way, an answer ends with one account of what was written."""

from collections.abc import Iterator, Sequence

import pytest

from app.agreement import Difference, Findings, Shared, Stated
from app.answer import Piece, Statement, Withdrawal
from app.evidence.evidence import Evidence
from app.phrases import phrases
from app.question.question import Question, Turn
from app.writing.citations import Claim, Mark, SourceText
from app.writing.composition import Grounds, StreamedPart, Written, compose, refuse, write
from app.writing.model.failures import LanguageModelError
from index.chunking import split
from index.folder.formats.extracted import Extracted
from index.search import Passage
from tests.files import ARTICLES, article_of

QUESTION = Question("How tall is the lighthouse?", "en")
TALL, KEEPER = "Its lighthouse is 46 metres tall.", "A keeper named Ottesen looks after it."
WORDS = phrases("en")


def evidence_of(name: str, sentence: str) -> Evidence:
    article = article_of(name, ARTICLES[name].encode())
    chunk = next(chunk for chunk in split(article) if sentence in chunk.text)
    start = article.text.index(sentence)
    return Evidence(Passage(chunk, 1.0), start, start + len(sentence), sentence, 0.9)


GROUNDS = Grounds(
    evidence=(evidence_of("harbour.md", TALL), evidence_of("harbour.md", KEEPER)),
    sources={
        name: SourceText(article_of(name, text.encode()).info(), Extracted(text=text))
        for name, text in ARTICLES.items()
    },
)


class Scripted:
    """An answerer that drafts what it is given, then fails if it is told to."""

    def __init__(self, *draft: str | Mark | Claim, fails: bool = False) -> None:
        self.model = "openai:scripted"
        self._draft = draft
        self._fails = fails

    def draft(
        self, question: Question, evidence: Sequence[Evidence], findings: Findings
    ) -> Iterator[str | Mark | Claim]:
        yield from self._draft
        if self._fails:
            raise LanguageModelError("broken")

    def load(self) -> None: ...

    def check(self) -> str | None:
        return None

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        return None


def parts(stream: Iterator[StreamedPart | Written]) -> tuple[list[StreamedPart], Written]:
    """Return what was streamed, and the account that must come last and once."""
    *streamed, written = stream
    assert isinstance(written, Written)
    rest = [part for part in streamed if not isinstance(part, Written)]
    assert len(rest) == len(streamed)
    return rest, written


def shown(streamed: Sequence[StreamedPart]) -> tuple[StreamedPart, ...]:
    """Return the pieces and statements since the last withdrawal."""
    positions = [i for i, part in enumerate(streamed) if isinstance(part, Withdrawal)]
    return tuple(streamed[positions[-1] + 1 :] if positions else streamed)


WITHDRAWN, NONE_GIVEN = WORDS.withdrawn, WORDS.none_given
FAILED = WORDS.model_failed.replace("{failure}", WORDS.failures["broken"])


@pytest.mark.parametrize(
    ("answerer", "notice", "is_withdrawn"),
    [
        (Scripted("It is. ", Claim("It is.", GROUNDS.evidence[:1])), None, False),
        (Scripted("It is. ", Claim("It is.", ())), WITHDRAWN, True),
        (Scripted("It says:"), WITHDRAWN, True),
        (Scripted(), NONE_GIVEN, False),
        (Scripted("It is", fails=True), FAILED, True),
        (Scripted(fails=True), FAILED, False),
    ],
    ids=["supported", "unsupported", "no claim", "nothing", "stopped half way", "failed at once"],
)
def test_what_is_shown_is_the_models_or_the_evidence_with_a_notice_why(
    answerer: Scripted, notice: str | None, is_withdrawn: bool
) -> None:
    streamed, written = parts(compose(answerer, QUESTION, GROUNDS))
    assert [part for part in shown(streamed) if isinstance(part, Piece)] == [*written.pieces]
    assert any(isinstance(part, Withdrawal) for part in streamed) is is_withdrawn
    assert written.reason is None
    if notice is None:
        assert (written.model, written.notices) == (answerer.model, ())
    else:
        assert written.model is None
        assert written.pieces[0].text == WORDS.found
        assert written.notices == (notice.format(model=answerer.model),)


def test_a_refusal_says_so_and_cites_nothing() -> None:
    streamed, written = parts(refuse(QUESTION, GROUNDS, "weak evidence"))
    assert streamed == [Piece(WORDS.not_found)]
    assert (written.reason, written.statements, written.model) == ("weak evidence", (), None)


def test_agreements_and_conflicts_have_the_numbers_of_the_marks() -> None:
    grounds = Grounds(
        evidence=GROUNDS.evidence,
        sources=GROUNDS.sources,
        findings=Findings(
            agreements=(Shared("alike", (1, 0)),),
            conflicts=(Difference("height", (Stated("46", (0,)), Stated("44", (1,)))),),
        ),
    )
    _, written = parts(write(["A ", Mark(1), " B ", Mark(0)], grounds))
    assert [agreement.citations for agreement in written.agreements] == [(1, 2)]
    assert [value.citations for value in written.conflicts[0].values] == [(2,), (1,)]


def test_a_statement_comes_after_the_marks_of_its_sentence() -> None:
    streamed, _ = parts(write(["It is.", Claim("It is.", GROUNDS.evidence[:1])], GROUNDS))
    assert [type(part) for part in streamed] == [Piece, Piece, Piece, Statement]
