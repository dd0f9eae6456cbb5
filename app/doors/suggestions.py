"""Questions to ask next, of which it was tried that the articles answer them."""

from collections import Counter

from app.answer import Answer
from app.assistant import Assistant
from app.phrases import phrases
from index.language.names import names
from index.search import Scope

_SURE = 0.5  # the probability from which a question is offered
_TRIED = 4  # names at most: each costs as much as a question
_ABOUT = 2  # of them are offered at most
_SHORTEST = 3  # characters: "AI" and "IT" are no names to ask about


def suggest(assistant: Assistant, answer: Answer, scope: Scope) -> list[str]:
    """Return questions in the answer's language that follow from the passages found for it.

    They are about names in these passages; the last asks for a summary of the best article.

    Raises:
        CorpusChatError: the index cannot be used.
    """
    words = phrases(answer.language)
    chunks = [passage.chunk for passage in answer.passages]
    counts = Counter(name for chunk in chunks for name in _names(chunk.text))
    asked = answer.question.casefold()
    new = [
        name
        for name, _ in counts.most_common()
        if len(name) >= _SHORTEST and name.casefold() not in asked
    ]
    offered: list[str] = []
    for name in new[:_TRIED]:
        candidate = words.ask_what.format(name=name)
        if len(offered) < _ABOUT and assistant.probability(candidate, scope=scope) >= _SURE:
            offered.append(candidate)
    articles = assistant.library.articles()
    titles = [articles[chunk.source].title for chunk in chunks if chunk.source in articles]
    if titles:
        offered.append(words.ask_summary.format(title=titles[0]))
    return offered


def _names(text: str) -> set[str]:
    return {name.text for name in names(text) if name.is_sure}
