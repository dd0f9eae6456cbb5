"""What of a folder is not read though nothing is wrong with it, and why."""

import mimetypes
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

Reason = Literal["picture", "recording", "archive", "older", "part", "link", "readme", "kind"]
REASONS: dict[Reason, str] = {
    "picture": "is a picture, and pictures are not read.",
    "recording": "is a recording, and recordings are not read; its subtitles or a transcript are.",
    "archive": "is an archive, which is not read; unpack it.",
    "older": "is of an office program whose files are not read; save it as .docx, .xlsx or .pptx.",
    "part": "has the parts of a saved page; the page itself is read.",
    "link": "is a link to another folder in here, whose files are read there.",
    "readme": "describes the folder, and is not read.",
    "kind": "is of a kind that is not read.",
}
"""What each reason says of a file, as the end of a sentence."""

_ARCHIVES = {
    ".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".xz", ".txz", ".zst", ".7z", ".rar", ".jar",
    ".iso", ".dmg", ".cab", ".cbz", ".cbr",
}  # fmt: skip
_OLDER = {
    ".doc", ".dot", ".docm", ".dotx", ".dotm", ".xls", ".xlsb", ".xlsm", ".xlt", ".ppt", ".pps",
    ".pptm", ".ppsx", ".ods", ".odp", ".fods", ".fodt", ".odg", ".sxw", ".sxc", ".wpd", ".wps",
    ".pages", ".numbers", ".key", ".vsd", ".vsdx", ".pub",
}  # fmt: skip
_FOLDER = "folder"
_LOCK = "~$"  # Office writes such a file beside one that is open
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini", "icon\r")


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or a folder that is not read."""

    source: str  # path below the corpus folder
    reason: Reason

    def __str__(self) -> str:
        name = self.source if self.source.isprintable() else ascii(self.source)
        return f"{name}: {REASONS[self.reason]}"


def is_hidden(name: str) -> bool:
    """Whether a name is of what people do not see in a folder, or of a lock beside an open file."""
    return name.startswith((".", _LOCK)) or name.lower() in _OF_THE_SYSTEM


def reason_of(name: str) -> Reason:
    """Return why a file of this name is not read; it is of none of the kinds that are."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _ARCHIVES:
        return "archive"
    if suffix in _OLDER:
        return "older"
    match (mimetypes.guess_type(name)[0] or "").partition("/")[0]:
        case "image":
            return "picture"
        case "audio" | "video":
            return "recording"
    return "kind"


def counted(passed_over: Iterable[PassedOver]) -> str:
    """Return how many files of each suffix there are, most first: 12 .png, 2 .doc, 1 folder."""
    counts = Counter(map(_kind, passed_over))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(
        f"{count:,} {kind}{'s' if kind == _FOLDER and count > 1 else ''}" for kind, count in ordered
    )


def _kind(passed_over: PassedOver) -> str:
    if passed_over.reason in ("part", "link"):
        return _FOLDER
    return PurePosixPath(passed_over.source).suffix.lower() or "without a suffix"
