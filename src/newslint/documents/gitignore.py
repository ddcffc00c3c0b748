"""Patterns as in `.gitignore` that say which files are meant."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePath

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".html", ".txt", ".yml", ".yaml"})
"""The file name endings that documents have."""


class PatternError(ValueError):
    """A pattern cannot be read.

    Attributes:
        index: Which one, from 0.
    """

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


class GitignorePatterns:
    """Patterns as in `.gitignore`: the last one that matches decides.

    Args:
        patterns: `*.md` is meant anywhere, `/a.md` and `a/*.md` from the root on, `a/` with all
            that is below it; `!` takes back what a pattern before it has matched.

    Raises:
        PatternError: One cannot be read.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(
            pattern[1:] if pattern.startswith("./") else pattern for pattern in patterns
        )
        if not self.patterns:
            return  # pathspec takes long to import
        from pathspec import GitIgnoreSpec

        for index, pattern in enumerate(self.patterns):
            try:
                GitIgnoreSpec.from_lines([pattern])
            except ValueError as error:
                raise PatternError(index, f"'{pattern}' is no pattern") from error
        self._spec = GitIgnoreSpec.from_lines(self.patterns)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.patterns)

    def match(self, path: str | PurePath, *, folder: bool = False) -> bool:
        """Tell whether a path is meant.

        Args:
            path: Relative to the folder that the patterns are relative to.
            folder: It is a folder.
        """
        return bool(self) and self._spec.match_file(f"{path}/" if folder else str(path))


class FileFilter:
    """Which files of a project are read.

    Args:
        root: The folder that patterns are relative to, absolute.
        include: What to read; where empty, files with the endings of documents.
        exclude: What to leave out of that.

    Raises:
        PatternError: A pattern cannot be read.
    """

    def __init__(
        self, root: Path, include: Sequence[str] = (), exclude: Sequence[str] = ()
    ) -> None:
        self.root = root
        self._include = GitignorePatterns(include)
        self._exclude = GitignorePatterns(exclude)

    def enters(self, folder: Path) -> bool:
        """Tell whether a folder may hold files to read."""
        return not self._exclude or not self._exclude.match(self._name(folder), folder=True)

    def takes(self, file: Path) -> bool:
        """Tell whether a file is to be read."""
        if self._exclude and self._exclude.match(self._name(file)):
            return False
        if self._include:
            return self._include.match(self._name(file))
        return file.suffix.lower() in SUFFIXES

    def allows(self, file: Path) -> bool:
        """Tell whether a file that was named is to be read: what it is called does not matter."""
        folders = (each for each in file.parents if self.root in each.parents)
        if not all(map(self.enters, folders)) or self._exclude.match(self._name(file)):
            return False
        return not self._include or self._include.match(self._name(file))

    def _name(self, path: Path) -> str:
        """Return what patterns call `path`."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")
