"""The optional header of an article: YAML between two lines of three dashes."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

import yaml

from index.language.detection import is_language

# Only a file's first lines count: a line of dashes far below is a rule, not the end of a header.
_HEADER = re.compile(
    r"\A\ufeff?---[ \t]*\n(?P<fields>.{0,8000}?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.M
)
_CHECKED_KEYS = ("language", "published", "url")
_OTHER_KEYS = ("title", "publisher", "author")
_UNCLOSED = re.compile(r"\A\ufeff?---[ \t]*\n\w+:")


@dataclass(frozen=True, slots=True)
class Header:
    """What a header states of its article. A field that is empty or missing is None."""

    title: str | None = None
    language: str | None = None
    published: str | None = None  # ISO 8601, a day
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    end: int = 0  # where the article's body begins, in characters
    problem: str | None = None  # what could not be read, in a few words


def read_header(text: str) -> Header:
    """Read the header at the start of `text`; a broken one is skipped and named in `problem`."""
    match = _HEADER.match(text)
    if match is None:
        problem = "header has no closing ---" if _UNCLOSED.match(text) else None
        return Header(problem=problem)
    try:
        # All values as text: safe_load takes `no` (Norwegian) for False, and a bad `!!int` makes it
        # raise errors of any kind.
        fields = yaml.load(match["fields"], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" at line {line + 2}"
        return Header(end=match.end(), problem=f"header is not valid YAML{where}")
    if fields is None or fields == "":
        fields = {}
    if not isinstance(fields, dict):
        return Header(end=match.end(), problem="header has no 'key: value' lines")
    return _header_of(fields, match.end())


def _header_of(fields: dict[str, Any], end: int) -> Header:
    """Return the header with these fields; values that cannot be used are named."""
    problems: list[str] = []
    values = {key: _line(key, fields.get(key), problems) for key in _CHECKED_KEYS}
    language, published, url = values["language"], values["published"], values["url"]
    if language is not None and not is_language(language):
        problems.append(f"language {language!r} is not a two-letter code such as en")
        values["language"] = None
    if published is not None:
        values["published"] = _day(published)
        if values["published"] is None:
            problems.append(f"published {published!r} is not a date such as 2025-12-03")
    if url is not None and not url.startswith(("https://", "http://")):
        problems.append(f"url {url!r} does not begin with https:// or http://")
        values["url"] = None
    values |= {key: _line(key, fields.get(key), problems) for key in _OTHER_KEYS}
    return Header(**values, end=end, problem=f"header: {'; '.join(problems)}" if problems else None)


def _line(key: str, value: Any, problems: list[str]) -> str | None:
    """Return a value as one line, if it is text; else name it in `problems`."""
    if value is None:
        return None
    if isinstance(value, str):
        return " ".join(value.split()) or None
    problems.append(f"{key} is not a line of text")
    return None


def _day(value: str) -> str | None:
    try:
        return datetime.datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None
