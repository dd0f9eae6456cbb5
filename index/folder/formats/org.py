"""Org files, .org: headings, lists, tables and code as Markdown writes them.

The libraries for them read headings and properties, and leave the rest of the text as it is.
"""

import re
from collections.abc import Iterator, Sequence

from index.folder.formats.decoded import decoded
from index.folder.formats.draft import Draft
from index.folder.formats.extracted import Extracted, one_line
from index.folder.formats.raised import lowered, raised

_HEADING = re.compile(r"(?P<stars>\*+)\s+(?P<words>.*?)\s*")
_UNSEEN_TREE = re.compile(r"COMMENT(?:\s|$)|.*:(?:ARCHIVE|noexport):[\w@#%:]*$")
_KEYWORD = re.compile(r"\s*#\+(?P<key>[\w-]+):\s*(?P<value>.*)", re.IGNORECASE)
_BEGIN = re.compile(r"\s*#\+begin_(?P<kind>\w+)(?:[ \t]+(?P<language>[\w+-]+))?.*", re.IGNORECASE)
_COMMENT = re.compile(r"\s*#(?:\s|$)")
_DRAWER = re.compile(r"\s*:[\w-]+:\s*", re.IGNORECASE)
_END_OF_DRAWER = re.compile(r"\s*:END:\s*", re.IGNORECASE)
_ROW = re.compile(r"\s*\|")
_RULE = re.compile(r"\s*\|-[-+|]*\s*")
_ALIGNMENT = re.compile(r"\s*\|(?:\s*(?:<[lcr]?\d*>|/)?\s*\|)+\s*")
_LINE = re.compile(r"-{5,}\s*")
_ITEM = re.compile(r"(?P<mark>\s*(?:[-+]|\s\*|\d+[.)]))\s+(?:\[@\d+\]\s+)?(?P<words>.*)")
_FIXED = re.compile(r"\s*: ?(?P<words>.*)")
_LINK = re.compile(r"\[\[(?P<target>[^\]\n]+)\](?:\[(?P<words>[^\]\n]+)\])?\]")
_NOTE = re.compile(r"\[fn:(?P<name>[\w-]+)\]")
_MARKED = re.compile(
    r"(?<![\w*/_=~+])(?P<mark>[*/_=~+])(?P<words>[^\s](?:[^\n]*?[^\s])??)(?P=mark)(?![\w*/_=~+])"
)
_RAISED = re.compile(
    r"(?<=\w)(?P<mark>[\^_])\{(?P<words>[^{}\n]+)\}|(?<=[\w)])\^(?P<sign>[+-]?\w+)"
)
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_DATE = re.compile(r"[<\[]?(?P<day>\d{4}-\d\d-\d\d)")
_CODE = {"src", "example", "export", "verse"}
_UNSEEN_BLOCKS = {"comment"}


def load(data: bytes) -> Extracted:
    """Return the text of an Org file without its comments, drawers and settings.

    Raises:
        UnreadableError: it is not text.
    """
    lines = iter(decoded(data).lstrip("\ufeff").split("\n"))
    stated: dict[str, str] = {}
    draft = Draft()
    for block in _blocks(lines, stated):
        draft.add(block)
    title = one_line(stated.get("title"))
    day = _DATE.search(stated.get("date", ""))
    return Extracted(
        text=f"# {title}\n\n{draft.text}".strip() if title else draft.text,
        title=title,
        author=one_line(stated.get("author")),
        published=day["day"] if day else None,
    )


def _blocks(lines: Iterator[str], stated: dict[str, str]) -> Iterator[str]:
    """Yield the blocks of Markdown that lines give, and note what the file states of itself."""
    block: list[str] = []
    hidden = 0  # the level of a tree that is not shown
    is_table = False
    for line in lines:
        heading = _HEADING.fullmatch(line)
        if heading:
            level = len(heading["stars"])
            if hidden and level > hidden:
                continue
            hidden = level if _UNSEEN_TREE.match(heading["words"]) else 0
        if hidden:
            continue
        begin, is_row = _BEGIN.fullmatch(line), _ROW.match(line) is not None
        if not line.strip() or heading or begin or is_row != is_table or _LINE.fullmatch(line):
            yield "\n".join(_table(block) if is_table else block)
            block = []
        is_table = is_row
        if heading:
            # A title of the file is the first heading.
            yield f"{'#' * min(level + ('title' in stated), 6)} {_inline(heading['words'])}"
        elif begin:
            yield _quoted(begin, lines)
        elif _DRAWER.fullmatch(line):
            for inside in lines:
                if _END_OF_DRAWER.fullmatch(inside):
                    break
        elif keyword := _KEYWORD.fullmatch(line):
            stated.setdefault(keyword["key"].lower(), keyword["value"])
            if keyword["key"].lower() == "caption":
                block.append(_inline(keyword["value"]))
        elif is_row:
            block.append(line.strip())
        elif line.strip() and not _COMMENT.match(line) and not _LINE.fullmatch(line):
            block.append(_plain(line))
    yield "\n".join(_table(block) if is_table else block)


def _quoted(begin: re.Match[str], lines: Iterator[str]) -> str:
    """Return a block between #+begin and #+end: code, a quotation, or other text."""
    kind = begin["kind"].lower()
    end = re.compile(rf"\s*#\+end_{kind}\s*", re.IGNORECASE)
    inside = []
    for line in lines:
        if end.fullmatch(line):
            break
        inside.append(line)
    if kind in _UNSEEN_BLOCKS:
        return ""
    if kind in _CODE:
        fence = max(["``", *re.findall(r"`{3,}", "\n".join(inside))], key=len) + "`"
        name = (begin["language"] or "") if kind == "src" else ""
        return "\n".join([fence + name, *inside, fence])
    quoted = "> " if kind == "quote" else ""
    return "\n".join(f"{quoted}{_inline(line.strip())}" for line in inside if line.strip())


def _table(lines: Sequence[str]) -> Iterator[str]:
    """Yield the rows of a table; what is above its first rule is the head."""
    rows = [line for line in lines if not _ALIGNMENT.fullmatch(line)]
    while rows and _RULE.fullmatch(rows[0]):
        del rows[0]
    if rows:
        columns = rows[0].strip("|").count("|") + 1
        has_head = len(rows) > 1 and _RULE.fullmatch(rows[1])
        yield _inline(rows.pop(0)) if has_head else f"|{'  |' * columns}"
        yield f"|{' --- |' * columns}"
        yield from (_inline(row) for row in rows if not _RULE.fullmatch(row))


def _plain(line: str) -> str:
    item = _ITEM.fullmatch(line)
    if item:
        mark = item["mark"].replace("*", "-").replace("+", "-")
        return f"{mark} {_inline(item['words'])}"
    fixed = _FIXED.fullmatch(line)
    return fixed["words"] if fixed and line.lstrip().startswith(":") else _inline(line)


def _inline(words: str) -> str:
    """Return words as they are shown, without the marks of emphasis and links."""
    words = _LINK.sub(lambda link: link["words"] or link["target"], words)
    words = _NOTE.sub(r"[\g<name>]", words)
    words = _RAISED.sub(_moved, words)
    return _SPACES.sub(" ", _MARKED.sub(_unmarked, words))


def _unmarked(match: re.Match[str]) -> str:
    return "" if match["mark"] == "+" else match["words"]  # what is between them is struck out


def _moved(match: re.Match[str]) -> str:
    if match["mark"] == "_":
        return lowered(match["words"])
    return raised(match["words"] or match["sign"])
