"""An archive is refused before it is unpacked, if it unpacks to too much."""

import io
import zipfile

import pytest

from index.folder.formats import archive
from index.folder.formats.archive import check_size
from index.folder.formats.extracted import UnreadableError


def zipped(*sizes: int) -> bytes:
    """Return an archive of files that unpack to so many bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for number, size in enumerate(sizes):
            opened.writestr(f"{number}.xml", bytes(size))
    return written.getvalue()


def test_archives_up_to_the_limits_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_UNPACKED", 2_000_000)
    monkeypatch.setattr(archive, "_MEMBERS", 3)
    check_size(zipped(1_000_000, 1_000_000, 0))
    with pytest.raises(UnreadableError, match=r"unpacks to 3 MB in 2 files, and at most 2 MB"):
        check_size(zipped(1_500_000, 1_500_000))
    with pytest.raises(UnreadableError, match="in 4 files"):
        check_size(zipped(1, 1, 1, 1))


@pytest.mark.parametrize("data", [b"", b"nonsense", zipped(10)[:-9]])
def test_bytes_that_are_no_archive_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="is damaged"):
        check_size(data)
