"""Folders whose files are changed elsewhere are known by the file systems that they are on."""

from pathlib import Path

import pytest

from index.folder.mounts import Mount, is_shared

_HERE = [Mount(Path("/"), "ext4"), Mount(Path("/dev/shm"), "tmpfs")]


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "vboxsf", "fuse.sshfs",
     "fuse.grpcfuse", "fuse.rclone", "webdav", "ceph"],
)  # fmt: skip
def test_a_share_is_known_at_above_and_below_the_folder(kind: str) -> None:
    mounts = [*_HERE, Mount(Path("/mnt/share"), kind)]
    assert is_shared(Path("/mnt/share"), mounts)
    assert is_shared(Path("/mnt/share/articles"), mounts)
    assert is_shared(Path("/mnt"), mounts)
    assert not is_shared(Path("/mnt/shared"), mounts)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "overlay", "apfs", "NTFS", "fuseblk"])
def test_a_disk_of_this_machine_is_none(kind: str) -> None:
    assert not is_shared(Path("/data/articles"), [*_HERE, Mount(Path("/data"), kind)])


def test_what_is_mounted_last_counts() -> None:
    mounts = [Mount(Path("/data"), "nfs"), *_HERE, Mount(Path("/data"), "ext4")]
    assert not is_shared(Path("/data/articles"), mounts)
    assert is_shared(Path("/data/articles"), [*mounts, Mount(Path("/data"), "cifs")])


def test_a_drive_of_another_machine_is_known_by_its_options() -> None:
    assert is_shared(Path("/z"), [*_HERE, Mount(Path("/z"), "NTFS", "rw,remote")])


def test_the_system_says_what_is_mounted(tmp_path: Path) -> None:
    assert not is_shared(tmp_path.resolve())
