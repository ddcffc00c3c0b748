"""What went wrong while a file was read: a value, not an exception.

Each problem bears the name of the rule that reports it.
"""

from typing import NamedTuple

from newslint.text.location import START, Span


class Problem(NamedTuple):
    """A failure to read (part of) a file.

    Attributes:
        rule: Name of the rule that reports it, such as `yaml-syntax`.
        message: A sentence's body, without a full stop.
        span: Where, in the text it was found in.
        pointer: The value concerned; empty where there is none.
        related: Further places that explain it, each with a note.
        is_private: Nothing of the file may be shown, since it is not certain what in it is secret.
    """

    rule: str
    message: str
    span: Span = START
    pointer: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    is_private: bool = False

    def shift_lines(self, lines: int) -> "Problem":
        """Return the same problem, `lines` lines further down."""
        related = tuple((span.shift_lines(lines), note) for span, note in self.related)
        return self._replace(span=self.span.shift_lines(lines), related=related)


class Limits(NamedTuple):
    """What a file may cost before it is refused.

    Attributes:
        file_size: Bytes of one file.
        line: Characters of one line of front matter.
        depth: Lists and mappings inside each other.
        nodes: Values in one front matter, aliases counted as often as they are used.
        aliases: Values that the aliases of one front matter stand for.
        entries: Entries of one list, such as `related`.
    """

    file_size: int = 16 * 1024 * 1024
    line: int = 1_000_000
    depth: int = 100
    nodes: int = 1_000_000
    aliases: int = 1_000_000
    entries: int = 10_000
