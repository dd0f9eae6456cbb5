"""Answers about the folder itself: what it holds, what is new in it, and what is on a topic."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.evidence.evidence import Evidence
from app.phrases import Phrases, phrases
from app.question.names import names_in, share_of_names
from app.question.question import Question
from app.writing.citations import Mark
from index.chunking import quotable_spans
from index.folder.article import ArticleInfo
from index.search import Passage

_LISTED = 20
_NEWEST = 5
_NEAR = 0.8  # share of the best article's cosine that another on the same topic has


def say(question: Question, articles: Iterable[ArticleInfo]) -> str:
    """Return what to say to what is answered without a search."""
    words = phrases(question.language)
    match question.kind:
        case "greeting":
            return words.greeting
        case "thanks":
            return words.thanks
        case "reply":
            return words.reply
        case "who":
            return words.who
        case "newest":
            return _newest(articles, words)
        case _:
            return _everything(articles, words)


def near(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages, the best first, that are on the same topic as the best."""
    return [passage for passage in passages if passage.score >= _NEAR * passages[0].score]


def openings(question: str, passages: Sequence[Passage]) -> list[Evidence]:
    """Return what opens the best passage of each article that is on the topic, best first.

    On the topic is what has all names of the question, or if nothing has, what is near it.
    """
    names = names_in(question)
    named = [p for p in passages if names and share_of_names(names, p.chunk.in_context) == 1]
    found: dict[str, Evidence] = {}
    for passage in named or near(passages):
        spans = quotable_spans(passage.chunk)
        if spans and passage.chunk.source not in found:
            start, end = spans[0]
            place = passage.chunk.start + start, passage.chunk.start + end
            words = passage.chunk.text[start:end]
            found[passage.chunk.source] = Evidence(passage, *place, words, passage.score)
    return list(found.values())


def draft_topic(
    language: str, evidence: Sequence[Evidence], infos: Mapping[str, ArticleInfo]
) -> Iterator[str | Mark]:
    """Yield the titles of the articles that evidence stands in, each with a mark that opens it."""
    words = phrases(language)
    yield words.topic
    for position, each in enumerate(evidence):
        yield "\n\n" + _line(infos[each.source], words) + " "
        yield Mark(position)


def _newest(articles: Iterable[ArticleInfo], words: Phrases) -> str:
    dated = [article for article in articles if article.published]
    dated.sort(key=lambda article: article.published or "", reverse=True)
    lines = (_line(article, words) for article in dated[:_NEWEST])
    return "\n\n".join([words.latest if dated else words.not_found, *lines])


def _everything(articles: Iterable[ArticleInfo], words: Phrases) -> str:
    listed = sorted(articles, key=lambda article: article.source)
    lines = [_line(article, words) for article in listed[:_LISTED]]
    if len(listed) > _LISTED:
        lines.append(words.more.format(count=len(listed) - _LISTED))
    return "\n\n".join([f"{words.who} {words.articles}", *lines])


def _line(article: ArticleInfo, words: Phrases) -> str:
    return (words.dated_article if article.published else words.article).format(
        title=article.title, language=words.language(article.language), date=article.published
    )
