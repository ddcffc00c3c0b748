"""Tables of names: data files that define the authors, tags or topics of a site.

A table is a file such as `_data/authors.yml`, or a folder with a file for each name, such as
`_data/topics/`.
"""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Any

from newslint.text.lazy_pattern import lazy_pattern

_SUFFIXES = (".yml", ".yaml", ".json", ".toml")
_NAMES = ("id", "_id", "key", "slug", "name", "title", "label", "short_name", "display_name")
_NUMBER = lazy_pattern(r"\A\d{1,9}[-_]")
_MAX_NAMES = 100_000


def singular(name: str) -> str:
    """Reduce the name of a field, file or folder, such as `categories` or `_authors`."""
    name = name.strip("._").lower()
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s")


def find_table(path: str, fields: Collection[str]) -> str:
    """Find the table that a file belongs to.

    Args:
        path: The file.
        fields: Names of fields with references, in their singular.

    Returns:
        The file itself, or its folder; empty if it belongs to no table.
    """
    if not path.lower().endswith(_SUFFIXES):
        return ""
    file = PurePosixPath(path)
    if not file.suffix:
        return ""
    if singular(file.parent.name) in fields:
        return str(file.parent)
    return path if singular(file.name.lstrip(".").partition(".")[0]) in fields else ""


def list_names(table: str, path: str, value: Any) -> Iterator[str]:
    """Yield the names that a file of a table defines.

    Args:
        table: The table.
        path: The file.
        value: Its content.
    """
    if table != path:
        stem = PurePosixPath(path).stem
        number = _NUMBER.match(stem)
        yield stem[number.end() :] if number else stem
        yield from _own_names(value)
    elif isinstance(value, list):
        for each in value[:_MAX_NAMES]:
            yield from _own_names(each)
    elif isinstance(value, dict):
        (first,) = value if len(value) == 1 else ("",)
        if singular(str(first)) == singular(PurePosixPath(path).stem):
            yield from list_names(table, path, value[first])
            return
        for key, each in value.items():
            yield str(key)
            yield from _own_names(each)


def _own_names(value: Any) -> Iterator[str]:
    """Yield the names of an entry: a text, or the fields of a mapping that name it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (value[name] for name in _NAMES if isinstance(value.get(name), str))
