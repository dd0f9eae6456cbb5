"""Which names a file may have that is put into the folder of articles."""

import re
from pathlib import PurePosixPath

from index.errors import UploadError, can_be_shown
from index.folder.extraction import SUFFIXES
from index.folder.passed_over import is_hidden

_LONGEST_NAME = 200  # bytes; file systems take 255
_SPACE = re.compile(r"[ \t\r\n\f\v]+")  # those of other scripts stay


def safe_name(name: str) -> str:
    """Return the last part of `name`, under which an article can be written.

    Raises:
        UploadError: it cannot be the name of an article.
    """
    last = _SPACE.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip()
    if not last or is_hidden(last) or not can_be_shown(last):
        raise UploadError(f"{last!r} is no name for an article; give the file another.")
    if len(last.encode()) > _LONGEST_NAME:
        raise UploadError(f"{last[:40]}… is too long a name; give the file another.")
    if not last.lower().endswith(SUFFIXES):
        raise UploadError(f"{last}: only {', '.join(SUFFIXES)} files are read; save it as one.")
    if last.lower() == "readme.md":
        raise UploadError(f"{last} describes the folder and is not read; give it another name.")
    return last
