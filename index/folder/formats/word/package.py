"""The parts of a Word document, which is an archive of XML."""

import posixpath
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element as Element

from index.folder.formats.word.markup import W

# Nothing outside of the archive is loaded, and no entity is expanded. What is damaged is refused:
# half a document would be quoted as if it were the whole.
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The stricter variant of the format differs in these names alone.
_STRICT = {
    f"http://purl.oclc.org/ooxml/{strict}".encode(): (
        f"http://schemas.openxmlformats.org/{usual}".encode()
    )
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
    )
}


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str  # the last part of its type
    path: str


class Package:
    """The parts of a document, each read when it is asked for."""

    def __init__(self, archive: ZipFile) -> None:
        """Read the document itself.

        Raises:
            LookupError, ValueError, SyntaxError: it is damaged, or no Word document.
        """
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        package = {relation.kind: relation.path for relation in self._relations("").values()}
        main = package["officeDocument"]
        self.document = self._read(main)
        """The document itself; its headers and notes are parts of their own."""
        if self.document.tag != W + "document":
            raise ValueError("no Word document")
        self._parts = self._relations(main)

    def part(self, kind: str) -> Element | None:
        """Return the part of a kind ("styles", "footnotes"); None if there is none."""
        paths = (relation.path for relation in self._parts.values() if relation.kind == kind)
        return next((self._read(path) for path in paths if self._has(path)), None)

    def referred(self, reference: str | None) -> Element | None:
        """Return the part that the document refers to by an id; None if there is none."""
        relation = self._parts.get(reference or "")
        return self._read(relation.path) if relation and self._has(relation.path) else None

    def _has(self, path: str) -> bool:
        return path.lower() in self._names

    def _read(self, path: str) -> Element:
        data = self._archive.read(self._names[path.lower()])
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
        root: Element = etree.fromstring(data, _PARSER)
        if root.getroottree().docinfo.internalDTD is not None:
            raise ValueError("no document declares entities")
        return root

    def _relations(self, path: str) -> dict[str, _Relation]:
        """Return the relations of a part, by their ids; those of the package if it is none."""
        folder, name = posixpath.split(path)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self._has(file):
            return {}
        return {
            each.get("Id", ""): _Relation(
                kind=posixpath.basename(each.get("Type", "")),
                path=posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
            )
            for each in self._read(file).iter(_RELATIONSHIP)
            if each.get("TargetMode") != "External"
        }
