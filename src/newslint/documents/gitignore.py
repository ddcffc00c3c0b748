"""Patterns in the syntax of `.gitignore` that select files."""

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path, PurePath

from newslint.documents.rows import split_row
from newslint.text.lazy_pattern import lazy_pattern

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".html", ".txt", ".yml", ".yaml"})
"""The file name endings of documents."""


_BRACES = lazy_pattern(r"(?<!\\)\{[^{}]*,[^{}]*(?<!\\)\}")


class PatternError(ValueError):
    """An error in the syntax of a pattern.

    Attributes:
        index: The 0-based index of the pattern.
    """

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


class GitignorePatterns:
    """Patterns in the syntax of `.gitignore`, of which the last one that matches decides.

    Args:
        patterns: `*.md` matches anywhere, `/a.md` and `a/*.md` relative to the root, `a/` a folder
            and everything in it; `!` excludes paths that a pattern before it matches.

    Raises:
        PatternError: A pattern is not valid.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(
            pattern[1:] if pattern.startswith("./") else pattern for pattern in patterns
        )
        if not self.patterns:
            return  # without patterns, the slow import of pathspec is not needed
        from pathspec import GitIgnoreSpec

        from newslint.documents.globs import GlobError, LinearPattern

        for index, pattern in enumerate(self.patterns):
            if _BRACES.search(pattern):
                message = f"'{pattern[:80]}' has braces, which are no alternatives here: write one "
                raise PatternError(index, f"{message}pattern for each, or \\{{ for a brace")
            try:
                LinearPattern(pattern)
            except GlobError as error:
                raise PatternError(index, f"'{pattern[:80]}' is no pattern") from error
        self._spec = GitIgnoreSpec.from_lines(self.patterns, LinearPattern)

    def __bool__(self) -> bool:
        """Check if there are any patterns."""
        return bool(self.patterns)

    def match(self, path: str | PurePath, *, folder: bool = False) -> bool:
        """Check if a path matches. Unless a pattern names a row, the row matches as its container.

        Args:
            path: The path, relative to the folder that the patterns are relative to.
            folder: The path is a folder.
        """
        if not self:
            return False
        name = f"{path}/" if folder else str(path)
        row = None if folder else split_row(name)
        if row is not None and (decision := self._spec.check_file(name).include) is not None:
            return decision
        return self._spec.match_file(name if row is None else row[0])


def _suffixes(patterns: Sequence[str]) -> set[str]:
    """Collect the file name endings that patterns name."""
    found = {PurePath(each).suffix.lower() for each in patterns if not each.startswith("!")}
    return {each for each in found if each[1:].isalnum()}


def no_project(_folder: Path) -> bool:
    """Consider no folder a project of its own."""
    return False


class FileFilter:
    """A filter of the files of a project by `include` and `exclude` patterns.

    Args:
        root: The folder that patterns are relative to, absolute.
        include: Patterns of documents; if empty, files with the endings of documents.
        exclude: Patterns of files and folders to leave out.
        collected: Patterns of the files of collections. Those that name another ending than those
            of documents, such as `data/*.json`, add such files unless there is `include`.
        is_project: Checks if a folder below the root is a project of its own.

    Raises:
        PatternError: A pattern is not valid.
    """

    def __init__(
        self,
        root: Path,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        collected: Sequence[str] = (),
        is_project: Callable[[Path], bool] = no_project,
    ) -> None:
        self.root = root
        self.is_project = cache(is_project)
        self._include = GitignorePatterns(include)
        self._exclude = GitignorePatterns(exclude)
        named = [pattern for pattern in collected if _suffixes((pattern,)) - SUFFIXES]
        self._collected = GitignorePatterns(named)
        self._suffixes = SUFFIXES | _suffixes((*include, *named))

    def accepts_folder(self, folder: Path) -> bool:
        """Check if a folder may contain documents."""
        return not self._exclude or not self._exclude.match(self._relative(folder), folder=True)

    def owns(self, path: Path) -> bool:
        """Check if a file or folder is in no other project below the root."""
        folders = (path, *path.parents)
        return not any(self.root in each.parents and self.is_project(each) for each in folders)

    def accepts(self, file: Path) -> bool:
        """Check if a file that was found in a folder is a document."""
        if self._exclude and self._exclude.match(self._relative(file)):
            return False
        if self._include:
            return self._include.match(self._relative(file))
        suffix = file.suffix.lower()
        if suffix in SUFFIXES:
            return True
        return suffix in self._suffixes and self._collected.match(self._relative(file))

    def names_document(self, file: Path) -> bool:
        """Check if a file name ends like a document's, here or in an `include` pattern."""
        return file.suffix.lower() in self._suffixes

    def accepts_named(self, file: Path) -> bool:
        """Check if a file given on the command line is a document, whatever its name ends in."""
        folders = (each for each in file.parents if self.root in each.parents)
        if not all(map(self.accepts_folder, folders)) or self._exclude.match(self._relative(file)):
            return False
        return not self._include or self._include.match(self._relative(file))

    def _relative(self, path: Path) -> str:
        """Convert a path to the form that patterns match: relative to the root, with `/`."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")
