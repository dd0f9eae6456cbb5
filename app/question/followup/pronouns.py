"""Whether a pronoun of a question stands for something that the question does not name."""

import re
from collections.abc import Sequence

from app.question.cues import Cues
from app.question.followup.reading import Reading
from app.question.followup.words import Word, is_content, weigh

_CLAUSE_END = re.compile(r"[,;:.!?，；：。！？、](?:\s|$|(?<=[，；：。！？、]))")
_SPARSE = 2  # words with a content: more of them in Chinese explain a pronoun


def has_pronoun(reading: Reading) -> bool:
    """Whether a pronoun stands for something that the question itself does not name."""
    return any(
        not word.is_name
        and not _in_phrase(reading, place, reading.cues.empty)
        and _points_back(reading, place)
        for place, word in enumerate(reading.words[reading.rest :], start=reading.rest)
    )


def _points_back(reading: Reading, place: int) -> bool:
    """Whether the word at `place` is a pronoun that nothing before it in the question explains."""
    known, words = reading.cues, reading.words
    word, before = words[place], words[reading.rest : place]
    after = words[place + 1] if place + 1 < len(words) else None
    content = [w for w in before if is_content(w, known)]
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
    word: Word,
    before: Sequence[Word],
    content: Sequence[Word],
    after: Word | None,
    known: Cues,
) -> bool:
    """Whether a pronoun means something in its own clause, or is a conjunction."""
    last = before[-1].text if before else ""
    named = any(w.is_name for w in content)
    if word.text == "that" and after and last not in known.verbs:
        return True
    if language == "zh" and (named or weigh(content) > _SPARSE):
        return True
    if not content or after is None or last in known.verbs:
        return False
    is_led = last in known.about | known.places
    if language == "en" and after.text in known.verbs:
        return True  # the metric that they have: the subject of a clause within
    return not is_led and (named or (language == "en" and is_content(after, known)))


def _is_clitic(reading: Reading, place: int) -> bool:
    """Whether a word such as Italian "la" is a pronoun: it stands before the one verb."""
    known = reading.cues
    before, after = reading.words[reading.rest : place], reading.words[place + 1 :]
    if after[0].is_name or any(w.text in known.verbs | known.reasons for w in before):
        return False
    if after[0].text not in known.verbs:
        unknown = [w for w in after if not w.is_name and is_content(w, known)]
        if len(unknown) != 1 or any(w.text in known.verbs for w in after):
            return False
    nouns = [i for i, w in enumerate(before) if not w.is_name and is_content(w, known)]
    if nouns:  # which companies use it: one noun, and its question word before it
        return len(nouns) == 1 and nouns[0] > 0 and before[nouns[0] - 1].text in known.determiners
    return any(w.text in known.asking for w in before)


def _in_phrase(reading: Reading, place: int, phrases: frozenset[str]) -> bool:
    """Whether the word at `place` is part of one of `phrases`."""
    for phrase in phrases:
        parts = phrase.split()
        for start in range(max(0, place - len(parts) + 1), place + 1):
            if [word.text for word in reading.words[start : start + len(parts)]] == parts:
                return True
    return False
