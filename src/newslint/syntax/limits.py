"""Checks of the limits of front matter that are the same for all syntaxes."""

from newslint.syntax.problem import Limits
from newslint.text.source_text import SourceText


class ParseError(Exception):
    """A problem that stops a parser.

    Attributes:
        message: Its message.
        start: The 0-based offset at which the text concerned starts.
        end: The offset at which it ends.
        related: Further places, each with a note.
    """

    def __init__(
        self, message: str, start: int, end: int, related: tuple[tuple[int, int, str], ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.related = related


def check_lines(source: SourceText, limits: Limits) -> None:
    """Check that no line is longer than the limit.

    Raises:
        ParseError: A line is.
    """
    if len(source.text) <= limits.line:
        return
    for number, start in enumerate(source.line_starts, 1):
        if len(source.line(number)) > limits.line:
            message = f"a line of more than {limits.line:,} characters"
            raise ParseError(message, start, start + limits.line)


def check_depth(depth: int, limits: Limits, start: int, end: int) -> None:
    """Check that a list or mapping is not nested deeper than the limit.

    Raises:
        ParseError: It is.
    """
    if depth > limits.depth:
        message = f"values are nested deeper than {limits.depth} levels"
        raise ParseError(message, start, end)


def check_entries(number: int, limits: Limits, start: int, end: int) -> None:
    """Check that a list has not more entries than the limit.

    Raises:
        ParseError: It has.
    """
    if number > limits.entries:
        message = f"a list of more than {limits.entries:,} entries"
        raise ParseError(message, start, end)


def check_nodes(number: int, limits: Limits, start: int, end: int) -> None:
    """Check that there are not more values than the limit.

    Raises:
        ParseError: There are.
    """
    if number > limits.nodes:
        raise ParseError(f"more than {limits.nodes:,} values", start, end)
