"""The words that show that two sentences are about the same thing, from agreement.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def patterns(table: str, flags: int = re.I) -> dict[str, re.Pattern[str]]:
    """Return the patterns of a table, by name."""
    return {name: re.compile(pattern, flags) for name, pattern in _tables()[table].items()}


@cache
def attributions(name: str) -> list[re.Pattern[str]]:
    """Return the patterns that find who is quoted; `name` is the pattern of a name."""
    written = _tables()["attributions"]["patterns"]
    return [re.compile(pattern.replace("NAME", name)) for pattern in written]


def classes(table: str, text: str) -> frozenset[str]:
    """Return the names of a table's patterns that occur in a text."""
    return frozenset(name for name, p in patterns(table).items() if p.search(text))


@cache
def _tables() -> dict[str, Any]:
    file = Path(__file__).with_name("agreement.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
