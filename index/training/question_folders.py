"""Folders of articles with questions over them, in which every sentence that answers is marked.

A folder has `articles/` and `questions.jsonl`, a JSON object a line: `q`, `lang`, and either what
answers (`evidence`, sentences verbatim) or `none` with what seems to (`near`). Conversations over
the articles of folders `a`, `b` … stand in `talk/dialogues.jsonl` beside them: the same for each
turn, with `history`, the questions before it, and an `id` that begins with `talk-a01`.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from index.chunking import Chunk, split
from index.conversation import in_conversation
from index.folder.article import Article
from index.folder.corpus import Corpus
from index.folder.extraction import Extractor
from index.language.sentences import Span, overlap
from index.training.question_sets import QuestionSetError, read_lines

QUESTIONS, ARTICLES = "questions.jsonl", "articles"
_DIALOGUES = Path("talk", "dialogues.jsonl")


class Mark(BaseModel):
    """A sentence of an article."""

    model_config = ConfigDict(strict=True)

    src: str  # how the name of the file begins
    text: str


class QuestionLine(BaseModel):
    """A line of `questions.jsonl`. Other fields are ignored."""

    model_config = ConfigDict(strict=True)

    id: str | None = None
    q: str
    lang: str = Field(pattern="^[a-z]{2}$")
    any: tuple[str, ...] = ()  # strings, one of which stands in each sentence that answers
    src: tuple[str, ...] = ()  # how the names of files begin where they count
    none: bool = False
    kind: str | None = None  # what is asked for, or why there is no answer
    evidence: tuple[Mark, ...] = ()  # all that answers
    near: Mark | tuple[Mark, ...] | None = None  # what would be quoted by mistake

    @property
    def traps(self) -> tuple[Mark, ...]:
        """All that would be quoted by mistake."""
        if self.near is None:
            return ()
        return self.near if isinstance(self.near, tuple) else (self.near,)


class Earlier(BaseModel):
    """A question before a turn, and what answered it, if anything did."""

    q: str
    evidence: Mark | None = None


class Turn(QuestionLine):
    """A line of the dialogues: a question, with those before it."""

    history: tuple[Earlier, ...]
    standalone: str  # the question as it would be asked alone
    meta: str | None = None  # no question for the articles, but a greeting or the like


@dataclass(frozen=True, slots=True)
class FolderQuestion:
    """A question over a folder, with where its answers stand."""

    text: str
    language: str  # ISO 639-1
    kind: str | None
    answers: Mapping[int, tuple[Span, ...]]  # spans in the text of chunks, by their index
    traps: Mapping[int, tuple[Span, ...]]  # likewise, of what only seems to answer
    is_follow_up: bool = False  # whether the text has the questions before it too


@dataclass(frozen=True, slots=True)
class QuestionFolder:
    """The chunks of a folder of articles, and questions over them."""

    name: str
    chunks: tuple[Chunk, ...]
    questions: tuple[FolderQuestion, ...]


def is_question_folder(folder: Path) -> bool:
    """Whether a folder has articles and questions over them."""
    return (folder / QUESTIONS).is_file() and (folder / ARTICLES).is_dir()


def read_question_folder(folder: Path) -> QuestionFolder:
    """Read a folder of articles with questions.

    Raises:
        CorpusError: the articles cannot be read.
        QuestionSetError: a line of the questions cannot be read.
    """
    articles = list(_articles(folder / ARTICLES))
    chunks = tuple(chunk for article in articles for chunk in split(article))
    lines = [line for _, line in read_lines(folder / QUESTIONS, QuestionLine)]
    questions = [_question(line.q, line, articles, chunks) for line in lines]
    for turn in read_turns(folder):
        if turn.meta is None and _is_over(articles, turn):
            text = in_conversation([earlier.q for earlier in turn.history], turn.q)
            questions.append(
                _question(text, turn, articles, chunks, is_follow_up=bool(turn.history))
            )
    return QuestionFolder(folder.resolve().name, chunks, tuple(questions))


def read_turns(folder: Path) -> list[Turn]:
    """Read the turns of the conversations over the articles of a folder, if there are any.

    Raises:
        QuestionSetError: a line of the dialogues cannot be read.
    """
    file = folder.parent / _DIALOGUES
    if not file.exists():
        return []
    own = re.compile(rf"talk-{re.escape(folder.resolve().name)}\d")
    return [turn for _, turn in read_lines(file, Turn) if own.match(turn.id or "")]


def _question(
    text: str,
    line: QuestionLine,
    articles: Sequence[Article],
    chunks: Sequence[Chunk],
    *,
    is_follow_up: bool = False,
) -> FolderQuestion:
    return FolderQuestion(
        text,
        line.lang,
        line.kind,
        _located(line.evidence, articles, chunks),
        _located(line.traps, articles, chunks),
        is_follow_up,
    )


def _is_over(articles: Sequence[Article], line: QuestionLine) -> bool:
    """Whether all that is marked stands in these articles: a turn may change to others."""
    return all(
        any(article.source.startswith(mark.src) for article in articles)
        for mark in (*line.evidence, *line.traps)
    )


def find_question_folders(places: Sequence[Path], *, without: Sequence[str] = ()) -> list[Path]:
    """Return the folders of articles with questions in `places`, in the order of their names.

    Raises:
        QuestionSetError: there is none, or none of the name of one that is to be left out.
    """
    found = [file.parent for place in places for file in place.glob(f"*/{QUESTIONS}")]
    found = sorted((one for one in found if is_question_folder(one)), key=lambda one: one.name)
    names = [folder.name for folder in found]
    looked_in = ", ".join(map(str, places))
    for name in without:
        if name not in names:
            raise QuestionSetError(
                f"There is no folder {name} in {looked_in} to leave out: {names}."
            )
    found = [folder for folder in found if folder.name not in without]
    if not found:
        raise QuestionSetError(
            f"There is no folder with {ARTICLES}/ and {QUESTIONS} in {looked_in}; "
            "name the one above them."
        )
    return found


def read_question_folders(
    places: Sequence[Path], *, without: Sequence[str] = ()
) -> list[QuestionFolder]:
    """Read the folders of articles with questions in `places`, in the order of their names.

    Raises: as `find_question_folders` and `read_question_folder`.
    """
    return [
        read_question_folder(folder) for folder in find_question_folders(places, without=without)
    ]


def _articles(folder: Path) -> Iterator[Article]:
    with tempfile.TemporaryDirectory(prefix="corpus-chat-") as texts:
        corpus = Corpus(folder, Extractor(Path(texts)))
        for source in corpus.sources():
            if isinstance(source, str):
                yield corpus.parse(source, corpus.read(source))
        corpus.close()


def _located(
    marks: Sequence[Mark], articles: Sequence[Article], chunks: Sequence[Chunk]
) -> dict[int, tuple[Span, ...]]:
    """Return the spans of marked sentences in the text of the chunks that have most of one.

    Raises:
        QuestionSetError: no article has such a sentence.
    """
    spans: dict[int, list[Span]] = {}
    for mark in marks:
        if not any(mark.text in a.text and a.source.startswith(mark.src) for a in articles):
            raise QuestionSetError(
                f"No article {mark.src}… has the sentence {mark.text!r}; mark words that it has."
            )
        for article in articles:
            start = article.text.find(mark.text, article.body)
            if start < 0 or not article.source.startswith(mark.src):
                continue
            end = start + len(mark.text)
            for i, chunk in enumerate(chunks):
                first, last = max(start, chunk.start), min(end, chunk.end)
                is_here = overlap((start, end), (chunk.start, chunk.end))
                if chunk.source == article.source and is_here:
                    spans.setdefault(i, []).append((first - chunk.start, last - chunk.start))
    return {i: tuple(found) for i, found in spans.items()}
