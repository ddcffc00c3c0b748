"""JSON Schema files, which are parsed within limits: a cloned archive may contain any file."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from newslint.documents.access import AccessError, read_limited, resolve_inside
from newslint.documents.similar_names import suggest_file
from newslint.text.lazy_pattern import lazy_pattern

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 100
MAX_NODES = 100_000
"""Values in one YAML file; an alias counts as many as it expands to."""

YAML_SUFFIXES = (".yaml", ".yml")

_MAX_DIGITS = sys.int_info.default_max_str_digits
_JSON_TOKEN = lazy_pattern(
    rf'"(?:[^"\\]|\\.)*+"?|[\[{{]|[\]}}]|(?<!\d)\d{{{_MAX_DIGITS + 1},}}', re.DOTALL
)


class SchemaFileError(ValueError):
    """A schema file that cannot be read or parsed; the message names it, the place and reason."""


def read_schema_file(path: Path, boundary: Path, name: str) -> Any:
    """Read and parse a JSON or YAML file.

    Args:
        path: The file, absolute.
        boundary: The folder that it must be in, unless an installed package contains it.
        name: The name of the file in messages.

    Raises:
        SchemaFileError: It cannot be read or parsed.
    """
    try:
        text = read_limited(resolve_inside(path, boundary), MAX_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        hint = suggest_file(path, name)
        raise SchemaFileError(f"schema file not found: {name}{hint}") from None
    except AccessError as error:
        raise SchemaFileError(f"{name} cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise SchemaFileError(f"{name} is not UTF-8") from error
    return (
        _parse_yaml(text, name) if path.suffix.lower() in YAML_SUFFIXES else _parse_json(text, name)
    )


def _parse_json(text: str, name: str) -> Any:
    """Parse a JSON text.

    Raises:
        SchemaFileError: It is not JSON, nested too deeply, or contains too long a number.
    """
    import json

    for offset, reason in _find_json_excess(text):
        line = text.count("\n", 0, offset) + 1
        column = offset - text.rfind("\n", 0, offset)
        raise SchemaFileError(f"{name}:{line}:{column}: not valid JSON: {reason}")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SchemaFileError(
            f"{name}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}"
        ) from error


def _find_json_excess(text: str) -> Iterator[tuple[int, str]]:
    """Yield the 0-based offset and the reason of each value that is too much for a parser."""
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                yield token.start(), f"nested more than {MAX_DEPTH} levels deep"
        elif token[0] in "]}":
            depth -= 1
        elif token[0][0] != '"':
            yield token.start(), f"a number has more than {_MAX_DIGITS:,} digits"


def _parse_yaml(text: str, name: str) -> Any:
    """Parse a YAML text.

    Raises:
        SchemaFileError: It is not YAML, or exceeds a limit.
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return None
        _check_size(node)
        return loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise SchemaFileError(f"{name}{place}: not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise SchemaFileError(f"{name}: not valid YAML: {reason}") from error


class _Loader(yaml.SafeLoader):
    """A loader that reports every failure with its place."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose a node, unless it is nested too deeply for a recursive parser."""
        if self._depth > MAX_DEPTH:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call] # of PyYAML
            reason = f"nested more than {MAX_DEPTH} levels deep"
            raise yaml.composer.ComposerError(None, None, reason, mark)
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 # PyYAML's signature
        """Construct a value; one that Python cannot represent is an error with a place."""
        try:
            return super().construct_object(node, deep)
        except yaml.YAMLError:
            raise
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            reason = f"{node.tag.rpartition(':')[2]} is out of range"
            raise yaml.constructor.ConstructorError(None, None, reason, node.start_mark) from error


def _check_size(root: yaml.Node) -> None:
    """Check that a tree is finite and small, with each alias replaced by the node it refers to.

    Raises:
        yaml.MarkedYAMLError: It is not.
    """
    sizes: dict[int, int] = {}
    stack = [(root, False)]
    open_nodes: set[int] = set()
    while stack:
        node, is_done = stack.pop()
        if is_done:
            open_nodes.discard(id(node))
            size = sizes[id(node)] = 1 + sum(sizes[id(child)] for child in _children(node))
            if size > MAX_NODES:
                _refuse(node, f"aliases expand to more than {MAX_NODES:,} values")
        elif id(node) in open_nodes:
            _refuse(node, "a value contains itself")
        elif id(node) not in sizes:
            open_nodes.add(id(node))
            stack.append((node, True))
            stack += [(child, False) for child in _children(node)]


def _children(node: yaml.Node) -> list[yaml.Node]:
    """List the nodes in a node."""
    if isinstance(node, yaml.MappingNode):
        return [each for pair in node.value for each in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _refuse(node: yaml.Node, reason: str) -> None:
    """Raise an error at the place of a node."""
    raise yaml.composer.ComposerError(None, None, reason, node.start_mark)
