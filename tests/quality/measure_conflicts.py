"""Measure how many contradictions between sources are shown, over folders with questions.

    python -m tests.quality.measure_conflicts FOLDER...

A question asks for what is contradicted if the strings that its folder accepts as the answer have
figures that differ from source to source. That is read from the text, so a question on two things,
or two years, may be among them; and any other question may have a contradiction that is not marked.
So all that is shown is printed, to be judged by reading.
"""

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from app.answer import Answer
from app.assistant import Assistant
from app.evaluation.questions import read_task
from app.evaluation.run import open_index
from app.settings import Settings
from index.language.figures import Figure, figures, may_measure_the_same
from index.training.question_folders import QUESTIONS, QuestionLine
from index.training.question_sets import read_lines

_OF_ONE_FIGURE = ("number", "date")  # kinds of questions


def main() -> None:
    """Ask all questions of the folders, and print what is shown and how often."""
    settings = Settings.load()
    for folder in map(Path, sys.argv[1:]):
        task = read_task(folder, corpus=settings.corpus_dir, part=None, limit=None)
        lines = [line for _, line in read_lines(folder / QUESTIONS, QuestionLine)]
        with open_index(task, settings) as index:
            _report(folder.resolve().name, lines, index.assistant)


def _report(name: str, lines: list[QuestionLine], assistant: Assistant) -> None:
    articles = assistant.library.articles().values()
    languages = {info.source: info.language for info in articles}
    asked = [(line, is_contradicted(line, languages), assistant.ask(line.q)) for line in lines]
    answered = [(is_true, answer) for _, is_true, answer in asked if answer.answered]
    for line, is_true, answer in asked:
        if answer.conflicts:
            print(f"{name}: {'marked' if is_true else 'not marked'}: {line.q}")
            print(*_shown(answer), sep="\n")
    for title, is_marked in (("with different figures marked", True), ("others", False)):
        own = [answer for is_true, answer in answered if is_true == is_marked]
        asked_for = sum(is_true == is_marked for _, is_true, _ in asked)
        shown = sum(bool(answer.conflicts) for answer in own)
        print(f"{name}: {asked_for} {title}, {len(own)} answered, {shown} shown to contradict")


def is_contradicted(line: QuestionLine, languages: dict[str, str]) -> bool:
    """Whether two sources give different figures, and none alike, to a question for a figure."""
    if line.kind not in _OF_ONE_FIGURE:
        return False
    given: dict[str, list[Figure]] = {}
    for source, figure in _accepted(line, languages):
        given.setdefault(source, []).append(figure)
    return any(_differ(one, other) for one, other in combinations(given.values(), 2))


def _accepted(line: QuestionLine, languages: dict[str, str]) -> Iterator[tuple[str, Figure]]:
    """Yield the figures in the strings that are accepted, each with its source."""
    for mark in line.evidence:
        language = next(own for source, own in languages.items() if source.startswith(mark.src))
        spans = [(mark.text.find(piece), len(piece)) for piece in line.any if piece in mark.text]
        for figure in figures(mark.text, language):
            if any(figure.start < start + n and start < figure.end for start, n in spans):
                yield mark.src, figure


def _differ(one: list[Figure], other: list[Figure]) -> bool:
    pairs = [(a, b) for a in one for b in other if a.kind == b.kind and may_measure_the_same(a, b)]
    return bool(pairs) and not any(a.may_equal(b) for a, b in pairs)


def _shown(answer: Answer) -> Iterator[str]:
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for conflict in answer.conflicts:
        for value in conflict.values:
            yield from (f"    {value.value} | {quotes[number]}" for number in value.citations)


if __name__ == "__main__":
    main()
