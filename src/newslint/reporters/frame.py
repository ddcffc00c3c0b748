"""Data frames of pandas or polars, with a row for each diagnostic."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from newslint.diagnostics import Diagnostic

_LIBRARIES = ("pandas", "polars")


class FrameRow(NamedTuple):
    """A row of a data frame; its fields are the columns.

    Attributes:
        rule: Id of the rule.
        category: Its category.
        severity: `error`, `warning` or `info`.
        message: The problem.
        path: The file, relative to the project root.
        pointer: JSON Pointer to the value in the front matter.
        line: Line of the start, 1-based, as the following numbers.
        column: Column of the start.
        end_line: Line of the end.
        end_column: Column just after the last character.
        record: URL of the article that the file describes; None if unknown.
        provider: Domain of the publisher of the article that it is about; None if unknown.
        visible: Whether readers can see the record.
        cause: Id of the cause.
        fingerprint: Identifies the diagnostic across runs.
        fix: Title of the fix; None if there is none.
        safety: Safety of the fix: `safe` or `unsafe`.
    """

    rule: str
    category: str
    severity: str
    message: str
    path: str
    pointer: str
    line: int
    column: int
    end_line: int
    end_column: int
    record: str | None
    provider: str | None
    visible: bool
    cause: str
    fingerprint: str
    fix: str | None
    safety: str | None

    @classmethod
    def create(cls, diagnostic: Diagnostic) -> "FrameRow":
        """Create the row of a diagnostic."""
        location, fix = diagnostic.location, diagnostic.fix
        (line, column), (end_line, end_column) = location.span
        return cls(
            diagnostic.rule,
            diagnostic.category,
            diagnostic.severity.value,
            _encodable(diagnostic.message),
            _encodable(location.path),
            _encodable(location.pointer),
            line,
            column,
            end_line,
            end_column,
            _encodable(diagnostic.record) or None,
            _encodable(diagnostic.provider) or None,
            diagnostic.is_visible,
            diagnostic.cause,
            diagnostic.fingerprint,
            None if fix is None else _encodable(fix.title),
            None if fix is None else fix.safety.value,
        )


_KINDS = {int: ("int64", "Int64"), bool: ("bool", "Boolean")}
_TYPES = {
    name: _KINDS.get(kind, ("string", "String")) for name, kind in FrameRow.__annotations__.items()
}
"""The types of each column: that of pandas, that of polars."""


def render_frame(diagnostics: Sequence[Diagnostic], library: str | None = None) -> Any:
    """Create a data frame with a row for each diagnostic, its columns the fields of `FrameRow`.

    Args:
        diagnostics: The diagnostics.
        library: `pandas` or `polars`; None for the first of them that is installed.

    Raises:
        ImportError: The library is not installed.
        ValueError: There is no such library.
    """
    if library not in (None, *_LIBRARIES):
        raise ValueError(f"library is {library!r}; it must be 'pandas' or 'polars'")
    name, module = _import_first(_LIBRARIES if library is None else (library,))
    rows = [FrameRow.create(each) for each in diagnostics]
    if name == "pandas":
        types = {each: kind for each, (kind, _) in _TYPES.items()}
        return module.DataFrame(rows, columns=list(types)).astype(types)
    schema = {each: getattr(module, kind) for each, (_, kind) in _TYPES.items()}
    return module.DataFrame(rows, schema=schema, orient="row")


def _import_first(names: Sequence[str]) -> tuple[str, Any]:
    """Import the first of some libraries that is installed."""
    for name in names:
        try:
            return name, import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    commands = " or ".join(f"pip install {name}" for name in names)
    raise ImportError(f"to_frame needs {' or '.join(names)}, which is not installed: {commands}")


def _encodable(text: str) -> str:
    """Replace lone surrogates, which frames cannot hold, by a backslash and a code."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode()
