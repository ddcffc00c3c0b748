"""The protocol of a syntax: what each language of front matter offers.

Everything above this package uses a syntax by these methods only. Nodes, values and fragments are
the same for all syntaxes; places in the source text, and texts that replace it, are the business of
each.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from newslint.syntax.fence import Fence
from newslint.text.location import Span
from newslint.text.source_text import SourceText

if TYPE_CHECKING:
    from newslint.syntax.characters import CharacterMap
    from newslint.syntax.fragment import Fragment
    from newslint.syntax.layout import Layout
    from newslint.syntax.problem import Limits, Problem
    from newslint.syntax.value import Value

Removal = tuple[tuple[Span, str], ...]
"""Spans of the file and the replacement of each."""


class Literal(str):
    """The source text of a value that is no text, such as a date."""

    __slots__ = ()


class Replacement(NamedTuple):
    """A part of a scalar's text and its replacement.

    Attributes:
        start: 0-based offset of the part in the text.
        end: Offset after its last character.
        new: The new text.
    """

    start: int
    end: int
    new: str


CACHE_SIZE = 64 * 1024 * 1024
"""The number of characters of fragments that a reader remembers by default."""


class ReaderOptions(NamedTuple):
    """Options of a parser; they change its speed, and no result.

    Attributes:
        share_fragments: Parse text that repeats across files once. If False, always parse the
            whole.
        min_entry_length: The minimum average length of a list's entries, in characters, to parse
            them in fragments: parsing shorter ones twice costs less than caching them.
        cache_size: The number of characters of fragments that are cached, the most recent ones.
    """

    share_fragments: bool = True
    min_entry_length: int = 64
    cache_size: int = CACHE_SIZE


class SyntaxReader(Protocol):
    """A parser of one syntax."""

    def read(self, text: str, chars_before: int = 0) -> "tuple[list[Fragment], list[Problem]]":
        """Parse front matter.

        Args:
            text: The front matter, without its fences.
            chars_before: The number of characters of the file before it on its first line.

        Returns:
            A fragment for each document in `text`, and the problems.
        """

    @property
    def cached_texts(self) -> frozenset[str]:
        """The texts that are in the cache."""

    def clear_cache(self) -> None:
        """Drop all that is cached, when no more files are to be read."""


class Syntax:
    """A language of front matter.

    Attributes:
        name: The name of its package, which starts its styles, such as `toml`.
        label: Its name for people.
        suffixes: The file name endings of files that are of this syntax as a whole.
        fences: The fences around it, the most usual one first.
        first_line: A regular expression for the start of a line that only this syntax starts with.
        multiline_styles: The styles of values that consist of whole lines.
        has_comments: There are comments, which start with `#` and end with the line.
        has_exact_ends: The offset of a collection's end is that of its source text. If not, a
            collection ends where its last value does.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    suffixes: ClassVar[frozenset[str]]
    fences: ClassVar[tuple[Fence, ...]]
    first_line: ClassVar[str]
    multiline_styles: ClassVar[frozenset[str]] = frozenset()
    has_comments: ClassVar[bool] = True
    has_exact_ends: ClassVar[bool] = True

    @property
    def syntax_rule(self) -> str:
        """The rule that reports text which cannot be parsed."""
        return f"{self.name}-syntax"

    def create_reader(self, limits: "Limits", options: ReaderOptions) -> SyntaxReader:
        """Create a parser."""
        raise NotImplementedError

    def map_characters(self, raw: str, style: str, value: str) -> "CharacterMap | None":
        """Map the characters of a scalar's text to its source.

        Args:
            raw: The scalar's source, quotes included.
            style: Its style.
            value: Its text.

        Returns:
            None if `raw` does not read as `value`.
        """
        raise NotImplementedError

    def write_text(self, text: str, style: str, source: str = "") -> str:
        """Write a text in the style of the scalar that it replaces if possible.

        Args:
            text: The value.
            style: The style of the scalar.
            source: The source of the scalar, if it consists of whole lines.
        """
        raise NotImplementedError

    def write_literal(self, value: Any, style: str, source: str = "", original: str = "") -> str:
        """Write a value in the place of another one.

        In the place of a quoted value, it is quoted as well. Elsewhere a text is quoted, and other
        values are written as such if the syntax has them.

        Args:
            value: The value; a `Literal` is written as it is, if that is valid.
            style: The style of the scalar that it replaces.
            source: The source of that scalar, if it consists of whole lines.
            original: The style of the scalar that a `Literal` is copied from.
        """
        raise NotImplementedError

    def write_part(self, new: str, style: str) -> str | None:
        """Write a text inside a scalar of a style; None if that is not possible."""
        raise NotImplementedError

    def can_replace(
        self, raw: str, written: Sequence[Replacement], style: str, wanted: str
    ) -> bool:
        """Check that a scalar reads as `wanted` after parts of its source are replaced.

        Args:
            raw: The source.
            written: The parts and their new source.
            style: The style of the scalar.
            wanted: The text.
        """
        raise NotImplementedError

    def find_removals(self, source: SourceText, mapping: "Value", key: str) -> dict[int, Removal]:
        """Compute the edits that remove each entry of a list, by the entry's 0-based index.

        The edits remove a single entry: those of neighbours may overlap, and only those of a list's
        only entry leave an empty list. Entries that cannot be removed are left out.

        Args:
            source: The text of the file.
            mapping: The mapping that contains the list.
            key: The list's key.
        """
        raise NotImplementedError

    def has_adjacent_entries(self, list_value: "Value") -> bool:
        """Check if each entry of a list can be removed with just the lines of `entry_lines`."""
        del list_value
        return False

    def entry_lines(self, entry: "Value") -> Span | None:
        """Find the lines of an entry of a list; None if other values share them."""
        del entry
        return None

    def find_layout(self, source: SourceText, start: int, end: int) -> "Layout":
        """Find the comments and the tokens of front matter between two 0-based offsets."""
        raise NotImplementedError
