"""Problems found while a file is read, and the limits of a file."""

from typing import NamedTuple

from newslint.text.location import START, Span


class Problem(NamedTuple):
    """A failure to read a file or a part of it.

    It is a value, not an exception, so that the run goes on.

    Attributes:
        rule: Name of the rule that reports it, such as `yaml-syntax`.
        message: The message, without a full stop.
        span: Its span in the text that was parsed.
        pointer: The pointer of the value concerned; empty if there is none.
        related: Further places that explain it, each with a note.
        is_private: No text of the file may be shown, since secret values cannot be located.
        identity: Distinguishes it from other problems of its rule at its pointer.
    """

    rule: str
    message: str
    span: Span = START
    pointer: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    is_private: bool = False
    identity: str = ""

    def shift_lines(self, lines: int) -> "Problem":
        """Move the problem down by a number of lines."""
        related = tuple((span.shift_lines(lines), note) for span, note in self.related)
        return self._replace(span=self.span.shift_lines(lines), related=related)


class Limits(NamedTuple):
    """Limits of a file; a file that exceeds one is reported and not parsed.

    Attributes:
        file_size: Bytes of one file.
        line: Characters of one line of front matter.
        depth: Lists and mappings inside each other.
        nodes: Values in one front matter; an alias counts as many as its target.
        aliases: Values in the targets of all aliases of one front matter.
        entries: Entries of one list, such as `related`.
    """

    file_size: int = 16 * 1024 * 1024
    line: int = 1_000_000
    depth: int = 100
    nodes: int = 1_000_000
    aliases: int = 1_000_000
    entries: int = 10_000
