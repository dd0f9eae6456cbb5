"""What a question asks for."""

from app.agreement.names import is_product, names
from app.agreement.stated_figures import Claim
from app.agreement.vocabulary import classes
from app.question.question import Question
from index.language.figures import answer_type, nouns


class Asked:
    """What a question asks for, and of what."""

    def __init__(self, question: Question) -> None:
        text = question.text
        self.names = names(text)
        self.products = frozenset(name for name in self.names if is_product(name))
        self.aspects = classes("aspects", text)
        self.nouns = frozenset(noun for noun, pattern in nouns() if pattern.search(text))
        self._type = answer_type(text)

    def concerns(self, claim: Claim) -> bool:
        """Whether a figure answers, or is of a kind that the question may ask for."""
        kind = claim.figure.kind
        if claim.is_answer:
            return True
        if self._type == "date":
            return kind == "date"
        if self._type == "duration":
            return kind in ("date", "duration")
        return kind != "date" and self._type != "other"
