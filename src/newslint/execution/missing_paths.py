"""Messages about paths that do not exist."""

import os
from collections.abc import Iterable
from pathlib import Path

from newslint.documents import display_path
from newslint.documents.access import project_boundary
from newslint.documents.similar_names import find_similar_name
from newslint.execution.files import UsageError, shown_path
from newslint.text.lazy_pattern import lazy_pattern

_GLOB = lazy_pattern(r"[*?\[{]")


def check_exist(paths: Iterable[Path], working: Path) -> None:
    """Check that all of `paths`, which are absolute, exist.

    Raises:
        UsageError: One does not exist; the message suggests another.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(describe_missing(path, working))


def describe_missing(path: Path, working: Path) -> str:
    """Describe a path that does not exist, and suggest another."""
    return f"no such file or folder: {shown_path(path, working)}; {_advise(path, working)}"


def _advise(path: Path, working: Path) -> str:
    """Suggest the path that the user may have meant, or describe where it was looked for."""
    if _GLOB.search(path.name):
        return (
            "patterns are expanded by the shell: write it without quotes, name the folder, or set "
            "'include' in the settings"
        )
    above = _find_above(path, working)
    if above is not None:
        return f"did you mean '{display_path(os.path.relpath(above, working))}'?"
    known = next(each for each in path.parents if os.path.lexists(each))
    meant = _find_similar(path, known)
    if meant is not None:
        return f"did you mean '{shown_path(meant, working)}'?"
    where = display_path(os.path.abspath(known))  # noqa: PTH100 # links stay
    if not known.is_dir():
        return f"{where} is no folder"
    if not os.access(known, os.R_OK | os.X_OK):
        return f"there is no permission to read {where}"
    return f"no name in {where} is similar; is this the right folder?"


def _find_above(path: Path, working: Path) -> Path | None:
    """Find the path in a folder above the current one, in the same project."""
    if not path.is_relative_to(working):
        return None
    boundary, relative = project_boundary(working), path.relative_to(working)
    folders = [each for each in working.parents if each.is_relative_to(boundary)]
    return next((each / relative for each in folders if os.path.lexists(each / relative)), None)


def _find_similar(path: Path, known: Path) -> Path | None:
    """Find the path with the most similar names, as far as they exist; None if there is none.

    Args:
        path: A path that does not exist.
        known: The innermost folder above that exists.
    """
    meant = known
    for name in path.relative_to(known).parts:
        similar = name if os.path.lexists(meant / name) else find_similar_name(meant, name)
        if not similar:
            break
        meant /= similar
    return None if meant == known else meant
