"""A whole document as Markdown: its body, then its notes, headers and footers."""

from lxml.etree import _Element as Element

from index.folder.formats.extracted import BREAK
from index.folder.formats.word.appearance import Styles
from index.folder.formats.word.blocks import Blocks
from index.folder.formats.word.changes import accept_changes
from index.folder.formats.word.diagrams import fill_in_diagrams
from index.folder.formats.word.fields import keep_results
from index.folder.formats.word.headers import headers_and_footers
from index.folder.formats.word.markup import W
from index.folder.formats.word.notes import Notes
from index.folder.formats.word.numbering import Numbering
from index.folder.formats.word.package import Package
from index.folder.formats.word.paragraphs import Lines
from index.folder.formats.word.seen import keep_one_variant, keep_seen

_UNREAD = {
    "charts": "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "parts in another format": f"{W}altChunk",
}


def as_markdown(package: Package) -> str:
    """Return the text of a document as it is seen, with all changes accepted."""
    fill_in_diagrams(package)
    styles = Styles(package.part("styles"))
    parts = {kind: package.part(f"{kind}s") for kind in ("footnote", "endnote")}
    repeated = list(headers_and_footers(package))
    for part in (package.document, *parts.values(), *repeated):
        if part is not None:
            _prepare(part, styles, with_pages=part not in repeated)
    notes = Notes(package.document, parts, package.part("settings"))
    blocks = Blocks(styles, Numbering(package.part("numbering"), styles), Lines(styles, notes))
    texts = [blocks.markdown(package.document)]
    texts += (blocks.markdown(note.content, f"{note.mark} ") for note in notes.referred())
    texts += dict.fromkeys(blocks.markdown(part) for part in repeated)
    return BREAK.join(filter(None, (text.strip() for text in texts)))


def unread(package: Package) -> str | None:
    """Return what of a document is not read, as the end of a sentence; None if nothing is."""
    counts = {name: sum(1 for _ in package.document.iter(tag)) for name, tag in _UNREAD.items()}
    names = [f"{name} ({count})" for name, count in counts.items() if count]
    return f"has {' and '.join(names)}, of which nothing is read." if names else None


def _prepare(part: Element, styles: Styles, *, with_pages: bool) -> None:
    """Leave in a part only what is seen of it."""
    keep_one_variant(part)
    accept_changes(part)
    keep_results(part, with_pages=with_pages)
    keep_seen(part, styles)
