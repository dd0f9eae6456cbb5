"""What of a document is seen: neither hidden nor struck out, and in one variant only."""

from lxml.etree import _Element as Element

from index.folder.formats.word.appearance import Styles
from index.folder.formats.word.markup import MC, M, W, find, is_on, remove

_VARIANTS = f"{MC}AlternateContent"
_WORDS = (f"{W}t", f"{M}t", f"{W}sym", "{urn:schemas-microsoft-com:vml}textpath")


def keep_one_variant(root: Element) -> None:
    """Keep, of each part that stands there in several variants, the first that has words."""
    for variants in [*root.iter(_VARIANTS)]:
        with_words = [each for each in variants if next(each.iter(*_WORDS), None) is not None]
        for each in variants:
            if each is not next(iter(with_words), None):
                remove(each)


def keep_seen(root: Element, styles: Styles) -> None:
    """Remove the runs and the rows that are not seen."""
    for run in [*root.iter(f"{W}r", f"{M}r")]:
        if not styles.look(run).is_seen:
            remove(run)
    for row in [*root.iter(f"{W}tr")]:
        if is_on(find(row, "trPr", "hidden")):
            remove(row)
    for part in [*root.iter(f"{M}phant")]:
        shown = part.find(f"{M}phantPr/{M}show")
        if shown is not None and not is_on(shown, space=M):
            remove(part)
