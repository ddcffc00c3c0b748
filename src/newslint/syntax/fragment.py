"""Pieces of front matter that were parsed by themselves."""

from hashlib import blake2b
from typing import Any

from newslint.syntax.problem import Problem
from newslint.syntax.registry import DEFAULT_SYNTAX
from newslint.syntax.tree import Node
from newslint.text.location import NO_RANGES, Ranges
from newslint.text.source_text import SourceText


class Fragment:
    """A piece of front matter that was parsed by itself.

    Attributes:
        source: The text; offsets of nodes count from its start.
        node: The value of the text.
        node_count: The number of nodes.
        line_count: The number of lines.
        problems: The problems inside, at spans that count from the fragment's first line.
        printable: The text contains no character that its syntax forbids.
        all_printable: Nor do the fragments inside.
        aliased: The ranges of the targets of aliases.
        syntax: The name of its syntax.
        ends_with_content: Whether the last line is known to be neither blank nor a comment.

    Args:
        cut_out: Identifies the fragments that were cut out of the text, and their places.
    """

    __slots__ = (
        "_cut_out",
        "_digest",
        "aliased",
        "all_printable",
        "ends_with_content",
        "line_count",
        "node",
        "node_count",
        "printable",
        "problems",
        "source",
        "syntax",
    )

    def __init__(  # noqa: PLR0913 # independent values
        self,
        source: SourceText,
        node: Node,
        node_count: int = 1,
        problems: tuple[Problem, ...] = (),
        *,
        printable: bool = False,
        all_printable: bool | None = None,
        aliased: Ranges = NO_RANGES,
        syntax: str = DEFAULT_SYNTAX,
        cut_out: bytes = b"",
    ) -> None:
        self._cut_out = cut_out
        self._digest = b""
        self.ends_with_content = False
        self.all_printable = printable if all_printable is None else all_printable
        self.source = source
        self.node = node
        self.node_count = node_count
        self.line_count = source.text.count("\n")
        self.problems = problems
        self.printable = printable
        self.aliased = aliased
        self.syntax = syntax

    @property
    def digest(self) -> bytes:
        """Digest of the text, and of the fragments that were cut out of it."""
        if not self._digest:
            text = self.source.digest
            cut_out = self._cut_out
            self._digest = blake2b(text + cut_out, digest_size=16).digest() if cut_out else text
        return self._digest


class PlacedFragment(Node):
    """A fragment in the place of a value of the surrounding text.

    Attributes:
        fragment: The fragment.
        line: The number of lines of the surrounding text before it.
    """

    __slots__ = ("fragment", "line")

    def __init__(self, fragment: Fragment, line: int) -> None:
        self.start = self.end = 0
        self.fragment = fragment
        self.line = line

    def to_python(self) -> Any:
        """Convert the fragment's value to plain Python."""
        return self.fragment.node.to_python()
