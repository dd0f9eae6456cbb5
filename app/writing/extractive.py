"""Answers without a language model: the sentences that answer, word for word."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from app.agreement import Difference, Findings
from app.evidence.evidence import Evidence, Part
from app.phrases import Phrases, phrases
from app.question.heads import DATE, HOW, LIST, NUMBER, SHORT
from app.question.question import Question, Turn
from app.writing.citations import Mark, SourceTitle
from app.writing.contradiction import by_support, contradiction, of_the_best
from app.writing.wording import wording
from index.language.figures import can_read, figures
from index.language.scripts import CAPITAL, WIDE

_QUOTES = 3  # sentences at most, where one does not suffice
# Share of the best score that another sentence needs to be quoted too. On folders that nothing was
# fitted to, of those just above it one in five answers.
_COMPARABLE = 0.6
# A span that is most of its sentence, or as long as a sentence, is no short answer.
_SHORT, _SHARE = 60, 0.5
_ENDING = " ,;:，；：、"  # stands behind an answer within a sentence
_ANSWER = 700  # characters of an answer in the article that is quoted whole
# What follows a name in a list of several.
_LISTED = re.compile(rf"(?:,| and| e| ed| y| e|、|和|与)\s?[{CAPITAL}{WIDE}]")


class ExtractiveAnswerer:
    """Quotes the shortest set of sentences that answers, introduced in the question's language."""

    model = None

    def draft(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        findings: Findings,
    ) -> Iterator[str | Mark | SourceTitle]:
        """Yield the answer's text, with a mark after each quotation.

        Where sources contradict the best evidence, that comes first, and nothing is stated as if it
        were certain.
        """
        conflicts = of_the_best(findings)
        if conflicts:
            yield from _contradicted(question, evidence, conflicts)
        else:
            yield from _undisputed(question, evidence, findings)
        words = phrases(question.language)
        yield from _difference_lines(words.vary, findings.variations, words)

    def load(self) -> None:
        """Do nothing: there is nothing to load."""

    def check(self) -> None:
        """Return None: no language model is used."""

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """Return None: the rules do this without a language model."""
        return None


def _undisputed(
    question: Question, evidence: Sequence[Evidence], findings: Findings
) -> Iterator[str | Mark]:
    """Yield the short answer if one was seen, what is quoted, and which sources agree."""
    words = phrases(question.language)
    is_short = question.answer_type is None or question.answer_type in SHORT
    first = _in_language(0, question.language, evidence, findings)
    short = _short_answer(evidence[first], question.answer_type) if is_short else None
    if short is None:
        yield words.found
    else:
        yield words.found_answer.format(answer=short) + " "
        yield Mark(first)
    chosen = [
        _in_language(position, question.language, evidence, findings)
        for position in _choose(evidence, findings, is_enough=short is not None)
    ]
    for position, part in _parts(question, evidence, chosen):
        yield from quoted(evidence, position, question.language, part)
    yield from agreement_lines(findings, question.language, {0})


def _contradicted(
    question: Question, evidence: Sequence[Evidence], conflicts: Sequence[Difference]
) -> Iterator[str | Mark | SourceTitle]:
    """Yield what sources contradict each other about, and a quotation for each value."""
    for i, conflict in enumerate(conflicts):
        yield "\n\n" if i else ""
        yield from contradiction(conflict, evidence, question.language)
    chosen = dict.fromkeys(
        _first_in(question.language, stated.positions, evidence)
        for conflict in conflicts
        for stated in by_support(conflict, evidence)
    )
    for position, part in _parts(question, evidence, list(chosen)):
        yield from quoted(evidence, position, question.language, part)


def quoted(
    evidence: Sequence[Evidence], position: int, language: str, part: Part = "itself"
) -> Iterator[str | Mark]:
    """Yield a paragraph with the evidence at a position, or a part of it, and its marks.

    It stands in quotation marks, with the name of its language where it is another. What it leans
    on comes first, and is cited too: the question that it answers, or what introduces its list. A
    row is shown with the heads of its columns.
    """
    words = phrases(language)
    one = evidence[position]
    shown = one.part(part) or one
    own = one.passage.chunk.language
    phrase = words.quote if own == language else words.quote_in
    lines = [wording(shown)]
    lead = one.part("lead")
    is_led = lead is not None and not (shown.start <= lead.start < shown.end)
    if lead is not None and is_led and not one.is_row:
        lines.insert(0, wording(lead))
    yield "\n\n" + phrase.format(text="\n".join(lines), language=words.language(own)) + " "
    yield Mark(position, part)
    if is_led:
        yield Mark(position, "lead")


def _parts(
    question: Question, evidence: Sequence[Evidence], chosen: Sequence[int]
) -> list[tuple[int, Part]]:
    """Return the positions of what is quoted, and the part of each that is.

    A list of which several items were chosen is quoted whole in their place, and so is all that
    answers a question in the article, unless a few words answer.
    """
    if _is_list_asked_for(question, evidence[chosen[0]]):
        return [(chosen[0], "whole")]
    parts: list[tuple[int, Part]] = []
    for position in chosen:
        one = evidence[position]
        beside = [p for p in chosen if _are_of_one_whole(one, evidence[p])] or [position]
        is_asked_and_answered = question.answer_type not in SHORT and _is_answer(one)
        is_whole = one.is_list or len(beside) > 1 or is_asked_and_answered
        if position == beside[0]:
            parts.append((position, "whole" if is_whole else "itself"))
    wholes = [evidence[position].part(part) for position, part in parts if part == "whole"]
    return [
        (position, part)
        for position, part in parts
        if part == "whole" or not any(_is_within(evidence[position], whole) for whole in wholes)
    ]


def _is_within(one: Evidence, whole: Evidence | None) -> bool:
    return (
        whole is not None
        and one.source == whole.source
        and whole.start <= one.start < one.end <= whole.end
    )


def _is_list_asked_for(question: Question, best: Evidence) -> bool:
    """Whether a list is asked for and found, or a way to do something and its steps.

    What is asked about may also be what the list stands under, whatever the question looks like.
    """
    if best.is_list:
        return True
    if best.whole is None:
        return False
    if best.is_named_above and best.block is not None and best.block.kind == "item":
        return True
    is_in_order = best.whole.text[:1].isdigit()
    return question.answer_type == LIST or (question.answer_type == HOW and is_in_order)


def _are_of_one_whole(one: Evidence, other: Evidence) -> bool:
    is_same = one.source == other.source and one.whole == other.whole is not None
    return is_same and not one.is_row


def _is_answer(one: Evidence) -> bool:
    """Whether it is a part of what answers a question in its article, if that is not too long."""
    is_text = one.block is not None and one.block.kind == "paragraph"
    return (
        is_text
        and one.is_led_by_question
        and one.whole is not None
        and len(one.whole.text) <= _ANSWER
    )


def agreement_lines(
    findings: Findings, language: str, stated: AbstractSet[int]
) -> Iterator[str | Mark]:
    """Yield which sources agree with what an answer has stated: the evidence at `stated`."""
    for agreement in findings.agreements:
        if not stated.isdisjoint(agreement.positions):
            yield "\n\n" + phrases(language).agree + " "
            yield from map(Mark, agreement.positions)


def conflict_lines(
    findings: Findings, evidence: Sequence[Evidence], language: str
) -> Iterator[str | Mark | SourceTitle]:
    """Yield the contradictions that the best evidence is part of."""
    for conflict in of_the_best(findings):
        yield "\n\n"
        yield from contradiction(conflict, evidence, language)


def _difference_lines(
    intro: str, differences: Sequence[Difference], words: Phrases
) -> Iterator[str | Mark]:
    for difference in differences:
        if any(0 in stated.positions for stated in difference.values):
            yield from _value_line(intro, difference, words)


def _value_line(intro: str, difference: Difference, words: Phrases) -> Iterator[str | Mark]:
    """Yield the values that sources give, each with the marks of those sources."""
    yield "\n\n" + intro + " "
    for i, stated in enumerate(difference.values):
        yield (words.separator if i else "") + stated.value + " "
        yield from map(Mark, stated.positions)


def _short_answer(evidence: Evidence, answer_type: str | None) -> str | None:
    """Return the number, name or date that answers, in the sentence's words, if one was seen.

    A figure is shown with its hedge and its unit; where a number or a date is asked for, only one.
    What is of several cells is no short answer.
    The first of several names is not shown without the others: then the sentence is quoted alone.
    """
    if evidence.answer is None:
        return None
    text = evidence.text
    start, end = (offset - evidence.start for offset in evidence.answer)
    language = evidence.passage.chunk.language
    has_figure = not can_read(language)
    for figure in figures(text, language):
        if figure.start < end and start < figure.end:
            start, end = min(start, figure.start), max(end, figure.end)
            has_figure = True
    if answer_type in (NUMBER, DATE) and not has_figure:
        return None
    answer = text[start:end].strip().rstrip(_ENDING)
    if evidence.is_row and "|" in answer:
        return None
    is_short = len(answer) <= _SHORT and len(answer) <= _SHARE * len(text)
    return answer if answer and is_short and not _LISTED.match(text, end) else None


def _choose(evidence: Sequence[Evidence], findings: Findings, *, is_enough: bool) -> list[int]:
    """Return the positions of the sentences to quote: the best, and those about as good.

    The best one is enough if it has the short answer. A sentence that says the same as a chosen
    one is left out: it is cited as agreeing.
    """
    chosen: list[int] = []
    for position, candidate in enumerate(evidence[: 1 if is_enough else None]):
        is_good = _is_comparable(candidate, evidence[0])
        is_repeated = any(
            evidence[other].text == candidate.text or _agree(findings, other, position)
            for other in chosen
        )
        if is_good and not is_repeated and len(chosen) < _QUOTES:
            chosen.append(position)
    return chosen


def _in_language(
    position: int, language: str, evidence: Sequence[Evidence], findings: Findings
) -> int:
    """Return the position of the best evidence in a language that says the same as one, or of it.

    Whoever asks reads a source in the own language first, where there is one.
    """
    shared = (each.positions for each in findings.agreements if position in each.positions)
    same = [position, *sorted(other for positions in shared for other in positions)]
    return _first_in(language, same, evidence)


def _first_in(language: str, positions: Sequence[int], evidence: Sequence[Evidence]) -> int:
    """Return the first of some positions whose evidence is in a language, or the first of all."""
    own = (p for p in positions if evidence[p].passage.chunk.language == language)
    return next(own, positions[0])


def _is_comparable(candidate: Evidence, best: Evidence) -> bool:
    """Whether a sentence is about as good as the best, and meets every demand that one meets."""
    return (
        candidate.score >= _COMPARABLE * best.score
        and candidate.signals.figure >= best.signals.figure
        and candidate.signals.version >= best.signals.version
    )


def _agree(findings: Findings, one: int, other: int) -> bool:
    return any({one, other} <= set(shared.positions) for shared in findings.agreements)
