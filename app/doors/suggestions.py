"""Questions to ask next, after a check that the articles answer them."""

from collections import Counter

from app.answer import Answer
from app.assistant import Assistant
from app.phrases import phrases
from index.language.names import names
from index.search import Scope

_MIN_PROBABILITY = 0.5  # that the articles answer a question, for it to be offered
_MAX_TRIED = 4  # names: to check one costs as much as a question
_MAX_OFFERED = 2  # names
_MIN_LENGTH = 3  # characters: "AI" and "IT" are no names to ask about


def suggest(assistant: Assistant, answer: Answer, scope: Scope) -> list[str]:
    """Return questions that follow from the passages of an answer, in its language.

    They ask about names in these passages; the last asks for a summary of the best article.

    Raises:
        CorpusChatError: the index cannot be used.
    """
    words = phrases(answer.language)
    offered: list[str] = []
    for name in _new_names(answer)[:_MAX_TRIED]:
        question = words.ask_what.format(name=name)
        if len(offered) == _MAX_OFFERED:
            break
        if assistant.probability(question, scope=scope) >= _MIN_PROBABILITY:
            offered.append(question)
    articles = assistant.library.articles()
    sources = [passage.chunk.source for passage in answer.passages]
    best = next((articles[source] for source in sources if source in articles), None)
    if best is not None:
        offered.append(words.ask_summary.format(title=best.title))
    return offered


def _new_names(answer: Answer) -> list[str]:
    """Return the names in an answer's passages that its question lacks, most frequent first."""
    found = (names(passage.chunk.text) for passage in answer.passages)
    counts = Counter(name for passage in found for name in {n.text for n in passage if n.is_sure})
    question = answer.question.casefold()
    return [
        name
        for name, _ in counts.most_common()
        if len(name) >= _MIN_LENGTH and name.casefold() not in question
    ]
