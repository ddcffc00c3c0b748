"""A file: its text, its front matter's values, and where each of them stands."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from newslint.source.comments import Directive, find_directives
from newslint.source.decode import decode
from newslint.source.fragments import Reader
from newslint.source.front_matter import FrontMatter, find_front_matter, whole_file
from newslint.source.location import Location, Span
from newslint.source.problem import Problem
from newslint.source.text import SourceText
from newslint.source.value import Value

YAML_SUFFIXES = frozenset({".yml", ".yaml"})
"""Files that are front matter as a whole."""

_MEBIBYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Document:
    """One file.

    Attributes:
        path: Relative to the project root, with `/`.
        source: The whole text; empty where the file could not be read, or must not be shown.
        front_matter: Where the YAML stands; None where there is none.
        roots: The root value of each YAML document: one, but for `.yaml` files with several.
        problems: What went wrong while reading.
        directives: The comments that silence rules.
    """

    path: str
    source: SourceText
    front_matter: FrontMatter | None = None
    roots: tuple[Value, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    directives: tuple[Directive, ...] = ()

    @property
    def body_start(self) -> int:
        """Offset of the text that is no front matter: 0 where no YAML could be read."""
        return self.front_matter.body if self.front_matter and self.roots else 0

    def at(self, start: int, end: int) -> Location:
        """Return the location between two 0-based offsets of the text."""
        return Location(self.path, "", self.source.span(start, end))

    def whole(self) -> Location:
        """Return the location that stands for the file as such: its start."""
        return self.at(0, 0)

    def locate(self, pointer: str, span: Span) -> Location:
        """Return the location of a span of this file."""
        return Location(self.path, pointer, span)


def read_document(path: str, data: bytes, reader: Reader) -> Document:
    """Return the document that `data` holds. Bad input becomes problems, never an exception.

    Args:
        path: What the document is called; its suffix tells whether the whole file is YAML.
        data: The bytes of the file.
        reader: Reads the front matter, sharing what it has read before.
    """
    if len(data) > reader.limits.file_size:
        return unreadable(path, too_large(len(data), reader.limits.file_size))
    text, problem = decode(data)
    source = SourceText(text)
    if problem is not None:
        return Document(path, source, problems=(problem,))
    is_yaml = _is_yaml(path)
    found = whole_file(source) if is_yaml else find_front_matter(source)
    if isinstance(found, Problem):
        return Document(path, source, problems=(found,))
    lines, before = (0, found.start) if is_yaml else (1, 0)  # below the fence, or right here
    fragments, problems = reader.read(text[found.start : found.end], before)
    if any(problem.is_private for problem in problems):
        told = tuple(problem.down(lines) for problem in problems)
        return Document(path, SourceText(""), problems=told)
    if not fragments and not problems:
        message = "the front matter is empty; it holds no record"
        problems = [Problem("missing-front-matter", message)]
    roots = [Value(fragment, fragment.node, "", lines) for fragment in fragments]
    directives = find_directives(source, found, is_read=bool(roots))
    return Document(
        path,
        source,
        found,
        tuple(roots[:1] + [root for root in roots[1:] if root.python is not None]),
        (*(problem.down(lines) for problem in problems), *directives.problems),
        directives.valid,
    )


def _is_yaml(path: str) -> bool:
    """Tell whether a file is YAML as a whole."""
    return path[-1:] in "lL" and PurePosixPath(path).suffix.lower() in YAML_SUFFIXES


def unreadable(path: str, message: str) -> Document:
    """Return the document of a file whose bytes could not be had."""
    return Document(path, SourceText(""), problems=(Problem("unreadable-file", message),))


def too_large(size: int, limit: int) -> str:
    """Return what to say of a file of more bytes than are read."""
    if size < _MEBIBYTE:
        return f"{size:,} bytes are more than the limit of {limit:,} bytes"
    return f"{_mebibytes(size)} is larger than the limit of {_mebibytes(limit)}"


def _mebibytes(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / _MEBIBYTE:,.1f} MiB"
