"""The figures of a text: what is counted, measured, priced or dated, and how exactly.

English, Italian, Spanish and Chinese are read with their number words and hedges. Any other
language that Unicode's CLDR knows is read as CLDR says that it writes numbers, dates, units and
money, and with its number words where text2num has them. Product names that end in a number
(H100, Trainium 3) are names.
"""

from index.language.figures.asked import AskedFigure, answer_type, figure_asked_for, may_be
from index.language.figures.figure import Figure, may_measure_the_same, unsupported
from index.language.figures.lexicon import can_read
from index.language.figures.parsing import figures
from index.language.figures.things import is_class, nouns

__all__ = [
    "AskedFigure",
    "Figure",
    "answer_type",
    "can_read",
    "figure_asked_for",
    "figures",
    "is_class",
    "may_be",
    "may_measure_the_same",
    "nouns",
    "unsupported",
]
