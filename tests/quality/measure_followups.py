"""Measure follow-up questions.

    python -m tests.quality.measure_followups [FOLDER]...

Each folder has articles with questions, and conversations over them beside it; without one, the
dialogues of dialogues.jsonl over the articles that ship are asked. Every question is asked alone,
after those before it, each answered as it should be, and in the words of a person who has no
history to lean on, which is the ceiling. Then questions of gold.jsonl, which stand alone, are asked
after another question; that should not change them.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.answer import Answer
from app.assistant import Assistant
from app.evaluation.questions import Accepted, Query, Task, normalise, read_task
from app.evaluation.run import evidence_rank, open_index
from app.question.question import Turn
from app.settings import Settings
from index.training.question_folders import Mark, read_turns

DIALOGUES = Path(__file__).with_name("dialogues.jsonl")
GOLD = Path(__file__).with_name("gold.jsonl")
_APART = 37  # lines of gold.jsonl between a question and the one it follows
_OTHER_TOPIC = ("topic", "new-topic", "same-topic-full")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The last question of a conversation."""

    query: Query
    history: tuple[Turn, ...]
    in_full: str

    @property
    def is_other_topic(self) -> bool:
        """Whether it stands alone, and should be answered as if it came first."""
        return self.query.kind in _OTHER_TOPIC


def main() -> None:
    """Ask all questions in all ways, and print the shares."""
    settings = Settings.load()
    for folder in map(Path, sys.argv[1:]):
        task = read_task(folder, corpus=settings.corpus_dir, part=None, limit=None)
        with open_index(task, settings) as index:
            _report(folder.resolve().name, list(_of_folder(folder)), index.assistant)
    if len(sys.argv) == 1:
        gold = read_task(GOLD, corpus=settings.corpus_dir, part=None, limit=None)
        with open_index(gold, settings) as index:
            _report("dialogues", list(_of_dialogues()), index.assistant)
            _gold(index.assistant, gold)


def _of_folder(folder: Path) -> Iterator[FollowUp]:
    for turn in read_turns(folder):
        if turn.meta is None and turn.history:
            history = tuple(Turn(earlier.q, _quoting(earlier.evidence)) for earlier in turn.history)
            query = _query(turn.q, turn.lang, turn.kind, turn.any, turn.src)
            yield FollowUp(query, history, turn.standalone)


def _quoting(mark: Mark | None) -> str:
    """Return an answer that quotes the sentence that was marked, or refuses."""
    return "The articles do not say." if mark is None else f"The articles say:\n\n“{mark.text}” [1]"


def _of_dialogues() -> Iterator[FollowUp]:
    for row in _rows(DIALOGUES):
        *before, last = row["turns"]
        history = tuple(Turn(turn["q"], "") for turn in before)
        query = _query(last["q"], "", row["kind"], last.get("any", ()), last.get("src", ()))
        yield FollowUp(query, history, row["ideal"])


def _query(
    text: str, language: str, kind: str | None, accepted: Sequence[str], sources: Sequence[str]
) -> Query:
    return Query(
        id="",
        text=text,
        language=language,
        is_answerable=bool(accepted),
        kind=kind,
        accepted=tuple(Accepted(normalise(each), None) for each in accepted),
        sources=tuple(sources),
    )


def _report(name: str, followed: Sequence[FollowUp], assistant: Assistant) -> None:
    for is_other_topic, kind in ((False, "follow-ups"), (True, "changes of topic")):
        chosen = [each for each in followed if each.is_other_topic == is_other_topic]
        alone = [assistant.ask(each.query.text) for each in chosen]
        after = [assistant.ask(each.query.text, history=each.history) for each in chosen]
        in_full = [assistant.ask(each.in_full) for each in chosen]
        leaning = sum(answer.understood is not None for answer in after)
        print(f"{name}: {len(chosen)} {kind}, {leaning} taken to lean on the conversation")
        queries = [each.query for each in chosen]
        print(f"    alone    {_shares(queries, alone)}")
        print(f"    after    {_shares(queries, after)}")
        print(f"    in full  {_shares(queries, in_full)}", flush=True)


def _gold(assistant: Assistant, gold: Task) -> None:
    alone = [assistant.ask(query.text) for query in gold.queries]
    after = []
    for i, query in enumerate(gold.queries):
        other = alone[(i + _APART) % len(alone)]
        after.append(assistant.ask(query.text, history=[Turn(other.question, other.text)]))
    leaning = sum(answer.understood is not None for answer in after)
    print(f"{gold.name}: {len(alone)} that stand alone, {leaning} taken to lean on another")
    print(f"    alone    {_shares(gold.queries, alone)}")
    print(f"    after    {_shares(gold.queries, after)}")


def _shares(queries: Sequence[Query], answers: Sequence[Answer]) -> str:
    """Return how often a sentence that answers comes first, and among the first three."""
    asked = list(zip(queries, answers, strict=True))
    ranks = [evidence_rank(query, answer.evidence) for query, answer in asked if query.accepted]
    first, three = (sum(r is not None and r <= most for r in ranks) for most in (1, 3))
    refused = [not answer.answered for query, answer in asked if not query.accepted]
    answerable = f"first {first}, among three {three} of {len(ranks)}"
    return f"{answerable}; unanswerable refused {sum(refused)} of {len(refused)}"


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
