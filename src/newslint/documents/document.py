"""A file: its text, its front matter's values, and where each of them stands."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from newslint.documents.files import decode, read_bytes, too_large_message
from newslint.documents.front_matter import FrontMatter, find_front_matter, whole_file
from newslint.documents.suppression_comments import SuppressionComment, find_suppression_comments
from newslint.syntax.problem import Problem
from newslint.syntax.yaml.fragments import Reader
from newslint.syntax.yaml.value import Value
from newslint.text.location import Location, Span
from newslint.text.source_text import SourceText

YAML_SUFFIXES = frozenset({".yml", ".yaml"})
"""Files that are front matter as a whole."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file.

    Attributes:
        path: Relative to the project root, with `/`.
        source: The whole text; empty where the file could not be read, or must not be shown.
        front_matter: Where the YAML stands; None where there is none.
        roots: The root value of each YAML document: one, but for `.yaml` files with several.
        problems: What went wrong while reading.
        suppression_comments: The comments that silence rules.
    """

    path: str
    source: SourceText
    front_matter: FrontMatter | None = None
    roots: tuple[Value, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    suppression_comments: tuple[SuppressionComment, ...] = ()

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
        return unreadable_document(path, too_large_message(len(data), reader.limits.file_size))
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
        told = tuple(problem.shift_lines(lines) for problem in problems)
        return Document(path, SourceText(""), problems=told)
    if not fragments and not problems:
        message = "the front matter is empty; it holds no record"
        problems = [Problem("missing-front-matter", message)]
    roots = [Value(fragment, fragment.node, "", lines) for fragment in fragments]
    found_comments = find_suppression_comments(source, found, is_read=bool(roots))
    return Document(
        path,
        source,
        found,
        tuple(roots[:1] + [root for root in roots[1:] if root.python is not None]),
        (*(problem.shift_lines(lines) for problem in problems), *found_comments.problems),
        found_comments.valid,
    )


def _is_yaml(path: str) -> bool:
    """Tell whether a file is YAML as a whole."""
    return path[-1:] in "lL" and PurePosixPath(path).suffix.lower() in YAML_SUFFIXES


def unreadable_document(path: str, message: str) -> Document:
    """Return the document of a file whose bytes could not be had."""
    return Document(path, SourceText(""), problems=(Problem("unreadable-file", message),))


def load_document(path: Path, name: str, reader: Reader, root: Path | None = None) -> Document:
    """Return the document in the file `path`. A file that cannot be read is a document too.

    Args:
        path: The file.
        name: What the document is called: its path relative to the project root, with `/`.
        reader: Reads the front matter; its limits hold for the file's size too.
        root: No symbolic link is followed out of this folder; None where any may be.
    """
    return create_document(name, read_bytes(path, reader.limits.file_size, root), reader)


def create_document(name: str, held: bytes | str, reader: Reader) -> Document:
    """Return the document of a file.

    Args:
        name: What the document is called.
        held: What the file holds, or why it cannot be read.
        reader: Reads the front matter.
    """
    if isinstance(held, str):
        return unreadable_document(name, held)
    return read_document(name, held, reader)
