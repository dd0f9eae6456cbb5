"""Questions to begin with, of several kinds."""

from collections.abc import Iterator, Sequence

from app.assistant import Assistant
from app.doors.suggestions.candidate import Candidate, in_turn, summaries
from app.doors.suggestions.naming import NameInTexts, names_worth_asking
from app.doors.suggestions.sections import Section, questions_about, questions_of, sections
from app.doors.suggestions.trials import Trials
from app.phrases import Phrases, phrases
from index.chunking import Chunk
from index.folder.article import ArticleInfo
from index.library import Library

_OFFERED = 4
_TRIED = 8
_ARTICLES = 24  # read for something to ask
_CHARACTERS = 200_000  # of them together
_SUMMARIES = 2  # at most
_SEVERAL = 2  # articles that have a topic


def examples(assistant: Assistant, language: str) -> list[str]:
    """Return questions to begin with, in `language` (ISO 639-1) where that is possible.

    They are those that articles in that language ask themselves, and ask for summaries, for the
    articles on a topic, and for what a section says. Articles in that language come first, and
    among those the newest.

    Raises:
        CorpusChatError: the index cannot be used.
    """
    offered: list[Candidate] = []
    trials = Trials(assistant)
    left = _TRIED
    for candidate in _candidates(assistant.library, language):
        summed_up = sum(each.kind == "summary" for each in offered)
        if not candidate.fits or (candidate.kind == "summary" and summed_up == _SUMMARIES):
            continue
        if len(offered) == _OFFERED or left == 0:
            break
        left -= 1
        if trials.passes(candidate):
            offered.append(candidate)
    return [candidate.question for candidate in offered]


def _candidates(library: Library, language: str) -> Iterator[Candidate]:
    words = phrases(language)
    articles = list(library.articles().values())
    articles.sort(key=lambda article: article.published or "", reverse=True)
    articles.sort(key=lambda article: article.language != language)
    texts = [(article, library.chunks_of(article.source)) for article in _short(articles)]
    own = [(article, sections(chunks)) for article, chunks in texts if article.language == language]
    others = [sections(chunks) for article, chunks in texts if article.language != language]
    asked = in_turn(*(questions_of(each) for _, each in own))
    # Of other articles than those that are summed up, which are the first.
    about = in_turn(
        *(questions_about(_longest_first(each), article, words) for article, each in own[::-1])
    )
    topics = _topics(texts, language, words)
    yield from in_turn(asked, summaries(articles, words), asked, topics, about)
    yield from in_turn(*map(questions_of, others))


def _short(articles: Sequence[ArticleInfo]) -> Iterator[ArticleInfo]:
    """Yield the first articles as far as all of them are read in no time; never a whole book."""
    left = _CHARACTERS
    for article in articles[:_ARTICLES]:
        if article.length <= left:
            left -= article.length
            yield article


def _longest_first(own: Sequence[Section]) -> list[Section]:
    return sorted(own, key=lambda section: section.place.start - section.place.end)


def _topics(
    texts: Sequence[tuple[ArticleInfo, Sequence[Chunk]]], language: str, words: Phrases
) -> Iterator[Candidate]:
    """Yield questions for the articles on what several of them have.

    What most articles have comes last: it tells none of them from the others. First comes what
    articles in `language` have, and what is in titles.
    """
    own = {article.source for article, _ in texts if article.language == language}
    titles = [article.title for article, _ in texts]

    def rank(name: NameInTexts) -> tuple[bool, bool, int, int]:
        in_titles = sum(name.text in title for title in titles)
        is_in_most = 2 * len(name.sources) > len(texts)
        return is_in_most, own.isdisjoint(name.sources), -in_titles, -len(name.sources)

    names = names_worth_asking(chunk for _, chunks in texts for chunk in chunks)
    for name in sorted(names, key=rank):
        if len(name.sources) >= _SEVERAL:
            yield Candidate(words.ask_topic.format(topic=name.text), "topic", name=name.text)
