"""Documents: files with their text, their values and the place of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newslint._deprecation import deprecated_attribute
from newslint.documents.files import decode, read_bytes, too_large_message
from newslint.documents.front_matter import FrontMatter, find_front_matter, whole_file
from newslint.documents.metadata_lines import has_metadata_lines
from newslint.documents.rows import split_row
from newslint.documents.suppression_comments import SuppressionComment, find_suppression_comments
from newslint.syntax import Fragment, Reader
from newslint.syntax.problem import Problem
from newslint.syntax.protocol import Syntax
from newslint.syntax.registry import find_by_suffix, get_syntax
from newslint.syntax.tree import Scalar
from newslint.syntax.value import Value
from newslint.text.location import Location, Span
from newslint.text.source_text import SourceText

_MAY_BE_FENCE = re.compile(r"\s*(?:---|\+\+\+|;;;)")


@dataclass(frozen=True, slots=True)
class Document:
    """One file.

    Attributes:
        path: Relative to the project root, with `/`.
        source: The whole text; empty if the file cannot be read, or must not be shown.
        front_matter: The place of the front matter; None if there is none.
        roots: The root value of each document in it: one, except for `.yaml` files with several.
        problems: The problems met while reading the file.
        suppression_comments: The suppression comments in the front matter.
    """

    path: str
    source: SourceText
    front_matter: FrontMatter | None = None
    roots: tuple[Value, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    suppression_comments: tuple[SuppressionComment, ...] = ()

    @property
    def body_start(self) -> int:
        """The offset of the text after the front matter: 0 if that could not be parsed."""
        return self.front_matter.body if self.front_matter and self.roots else 0

    def locate(self, pointer: str, span: Span) -> Location:
        """Create the location of a span of this file."""
        return Location(self.path, pointer, span)

    def locate_range(self, start: int, end: int) -> Location:
        """Create the location between two 0-based offsets of the text."""
        return Location(self.path, "", self.source.span(start, end))

    def locate_start(self) -> Location:
        """Create the location of a problem of the whole file: the file's start."""
        return self.locate_range(0, 0)

    at = deprecated_attribute("at", "locate_range")
    whole = deprecated_attribute("whole", "locate_start")


def read_document(path: str, data: bytes, reader: Reader) -> Document:
    """Create a document from the bytes of a file. Bad input becomes problems, never an exception.

    Args:
        path: The document's path; its suffix determines if the whole file is front matter.
        data: The bytes of the file.
        reader: The parser of the front matter, which shares fragments between documents.
    """
    if len(data) > reader.limits.file_size:
        return unreadable_document(path, too_large_message(len(data), reader.limits.file_size))
    text, problem = decode(data)
    source = SourceText(text)
    if problem is not None:
        return Document(path, source, problems=(problem,))
    syntax = find_whole_syntax(path)
    if syntax is None and split_row(path) is not None and not text.endswith("\n"):
        syntax = get_syntax("json")  # a row with a whole document ends with a line end
    found = find_front_matter(source) if syntax is None else whole_file(source, syntax.name)
    if isinstance(found, Problem):
        return Document(path, source, problems=(found,))
    # Without a fence line, front matter starts on the first line, perhaps after other characters.
    line, column = source.position(found.start)
    lines, chars_before = line - 1, column - 1
    fragments, problems = reader.read(text[found.start : found.end], chars_before, found.language)
    if any(problem.is_private for problem in problems):
        return Document(
            path, SourceText(""), problems=tuple(problem.shift_lines(lines) for problem in problems)
        )
    if not fragments and not problems:
        message = "the front matter is empty"
        if syntax is None and has_metadata_lines(text[found.body :].lstrip()):
            message += ", but metadata lines follow its second fence; delete one of the two fences"
        problems = [Problem("missing-front-matter", message)]
    problems = [problem.shift_lines(lines) for problem in problems]
    if syntax is None and (explained := _explain_fenced(source, found, fragments, problems)):
        return Document(path, source, problems=(explained,))
    if syntax is None and fragments and _MAY_BE_FENCE.match(text, found.body):
        from newslint.documents.other_syntax import explain_second  # most files have none

        second = explain_second(source, found)
        problems += () if second is None else (second,)
    roots = [Value(fragment, fragment.node, "", lines) for fragment in fragments]
    comments = find_suppression_comments(source, found, path, is_read=bool(roots))
    return Document(
        path,
        source,
        found,
        tuple(roots[:1] + [root for root in roots[1:] if root.python is not None]),
        (*problems, *comments.problems),
        comments.valid,
    )


def _explain_fenced(
    source: SourceText, place: FrontMatter, fragments: Sequence[Fragment], problems: list[Problem]
) -> Problem | None:
    """Explain front matter that does not read as its fences let expect; None if it does."""
    is_wrong = any(problem.rule == place.syntax.syntax_rule for problem in problems)
    if is_wrong or any(isinstance(each.node, Scalar) for each in fragments[:1]):
        from newslint.documents.other_syntax import explain_other_syntax  # most files need none

        other = explain_other_syntax(source, place)
        if other is not None:
            return other
    if not problems:
        return None
    from newslint.documents.fences import explain_misread_end  # most files need none

    return explain_misread_end(source, place, problems)


def find_whole_syntax(path: str) -> Syntax | None:
    """Find the syntax of a file that is front matter as a whole; None if fences separate it."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")  # as `PurePosixPath.suffix`, in a tenth of the time
    return find_by_suffix(name[dot:].lower() if 0 < dot < len(name) - 1 else "")


def unreadable_document(path: str, message: str) -> Document:
    """Create the document of a file that cannot be read."""
    return Document(path, SourceText(""), problems=(Problem("unreadable-file", message),))


def load_document(path: Path, name: str, reader: Reader, root: Path | None = None) -> Document:
    """Read a file as a document. A file that cannot be read becomes a document with a problem.

    Args:
        path: The file.
        name: The document's path, relative to the project root, with `/`.
        reader: The parser of the front matter; its limits apply to the file's size too.
        root: No symbolic link is followed out of this folder; None to follow all.
    """
    return create_document(name, read_bytes(path, reader.limits.file_size, root), reader)


def create_document(name: str, content: bytes | str, reader: Reader) -> Document:
    """Create a document from the result of `read_bytes`.

    Args:
        name: The document's path.
        content: The content of the file, or the reason why it cannot be read.
        reader: The parser of the front matter.
    """
    if isinstance(content, str):
        return unreadable_document(name, content)
    return read_document(name, content, reader)
