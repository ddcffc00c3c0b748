"""The layout of front matter: its tokens, its comments, and the lines of its values.

The tree contains values only; tokens show the start of comments, and the value that a line belongs
to. Finding them takes as long as parsing the text, so it is done only for files with suppression
comments and for fixes.
"""

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from newslint.text.location import Position, Span
from newslint.text.source_text import SourceText

SCALAR = "<scalar>"


class Token(NamedTuple):
    """A visible piece of front matter.

    Attributes:
        kind: `<scalar>`, the indicator itself (`-`, `:`, `[`), or another name in angle brackets.
        start: 0-based offset in the text of the file.
        end: Offset after its last character; a block scalar includes its line ends.
        first: 1-based line that it starts on.
        last: Line that it ends on.
        column: 1-based column that it starts at.
        depth: The number of brackets around it; a closing one is inside its own pair.
        opens_line: Only spaces come before it on its line.
    """

    kind: str
    start: int
    end: int
    first: int
    last: int
    column: int
    depth: int
    opens_line: bool


class Layout:
    """The layout of front matter; this one is of a syntax without comments.

    Attributes:
        source: The text of the file.
        start: The 0-based offset at which the front matter starts.
        end: The offset at which it ends.
        tokens: Its tokens; none if it cannot be parsed.
    """

    def __init__(self, source: SourceText, start: int, end: int, tokens: list[Token]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.tokens = tokens

    def comments(self) -> Iterator[tuple[int, int]]:
        """Yield the 0-based start and end of each comment, in order."""
        yield from ()

    def is_block(self, token: Token) -> bool:
        """Check if `token` is a scalar whose text starts on the line below its first one."""
        del token
        return False

    def keeps_line_ends(self, offset: int) -> bool:
        """Check if a scalar that keeps all lines below it comes right before `offset`."""
        del offset
        return False

    def value_extent(self, offset: int) -> Span | None:
        """Find the extent of the outermost key or list entry that starts after `offset`.

        It starts at the start of its line. None if no token comes after `offset`.
        """
        del offset
        return None

    def line_extent(self, line: int) -> Span:
        """Extend the 1-based line `line` to all of the scalars that start or end on it."""
        first, last = line_start(line), line
        tokens = self.tokens
        for index in range(bisect_left(tokens, line, key=attrgetter("last")), len(tokens)):
            token = tokens[index]
            if token.first > line:
                break
            ends_here = token.last == line and not self.is_block(token)
            if token.kind == SCALAR and (token.first == line or ends_here):
                first = min(first, self.source.position(token.start))
                last = max(last, token.last)
        return Span(first, line_start(last + 1))


def line_start(line: int) -> Position:
    """Create the position of the start of a line."""
    return Position(line, 1)
