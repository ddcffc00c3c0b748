"""The manual's reference of the Python API, as Markdown: generated from the source code.

Types are those of the annotations, and texts those of the docstrings.
"""

import ast
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Container, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from newslint.records.collection import ROLES
from newslint.records.description import LocatedField, Picture
from newslint.syntax import Value
from newslint.text import Location, Position, Span

MODULES = ("newslint.rules.api", "newslint.testing", "newslint", "newslint.diagnostics")
TYPES = (LocatedField, Picture, Value, Location, Span, Position)
HEAD = """\
# API reference

All public names: those of `newslint.rules.api` and `newslint.testing` for authors of
[plugins](plugins.md), and those of `newslint` and `newslint.diagnostics` for
[programs](python-api.md). A name that several modules export is described once.

## Fields and roles

Settings, targets and descriptions name fields in different ways. A **role** is the name in
[`[collections.fields]`](collections.md#roles-of-fields). `mention.target(name)` accepts the role or
the name of the field in the schema `news`, whatever the field is called in the collection. The
value is an attribute of `mention.description`.

| role | name for `target` | attribute of `Description` |
|---|---|---|
"""
ATTRIBUTES = {
    "title": "`title`",
    "excerpt": "`excerpt`",
    "date": "`published_at`, or `date` as text",
    "url": "`url` as written, `article` and `urls` in canonical form",
    "amp-url": "`amp_urls`",
    "quality": "`quality`",
    "published": "`published`; see `is_visible`",
    "draft": "`draft`; see `is_visible`",
    "provider-name": "`provider_name`",
    "provider-domain": "`provider_domain`",
    "images": "`images`, `pictures`",
    "provider-images": "`pictures`",
}
"""The attributes of `Description` with the values of roles."""

TEXTS = ("terms", "permalink", "slug", "aliases", "language")
"""Roles whose fields contain several texts, each with a name."""

FOOT = """
- **Authors and tags.** `terms` are authors, tags, topics and categories.
  `description.names_of("terms")` lists a name for each text of a record, such as `terms/0`:
  `description.field_text(name)` is the text, and `mention.target(name)` its place.
- **Other fields.** In a `MentionRule` or `RecordRule`, `mention.find(name)` is the value of any
  field of the front matter (`.python` converts it), and `mention.target(name)` its place. In a
  group, mentions have no values: only fields with an attribute in this table have a place.
- **Missing fields.** If the description lacks a field, `target` returns the whole description.
  `check_rule` reports names that no field can have, such as `target("titel")`.
"""
SECTION = re.compile(r"^(Args|Attributes|Returns|Yields|Raises):$", re.MULTILINE)
DEFAULT = re.compile(r": ([^=:]+?)=")
ITEM = re.compile(r"^(\w+): (.*)$", re.DOTALL)


class Docstring(NamedTuple):
    """The paragraphs of a docstring, and the items of each section by its title."""

    text: str
    sections: dict[str, str]


def render_page() -> Iterator[str]:
    """Yield the parts of the page."""
    yield HEAD
    for role, fields in ROLES.items():
        if not role.startswith("image-"):
            yield render_role(role, fields)
    yield FOOT
    seen: dict[int, str] = {}
    for name in MODULES:
        yield from render_module(importlib.import_module(name), seen)
    yield "\n## Types of attributes\n"
    yield "\nPublic names have attributes of these types, which no public module exports.\n"
    for kind in TYPES:
        yield f"\n### {kind.__name__}\n"
        yield from render_class(kind)


def render_role(role: str, fields: tuple[str, ...]) -> str:
    """Format the row of a role."""
    names = " ".join(f'`"{each}"`' for each in dict.fromkeys((role, *fields)))
    attribute = ATTRIBUTES.get(role, "none")
    if role in TEXTS:
        names = f'each of `names_of("{role}")`'
        attribute = f'`field_text(name)` for each of `names_of("{role}")`'
    return f"| `{role}` | {names} | {attribute} |\n"


def render_module(module: ModuleType, seen: dict[int, str]) -> Iterator[str]:
    """Yield the section of a module.

    Args:
        module: The module.
        seen: The names that are described already, by identity of the object; extended.
    """
    yield f"\n## {module.__name__}\n"
    again = []
    for name in module.__all__:
        value = getattr(module, name)
        if not isinstance(value, str) and id(value) in seen:
            again.append(f"[`{name}`](#{name.lower()})")
            continue
        seen[id(value)] = name
        yield f"\n### {name}\n"
        yield from render_value(module, name, value)
    if again:
        yield f"\nDescribed above: {', '.join(again)}.\n"


def render_value(module: ModuleType, name: str, value: Any) -> Iterator[str]:
    """Yield the description of a public name."""
    if inspect.isclass(value):
        yield from render_class(value)
    elif getattr(value, "__module__", "").startswith("newslint"):
        if inspect.isfunction(value):
            yield from render_function(parse(value))
        else:
            yield f"\nA `{type(value).__name__}`. {find_comment(module, name)}\n"
    elif inspect.isfunction(value):
        yield f"\n`{value.__module__.partition('.')[0]}.{name}`: declares an option of a rule.\n"
    else:
        yield f"\n`{name} = {value!r}`\n\n{find_comment(module, name)}\n"


def find_comment(module: ModuleType, name: str) -> str:
    """Find the text below the definition of a constant, in its module or one that it imports."""
    sources = [module, *(sys.modules[key] for key in sorted(sys.modules) if "newslint." in key)]
    for each in sources:
        if name in vars(each) and getattr(each, "__file__", None):
            body = ast.parse(inspect.getsource(each)).body
            for node, after in pairwise(body):
                is_it = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
                if is_it and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                    return " ".join(str(after.value.value).split())
    return ""


def parse(value: Any) -> Any:
    """Parse the source of a class or a function."""
    return ast.parse(textwrap.dedent(inspect.getsource(value))).body[0]


def render_class(kind: type[Any]) -> Iterator[str]:
    """Yield the description of a class: its attributes, then its methods."""
    node = parse(kind)
    docstring = split_docstring(ast.get_docstring(node) or "")
    bases = [each for each in kind.__bases__ if each.__module__.startswith("newslint")]
    init = next((each for each in methods(node) if each.name == "__init__"), None)
    if init is not None and "Args" in docstring.sections:
        yield f"\n```python\n{kind.__name__}{signature(init)}\n```\n"
    yield f"\n{docstring.text}\n"
    if bases:
        names = " and ".join(f"[`{each.__name__}`](#{each.__name__.lower()})" for each in bases)
        yield f"\nDerives from {names}, and has its attributes and methods.\n"
    if init is not None:
        yield from render_items(docstring.sections.get("Args", ""))
    inherited = {name for each in bases for name in dir(each)}
    rows = [each for each in attributes(node, docstring, inherited) if each[2] or not bases]
    if rows:
        yield "\n| attribute | type | meaning |\n|---|---|---|\n"
        yield from (f"| `{name}` | {code(type_)} | {cell(text)} |\n" for name, type_, text in rows)
    for method in methods(node):
        if not method.name.startswith("_") and not is_property(method):
            yield f"\n#### {kind.__name__}.{method.name}\n"
            yield from render_function(method)


def attributes(
    node: ast.ClassDef, docstring: Docstring, inherited: Container[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and meaning of each public attribute of a class, without other values."""
    meanings = dict(items(docstring.sections.get("Attributes", "")))
    types = {
        ast.unparse(each.target): each.annotation
        for each in node.body
        if isinstance(each, ast.AnnAssign) and not is_deprecated(each.value)
    }
    for method in methods(node):
        if method.name == "__init__":
            arguments = (*method.args.args, *method.args.kwonlyargs)
            given = {each.arg: each.annotation for each in arguments if each.annotation}
            types |= {name: given[name] for name in meanings if name in given}
            own = (each for each in ast.walk(method) if isinstance(each, ast.AnnAssign))
            types |= {
                ast.unparse(each.target).removeprefix("self."): each.annotation for each in own
            }
    for name in dict.fromkeys((*types, *meanings)):
        if not name.startswith("_"):
            annotation = types.get(name)
            kind = "" if annotation is None else ast.unparse(annotation)
            yield name, kind, meanings.get(name, "")
    for each in node.body:
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant):
            name = ast.unparse(each.targets[0])
            if name not in inherited:
                yield name, "", f"`{each.value.value!r}`"
    for method in methods(node):
        if is_property(method) and not method.name.startswith("_"):
            text = split_docstring(ast.get_docstring(method) or "").text
            yield method.name, ast.unparse(method.returns) if method.returns else "", text


def is_deprecated(value: ast.expr | None) -> bool:
    """Check if an attribute is an old name."""
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "deprecated_attribute"


def methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """List the methods of a class, without overloads."""
    found = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    return [each for each in found if "overload" not in map(ast.unparse, each.decorator_list)]


def is_property(method: ast.FunctionDef) -> bool:
    """Check if a method is read as an attribute."""
    return any("property" in ast.unparse(each) for each in method.decorator_list)


def render_function(node: ast.FunctionDef) -> Iterator[str]:
    """Yield the description of a function or a method."""
    docstring = split_docstring(ast.get_docstring(node) or "")
    yield f"\n```python\n{node.name}{signature(node)}\n```\n"
    yield f"\n{docstring.text}\n"
    yield from render_items(docstring.sections.get("Args", ""))
    for title in ("Returns", "Yields"):
        if title in docstring.sections:
            yield f"\n{title}: {' '.join(docstring.sections[title].split())}\n"
    if "Raises" in docstring.sections:
        yield "\nRaises:\n"
        yield from render_items(docstring.sections["Raises"])


def signature(node: ast.FunctionDef) -> str:
    """Format the arguments and the result of a function; one argument a line if they are long."""
    arguments = node.args
    for each in (arguments.posonlyargs, arguments.args):
        each[:] = [one for one in each if one.arg not in {"self", "cls"}]
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    given = DEFAULT.sub(r": \1 = ", ast.unparse(arguments))
    line = f"({given}){returned}"
    if len(node.name + line) < 90:
        return line
    parts = re.split(r", (?![^\[(]*[\])])", given)
    return "(\n" + "".join(f"    {each},\n" for each in parts) + f"){returned}"


def split_docstring(text: str) -> Docstring:
    """Split a docstring into paragraphs and sections."""
    head, *rest = SECTION.split(text)
    paragraphs = (
        each if each.startswith(("- ", "    ")) else " ".join(each.split())
        for each in head.strip().split("\n\n")
    )
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    return Docstring("\n\n".join(paragraphs), sections)


def items(section: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each item of a section."""
    for each in re.split(r"\n(?=\S)", textwrap.dedent(section.strip("\n"))):
        if match := ITEM.match(each):
            yield match[1], " ".join(match[2].split())


def render_items(section: str) -> Iterator[str]:
    """Yield the items of a section as a list."""
    found = list(items(section))
    if found:
        yield "\n"
        yield from (f"- `{name}`: {text}\n" for name, text in found)


def code(text: str) -> str:
    """Format a type for a cell of a table, without the quotes of a type that is defined later."""
    text = re.sub(r"^ClassVar\[(.*)\]$", r"\1", text.strip("'"))
    return f"`{text}`".replace("|", r"\|") if text else ""


def cell(text: str) -> str:
    """Format a text for a cell of a table."""
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("".join(render_page()), "utf-8")
