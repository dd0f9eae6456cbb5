"""Questions to ask next, from the articles that answered."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from app.answer import Answer
from app.assistant import Assistant
from app.doors.suggestions.candidate import Candidate, Place, in_turn, summaries
from app.doors.suggestions.naming import names_worth_asking
from app.doors.suggestions.sections import Section, questions_about, questions_of, sections
from app.doors.suggestions.trials import Trials
from app.phrases import phrases
from index.chunking import Chunk
from index.language.scripts import bigrams
from index.search import Scope

_OFFERED = 2  # besides a summary
_TRIED = 4  # besides a summary, which is tried in no time
_ARTICLES = 2  # of those that answered
_OTHER_WORDS = 2  # that one of two questions has and the other has not, if they are not the same
_WORD = re.compile(r"\w+")


def suggest(
    assistant: Assistant, answer: Answer, scope: Scope, earlier: Sequence[Answer] = ()
) -> list[str]:
    """Return questions that follow from an answer, in its language.

    They are those that the articles of the answer ask themselves, or for a name or a section in
    them; the last asks for a summary. None repeats a question that was asked, here or `earlier` in
    the conversation, and none is answered by what was quoted then.

    Raises:
        CorpusChatError: the index cannot be used.
    """
    told = [*earlier, answer]
    shown = [Place.of(citation) for each in told for citation in each.citations]
    here = [Place.of(each) for each in answer.citations or answer.evidence]
    articles = assistant.library.articles()
    sources = [source for source in dict.fromkeys(p.source for p in here) if source in articles]
    near = [articles[source] for source in sources[:_ARTICLES]]
    texts = [assistant.library.chunks_of(article.source) for article in near]
    own = [
        (article, _onwards(sections(text), here, shown))
        for article, text in zip(near, texts, strict=True)
        if article.language == answer.language
    ]
    words = phrases(answer.language)
    asked = _new(in_turn(*(questions_of(each) for _, each in own)), told)
    about = _new(in_turn(*(questions_about(each, article, words) for article, each in own)), told)
    names = _new(_questions_for_names(answer, list(chain(*texts)), here), told)
    questions = chain(islice(asked, _OFFERED), in_turn(names, about))
    trials = Trials(assistant, scope, told)
    offered = islice(filter(trials.passes, islice(questions, _TRIED)), _OFFERED)
    last = islice(filter(trials.passes, _new(summaries(near, words), told)), 1)
    return [candidate.question for candidate in chain(offered, last)]


def _onwards(
    own: Sequence[Section], here: Sequence[Place], shown: Sequence[Place]
) -> list[Section]:
    """Return the sections of an article as one reads on from `here`, then those before.

    Those that something was shown of come last.
    """
    source = own[0].place.source if own else ""
    first = next((place.start for place in here if place.source == source), 0)

    def rank(section: Section) -> tuple[bool, bool]:
        return any(map(section.place.overlaps, shown)), section.place.start < first

    return sorted(own, key=rank)


def _questions_for_names(
    answer: Answer, texts: Sequence[Chunk], here: Sequence[Place]
) -> Iterator[Candidate]:
    """Yield questions for names in the passages of an answer, first for those beside a quotation.

    `texts` are all chunks of the articles that it comes from, and `here` is what was quoted.
    """
    own = {chunk.source for chunk in texts}
    read = [Place.of(passage.chunk) for passage in answer.passages if passage.chunk.source in own]
    beside = [place for place in map(Place.of, texts) if any(map(place.overlaps, here))]
    others = [passage.chunk for passage in answer.passages if passage.chunk.source not in own]
    names = [name for name in names_worth_asking([*texts, *others]) if name.is_in(read)]
    names.sort(key=lambda name: not name.is_in(beside))
    words = phrases(answer.language)
    for name in names:
        yield Candidate(words.ask_name.format(name=name.text), name=name.text)


def _new(candidates: Iterable[Candidate], told: Sequence[Answer]) -> Iterator[Candidate]:
    """Yield the candidates that can be offered and do not repeat what was asked."""
    for candidate in candidates:
        if candidate.fits and not any(_repeats(candidate, each.question) for each in told):
            yield candidate


def _repeats(candidate: Candidate, question: str) -> bool:
    """Whether a candidate asks in nearly the same words, or for a name in the question."""
    if candidate.name is not None and candidate.name.casefold() in question.casefold():
        return True
    return len(_words(candidate.question) ^ _words(question)) < _OTHER_WORDS


def _words(question: str) -> set[str]:
    return set(_WORD.findall(bigrams(question.casefold())))
