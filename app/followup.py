"""From a question that leans on the conversation to one that stands alone.

"And how many does it use?" names nothing that could be searched for. Whether a question leans on
what came before shows in its small words (app/cues); what it leans on are the names of the
question before, or of the sentences that were quoted for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.answer import Turn
from app.cues import LANGUAGES, Cues, cues
from index.languages import detect_language
from index.scripts import is_wide

_TURNS = 6  # of the conversation that are read; what came before is forgotten

_DROPS_SUBJECT = ("es", "it", "zh")  # "Quanti chip usa?" has no word for who uses them
_FRAGMENT = 3  # words with a content, of a question without a verb: "And energy efficiency?"
_SPARSE = 2  # words with a content, of a question whose subject was dropped
_CARRIED = 3  # names

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ -]")  # between the words of one name
_CLAUSE_END = re.compile(r"[,;:.!?，；：。！？、](?:\s|$|(?<=[，；：。！？、]))")
_QUOTED = re.compile("“(.+?)”")
_ASKS = " ?？¿"

Lean = Literal["nothing", "referent", "slot", "whole"]
"""What a question lacks: a name, all but the slot that it swaps, or all but a question word."""


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question as it is searched for, and whether that is not what was typed."""

    text: str
    language: str  # ISO 639-1, or index.languages.UNKNOWN
    is_changed: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question: `text` in small letters, its place, and whether it is a name's."""

    text: str
    start: int
    end: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question, taken apart."""

    text: str
    language: str
    cues: Cues
    words: list[_Word]
    rest: int  # how many of the words are the connective at the beginning

    @property
    def names(self) -> list[str]:
        return _names(self.text, self.words)

    def has(self, kind: frozenset[str]) -> bool:
        return any(word.text in kind and not word.is_name for word in self.words[self.rest :])

    def weight(self) -> int:
        """Return how many words have a content; two Chinese characters count as a word."""
        return _weight(w for w in self.words[self.rest :] if _is_content(w, self.cues))


@dataclass(frozen=True, slots=True)
class _Topic:
    """What the conversation is about: the last question, and the names that may be meant."""

    question: str
    names: list[str]
    quoted: list[str]  # names in the sentences that were quoted for it


def stand_alone(question: str, history: Sequence[Turn] = ()) -> StandAlone:
    """Return `question` with what it leans on in `history`, or as it is where it leans on nothing.

    >>> stand_alone("How many chips does it use?", [Turn("What is Project Rainier?", "…")]).text
    'How many chips does Project Rainier use?'
    """
    topic: _Topic | None = None
    for turn in history[-_TURNS:]:
        found, names = _resolve(turn.question, topic)
        topic = _Topic(found.text, names, _quoted_names(turn.answer))
    return _resolve(question, topic)[0]


def _resolve(question: str, topic: _Topic | None) -> tuple[StandAlone, list[str]]:
    """Return the question that stands alone, and the names it is about."""
    reading = _read(question)
    lean: Lean = _lean(reading) if topic else "nothing"
    if topic is None or lean == "nothing":
        return StandAlone(question, detect_language(question), False), reading.names
    if lean == "slot":
        return StandAlone(_swap(reading, topic), reading.language, True), (
            reading.names or topic.names
        )
    names = _referents(reading, topic)
    if lean == "referent" and names:
        return StandAlone(_carry(reading, names), reading.language, True), names
    return StandAlone(f"{topic.question} {question}".strip(), reading.language, True), topic.names


def _lean(reading: _Reading) -> Lean:
    """Return what the question lacks."""
    if not reading.words:
        return "nothing"
    known = reading.cues
    weight = reading.weight()
    asks = reading.has(known.asking)
    states = reading.has(known.verbs)
    begins = reading.words[reading.rest].text if reading.rest < len(reading.words) else ""
    if _has_pronoun(reading):
        return "referent"
    is_led = begins in known.about | known.places and reading.text.endswith(("?", "？"))
    if not asks and not states and (reading.rest or is_led) and 0 < weight <= _FRAGMENT:
        return "slot" if reading.names or begins in known.about | known.places else "referent"
    if reading.names:
        return "nothing"
    if asks and not weight and not states:
        return "whole"
    if _defines(reading):
        return "nothing"
    if reading.rest or not weight:
        return "referent"
    if weight == 1 and reading.has(known.articles):
        return "referent"
    if not asks and not states:
        return "nothing"
    if reading.language in _DROPS_SUBJECT and weight <= _SPARSE and not _has_subject(reading):
        return "referent"
    return "nothing"


def _has_pronoun(reading: _Reading) -> bool:
    """Whether a pronoun stands for something that the question itself does not name."""
    return any(
        not word.is_name
        and not _in_phrase(reading, place, reading.cues.empty)
        and _points_back(reading, place)
        for place, word in enumerate(reading.words[reading.rest :], start=reading.rest)
    )


def _points_back(reading: _Reading, place: int) -> bool:
    """Whether the word at `place` is a pronoun that nothing before it in the question explains."""
    known, words = reading.cues, reading.words
    word, before = words[place], words[reading.rest : place]
    after = words[place + 1] if place + 1 < len(words) else None
    content = [w for w in before if _is_content(w, known)]
    clause_ends = [match.end() for match in _CLAUSE_END.finditer(reading.text, 0, word.start)]
    clause_ends += [w.start for w in before if w.text in known.connectives]
    if clause_ends and any(w.end <= max(clause_ends) for w in content):
        return False  # it is explained by an earlier clause
    if word.text in known.possessives:
        return not content
    if word.text in known.pronouns | known.demonstratives:
        return not _is_explained(reading.language, word, before, content, after, known)
    return word.text in known.clitics and after is not None and _is_clitic(reading, place)


def _is_explained(
    language: str,
    word: _Word,
    before: Sequence[_Word],
    content: Sequence[_Word],
    after: _Word | None,
    known: Cues,
) -> bool:
    """Whether a pronoun means something in its own clause, or is a conjunction."""
    last = before[-1].text if before else ""
    named = any(w.is_name for w in content)
    if word.text == "that" and after and last not in known.verbs:
        return True
    if language == "zh" and (named or _weight(content) > _SPARSE):
        return True
    if not content or after is None or last in known.verbs:
        return False
    is_led = last in known.about | known.places
    if language == "en" and after.text in known.verbs:
        return True  # the metric that they have: the subject of a clause within
    return not is_led and (named or (language == "en" and _is_content(after, known)))


def _weight(words: Iterable[_Word]) -> int:
    return sum((len(word.text) + 1) // 2 if is_wide(word.text[0]) else 1 for word in words)


def _is_content(word: _Word, known: Cues) -> bool:
    return word.is_name or word.text not in known.known


def _is_clitic(reading: _Reading, place: int) -> bool:
    """Whether a word such as Italian "la" is a pronoun: it stands before the one verb."""
    known = reading.cues
    before, after = reading.words[reading.rest : place], reading.words[place + 1 :]
    if after[0].is_name or any(w.text in known.verbs | known.reasons for w in before):
        return False
    if after[0].text not in known.verbs:
        unknown = [w for w in after if not w.is_name and _is_content(w, known)]
        if len(unknown) != 1 or any(w.text in known.verbs for w in after):
            return False
    nouns = [i for i, w in enumerate(before) if not w.is_name and _is_content(w, known)]
    if nouns:  # which companies use it: one noun, and its question word before it
        return len(nouns) == 1 and nouns[0] > 0 and before[nouns[0] - 1].text in known.determiners
    return any(w.text in known.asking for w in before)


def _in_phrase(reading: _Reading, place: int, phrases: frozenset[str]) -> bool:
    """Whether the word at `place` is part of one of `phrases`."""
    for phrase in phrases:
        parts = phrase.split()
        for start in range(max(0, place - len(parts) + 1), place + 1):
            if [word.text for word in reading.words[start : start + len(parts)]] == parts:
                return True
    return False


def _defines(reading: _Reading) -> bool:
    """Whether the question asks what something is, and so names it."""
    words = [word.text for word in reading.words[reading.rest :]]
    for phrase in reading.cues.definitions:
        parts = phrase.split()
        if words[: len(parts)] == parts or (reading.language == "zh" and phrase in words):
            return not (reading.language == "en" and reading.has(reading.cues.articles))
    return False


def _has_subject(reading: _Reading) -> bool:
    """Whether the place of the subject is filled, so that none was dropped."""
    known = reading.cues
    if reading.language != "zh":
        return reading.has(known.subjects) or reading.has(known.articles)
    first, *others = reading.words[reading.rest :]
    is_verb = bool(others) and others[0].text in ("了", "过", "着")
    return first.text not in known.known and len(first.text) > 1 and not is_verb


def _referents(reading: _Reading, topic: _Topic) -> list[str]:
    """Return the names that the question may mean and does not have."""
    names = topic.names or topic.quoted
    if reading.has(reading.cues.persons):
        people = [name for name in topic.names if _may_be_person(name)]
        # Whom an answer names may be another than who was meant: the question's names stay.
        names = people or [*filter(_may_be_person, topic.quoted), *topic.names] or names
    own = {name.casefold() for name in reading.names}
    return [name for name in names if name.casefold() not in own][:_CARRIED]


def _may_be_person(name: str) -> bool:
    return " " in name and all(word.isalpha() and word.istitle() for word in name.split())


def _carry(reading: _Reading, names: Sequence[str]) -> str:
    """Return the question with names in the place of its pronoun, or else in brackets."""
    known = reading.cues
    pronouns = [
        word for word in reading.words if word.text in known.pronouns and word.text != "there"
    ]
    is_sure = len(names) == 1 and (_may_be_person(names[0]) or not reading.has(known.persons))
    if is_sure and len(pronouns) == 1 and reading.language in ("en", "zh"):
        (word,) = pronouns
        return reading.text[: word.start] + names[0] + reading.text[word.end :]
    if reading.language == "zh":
        # Ahead, where Chinese puts what a sentence is about, the names also rank better.
        begin = reading.words[reading.rest].start if reading.rest < len(reading.words) else 0
        return f"{'、'.join(names)}：{reading.text[begin:]}"
    return f"{reading.text} ({', '.join(names)})"


def _swap(reading: _Reading, topic: _Topic) -> str:
    """Return the question before, with what the fragment gives in its place."""
    first = reading.words[reading.rest]
    is_place = first.text in reading.cues.places
    if len(reading.names) == 1 and not is_place:
        (name,) = reading.names
        same = [old for old in topic.names if _stem(old) == _stem(name)]
        if same or len(topic.names) == 1:
            old = re.escape((same or topic.names)[0])
            # Not within a longer name, as Trainium is in Trainium2.
            return re.sub(
                rf"(?<![A-Za-zÀ-ɏ0-9]){old}(?![A-Za-zÀ-ɏ0-9])",
                lambda _: name,
                topic.question,
                count=1,
            )
    if is_place and reading.language != "zh":
        return f"{topic.question.rstrip(_ASKS)} {reading.text[first.start :].strip(_ASKS)}?"
    return f"{topic.question} {reading.text}"


def _stem(name: str) -> str:
    """Return a name without its number: of several names, Trainium2 replaces Trainium3."""
    return re.sub(r"[\d\s]+$", "", name).casefold()


def _quoted_names(answer: str) -> list[str]:
    """Return the names in the sentences that an answer quotes."""
    names = []
    for text in _QUOTED.findall(answer):
        names += _names(text, _words(text, "zh" if _is_chinese(text) else None))
    return list(dict.fromkeys(names))


def _read(question: str) -> _Reading:
    language = _language(question)
    known = cues(language)
    words = _words(question, language)
    rest = 0
    for length in range(min(4, len(words)), 0, -1):
        if " ".join(word.text for word in words[:length]) in known.connectives:
            rest = length
            break
    return _Reading(question, language, known, words, rest)


def _language(question: str) -> str:
    """Return the language whose small words the question has most of.

    Detection by letters takes "And Meta?" for German.
    """
    if _is_chinese(question):
        return "zh"
    words = [match[0].lower() for match in _WORD.finditer(question)]
    counts = {
        language: sum(word in cues(language).known for word in words)
        for language in LANGUAGES
        if language != "zh"
    }
    best = [language for language in counts if counts[language] == max(counts.values())]
    detected = detect_language(question)
    return detected if detected in best else best[0]


def _is_chinese(text: str) -> bool:
    return any(is_wide(character) for character in text)


def _words(text: str, language: str | None) -> list[_Word]:
    words = []
    shouted = text.isupper() and not _is_chinese(text) and len(text.split()) > _FRAGMENT
    for match in _WORD.finditer(text):
        for start, end in _pieces(text, *match.span(), language):
            piece = text[start:end]
            is_name = not shouted and _is_name(piece)
            words.append(_Word(piece.lower(), start, end, is_name))
    for place, word in enumerate(words[1:], start=1):
        # The number of a name that has one: Trainium 3.
        last = words[place - 1]
        if word.text.isdecimal() and last.is_name and _GAP.fullmatch(text[last.end : word.start]):
            words[place] = _Word(word.text, word.start, word.end, True)
    return words


def _pieces(text: str, start: int, end: int, language: str | None) -> list[tuple[int, int]]:
    """Return the words within a run of letters: Chinese is cut where a cue is."""
    if language != "zh" and not any(is_wide(character) for character in text[start:end]):
        return [(start, end)]
    return [match.span() for match in _chinese().finditer(text, start, end)]


@cache
def _chinese() -> re.Pattern[str]:
    """Return what finds a cue, a run of other characters up to the next cue, or a Latin word."""
    known = sorted((w for w in cues("zh").known if is_wide(w[0])), key=lambda w: -len(w))
    cue = "|".join(map(re.escape, known))
    return re.compile(rf"[A-Za-z0-9\u00c0-\u024f]+|{cue}|(?:(?!{cue}|[A-Za-z0-9\u00c0-\u024f]).)+")


def _is_name(word: str) -> bool:
    if len(word) < 2 or not word[0].isalpha() or word.lower() in _all_known():
        return False
    return word[0].isupper() or any(character.isupper() for character in word)


@cache
def _all_known() -> frozenset[str]:
    return frozenset().union(*(cues(language).known for language in LANGUAGES))


def _names(text: str, words: Sequence[_Word]) -> list[str]:
    """Return the names in a text, each once, in order; words of a name stand side by side."""
    spans: list[tuple[int, int]] = []
    for word in words:
        if not word.is_name:
            continue
        if spans and _GAP.fullmatch(text[spans[-1][1] : word.start]):
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return list(dict.fromkeys(text[start:end] for start, end in spans))
