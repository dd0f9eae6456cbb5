"""What a question asks for."""

from app.agreement.name_keys import is_product, name_keys
from app.agreement.stated_figures import StatedFigure
from app.agreement.vocabulary import classes
from app.question.question import Question
from index.language.figures import answer_type, figure_asked_for, nouns


class Focus:
    """What a question asks for: of which names, which aspects, and what kind of figure."""

    def __init__(self, question: Question) -> None:
        text = question.text
        self.names = name_keys(question.in_full)
        self.products = frozenset(name for name in self.names if is_product(name))
        self.aspects = classes("aspects", text)
        self.nouns = frozenset(noun for noun, pattern in nouns() if pattern.search(text))
        self._type = answer_type(text)
        self._figure = figure_asked_for(text)

    def may_concern(self, stated: StatedFigure) -> bool:
        """Whether a figure answers the question, or is of a kind that it may ask for."""
        kind = stated.figure.kind
        if stated.is_answer:
            return True
        if self._type == "date":
            return kind == "date"
        if self._type == "duration":
            return kind in ("date", "duration")
        return kind != "date" and self._type != "other"

    def asks_for(self, stated: StatedFigure) -> bool:
        """Whether a figure is what the question asks for, rather than said beside it."""
        if stated.is_answer:
            return True
        aspects = stated.subject.aspects
        if self._figure is None:  # "Is it faster?": no figure is asked for, but something it is of
            return bool(self.aspects & aspects)
        is_of_another = bool(self.aspects and aspects and not self.aspects & aspects)
        return self._figure.is_among([stated.figure]) and not is_of_another
