"""Files with similar names, for messages about files that do not exist."""

import os
from pathlib import Path

from newslint.text.similarity import closest


def find_similar_name(folder: Path, name: str) -> str:
    """Find the file or folder in `folder` with the name most similar to `name`; else empty.

    An ending that both have does not make them similar.
    """
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 # just names
    except OSError:
        return ""
    ending = Path(name).suffix
    stems = {each.removesuffix(ending): each for each in names}
    return stems.get(closest(name.removesuffix(ending), stems), "")


def suggest_file(path: Path, written: str) -> str:
    """Suggest the file that may be meant by a path that does not exist; empty if there is none.

    Args:
        path: The path.
        written: The path as the user wrote it.
    """
    near = find_similar_name(path.parent, path.name)
    return f"; did you mean '{written.removesuffix(path.name)}{near}'?" if near else ""
