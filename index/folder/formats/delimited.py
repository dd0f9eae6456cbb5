"""Tables as text, .csv and .tsv: rows with heads."""

import csv
import io
import re
from collections import Counter

from index.folder.formats.decoded import decoded
from index.folder.formats.draft import Draft
from index.folder.formats.extracted import Extracted, UnreadableError
from index.folder.formats.grid import Row, add_grid

# Of those that fit as well the first counts: a comma stands within numbers, too.
_DELIMITERS = "\t;|,"
# A line for Excel, which does not show it.
_STATED = re.compile(r"\ufeff?sep=(?P<delimiter>.)\n")
_TRIED = 200  # rows
_FIELD = 1_000_000  # characters of a cell


def load(data: bytes) -> Extracted:
    """Return the rows of a table; the place of each is its first cell, such as A17.

    Raises:
        UnreadableError: it is not text, or no table.
    """
    csv.field_size_limit(_FIELD)
    text = decoded(data)
    try:
        stated = _STATED.match(text)
        text = text[stated.end() :] if stated else text
        fitting = max(_DELIMITERS, key=lambda each: _fit(text, each))
        delimiter = stated["delimiter"] if stated else fitting
        rows = _rows(text, delimiter)
    except csv.Error as error:
        raise UnreadableError(f"is no table that can be read ({error}); save it anew.") from None
    draft = Draft()
    add_grid(draft, rows)
    return Extracted(text=draft.text, places=draft.places)


def _rows(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    return [Row(cells, f"A{number}") for number, cells in enumerate(reader, start=1)]


def _fit(text: str, delimiter: str) -> float:
    """Return how well a delimiter fits: the share of rows that have the commonest width."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    widths = [len(cells) for cells, _ in zip(reader, range(_TRIED), strict=False) if any(cells)]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    return Counter(wide).most_common(1)[0][1] / len(widths)
