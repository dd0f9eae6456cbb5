"""JSON, and JSON by lines: records with the same fields as a table, all else as lists."""

import json
from collections.abc import Iterator
from typing import Any

from index.folder.formats.decoded import decoded
from index.folder.formats.draft import Draft
from index.folder.formats.extracted import Extracted, UnreadableError
from index.folder.formats.grid import Row, add_table

_LONG_NAME = 100  # characters: of a record, the first thing that it says, if it is shorter
_ALIKE = 0.5  # of all fields at least that a record has, or the records are no table


class _Number(str):
    """A number as it is written."""


def load(data: bytes) -> Extracted:
    """Return all that the records say, in their order.

    Raises:
        UnreadableError: it is not JSON.
    """
    text = decoded(data).lstrip("\ufeff")
    problem = None
    try:
        value = _parse(text)
    except ValueError as error:
        values, broken = _parse_lines(text)
        if not values:
            raise UnreadableError(f"is not JSON ({error}); save it anew.") from None
        value = values
        if broken:
            problem = f"has lines that are not JSON ({len(broken)}), the first is line {broken[0]}."
    draft = Draft()
    if isinstance(value, list):
        _add_all(draft, value)
    else:
        _add_value(draft, value, "")
    return Extracted(text=draft.text, places=draft.places, problem=problem)


def _parse(text: str) -> Any:
    return json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number)


def _parse_lines(text: str) -> tuple[list[Any], list[int]]:
    """Return the values of lines that are JSON, and the numbers of those that are not."""
    values, broken = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                values.append(_parse(line))
            except ValueError:
                broken.append(number)
    return values, broken


def _add_all(draft: Draft, values: list[Any]) -> None:
    fields = list(dict.fromkeys(key for each in values if isinstance(each, dict) for key in each))
    if len(values) > 1 and fields and all(_is_row(each, fields) for each in values):
        rows = [
            Row([_shown(each.get(field)) for field in fields], f"#{number}")
            for number, each in enumerate(values, start=1)
        ]
        add_table(draft, Row([" ".join(field.split()) for field in fields]), rows)
        return
    for number, each in enumerate(values, start=1):
        _add_value(draft, each, f"#{number}")


def _is_row(value: Any, fields: list[str]) -> bool:
    """Whether a value is a record that says single things, about most of the fields."""
    return (
        isinstance(value, dict)
        and len(value) >= _ALIKE * len(fields)
        and not any(isinstance(each, dict | list) for each in value.values())
    )


def _add_value(draft: Draft, value: Any, place: str) -> None:
    """Add a record below its name, if it says one first; what is no record is a paragraph."""
    if not isinstance(value, dict | list):
        draft.add(_shown(value), place)
        return
    if isinstance(value, dict):
        name = next((_shown(each) for each in value.values() if isinstance(each, str)), "")
        if place and name and len(name) <= _LONG_NAME:
            draft.add(f"## {name}", place)
    draft.add("\n".join(_items(value, 0)), place)


def _items(value: Any, depth: int) -> Iterator[str]:
    """Yield a line for each thing that a record or a list says, deeper for what is within it."""
    pairs = value.items() if isinstance(value, dict) else (("", each) for each in value)
    for key, each in pairs:
        key = " ".join(key.split())
        indent = "  " * depth
        if isinstance(each, dict | list):
            if key:
                yield f"{indent}- {key}:"
            yield from _items(each, depth + bool(key))
        elif shown := _shown(each):
            yield f"{indent}- {key}: {shown}" if key else f"{indent}- {shown}"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())
