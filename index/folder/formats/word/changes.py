"""Tracked changes: a text as it reads when all of them are accepted."""

from lxml.etree import _Element as Element

from index.folder.formats.word.markup import M, W, find, remove

_DELETED = (f"{W}del", f"{W}moveFrom")
_OWNERS = {f"{W}trPr": f"{W}tr", f"{W}tcPr": f"{W}tc"}
_FORMER = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange")


def accept_changes(root: Element) -> None:
    """Remove what was deleted or moved away: words, paragraphs, rows, cells and formulas."""
    for former in [*root.iter(*(W + name for name in _FORMER))]:
        remove(former)
    for mark in [*root.iter(*_DELETED, f"{W}cellDel")]:
        _accept(mark)


def _accept(mark: Element) -> None:
    """Remove what a mark of deletion stands in or, if it has words in it, contains."""
    parent = mark.getparent()
    if parent is None:
        return
    if parent.tag in _OWNERS:
        remove(next(parent.iterancestors(_OWNERS[str(parent.tag)])))
    elif parent.tag != f"{W}rPr":
        remove(mark)
    elif (above := parent.getparent()) is None:
        return
    elif above.tag == f"{W}pPr":
        _join_to_next(next(above.iterancestors(f"{W}p")))
    elif above.tag == f"{M}ctrlPr":
        structure = next(above.iterancestors(), above).getparent()
        if structure is not None:
            remove(structure)


def _join_to_next(paragraph: Element) -> None:
    """Put the words of a paragraph, whose end was deleted, before those of the next one."""
    following = paragraph.getnext()
    words = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is not None and following.tag == f"{W}p":
        place = 0 if find(following, "pPr") is None else 1
        following[place:place] = words
        remove(paragraph)
    elif not any(True for child in words for _ in child.iter(f"{W}t", f"{M}t", f"{W}drawing")):
        remove(paragraph)
