"""Names and figures in a text, and whether another text has them."""

import re
from collections.abc import Sequence

# A name or a figure: what has a digit, or a capital that no sentence begins with.
_NAME = re.compile(
    r"[A-Za-zÀ-ÿ]*\d(?:[\d.,]*\d)?"
    r"|(?:(?<=[^.?!¿¡\s][ '’])|(?<=[\u3000-\u9fff]))[A-ZÀ-Þ][A-Za-zÀ-ÿ-]*[A-Za-zÀ-ÿ]"
    r"|[A-Za-zÀ-ÿ][a-zß-ÿ]*[A-ZÀ-Þ][A-Za-zÀ-ÿ]*"
)

_SEPARATOR = re.compile(r"(?<=\d)[.,](?=\d)")


def names_in(text: str) -> list[str]:
    """Return the names and figures of a text, in small letters; a sentence's first word is none."""
    return [_plain(name) for name in _NAME.findall(text)]


def has_name(name: str, text: str) -> bool:
    """Whether a name of `names_in` stands in a text, as a word of its own."""
    return re.search(rf"(?<![a-zà-ÿ\d]){re.escape(name)}(?![a-zà-ÿ\d])", _plain(text)) is not None


def share_of_names(names: Sequence[str], text: str) -> float:
    """Return the share of names that a text has; 1 where there are none."""
    return sum(has_name(name, text) for name in names) / len(names) if names else 1.0


def _plain(text: str) -> str:
    """Return `text` in small letters and with figures as digits alone: 500,000 as 500.000."""
    return _SEPARATOR.sub("", text.casefold())
