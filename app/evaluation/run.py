"""Asks the questions of a task over a temporary index of its own."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.assistant import Assistant
from app.evaluation.article_files import write_articles
from app.evaluation.questions import Query, Task
from app.evidence.evidence import Evidence
from app.settings import Settings
from index.search import EVERYTHING, Passage, Scope
from index.sync import ShowProgress

DEPTH = 10  # passages that count as found
FIRST = 5  # chunks

# Chunks to find, so that there are ten passages among them: a passage may have several.
_CHUNKS = 40


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a pool of passages: ids of passages or, in a folder, names of files."""

    passages: tuple[str, ...]  # up to `DEPTH`, each once, best first
    first: tuple[str, ...]  # the passages of the first `FIRST` chunks
    evidence_rank: int | None  # of the first sentence that answers, from 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one question."""

    query: Query
    everywhere: Found  # in the pool of all passages, or of the candidates of the question
    by_language: Mapping[str, Found]  # in the pool of the passages in each language
    chunk_rank: int | None  # of the first chunk that answers, from 1
    is_looked_at: bool  # whether a chunk that answers is among those whose sentences are ranked
    is_own_language: bool | None  # whether an article in the question's language may answer
    answered: bool
    is_cited: bool  # whether a quotation that is shown answers
    probability: float
    seconds: Mapping[str, float]  # by step, in the pool of all passages


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An assistant over a temporary index."""

    assistant: Assistant
    ids: Mapping[str, str]  # of passages, by source; empty: passages have no ids

    def find(self, query: Query, scope: Scope) -> tuple[Sequence[str], Sequence[str]]:
        """Return the names of the passages found, and of those that the first chunks are from."""
        found = self.assistant.library.find(query.text, _CHUNKS, scope=scope)
        return self.names(found)[:DEPTH], self.names(found[:FIRST])

    def scope(self, passages: Collection[str]) -> Scope:
        """Return the scope of the passages with these ids."""
        return Scope(sources=frozenset(s for s, i in self.ids.items() if i in passages))

    def names(self, passages: Iterable[Passage]) -> list[str]:
        """Return the ids of passages, or the names of their files, each once."""
        sources = dict.fromkeys(passage.chunk.source for passage in passages)
        return [self.ids.get(source, source) for source in sources]


def ask_all(
    task: Task,
    settings: Settings,
    *,
    indexing: ShowProgress = lambda done, total: None,
    asking: ShowProgress = lambda done, total: None,
    open_assistant: Callable[[Settings], Assistant] = Assistant,
) -> list[Outcome]:
    """Ask every question of `task`; the index in `settings` is not touched.

    Raises:
        CorpusChatError: the folder of articles or the model cannot be used.
    """
    with open_index(task, settings, indexing, open_assistant) as index:
        outcomes = []
        asking(0, len(task.queries))
        for query in task.queries:
            outcomes.append(_ask(query, task, index))
            asking(len(outcomes), len(task.queries))
    return outcomes


@contextlib.contextmanager
def open_index(
    task: Task,
    settings: Settings,
    progress: ShowProgress = lambda done, total: None,
    open_assistant: Callable[[Settings], Assistant] = Assistant,
) -> Iterator[OpenIndex]:
    """Index the corpus of a task until the context ends.

    Raises: as `ask_all`.
    """
    with tempfile.TemporaryDirectory(prefix="corpus-chat-") as name:
        corpus, ids = task.folders.get("", Path(name, "articles")), {}
        if task.passages:
            corpus.mkdir()
            ids = write_articles(task.passages.values(), corpus)
        for place, folder in task.folders.items():
            if place:
                shutil.copytree(folder, corpus / place)
        folders = {"corpus_dir": corpus, "index_dir": Path(name, "index")}
        assistant = open_assistant(settings.model_copy(update=folders))
        try:
            assistant.prepare(progress=progress)
            yield OpenIndex(assistant, ids)
        finally:
            assistant.library.close()


def _ask(query: Query, task: Task, index: OpenIndex) -> Outcome:
    scope = EVERYTHING
    if query.candidates:
        scope = index.scope(query.candidates)
    answer = index.assistant.ask(query.text, scope=scope)
    if query.gold and not query.candidates:
        passages, first = index.find(query, scope)
    else:
        passages = index.names(answer.passages)[:DEPTH]
        first = index.names(answer.passages[:FIRST])
    everywhere = Found(tuple(passages), tuple(first), evidence_rank(query, answer.evidence))
    return Outcome(
        query=query,
        everywhere=everywhere,
        by_language=_by_language(query, task, index, everywhere),
        chunk_rank=_chunk_rank(
            query, index.assistant.library.find(query.text, _CHUNKS, scope=scope)
        ),
        is_looked_at=_chunk_rank(query, answer.passages) is not None,
        is_own_language=_is_own_language(query, index),
        answered=answer.answered,
        is_cited=any(
            query.accepts(cited.quote, language=cited.language, source=cited.source)
            for cited in answer.citations
        ),
        probability=answer.probability,
        seconds=answer.seconds,
    )


def _by_language(query: Query, task: Task, index: OpenIndex, everywhere: Found) -> dict[str, Found]:
    """Ask again in the pool of each language that has a gold passage."""
    if query.candidates:
        return {}
    languages = sorted({task.passages[i].language for i in query.gold})
    if len(task.languages) == 1:
        return dict.fromkeys(languages, everywhere)
    result = {}
    for language in languages:
        scope = Scope(languages=frozenset({language}))
        passages, first = index.find(query, scope)
        rank = None
        if query.can_be_judged(language):
            answer = index.assistant.ask(query.text, scope=scope)
            rank = evidence_rank(query, answer.evidence)
        result[language] = Found(tuple(passages), tuple(first), rank)
    return result


def _chunk_rank(query: Query, passages: Sequence[Passage]) -> int | None:
    """Return the rank of the first chunk that answers, from 1; None if there is none."""
    for rank, passage in enumerate(passages, start=1):
        chunk = passage.chunk
        if query.accepts(chunk.text, language=chunk.language, source=chunk.source):
            return rank
    return None


def _is_own_language(query: Query, index: OpenIndex) -> bool | None:
    """Whether an article in the question's language may answer; None if the set does not say."""
    if not query.sources or not query.is_answerable:
        return None
    articles = index.assistant.library.articles().values()
    return any(
        a.language == query.language and a.source.startswith(query.sources) for a in articles
    )


def evidence_rank(query: Query, evidence: Sequence[Evidence]) -> int | None:
    """Return the rank of the first sentence that answers, from 1; None if there is none."""
    for rank, found in enumerate(evidence, start=1):
        chunk = found.passage.chunk
        if query.accepts(found.text, language=chunk.language, source=chunk.source):
            return rank
    return None
