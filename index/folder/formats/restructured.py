"""reStructuredText, .rst: as HTML by docutils, with Sphinx's directives as what they say."""

import re
from datetime import date
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.languages import en
from docutils.utils import SystemMessage

from index.folder.formats.decoded import decoded
from index.folder.formats.extracted import Extracted, UnreadableError, one_line
from index.folder.formats.markdown import from_html

_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:.+-]+?)::", re.MULTILINE)
_ROLE = re.compile(r"(?<![\w:]):([\w:.+-]+):`|`:([\w:.+-]+):")
_LABELLED = re.compile(r"\s*(?P<words>.*?)\s*<[^<>]*>", re.DOTALL)
_INCLUDED = re.compile(r"^[ \t]*\.\.[ \t]+(?:literalinclude|include)::[ \t]*(\S+)", re.MULTILINE)
# They say something to the program that builds a site, and nothing to who reads it.
_UNSEEN = {"toctree", "index", "highlight", "currentmodule", "tabularcolumns", "literalinclude"}
_FIELDS = {nodes.author: "author", nodes.date: "date"}
_NEVER = 5  # a level that no message has
_SETTINGS = {
    "report_level": _NEVER,
    "halt_level": _NEVER,
    "file_insertion_enabled": False,  # nothing but the file itself is read
    "raw_enabled": False,
    "_disable_config": True,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "stylesheet": None,
    "math_output": "LaTeX",
    "syntax_highlight": "none",
    "footnote_references": "brackets",
    "initial_header_level": 2,
    "output_encoding": "unicode",
}


class _AnyOption(dict[str, Any]):
    """Takes every option for text."""

    def __missing__(self, name: str) -> Any:
        return directives.unchanged


class _Unknown(Directive):  # type: ignore[misc]
    """A directive of Sphinx or another program: its words, and what stands below them."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = _AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Return what it says, as far as it can be read without knowing what it does."""
        if self.name in _UNSEEN:
            return []
        found = nodes.container()
        if self.arguments:
            found += nodes.paragraph("", self.arguments[0])
        self.state.nested_parse(self.content, self.content_offset, found)
        return list(found.children)


def load(data: bytes) -> Extracted:
    """Return the text of a document; what it includes from other files is not read.

    Raises:
        UnreadableError: it is not text, or cannot be read.
    """
    text = decoded(data).lstrip("\ufeff")
    _register(text)
    try:
        document = publish_doctree(text, settings_overrides=_SETTINGS)
        html = publish_from_doctree(document, writer="html5", settings_overrides=_SETTINGS)
    except (SystemMessage, RecursionError):
        raise UnreadableError("cannot be read as reStructuredText; save its text.") from None
    stated = _stated(document)
    title = next((each.astext() for each in document.findall(nodes.title)), None)
    included = _INCLUDED.findall(text)
    return Extracted(
        text=from_html(html if isinstance(html, str) else html.decode()),
        title=one_line(title),
        author=stated.get("author"),
        published=_day(stated.get("date")),
        problem=f"includes {', '.join(included)}, which is not read here." if included else None,
    )


def _register(text: str) -> None:
    """Let docutils know the directives and roles that other programs add to it."""
    for name in set(map(str.lower, _DIRECTIVE.findall(text))) - en.directives.keys():
        directives.register_directive(name, _Unknown)
    named = {(before or after).lower() for before, after in _ROLE.findall(text)}
    for name in named - en.roles.keys():
        roles.register_local_role(name, _said)


def _said(
    name: str, rawtext: str, text: str, lineno: int, inliner: Any, *_: Any, **__: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return the words of a role: of a reference with a title, the title."""
    labelled = _LABELLED.fullmatch(text)
    words = labelled["words"] if labelled and labelled["words"] else text.removeprefix("~")
    return [nodes.inline(rawtext, words)], []


def _stated(document: nodes.document) -> dict[str, str]:
    """Return author and date, as the fields below the title state them."""
    found: dict[str, str] = {}
    for info in document.findall(nodes.docinfo):
        for field in info.findall(lambda node: type(node) in _FIELDS):
            found.setdefault(_FIELDS[type(field)], field.astext())
    return found


def _day(value: str | None) -> str | None:
    try:
        return date.fromisoformat(value or "").isoformat()
    except ValueError:
        return None
