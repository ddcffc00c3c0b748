"""Cache keys: digests of all that results depend on besides the files: code, options, schemas."""

import platform
import sys
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import yaml

from newslint._version import __version__
from newslint.engine.checks import COMPARING, FileRules
from newslint.execution.mapping import FileReader
from newslint.records import Collection
from newslint.rules.api import Rule
from newslint.settings import Selection, Settings
from newslint.settings.digests import digest_of
from newslint.settings.imports import FILES_PACKAGE

_OWN = "newslint"


@lru_cache(maxsize=1)
def code_key() -> bytes:
    """Compute the key of the code: newslint, Python, libyaml and the installed packages."""
    own = Path(__file__).parents[1]
    sources = sorted((str(path), *_stat(path)) for path in own.rglob("*.py"))
    python = (sys.implementation.name, platform.python_version())
    return digest_of(__version__, python, _libyaml(), sources, _installed())


def file_key(rules: FileRules, reader: FileReader) -> bytes:
    """Compute the key of the results of files that rules have checked.

    Args:
        rules: The rules that apply to the files.
        reader: Reads them.
    """
    own = [rule for rule in rules.ruleset.rules if not isinstance(rule, COMPARING)]
    return digest_of(code_key(), _rules(own), _collection(rules.collection), _parsing(reader))


def descriptions_key(collection: Collection, reader: FileReader) -> bytes:
    """Compute the key of the results of files that no rule has checked, only their descriptions."""
    return digest_of(code_key(), "descriptions", _collection(collection), _parsing(reader))


def judgements_key(rules: Iterable[Rule]) -> bytes:
    """Compute the key of what rules that compare mentions found out about groups."""
    return digest_of(code_key(), "judgements", _rules(rules))


def report_key(rules: FileRules, reader: FileReader) -> bytes:
    """Compute the key of parts of a report by files to which rules apply."""
    judging = judgements_key(rules.between_records.values())
    return digest_of(file_key(rules, reader), judging, rules.digest)


def _parsing(reader: FileReader) -> tuple[object, ...]:
    """List the attributes of a reader that decide how a file is parsed."""
    return reader.limits, reader.share


def run_key(selection: Selection, settings: Settings) -> bytes:
    """Compute the key of a run: its settings, rules, schemas and their code."""
    rules = [
        (each.__module__, each.__qualname__, each.default, package_key(each.__module__))
        for each in selection.registry
    ]
    collections = [_collection(each.collection) for each in selection.collections]
    return digest_of(code_key(), settings, selection.command_line, rules, collections)


def _rules(rules: Iterable[Rule]) -> list[tuple[str, str, str, bytes]]:
    """List the class, the options and the code of each rule, to be digested."""
    return [
        (kind.__module__, kind.__qualname__, repr(rule), package_key(kind.__module__))
        for rule in rules
        for kind in (type(rule),)
    ]


def _collection(collection: Collection) -> tuple[str, object, bytes, str]:
    """List the name, the schema with its code and the field map of a collection."""
    schema = collection.schema
    code = b"" if schema is None else package_key(schema.module)
    return collection.name, schema and schema.cache_key, code, repr(collection.field_map.roles)


@lru_cache(maxsize=256)
def package_key(module: str) -> bytes:
    """Compute the digest of the code of the package that a module belongs to.

    It is empty for newslint, whose code is part of `code_key`, and for a Python file of the
    project, whose module name contains a digest of its code.
    """
    package = module.partition(".")[0]
    if package in (_OWN, FILES_PACKAGE):
        return b""
    spec = getattr(sys.modules.get(package), "__spec__", None)
    if spec is None:
        return b""
    folders = [Path(each) for each in spec.submodule_search_locations or ()]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    if not folders and spec.origin:
        files = [Path(spec.origin)]
    return digest_of(sorted((str(path), _content(path)) for path in files))


def _content(path: Path) -> bytes:
    """Compute the digest of the content of a file; empty if it cannot be read."""
    try:
        return blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError:
        return b""


def _stat(path: Path) -> tuple[int, int]:
    """Return the size and the modification time of a file, in nanoseconds."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _libyaml() -> object:
    """Return the version of libyaml; None if PyYAML was built without it."""
    return getattr(yaml, "_yaml", None) and yaml._yaml.get_version_string()  # noqa: SLF001 # its only place


def _installed() -> list[str]:
    """List the names and versions of all installed packages."""
    folders = (Path(each) for each in sys.path if each)
    return sorted(
        path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info")
    )
