"""The optional header of an article: YAML between lines of dashes, or TOML between pluses."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from index.folder.dates import day
from index.language.detection import is_language

# Only a file's first lines count: a line of dashes far below is a rule, not the end of a header.
# Nor does a header begin with an empty line, as the text after a rule does.
_YAML = re.compile(
    r"\A\ufeff?---[ \t]*\n(?P<fields>(?![ \t]*\n).{0,8000}?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.M,
)
_TOML = re.compile(
    r"\A\ufeff?\+\+\+[ \t]*\n(?P<fields>.{0,8000}?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.M
)
# What is read of a header, and how site generators and note programs call it, the plainest first.
_NAMES = {
    "title": ("title",),
    "language": ("language", "lang", "locale"),
    "published": (
        "published", "date", "publishdate", "published_at", "datepublished", "pubdate", "created",
    ),
    "publisher": ("publisher", "site", "sitename"),
    "author": ("author", "authors", "creator"),
    "url": ("url", "canonical_url", "canonical", "link", "source"),
}  # fmt: skip
# Besides these a header often has some of the following. Dialogues and notices between two rules
# look like a header, too, and do not have them.
_TELLING = frozenset({
    "aliases", "categories", "category", "comments", "cover", "created", "cssclass",
    "cssclasses", "description", "draft", "excerpt", "expirydate", "featured", "format", "id",
    "image", "keywords", "lastmod", "layout", "license", "modified", "name", "nav_order",
    "output", "pagetitle", "parent", "permalink", "revision", "series", "sidebar", "slug",
    "status", "subtitle", "summary", "tag", "tags", "template", "thumbnail", "toc", "type",
    "updated", "version", "weight",
    *(name for names in _NAMES.values() for name in names),
})  # fmt: skip
_ALONE = frozenset({"author", "authors", "creator", "name", "parent", "publisher", "site"})
_LIKELY_BROKEN = re.compile(
    rf"^(?:{'|'.join(sorted(_TELLING - _ALONE))})[ \t]*[:=](?:[ \t]|$)", re.MULTILINE
)
_UNCLOSED = re.compile(r"\A\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n(?P<fields>(?:\S[^\n]*\n?){1,40})")
_SENTENCE = re.compile(r"\w+\W+\w+\W+\w+.*[.!?…。！？][\"'”’»)]*\s*\Z", re.DOTALL)


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
    """Read the header at the start of `text`; a broken one is skipped and named in `problem`.

    What merely stands between two rules is text.
    """
    match = _YAML.match(text) or _TOML.match(text)
    if match is None:
        unclosed = _UNCLOSED.match(text)
        if unclosed is None or not _LIKELY_BROKEN.search(unclosed["fields"]):
            return Header()
        return Header(problem=f"header has no closing {unclosed['fence']}")
    fields = match["fields"]
    try:
        # All values as text: safe_load takes `no` (Norwegian) for False, and a bad `!!int` makes it
        # raise errors of any kind.
        stated = (
            yaml.load(fields, Loader=yaml.BaseLoader)
            if match.re is _YAML
            else tomllib.loads(fields)
        )
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if not _LIKELY_BROKEN.search(fields):
            return Header()
        return Header(end=match.end(), problem=_broken(error))
    if not fields.strip():
        stated = {}
    if not isinstance(stated, dict) or not _is_header(stated):
        return Header()
    return _header_of(stated, match.end())


def _broken(error: Exception) -> str:
    """Return what is wrong with a header that cannot be read."""
    if isinstance(error, tomllib.TOMLDecodeError):
        where = re.search(r"at line (\d+)", str(error))
        return f"header is not valid TOML{f' at line {int(where[1]) + 1}' if where else ''}"
    line = getattr(getattr(error, "problem_mark", None), "line", None)
    return f"header is not valid YAML{'' if line is None else f' at line {line + 2}'}"


def _is_header(fields: Mapping[Any, Any]) -> bool:
    """Whether the lines between two rules, each with a colon, state something of the article.

    If in doubt they are text, as then nothing is lost.
    """
    names = [str(name) for name in fields]
    if any(name[:1].islower() and name.lower() in _TELLING - _ALONE for name in names):
        return True
    return all(
        (re.fullmatch(r"[a-z][\w.-]*", name) or name.lower() in _TELLING)
        and not (isinstance(value, str) and _SENTENCE.search(value))
        for name, value in zip(names, fields.values(), strict=True)
    )


def _header_of(fields: Mapping[Any, Any], end: int) -> Header:
    """Return the header with these fields; values that cannot be used are named."""
    problems: list[str] = []
    by_name = {str(name).lower(): value for name, value in fields.items()}
    values: dict[str, str | None] = {}
    for key, names in _NAMES.items():
        name, value = next(((n, by_name[n]) for n in names if by_name.get(n)), (key, None))
        values[key] = _line(name, value, problems, is_list=key in ("author", "publisher"))
        if key == "language":
            values[key] = _language(name, values[key], problems)
        elif key == "published":
            values[key] = _published(name, values[key], values["language"], problems)
        elif key == "url":
            values[key] = _url(name, values[key], problems)
    return Header(**values, end=end, problem=f"header: {'; '.join(problems)}" if problems else None)


def _line(name: str, value: Any, problems: list[str], *, is_list: bool) -> str | None:
    """Return a value as one line, if it is text; else name it in `problems`.

    Names of people may come as a list, each with what else is stated of the person.
    """
    if value is None:
        return None
    if isinstance(value, (str, int, float, datetime.date, datetime.time)):
        return " ".join(str(value).split()) or None
    if is_list:
        people = value if isinstance(value, list) else [value]
        named = [
            person.get("name", person.get("family")) if isinstance(person, dict) else person
            for person in people
        ]
        if all(isinstance(each, str) for each in named):
            return ", ".join(filter(None, (" ".join(str(each).split()) for each in named))) or None
    problems.append(f"{name} is not a line of text")
    return None


def _language(name: str, value: str | None, problems: list[str]) -> str | None:
    """Return the language of a code such as en, en-GB or de_AT."""
    code = re.split(r"[-_]", value or "")[0].lower()
    if value is None or is_language(code):
        return code or None
    problems.append(f"{name} {value!r} is not a two-letter code such as en")
    return None


def _published(
    name: str, value: str | None, language: str | None, problems: list[str]
) -> str | None:
    stated = None if value is None else day(value, language)
    if value is not None and stated is None:
        problems.append(f"{name} {value!r} is not a date such as 2025-12-03")
    return stated


def _url(name: str, value: str | None, problems: list[str]) -> str | None:
    """Return an address; that of a page on its own site is none, and no fault."""
    if value is None or value.startswith(("https://", "http://")):
        return value
    if name == "url" and not value.startswith(("/", ".")):
        problems.append(f"{name} {value!r} does not begin with https:// or http://")
    return None
