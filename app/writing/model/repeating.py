"""Tells when a sentence of a language model only repeats the question: small ones often do.

The passages seem to support it, since they have its words, and it answers nothing.
"""

from app.question.heads import YES_NO
from app.question.question import Question
from app.question.sayings import bare
from index.language.scripts import words
from index.structure import asks

_ASKING = 2  # words at the beginning of a question that its statement lacks: "how many"


def only_repeats(sentence: str, question: Question) -> bool:
    """Whether a sentence asks the question again, or states it without an answer.

    A statement in the question's own words may well answer if that is "yes" or "no".
    """
    said = set(words(sentence))
    if asks(sentence):
        return said <= {*words(question.in_full)} or bare(sentence).endswith(bare(question.text))
    asked = words(question.text)
    is_stated = {*asked[_ASKING:]} <= said <= {*asked}
    return is_stated and question.answer_type not in (None, YES_NO)
