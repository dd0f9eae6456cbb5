"""Tries questions out: only what the articles answer, and have not just said, is offered."""

from collections.abc import Sequence

from app.answer import Answer
from app.answering import Trial
from app.assistant import Assistant
from app.doors.suggestions.candidate import Candidate, Place
from app.question.names import has_name
from index.search import EVERYTHING, Scope

_LEAST_PROBABILITY = 0.5  # that the articles answer a question that is offered
_SEVERAL = 2  # articles on a topic


class Trials:
    """Tries questions out over the articles in a scope. To try one costs as much as a question."""

    def __init__(
        self, assistant: Assistant, scope: Scope = EVERYTHING, told: Sequence[Answer] = ()
    ) -> None:
        """After the answers `told` in a conversation, or to begin one."""
        self._assistant = assistant
        self._scope = scope
        self._is_after = bool(told)
        self._shown = [Place.of(citation) for answer in told for citation in answer.citations]

    def passes(self, candidate: Candidate) -> bool:
        """Whether a question can be offered: what answers it is not what answered one before it.

        Raises:
            CorpusChatError: the index cannot be used.
        """
        trial = self._assistant.try_out(candidate.question, scope=self._scope)
        # What leans on a conversation would be searched for together with it.
        is_understood = trial.stands_alone or not self._is_after
        is_passed = is_understood and _is_answered(trial, candidate) and self._is_new(trial)
        if is_passed:
            self._shown.append(Place.of(trial.evidence[0]))
        return is_passed

    def _is_new(self, trial: Trial) -> bool:
        """Whether what comes first, or any part of a list or a summary, was not shown yet."""
        quoted = trial.evidence[:1] if trial.kind == "fact" else trial.evidence
        return not all(any(Place.of(e).overlaps(place) for place in self._shown) for e in quoted)


def _is_answered(trial: Trial, candidate: Candidate) -> bool:
    """Whether a question is taken as it is meant, and answered from where it is from."""
    verdict = trial.verdict
    if trial.kind != candidate.kind or not trial.evidence:
        return False
    if verdict.reason is not None or verdict.probability < _LEAST_PROBABILITY:
        return False
    if candidate.place is not None and not candidate.place.overlaps(Place.of(trial.evidence[0])):
        return False
    return candidate.name is None or _has_name(trial, candidate.name)


def _has_name(trial: Trial, name: str) -> bool:
    """Whether a name stands in the evidence: in the best, or in most articles on a topic."""
    if trial.kind == "topic":
        has = [has_name(name.casefold(), e.passage.chunk.in_context) for e in trial.evidence]
        return sum(has) >= _SEVERAL and 2 * sum(has) > len(has)
    return has_name(name.casefold(), trial.evidence[0].text)
