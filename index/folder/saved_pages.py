"""The folder that a browser writes beside a page that it saves, with the page's parts."""

import unicodedata
from collections.abc import Collection
from pathlib import Path

# As browsers and Office name it in their languages, after the page's own name:
# https://learn.microsoft.com/en-us/windows/win32/shell/manage#connected-files
_ENDINGS = (
    "_archivos", "_arquivos", "_bestanden", "_bylos", "_dateien", "-dateien", "_datoteke",
    "_dosyalar", "_elemei", "_failid", "_fails", "_fajlovi", "_ficheiros", "_fichiers", "_file",
    "_files", ".files", "-filer", "_filer", "_fitxategiak", "_fitxers", "_pliki", "_soubory",
    "_tiedostot",
)  # fmt: skip
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")
_PARTS = (".js", ".css", ".download")


def is_part_of_page(folder: Path, beside: Collection[str]) -> bool:
    """Whether a folder has the parts of a saved page, not articles.

    Its page is one of the names `beside` it; or was, if it has scripts and style sheets.
    """
    name = _plain(folder.name)
    page = next((name.removesuffix(each) for each in _ENDINGS if name.endswith(each)), None)
    if not page:
        return False
    if any(_plain(other) in {page + suffix for suffix in _PAGES} for other in beside):
        return True
    try:
        return any(each.suffix.lower() in _PARTS for each in folder.iterdir())
    except OSError:
        return False


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower()
