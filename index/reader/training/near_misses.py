"""Questions that a passage seems to answer, because it is about their subject, but does not."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Subject:
    """One thing to ask about any name."""

    words: str  # a pattern of the English words with which a passage may state it
    questions: tuple[str, ...]  # in the four languages, with {name}


_SUBJECTS = (
    _Subject(
        "employ|worker|staff|people|personnel|hire",
        (
            "How many employees does {name} have?",
            "Quanti dipendenti ha {name}?",
            "¿Cuántos empleados tiene {name}?",
            "{name}有多少名员工？",
        ),
    ),
    _Subject(
        r"[$€£¥]|cost|price|pay|dollar|euro|pound|million|billion|fee|fund",
        (
            "What does an hour of {name} cost?",
            "Quanto costa all'ora {name}?",
            "¿Cuánto cuesta una hora de {name}?",
            "使用{name}一小时要多少钱？",
        ),
    ),
    _Subject(
        "found|establish|creat|start|began|begin|open|launch|built|incorporat",
        (
            "In what year was {name} founded?",
            "In che anno è stata fondata {name}?",
            "¿En qué año se fundó {name}?",
            "{name}是哪一年成立的？",
        ),
    ),
    _Subject(
        "chief|president|chair|director|head|lead|manag|CEO|minister|govern",
        (
            "Who is the chief executive of {name}?",
            "Chi è l'amministratore delegato di {name}?",
            "¿Quién es el director ejecutivo de {name}?",
            "{name}的首席执行官是谁？",
        ),
    ),
    _Subject(
        "headquarter|located|based|situated|lies| in the (?:city|town)|office",
        (
            "Where are the headquarters of {name}?",
            "Dove si trova la sede di {name}?",
            "¿Dónde está la sede de {name}?",
            "{name}的总部在哪里？",
        ),
    ),
    _Subject(
        "weigh|kilogram|pound|ton|mass|kg|heav",
        (
            "How much does {name} weigh?",
            "Quanto pesa {name}?",
            "¿Cuánto pesa {name}?",
            "{name}有多重？",
        ),
    ),
    _Subject(
        "revenue|turnover|profit|sales|earn|income|billion|million",
        (
            "What was the revenue of {name} last year?",
            "Quali sono stati i ricavi di {name} l'anno scorso?",
            "¿Cuáles fueron los ingresos de {name} el año pasado?",
            "{name}去年的收入是多少？",
        ),
    ),
    _Subject(
        "customer|user|client|subscri|audience|member|viewer",
        (
            "How many customers does {name} have?",
            "Quanti clienti ha {name}?",
            "¿Cuántos clientes tiene {name}?",
            "{name}有多少客户？",
        ),
    ),
    _Subject(
        "wife|husband|marri|spouse|child|son|daughter|family|born|birth",
        (
            "When was {name} born?",
            "Quando è nato {name}?",
            "¿Cuándo nació {name}?",
            "{name}是什么时候出生的？",
        ),
    ),
    _Subject(
        "watt|power|energy|electric|consum",
        (
            "How much electricity does {name} use?",
            "Quanta elettricità consuma {name}?",
            "¿Cuánta electricidad consume {name}?",
            "{name}耗电多少？",
        ),
    ),
    _Subject(
        "patent|invent|licen",
        (
            "How many patents does {name} hold?",
            "Quanti brevetti possiede {name}?",
            "¿Cuántas patentes tiene {name}?",
            "{name}拥有多少项专利？",
        ),
    ),
    _Subject(
        "rival|compet|oppon|enem|against",
        (
            "Who is the biggest competitor of {name}?",
            "Chi è il principale concorrente di {name}?",
            "¿Quién es el mayor competidor de {name}?",
            "{name}最大的竞争对手是谁？",
        ),
    ),
)


def near_miss(english: str, names: Sequence[str], draw: random.Random) -> str | None:
    """Return a question about one of `names` that a passage does not answer, in any language.

    `english` is the passage or its translation. Returns None if it may answer every question.
    """
    topics = [topic for topic in _SUBJECTS if not re.search(topic.words, english, re.IGNORECASE)]
    if not topics or not names:
        return None
    return draw.choice(draw.choice(topics).questions).format(name=draw.choice(names))
