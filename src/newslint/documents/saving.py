"""Atomic replacement of files that were read before."""

import errno
import fcntl
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

from newslint.text.lazy_pattern import lazy_pattern

_TEMPORARY = lazy_pattern(r"\.newslint-[0-9a-f]{8}\.tmp")
_MIN_AGE = 60
"""The minimum age in seconds of temporary files that are deleted if no process has locked them."""
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
    """A file could not be saved and is unchanged."""


def save(path: Path, before: bytes, after: bytes, root: Path) -> None:
    """Replace the content of a file atomically: readers see the old or the new content.

    The file keeps its mode, and its owner and group if permitted. A symbolic link stays one, and
    its target is replaced. Other names of the file (hard links) keep the old content, since the
    file itself is not written to.

    Args:
        path: The file, absolute.
        before: Its content when it was read.
        after: Its new content.
        root: The top folder of the project. No symbolic link is followed out of it.

    Raises:
        SaveError: The file was not replaced.
    """
    try:
        target = _resolve_target(path, root)
        if _read_writable(target) == after:  # perhaps saved before under another name
            return
        _replace(target, before, after)
    except OSError as error:
        raise SaveError(_REASONS.get(error.errno or 0, error.strerror or str(error))) from error


def _resolve_target(path: Path, root: Path) -> Path:
    """Follow symbolic links from `path` to a file, not out of `root`."""
    target = Path(os.path.realpath(path, strict=True))
    is_led_out = path.is_symlink() or path.is_relative_to(root)
    if is_led_out and not target.is_relative_to(os.path.realpath(root)):
        raise SaveError("a symbolic link leads out of the project")
    return target


def _read_writable(target: Path) -> bytes:
    """Read a regular file, after a check that it can be written."""
    if not stat.S_ISREG(target.stat().st_mode):
        raise SaveError("it is no regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "")
    return target.read_bytes()


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a killed process of newslint left in `folder`.

    A file that any process on this machine still writes is locked or new, and is kept.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_ours = _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
            if is_ours and time.time() - entry.stat().st_mtime > _MIN_AGE:
                with suppress(OSError):
                    _remove_unlocked(entry.path)


def _remove_unlocked(path: str) -> None:
    """Remove a file that no process has locked.

    Raises:
        OSError: The file is locked, or cannot be removed.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        _lock(descriptor)
        os.unlink(path)  # noqa: PTH108 # the path is a string
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock an open file until it is closed, or this process ends.

    Raises:
        OSError: Another process has locked it, or the file system does not support locks.
    """
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _replace(target: Path, before: bytes, after: bytes) -> None:
    """Replace `target`, whose content must be `before`, by a new file with the content `after`."""
    beside = target.with_name(f".newslint-{secrets.token_hex(4)}.tmp")
    try:
        _check_unchanged(target, before)
        _write_new_file(beside, after, target.stat())
        _check_unchanged(target, before)  # again, since writing takes time
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    with suppress(OSError):  # not every file system supports it; the file itself is safe
        _sync_folder(target.parent)


def _check_unchanged(target: Path, before: bytes) -> None:
    """Check that a file has not changed since it was read."""
    if _read_writable(target) != before:
        raise SaveError("it has changed since it was read; run newslint again")


def _write_new_file(path: Path, content: bytes, like: os.stat_result) -> None:
    """Write a file that does not exist, with the mode and the owner of another."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with suppress(OSError):
            _lock(descriptor)
        file.write(content)
        file.flush()
        _copy_owner(descriptor, like)
        path.chmod(stat.S_IMODE(like.st_mode))
        os.fsync(descriptor)


def _copy_owner(descriptor: int, like: os.stat_result) -> None:
    """Give an open file the owner and the group of another, or just the group, if permitted."""
    if hasattr(os, "fchown"):
        for owner in (like.st_uid, -1):
            with suppress(OSError):
                os.fchown(descriptor, owner, like.st_gid)
                return


def _sync_folder(folder: Path) -> None:
    """Flush a folder's list of files to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
