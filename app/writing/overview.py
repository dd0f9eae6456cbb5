"""Answers about the folder itself: what it holds, and what is new in it."""

from collections.abc import Iterable, Sequence

from app.phrases import Phrases, phrases
from app.question.question import Question
from index.folder.article import ArticleInfo

_LISTED = 20
_NEWEST = 5


def overview(question: Question, articles: Iterable[ArticleInfo]) -> str:
    """Return what to say to a question of the kind "folder" or "newest"."""
    words = phrases(question.language)
    if question.kind == "newest":
        dated = [article for article in articles if article.published]
        dated.sort(key=lambda article: article.published or "", reverse=True)
        lines = [words.latest if dated else words.not_found, *_lines(dated[:_NEWEST], words)]
    else:
        everything = sorted(articles, key=lambda article: article.source)
        lines = [words.about, *_lines(everything[:_LISTED], words)]
        if len(everything) > _LISTED:
            lines.append(words.more.format(count=len(everything) - _LISTED))
    return "\n\n".join(lines)


def _lines(articles: Sequence[ArticleInfo], words: Phrases) -> list[str]:
    return [
        (words.dated_article if article.published else words.article).format(
            title=article.title,
            language=words.language(article.language),
            date=article.published,
        )
        for article in articles
    ]
