"""Writes files that were read before: as a whole or not at all."""

import errno
import os
import re
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where nobody can delete a file that is open
    fcntl = None  # type: ignore[assignment]

_TEMPORARY = re.compile(r"\.newslint-[0-9a-f]{8}\.tmp")
_YOUNG = 60
"""Seconds for which a temporary file may belong to a process that has not locked it yet."""
_NO_PERMISSION = "there is no permission to write it or into its folder"
_REASONS = {
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: "it is on a file system that can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be too large",
    errno.ENOENT: "it was removed since it was read",
    errno.ELOOP: "its symbolic links form a loop",
}


class SaveError(Exception):
    """A file is left as it was; the message says why."""


def save(path: Path, before: bytes, after: bytes, root: Path) -> None:
    """Replace what a file holds, so that whoever reads it finds the old or the new, nothing else.

    Its mode stays, and its owner and its group where that is allowed. A symbolic link stays one,
    and the file that it leads to is replaced. Other names of the file (hard links) keep what it
    held: to write through them would be to write the file piece by piece.

    Args:
        path: The file, absolute.
        before: What it held when it was read.
        after: What it shall hold.
        root: The top folder of the project. No symbolic link is followed out of it.

    Raises:
        SaveError: It was not written.
    """
    try:
        target = _target(path, root)
        if _held(target) == after:  # perhaps under another name that leads to it
            return
        _replace(target, before, after)
    except OSError as error:
        raise SaveError(_REASONS.get(error.errno or 0, error.strerror or str(error))) from error


def _target(path: Path, root: Path) -> Path:
    """Return the file that `path` leads to, which is inside `root` where a link leads there."""
    target = Path(os.path.realpath(path, strict=True))
    is_led_out = path.is_symlink() or path.is_relative_to(root)
    if is_led_out and not target.is_relative_to(os.path.realpath(root)):
        raise SaveError("a symbolic link leads out of the project")
    return target


def _held(target: Path) -> bytes:
    """Return what a file holds that can be written."""
    if not stat.S_ISREG(target.stat().st_mode):
        raise SaveError("it is no regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "")
    return target.read_bytes()


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files from `folder` that newslint left there when it was killed.

    One that a process still writes, wherever it runs on this machine, is locked or young, and
    stays.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_ours = _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
            if is_ours and time.time() - entry.stat().st_mtime > _YOUNG:
                with suppress(OSError):
                    _remove_unlocked(entry.path)


def _remove_unlocked(path: str) -> None:
    """Remove a file that no process has locked.

    Raises:
        OSError: One has, or the file cannot be removed.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        _lock(descriptor)
        os.unlink(path)  # noqa: PTH108 # as it came from the folder's list
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock an open file until it is closed, be it by the end of this process.

    Raises:
        OSError: Another process has locked it, or the file system knows no locks.
    """
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _replace(target: Path, before: bytes, after: bytes) -> None:
    """Put a new file that holds `after` in the place of `target`, which must hold `before`."""
    beside = target.with_name(f".newslint-{secrets.token_hex(4)}.tmp")
    try:
        _check(target, before)
        _write_new(beside, after, target.stat())
        _check(target, before)  # once more: writing takes its time
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    with suppress(OSError):  # not all file systems can; the file itself is safe by now
        _sync_folder(target.parent)


def _check(target: Path, before: bytes) -> None:
    """Hold that nobody has changed a file."""
    if _held(target) != before:
        raise SaveError("it has changed since it was read; run newslint again")


def _write_new(path: Path, content: bytes, like: os.stat_result) -> None:
    """Write a file that does not exist, with the mode and the owner of another."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with suppress(OSError):
            _lock(descriptor)
        file.write(content)
        file.flush()
        _give_away(descriptor, like)
        path.chmod(stat.S_IMODE(like.st_mode))
        os.fsync(descriptor)


def _give_away(descriptor: int, like: os.stat_result) -> None:
    """Give an open file the owner and the group of another, or the group, where that is allowed."""
    if hasattr(os, "fchown"):
        for owner in (like.st_uid, -1):
            with suppress(OSError):
                os.fchown(descriptor, owner, like.st_gid)
                return


def _sync_folder(folder: Path) -> None:
    """Make sure that a folder remembers, whatever happens, which files it holds now."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
