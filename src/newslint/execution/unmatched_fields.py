"""Fields that settings name and no record has: those of roles, and those of pointers."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from newslint.execution.archive_kind import read_head
from newslint.execution.check_request import CheckRequest
from newslint.settings import Project
from newslint.settings.exemptions import ANY
from newslint.settings.tables import FieldsTable
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.similarity import closest

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

_MAX_FILES = 1_000
"""Number of documents that are searched; in larger archives, a field may be in another one."""

_KEY = lazy_pattern(rb"^[ \t]*[\"']?([\w-]+)[\"']?[ \t]*[:=]", re.MULTILINE)


class _Wanted(msgspec.Struct, frozen=True):
    """Fields of which at least one should occur.

    Attributes:
        keys: The keys of the setting that names them.
        fields: The keys that lead to each field.
        applies: Checks if the setting is about a file.
        problem: The problem if no field occurs.
    """

    keys: "KeyPath"
    fields: tuple[tuple[str, ...], ...]
    applies: Callable[[str], bool]
    problem: str

    def occurs(self, head: bytes) -> bool:
        """Check if a document may contain one of the fields."""
        return any(all(_mentions(head, key) for key in field) for field in self.fields)


def find_unmatched_fields(request: CheckRequest) -> Iterator[str]:
    """Yield a note for each setting that names fields which no record has.

    The start of each document is searched for the keys, until all are found.

    Raises:
        UsageError: There are no files.
    """
    project = request.project
    pending = [*_roles(project), *_pointers(project)]
    concerned: set[KeyPath] = set()
    seen: set[str] = set()
    files = request.found_files().corpus
    for name, path in islice(files.items(), _MAX_FILES) if pending else ():
        matching = [each for each in pending if each.applies(name)]
        if not matching:
            continue
        head = read_head(path, request)
        concerned.update(each.keys for each in matching)
        found = {each.keys for each in matching if each.occurs(head)}
        pending = [each for each in pending if each.keys not in found]
        if not pending:
            return
        seen.update(key.decode("utf-8", "replace") for key in _KEY.findall(head))
    if len(files) > _MAX_FILES:
        return
    for each in pending:
        if each.keys in concerned:
            yield f"{project.origins.label(each.keys)}: {each.problem}{_suggest(each, seen)}"


def _roles(project: Project) -> Iterator[_Wanted]:
    """Yield the fields that the project's own settings file maps to roles.

    Fields that the schema of the collection describes need not occur.
    """
    for index, collection in enumerate(project.settings.collections):
        schema = project.selection.collections[index].collection.schema
        known = {} if schema is None else schema.json_schema().get("properties", {})
        for name in sorted(collection.fields.model_fields_set):
            role = FieldsTable.model_fields[name].alias or name
            keys = ("collections", index, "fields", role)
            fields = getattr(collection.fields, name)
            is_known = any(each.strip("/").split("/")[0] in known for each in fields)
            if fields and not is_known and project.origins.is_from(keys, project.file):
                kind = "field" if len(fields) == 1 else "fields"
                listed = ", ".join(f"'{each}'" for each in fields)
                yield _Wanted(
                    keys,
                    tuple(tuple(each.strip("/").split("/")) for each in fields),
                    partial(_is_in_collection, project, index),
                    f"no record has the {kind} {listed} for the role '{role}'",
                )


def _is_in_collection(project: Project, index: int, path: str) -> bool:
    """Check if a file belongs to the collection with a 0-based index."""
    return project.selection.collection_index(path) == index


def _pointers(project: Project) -> Iterator[_Wanted]:
    """Yield the fields that pointers of the project's own settings file name."""
    for index, override in enumerate(project.settings.overrides):
        patterns = project.selection.overrides[index].patterns
        for position, pointer in enumerate(override.pointers):
            keys = ("overrides", index, "pointers", position)
            parts = tuple(
                part.replace("~1", "/").replace("~0", "~")
                for part in pointer.split("/")[1:]
                if part != ANY and not part.isdecimal()
            )
            if parts and project.origins.is_from(keys, project.file):
                problem = f"no record has the field of the pointer '{pointer}'"
                yield _Wanted(keys, (parts,), patterns.match, problem)


def _mentions(head: bytes, key: str) -> bool:
    """Check if a text contains a key: before a colon, an equals sign, a bracket or a dot."""
    name = re.escape(key.encode("utf-8", "surrogatepass"))
    return re.search(rb"(?<!\w)%b[\"']?[ \t]*(?:[:=\]]|\.\w)" % name, head) is not None


def _suggest(wanted: _Wanted, keys: Iterable[str]) -> str:
    """Suggest the key most similar to the first one that does not occur."""
    known = sorted(keys)
    missing = next((key for key in wanted.fields[0] if key not in known), "")
    near = closest(missing, known)
    return f"; did you mean '{near}'?" if near else ""
