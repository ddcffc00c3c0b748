"""Names of documents: a symbolic link and its target are one, and no two are displayed alike."""

import os
import re
from collections.abc import Callable
from pathlib import Path


class LinkResolver:
    """A resolver of the symbolic links of a project.

    Args:
        root: The top folder of the project, absolute.
        accepts: Checks if the project accepts a file as a document.
    """

    def __init__(self, root: Path, accepts: Callable[[Path], bool]) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self._accepts = accepts
        self._names: dict[Path, Path] = {}

    def resolve_folder(self, folder: Path) -> Path:
        """Follow symbolic links to a folder of the project; return others unchanged."""
        return self._resolve(folder) or folder

    def resolve(self, file: Path) -> Path:
        """Follow symbolic links to a file of the project.

        A link that is dangling, forms a loop or leads out of the project is returned unchanged, so
        that reading it reports why. So is a link to a file that is no document by itself, such as
        an excluded one; a later link to the same file becomes the first one.
        """
        target = self._resolve(file)
        if target is None or target == file:
            return file
        if self._accepts(target):
            return target
        return self._names.setdefault(target, file)

    def _resolve(self, path: Path) -> Path | None:
        """Follow symbolic links inside the project; None if that is not possible."""
        try:
            real = Path(os.path.realpath(path, strict=True))
        except OSError:
            return None
        return (
            self._root / real.relative_to(self._real_root)
            if real.is_relative_to(self._real_root)
            else None
        )


_ESCAPE_LIKE = re.compile(r"(?<!\\)\\++(?=x[89a-f][0-9a-f]|[\udc80-\udcff])")


def display_path(path: str) -> str:
    r"""Convert a path to text that can be written anywhere, with `/`; no two become the same.

    A byte that is not UTF-8 becomes an escape such as `\xff`. Backslashes that such an escape
    follows, or that look like one, are doubled.
    """
    name = _ESCAPE_LIKE.sub(lambda found: 2 * found[0], path.replace(os.sep, "/"))
    return os.fsencode(name).decode("utf-8", "backslashreplace")
