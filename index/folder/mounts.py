"""Which folders the system does not watch: their files are changed elsewhere."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

Polling = Literal["auto", "on", "off"]
"""Whether a folder is looked through for changes; "auto": where the system tells of none."""

# What a network, or the machine around a container or a virtual one, shares. An overlay of a
# container is not among them: its changes are told.
_SHARED = (
    "nfs", "cifs", "smb", "afs", "afpfs", "webdav", "davfs", "ncpfs", "coda",  # networks
    "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "ocfs2", "gfs2", "orangefs", "pvfs2",
    "9p", "virtiofs", "vboxsf", "prl_fs", "vmhgfs", "drvfs", "osxfs", "grpcfuse", "fakeowner",
    "fuse.", "macfuse", "osxfuse",  # programs: sshfs, rclone, s3fs and the like
)  # fmt: skip
_REMOTE = "remote"  # among the options of a drive, on Windows


class Mount(NamedTuple):
    """Where a file system is mounted, and of which kind it is."""

    point: Path
    kind: str  # as the system names it: ext4, nfs4, fuse.sshfs
    options: str = ""


def is_shared(folder: Path, mounts: Iterable[Mount] | None = None) -> bool:
    """Whether `folder`, a real path, or a folder below it is changed elsewhere than on this system.

    `mounts` are those of the system unless they are given.
    """
    around: Mount | None = None
    for mount in _mounts() if mounts is None else mounts:
        if mount.point.is_relative_to(folder) and mount.point != folder:
            if _is_shared(mount):
                return True
        elif folder.is_relative_to(mount.point) and (
            # The last of those at one place hides the others.
            around is None or len(mount.point.parts) >= len(around.point.parts)
        ):
            around = mount
    return around is not None and _is_shared(around)


def _is_shared(mount: Mount) -> bool:
    return mount.kind.lower().startswith(_SHARED) or _REMOTE in mount.options.split(",")


def _mounts() -> list[Mount]:
    import psutil  # here, because the settings need only the name above

    try:
        found = psutil.disk_partitions(all=True)
    except (OSError, RuntimeError):  # a system that does not say
        return []
    return [Mount(Path(each.mountpoint), each.fstype, each.opts) for each in found]
