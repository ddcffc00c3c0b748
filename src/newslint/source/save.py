"""Writes files that were read before: as a whole or not at all."""

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

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

    Its mode stays, and its owner where that is allowed. A symbolic link stays one, and the file
    that it leads to is replaced.

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
        if _held(target) != before:
            raise SaveError("it has changed since it was read; run newslint again")
        _replace(target, after)
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


def _replace(target: Path, content: bytes) -> None:
    """Put a new file with `content` in the place of `target`."""
    beside = target.with_name(f".newslint-{secrets.token_hex(4)}.tmp")
    try:
        _write_new(beside, content, target.stat())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    with suppress(OSError):  # not all file systems can; the file itself is safe by now
        _sync_folder(target.parent)


def _write_new(path: Path, content: bytes, like: os.stat_result) -> None:
    """Write a file that does not exist, with the mode and the owner of another."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        if hasattr(os, "fchown"):
            with suppress(OSError):  # only some may give files away
                os.fchown(descriptor, like.st_uid, like.st_gid)
        path.chmod(stat.S_IMODE(like.st_mode))
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make sure that a folder remembers, whatever happens, which files it holds now."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
