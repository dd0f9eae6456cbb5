"""Archives, which may unpack to far more than their own size."""

import io
from zipfile import BadZipFile, ZipFile

from index.folder.formats.extracted import UnreadableError

_UNPACKED = 300_000_000  # bytes
_MEMBERS = 10_000


def check_size(data: bytes) -> None:
    """Check that an archive does not unpack to more than can be read.

    Raises:
        UnreadableError: it does, or it is no archive.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise UnreadableError("is damaged; save it anew.") from None
    size = sum(member.file_size for member in members)
    if size > _UNPACKED or len(members) > _MEMBERS:
        raise UnreadableError(
            f"unpacks to {size / 1e6:,.0f} MB in {len(members):,} files, and at most "
            f"{_UNPACKED / 1e6:.0f} MB in {_MEMBERS:,} are read."
        )
