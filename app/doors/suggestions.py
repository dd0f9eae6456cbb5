"""Questions to begin with and to ask next, after a check that the articles answer them."""

import itertools
from collections import Counter

from app.answer import Answer
from app.assistant import Assistant
from app.phrases import phrases
from index.language.names import names
from index.search import Scope

_MIN_PROBABILITY = 0.5  # that the articles answer a question that is offered
_MAX_TRIED = 4  # names: to check one costs as much as a question
_MAX_OFFERED = 2  # names
_MIN_LENGTH = 3  # characters: "AI" and "IT" are no names to ask about
_MAX_EXAMPLES = 4
_MAX_TITLES = 8  # tried
_MAX_TITLE = 150  # characters: more do not fit on a button


def examples(assistant: Assistant, language: str) -> list[str]:
    """Return questions to begin with, in `language` (ISO 639-1): for summaries of some articles.

    The articles in that language come first, and among those the newest.

    Raises:
        CorpusChatError: the index cannot be used.
    """
    articles = list(assistant.library.articles().values())
    articles.sort(key=lambda article: article.published or "", reverse=True)
    articles.sort(key=lambda article: article.language != language)
    titles = dict.fromkeys(a.title for a in articles if len(a.title) <= _MAX_TITLE)
    ask = phrases(language).ask_summary
    questions = (ask.format(title=title) for title in itertools.islice(titles, _MAX_TITLES))
    answered = (q for q in questions if assistant.probability(q) >= _MIN_PROBABILITY)
    return list(itertools.islice(answered, _MAX_EXAMPLES))


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
