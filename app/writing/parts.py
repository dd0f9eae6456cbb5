"""Answers to several questions that were asked in one, one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.agreement import Findings
from app.phrases import phrases
from app.question.question import Question
from app.writing.citations import Mark, SourceTitle
from app.writing.composition import Grounds
from app.writing.extractive import ExtractiveAnswerer

Asked = tuple[Question, Grounds]
"""One of the questions, and what its answer is written from."""


def joined(asked: Sequence[Asked]) -> Grounds:
    """Return what the answers to all questions are written from, those of the first first."""
    findings = Findings()
    count = 0
    for _, grounds in asked:
        findings = findings.with_those_of(grounds.findings, count)
        count += len(grounds.evidence)
    all_grounds = [grounds for _, grounds in asked]
    verdicts = sorted(
        (each.verdict for each in all_grounds), key=lambda v: (v.reason is None, v.probability)
    )
    return Grounds(
        passages=tuple(dict.fromkeys(p for each in all_grounds for p in each.passages)),
        evidence=tuple(one for each in all_grounds for one in each.evidence),
        sources={source: text for each in all_grounds for source, text in each.sources.items()},
        verdict=verdicts[-1],
        findings=findings,
        notices=tuple(dict.fromkeys(n for each in all_grounds for n in each.notices)),
        seconds={
            step: sum(each.seconds[step] for each in all_grounds) for step in asked[0][1].seconds
        },
    )


def draft_parts(asked: Sequence[Asked]) -> Iterator[str | Mark | SourceTitle]:
    """Yield each question with its answer, or that the articles do not say."""
    answerer = ExtractiveAnswerer()
    first = 0
    for number, (question, grounds) in enumerate(asked, start=1):
        yield ("\n\n" if number > 1 else "") + f"{number}. {question.text}\n\n"
        if grounds.verdict.reason is not None:
            yield phrases(question.language).not_found
        else:
            for part in answerer.draft(question, grounds.evidence, grounds.findings):
                if isinstance(part, Mark | SourceTitle):
                    yield replace(part, position=first + part.position)
                else:
                    yield part
        first += len(grounds.evidence)
