"""Answers in a language model's own words, with every sentence checked."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from langchain_core.language_models import BaseChatModel

from app.agreement import Findings
from app.evidence.evidence import Evidence
from app.question.question import Question, Turn
from app.writing.citations import Claim, Mark, SourceTitle
from app.writing.extractive import agreement_lines, conflict_lines
from app.writing.model.brief import ask_briefly
from app.writing.model.failures import LanguageModelError, named_failures
from app.writing.model.orders import without_orders
from app.writing.model.prompting import answer_messages, rewrite_messages
from app.writing.model.prompts import Prompts
from app.writing.model.provider import context_of
from app.writing.model.repeating import only_repeats
from app.writing.model.sentence_stream import Sentence, SentenceReader
from app.writing.support.checker import SupportChecker
from index.folder.article import ArticleInfo
from index.search import Passage

NOTHING = "NOT FOUND"  # the prompt asks a model for this if the passages do not answer

_LONGEST = 3000  # characters of an answer; a model that writes more is stopped
_REPETITION = re.compile(r"(.{8,120}?)\1{3,}$", re.DOTALL)  # the same over and over
_LOOKED_BACK = 600  # characters in which a repetition shows
_ATTEMPTS = 3  # if the prompt was too long, each with half of the passages
# Introduces a statement and states nothing itself: "The passages say:".
_LEAD = re.compile(r"[^\d]{0,80}[:：]$")
_SHOWN = 80  # characters of what a model says when it is checked
_DECORATION = "\"'*“ \n"
_THINKING, _THOUGHT = "<think>", "</think>"
_LONGEST_THOUGHT = 20_000  # characters


class ModelAnswerer:
    """Writes answers with a chat model, from the passages that the evidence stands in."""

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        checker: SupportChecker,
        articles: Callable[[], Mapping[str, ArticleInfo]],
        prompts: Prompts | None = None,
    ) -> None:
        """Write with `model`, which users know as `name`; by default with the prompts that ship.

        Raises:
            SettingsError: a prompt was edited so that it cannot be filled in.
        """
        self._model = model
        self._name = name
        self._checker = checker
        self._articles = articles
        self._prompts = prompts or Prompts.load()
        self._context = context_of(model)

    @property
    def model(self) -> str:
        """The model's name, as it is set."""
        return self._name

    def draft(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        findings: Findings,
    ) -> Iterator[str | Mark | Claim | SourceTitle]:
        """Yield the answer's text as it comes, and a claim at the end of each sentence.

        A sentence that only introduces others or repeats the question claims nothing.
        Nothing is yielded if the model says that the passages do not answer.

        Raises:
            LanguageModelError: it cannot be reached, refuses, stops half way, or says nothing.
        """
        articles = self._articles()
        passages = [p for p in _passages(evidence) if p.chunk.source in articles]
        passages = [p for p in map(without_orders, passages) if p.chunk.text.strip()]
        if not passages:
            return
        reader = SentenceReader(question.language)
        has_text = has_stated = False
        support: list[Evidence] = []
        for text in itertools.chain(self._text(question, passages, articles), [None]):
            has_text |= text is not None
            for part in reader.close() if text is None else reader.feed(text):
                if isinstance(part, str):
                    yield part
                    continue
                has_stated = True
                if not _LEAD.fullmatch(part.text) and not only_repeats(part.text, question):
                    claim = self._checked(part, question.language, passages)
                    support += claim.evidence
                    yield claim
        if has_text and not has_stated:
            raise LanguageModelError("rubbish")
        if has_stated:
            stated = {i for i, e in enumerate(evidence) if any(_overlap(e, s) for s in support)}
            yield from agreement_lines(findings, question.language, stated)
            yield from conflict_lines(findings, evidence, question.language)

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """Return a follow-up as a question that stands alone; None if the model gave none.

        It is not waited for as an answer is: a follow-up is read without a model too.

        Raises:
            LanguageModelError: as `draft`, or it took longer than a line may.
        """
        said = ask_briefly(self._model, rewrite_messages(self._prompts, question, history))
        lines = _thought_out(said.text).splitlines()
        return lines[0].strip().strip('"“”«»') or None if said.is_whole and lines else None

    def load(self) -> None:
        """Load the network that checks the model's sentences."""
        self._checker.load()

    def check(self) -> str:
        """Ask the model a short question, and return the beginning of what it says, on one line.

        Raises:
            LanguageModelError: as `rewrite`, or it said nothing.
        """
        said = ask_briefly(self._model, self._prompts.check.format())
        text = " ".join(_thought_out(said.text).split())
        if not text:
            raise LanguageModelError("rubbish")
        is_shown_whole = said.is_whole and len(text) <= _SHOWN
        return text if is_shown_whole else f"{text[:_SHOWN]}…"

    def _text(
        self,
        question: Question,
        passages: Sequence[Passage],
        articles: Mapping[str, ArticleInfo],
    ) -> Iterator[str]:
        """Yield the model's text without its thoughts; nothing if it found no answer."""
        held = ""
        has_begun = False  # whether this is more than "NOT FOUND"
        length, latest = 0, ""
        for piece in _without_thoughts(self._stream(question, passages, articles)):
            length += len(piece)
            latest = (latest + piece)[-_LOOKED_BACK:]
            if length > _LONGEST or _REPETITION.search(latest):
                raise LanguageModelError("endless")
            held = piece if has_begun else held + piece
            if has_begun or not _may_be_nothing(held):
                has_begun = True
                yield held
        if has_begun:
            return
        if not held.strip():
            raise LanguageModelError("rubbish")
        if not _is_nothing(held):
            yield held

    def _stream(
        self,
        question: Question,
        passages: Sequence[Passage],
        articles: Mapping[str, ArticleInfo],
    ) -> Iterator[str]:
        """Yield the model's text; if the prompt is too long, ask again with fewer passages."""
        for attempt in range(_ATTEMPTS):
            has_begun = False
            messages = answer_messages(
                self._prompts,
                question.in_full,
                question.language,
                [p.chunk for p in passages],
                [articles[p.chunk.source] for p in passages],
                context=self._context,
            )
            try:
                with named_failures():
                    for chunk in self._model.stream(messages):
                        has_begun = True
                        yield chunk.text
                return
            except LanguageModelError as error:
                if has_begun and error.failure == "unreachable":
                    raise LanguageModelError("broken") from error
                if error.failure != "overflow" or has_begun or attempt == _ATTEMPTS - 1:
                    raise
                passages = passages[: max(1, len(passages) // 2)]

    def _checked(self, sentence: Sentence, language: str, passages: Sequence[Passage]) -> Claim:
        cited = [number - 1 for number in sentence.cited]
        found = self._checker.check(sentence.text, language, passages, cited)
        return Claim(sentence.text, found)


def _passages(evidence: Sequence[Evidence]) -> list[Passage]:
    """Return the passages that evidence stands in, in its order, each once."""
    return list({e.passage.chunk.id: e.passage for e in evidence}.values())


def _overlap(one: Evidence, other: Evidence) -> bool:
    """Whether two pieces of evidence share words of their source."""
    same_source = one.passage.chunk.source == other.passage.chunk.source
    return same_source and one.start < other.end and other.start < one.end


def _without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the text without the thoughts that a model writes before its answer."""
    held = ""
    has_begun = is_thinking = False
    for piece in pieces:
        if has_begun:
            yield piece
            continue
        held += piece
        begun = held.lstrip()
        if is_thinking or begun.startswith(_THINKING):
            is_thinking = _THOUGHT not in held
            if is_thinking and len(held) > _LONGEST_THOUGHT:
                raise LanguageModelError("endless")
            begun = "" if is_thinking else held.partition(_THOUGHT)[2].lstrip()
        if begun and not _THINKING.startswith(begun[: len(_THINKING)]):
            has_begun = True
            yield begun


def _thought_out(text: str) -> str:
    """Return a text without thoughts; some servers leave out the mark that these begin with."""
    return "".join(_without_thoughts(iter([text]))).rpartition(_THOUGHT)[2].strip()


def _may_be_nothing(text: str) -> bool:
    """Whether the text so far is "NOT FOUND", or may still become it."""
    begun = text.lstrip(_DECORATION).upper()
    return NOTHING.startswith(begun[: len(NOTHING)])


def _is_nothing(text: str) -> bool:
    return text.lstrip(_DECORATION).upper().startswith(NOTHING)
