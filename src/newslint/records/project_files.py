"""The files of a project, as a value that rules compare links and terms with."""

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePosixPath
from types import MappingProxyType

import msgspec

from newslint.records.addresses import file_date
from newslint.records.name_tables import singular
from newslint.text.lazy_pattern import lazy_pattern

_SEPARATORS = lazy_pattern(r"[\W_]+")
_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_INDEX_NAMES = frozenset({"index", "_index", "readme"})


def slugify(text: str) -> str:
    """Reduce a name to lower-case words joined by hyphens."""
    return _SEPARATORS.sub("-", text.casefold()).strip("-")


class ProjectFiles(msgspec.Struct, frozen=True, dict=True):
    """The files of a project, whatever their kind, and the names that its data files define.

    Attributes:
        paths: The paths of all files, relative to the project's root, with `/`.
        opaque: Names of folders whose files are not listed: links, and empty folders, which other
            repositories may fill.
        tables: The names that data files define, by the path of the file or folder.
    """

    paths: frozenset[str] = frozenset()
    opaque: frozenset[str] = frozenset()
    tables: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash the paths."""
        return hash(self.paths)

    @cached_property
    def digest(self) -> bytes:
        """Digest of the files."""
        parts = (sorted(self.paths), sorted(self.opaque), sorted(self.tables.items()))
        text = repr(parts).encode("utf-8", "surrogatepass")
        return blake2b(text, digest_size=16).digest()

    def change(self, added: str, removed: str) -> "ProjectFiles":
        """Copy the files with one more, and without another; empty paths are none."""
        paths = (self.paths | {added}) - {removed, ""}
        return self if paths == self.paths else ProjectFiles(paths, self.opaque, self.tables)

    def find_ending(self, path: str) -> tuple[str, ...]:
        """Find the files whose paths end with `path`, whatever the case of its letters."""
        folded = path.casefold()
        return tuple(
            each
            for each in self._by_name.get(posixpath.basename(folded), ())
            if each.casefold() == folded or each.casefold().endswith(f"/{folded}")
        )

    def may_contain(self, path: str) -> bool:
        """Check if a path leads through a folder whose files are not listed."""
        return bool(self.opaque) and not self.opaque.isdisjoint(path.split("/"))

    def tables_of(self, field: str) -> tuple[str, ...]:
        """List the tables that define the values of a field, by its name."""
        return self._tables.get(singular(field), ())

    def names_of(self, field: str) -> Mapping[str, str]:
        """Get the names that the tables of a field define, by their slugs."""
        return self._names.get(singular(field), _NO_NAMES)

    @cached_property
    def _tables(self) -> dict[str, tuple[str, ...]]:
        """The tables by the names of the fields that they are about."""
        found: dict[str, tuple[str, ...]] = {}
        for path in sorted(self.tables):
            field = singular(posixpath.basename(path).lstrip(".").partition(".")[0])
            found[field] = (*found.get(field, ()), path)
        return found

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """The names in the tables by field and slug; the first name of a slug counts."""
        return {
            field: {slugify(name): name for path in paths[::-1] for name in self.tables[path][::-1]}
            for field, paths in self._tables.items()
        }

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The names that the last part of a page's address may have, by the files' own names."""
        return frozenset(map(slugify, self._page_names()))

    def _page_names(self) -> Iterator[str]:
        """Yield the names of folders, and those of files without ending, with and without date."""
        for folder in {posixpath.dirname(path) for path in self.paths}:
            yield from folder.split("/")
        for path in self.paths:
            name = PurePosixPath(path).name
            stem = name.partition(".")[0] or name
            if stem.casefold() not in _INDEX_NAMES:
                yield stem
                yield name.rpartition(".")[0]
                yield stem[len(file_date(path)) :]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The paths of the files by their names, without case, in order."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            found.setdefault(posixpath.basename(path).casefold(), []).append(path)
        return found
