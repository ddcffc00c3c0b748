"""Access to files that are no records: settings, schemas, baselines, histories, reports.

The files of a cloned archive are not trusted. Without the checks of this module, a setting such as
`extends = "/proc/self/environ"` would print the environment in an error message, and a symbolic
link called `report.html` would let a report overwrite any file of the user.
"""

import errno
import io
import os
import sysconfig
from functools import cache
from pathlib import Path

from newslint.documents.files import SpecialFileError, open_regular

_MARKERS = (".git", "newslint.toml", "pyproject.toml")
"""Files or folders that mark a project; a work tree comes before a project inside of it."""

_MAX_LINKS = 40
_CHUNK = 1024 * 1024
_MEBIBYTE = 1024**2
_LINK_REASON = "a symbolic link leads out of the project"
_OUTSIDE_REASON = (
    "it is outside of the project; settings may name files of the project, of its git work tree, "
    "and of installed packages"
)
_REASONS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its symbolic links form a loop",
}


class AccessError(ValueError):
    """A file that may not or cannot be read or written; the message is the reason."""


def project_boundary(folder: Path) -> Path:
    """Find the folder that files named by the settings in `folder` must be in.

    This is the top of the git work tree that contains `folder`, or else `folder` itself.

    Args:
        folder: A folder, absolute.
    """
    real = Path(os.path.realpath(folder))
    return next((each for each in (real, *real.parents) if _has(each, ".git")), real)


def resolve_inside(path: Path, boundary: Path) -> Path:
    """Resolve the symbolic links of a path that settings name.

    Args:
        path: The path, absolute.
        boundary: The folder that it must be in, unless an installed package contains it.

    Raises:
        AccessError: It is, or a symbolic link leads, outside of `boundary`.
    """
    _check_name(path)
    try:
        path.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise AccessError(_REASONS[errno.ENAMETOOLONG]) from error
    real = Path(os.path.realpath(path))
    top = os.path.realpath(boundary)
    if real.is_relative_to(top) or any(map(real.is_relative_to, package_folders())):
        return real
    lexical = Path(os.path.normpath(path))
    is_link = lexical.is_relative_to(boundary) or lexical.is_relative_to(top)
    raise AccessError(_LINK_REASON if is_link else _OUTSIDE_REASON)


def resolve_named(path: Path, boundary: Path | None = None) -> Path:
    """Resolve the symbolic links of a path that the user names.

    The path may lead anywhere. A link that is in a project, or below the current folder, must not
    lead out of there, though: it may be part of a cloned archive. Any other link must belong to the
    user or to root.

    Args:
        path: The path.
        boundary: A folder that links inside of it must not leave; by default the enclosing project
            or the current folder.

    Raises:
        AccessError: A link leads out, belongs to somebody else, or is part of a loop.
    """
    _check_name(path)
    here = Path(path.anchor or Path.cwd())
    pending = list(path.parts[1:] if path.anchor else path.parts)[::-1]
    links = 0
    while pending:
        part = pending.pop()
        if part in (os.pardir, os.curdir):
            here = here.parent if part == os.pardir else here
            continue
        step = here / part
        if not os.path.islink(step):  # noqa: PTH114 # `Path.is_symlink` raises for long names
            here = step
            continue
        links += 1
        if links > _MAX_LINKS:
            raise AccessError(_REASONS[errno.ELOOP])
        _check_link(step, boundary)
        target = step.readlink()
        here = Path(target.anchor) if target.anchor else here
        pending += (target.parts[1:] if target.anchor else target.parts)[::-1]
    return here


def _check_link(link: Path, boundary: Path | None) -> None:
    """Check a symbolic link whose folder is a real path.

    Raises:
        AccessError: It leads out of its project, or belongs to another user.
    """
    top = boundary if boundary and link.is_relative_to(boundary) else _enclosing_folder(link.parent)
    if top is not None:
        if not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(top)):
            raise AccessError(_LINK_REASON)
    elif link.lstat().st_uid not in (0, os.geteuid()):
        raise AccessError("it is a symbolic link of another user")


def _enclosing_folder(folder: Path) -> Path | None:
    """Find the work tree, the project or the current folder that contains a real folder."""
    for marker in _MARKERS:
        for each in (folder, *folder.parents):
            if _has(each, marker):
                return each
    current = Path(os.path.realpath(Path.cwd()))
    return current if folder.is_relative_to(current) else None


def read_limited(path: Path, limit: int) -> bytes:
    """Read a regular file, whose path `resolve_inside` or `resolve_named` has returned.

    Args:
        path: The file.
        limit: The greatest size in bytes.

    Raises:
        FileNotFoundError: It does not exist.
        AccessError: It is no regular file, is larger than `limit`, or cannot be read.
    """
    _check_name(path)
    try:
        with open(path, "rb", buffering=0, opener=_open_no_link) as file:  # opener
            return _read_all(file, limit)
    except SpecialFileError as error:
        raise AccessError(f"it is {error}, no regular file") from error
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
    except OSError as error:
        raise AccessError(_REASONS.get(error.errno or 0, str(error.strerror))) from error


def _open_no_link(path: str, flags: int) -> int:
    """Open a regular file that is no symbolic link."""
    return open_regular(path, flags | os.O_NOFOLLOW)


def _read_all(file: io.FileIO, limit: int) -> bytes:
    """Read an open file in chunks, since its size may be wrong, as in `/proc`, or change."""
    data = bytearray()
    while len(data) <= limit and (chunk := file.read(_CHUNK)):
        data += chunk
    if len(data) > limit:
        size = f"{limit / _MEBIBYTE:,.1f} MiB" if limit >= _MEBIBYTE else f"{limit:,} bytes"
        raise AccessError(f"it is larger than the limit of {size}")
    return bytes(data)


def _check_name(path: Path) -> None:
    """Check that the operating system accepts a path.

    Raises:
        AccessError: It contains a NUL character.
    """
    if "\0" in str(path):
        raise AccessError("its name contains a NUL character")


def _has(folder: Path, name: str) -> bool:
    """Check if a folder contains an item; one that cannot be entered contains none."""
    return os.path.lexists(folder / name)


@cache
def package_folders() -> tuple[str, ...]:
    """List the folders of installed packages."""
    import site

    folders = [sysconfig.get_path(name) for name in ("purelib", "platlib")]
    folders += [*site.getsitepackages(), site.getusersitepackages()]
    return tuple(dict.fromkeys(map(os.path.realpath, folders)))
