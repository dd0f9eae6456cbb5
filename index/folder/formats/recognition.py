"""Text in pictures of pages, recognised by Tesseract where it is installed."""

import os
import shutil
import subprocess
from functools import cache
from typing import Any

import pypdfium2

from index.folder.formats.layout.words import PageWords, page_words

INSTALL = "install tesseract-ocr with the text's languages, or run text recognition over it"
"""What to do where nothing can be recognised."""

_PROGRAM = "tesseract"
_DPI = 300
_POINTS = 72  # per inch
_LARGEST = 6_000  # pixels of a side
_PATIENCE_S = 50  # for one page
_NO_LANGUAGES = ("osd", "equ")  # turns pages, and reads formulas


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be recognised, by Tesseract's names; none without it."""
    if shutil.which(_PROGRAM) is None:
        return ()
    try:
        listed = subprocess.run(
            [_PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=_PATIENCE_S
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    names = (line.strip() for line in listed.splitlines()[1:])
    return tuple(name for name in names if name and name not in _NO_LANGUAGES)


def recognised(document: pypdfium2.PdfDocument, number: int) -> PageWords:
    """Return the words in the picture of a page, from 0; none if none can be recognised."""
    try:
        page = document[number]
        scale = min(_DPI / _POINTS, _LARGEST / max(page.get_size()))
        picture = page.render(scale=scale, grayscale=True).to_numpy()
        outcome = subprocess.run(
            [_PROGRAM, "stdin", "stdout", "-l", "+".join(languages()),
             "--dpi", str(round(scale * _POINTS)), "pdf"],
            input=_as_pgm(picture),
            capture_output=True,
            timeout=_PATIENCE_S,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads cost more than they give
        )  # fmt: skip
        with pypdfium2.PdfDocument(outcome.stdout) as read:
            return page_words(read, 0)
    except (OSError, subprocess.SubprocessError, pypdfium2.PdfiumError):
        return PageWords()


def _as_pgm(picture: Any) -> bytes:
    """Return a picture in shades of grey, an array of rows, as a file that needs no library."""
    height, width = picture.shape[:2]
    pixels: bytes = picture.tobytes()
    return f"P5 {width} {height} 255\n".encode() + pixels
