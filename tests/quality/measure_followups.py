"""Measure follow-up questions over the articles that are shipped.

    python -m tests.quality.measure_followups

The rules of app/question/followup were written with every other dialogue of dialogues.jsonl in
sight; the others were held out. "Ideal" asks the question of each dialogue as a person writes it
without a history, and is the ceiling. Then questions of gold.jsonl, which stand alone, are asked
after another question; that must not change them.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.answer import Answer
from app.assistant import Assistant
from app.evaluation.questions import Accepted, Query, normalise
from app.evaluation.run import evidence_rank
from app.question.followup import stand_alone
from app.question.question import Turn
from app.settings import Settings

DIALOGUES = Path(__file__).with_name("dialogues.jsonl")
GOLD = Path(__file__).with_name("gold.jsonl")
_APART = 37  # lines of gold.jsonl between a question and the one it follows

Row = dict[str, Any]


def main() -> None:
    """Ask all questions with and without a history, and print the shares."""
    with tempfile.TemporaryDirectory() as index:
        assistant = Assistant(Settings(index_dir=Path(index)))
        _dialogues(assistant, _read(DIALOGUES))
        _gold(assistant, _read(GOLD))
        assistant.library.close()


def _dialogues(assistant: Assistant, dialogues: list[Row]) -> None:
    settings: dict[str, list[Answer]] = {"without history": [], "with history": [], "ideal": []}
    understood = []
    for dialogue in dialogues:
        *before, last = dialogue["turns"]
        history: list[Turn] = []
        for turn in before:
            history.append(Turn(turn["q"], assistant.ask(turn["q"], history=history).text))
        understood.append(stand_alone(last["q"], history))
        settings["without history"].append(assistant.ask(last["q"]))
        settings["with history"].append(assistant.ask(last["q"], history=history))
        settings["ideal"].append(assistant.ask(dialogue["ideal"]))
    lasts = [dialogue["turns"][-1] for dialogue in dialogues]
    for name, half in (("looked at", 0), ("held out", 1)):
        rows = range(half, len(dialogues), 2)
        follow = [i for i in rows if dialogues[i]["kind"] != "topic"]
        topic = [i for i in rows if dialogues[i]["kind"] == "topic"]
        print(f"{name}: {len(rows)} dialogues")
        print(f"  follow-ups changed: {_count([understood[i].is_changed for i in follow])}")
        print(f"  topic changes changed: {_count([understood[i].is_changed for i in topic])}")
        for setting, answers in settings.items():
            for what, some in (("follow-ups", follow), ("topic changes", topic)):
                print(f"  {setting:16} {what:14} {_shares(some, lasts, answers)}")
    for i, dialogue in enumerate(dialogues):
        if "none" in lasts[i]:
            continue
        ranks = [_rank(lasts[i], answers[i]) for answers in settings.values()]
        if ranks[1] > ranks[2]:
            print(f"{i % 2} {dialogue['kind']:8} ranks {ranks}: {understood[i].text}")


def _gold(assistant: Assistant, gold: list[Row]) -> None:
    alone = [assistant.ask(row["q"]) for row in gold]
    after, changed = [], []
    for i, row in enumerate(gold):
        other = alone[(i + _APART) % len(gold)]
        history = [Turn(other.question, other.text)]
        changed.append(stand_alone(row["q"], history).is_changed)
        # A question that is not changed has the same answer as before.
        after.append(assistant.ask(row["q"], history=history) if changed[-1] else alone[i])
    print(f"questions that stand alone: {_count(changed)} changed")
    rows = range(len(gold))
    print(f"  without history  {_shares(rows, gold, alone)}")
    print(f"  after another    {_shares(rows, gold, after)}")


def _shares(rows: Sequence[int], questions: list[Row], answers: list[Answer]) -> str:
    """Return how often a sentence that answers comes first, and among the first three."""
    ranks = [_rank(questions[i], answers[i]) for i in rows if "none" not in questions[i]]
    first, three = _count([rank < 1 for rank in ranks]), _count([rank < 3 for rank in ranks])
    refused = [not answers[i].answered for i in rows if "none" in questions[i]]
    return f"first {first}, in three {three}, unanswerable refused {_count(refused)}"


def _rank(question: Row, answer: Answer) -> int:
    """Return the rank of the first sentence that answers, from 0; 10 if there is none."""
    accepted = tuple(Accepted(normalise(text), None) for text in question["any"])
    query = Query(
        id="",
        text=question["q"],
        language=answer.language,
        is_answerable=True,
        accepted=accepted,
        sources=tuple(question["src"]),
    )
    return (evidence_rank(query, answer.evidence) or 11) - 1


def _count(hits: Sequence[bool]) -> str:
    return f"{sum(hits)} of {len(hits)}"


def _read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
