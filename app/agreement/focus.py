"""What a question asks for."""

from app.agreement.name_keys import is_product, name_keys, numbers
from app.agreement.stated_figures import StatedFigure
from app.agreement.vocabulary import classes
from app.question.question import Question
from index.language.figures import answer_type, figure_asked_for, is_class, nouns


class Focus:
    """What a question asks for: of which names, which aspects, and what kind of figure."""

    def __init__(self, question: Question) -> None:
        text = question.text
        self.names = name_keys(question.in_full)
        self.products = frozenset(name for name in self.names if is_product(name))
        self.numbers = numbers(question.in_full)
        self.aspects = classes("aspects", text)
        self.moods = classes("moods", text)
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

    def may_ask_for(self, stated: StatedFigure) -> bool:
        """Whether a figure may be what the question asks for, whatever is said beside it.

        A counted thing whose word is in no class may be the one that is asked for.
        """
        if stated.is_answer or self._figure is None:
            return True
        figure = stated.figure
        is_of_some_thing = figure.kind == "count" and not is_class(figure.unit)
        may_be_it = is_of_some_thing and "count" in self._figure.kinds
        return may_be_it or self._figure.is_among([figure])

    def asks_for(self, stated: StatedFigure) -> bool:
        """Whether a figure is what the question asks for, rather than said beside it."""
        if stated.is_answer:
            return True
        aspects = stated.subject.aspects
        if self._figure is None:  # "Is it faster?": no figure is asked for, but something it is of
            return bool(self.aspects & aspects)
        is_of_another = bool(self.aspects and aspects and not self.aspects & aspects)
        return self._figure.is_among([stated.figure]) and not is_of_another
