"""Conversion between places in files and positions in the encoding of the client.

A client counts lines from 0, and columns in code units of UTF-8, UTF-16 or UTF-32, from 0.
"""

from lsprotocol import types

from newslint.text import Position, SourceText, Span
from newslint.text.source_text import BYTE_ORDER_MARK, character_width

UNIT_WIDTHS = {
    types.PositionEncodingKind.Utf8: 1,
    types.PositionEncodingKind.Utf16: 3,
    types.PositionEncodingKind.Utf32: 4,
}
"""The greatest `character_width` of texts in which each character is one code unit."""


def count_units(text: str, encoding: types.PositionEncodingKind) -> int:
    """Count the code units of a text."""
    if text.isascii() or encoding is types.PositionEncodingKind.Utf32:
        return len(text)
    if encoding is types.PositionEncodingKind.Utf16:
        return len(text) + sum(character > "\uffff" for character in text)
    return len(text.encode("utf-8", "surrogatepass"))


class PositionMap:
    """The positions in one text.

    Args:
        source: The text; None if each character before the places in question is one code unit.
        encoding: The encoding of the client.
        hides_mark: Whether the client does not count a byte-order mark: editors remove it when they
            open a file.
    """

    def __init__(
        self,
        source: SourceText | None,
        encoding: types.PositionEncodingKind,
        *,
        hides_mark: bool = False,
    ) -> None:
        self.source = source
        self._encoding = encoding
        self._mark = int(hides_mark)

    @classmethod
    def of_file(cls, content: bytes, encoding: types.PositionEncodingKind) -> "PositionMap":
        """Create the positions in a file that is not open."""
        text = content.decode("utf-8", "replace")
        is_wide = character_width(text) > UNIT_WIDTHS[encoding]
        source = SourceText(text) if is_wide else None
        return cls(source, encoding, hides_mark=text.startswith(BYTE_ORDER_MARK))

    def range(self, span: Span) -> types.Range:
        """Convert a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def json_range(self, span: Span) -> dict[str, dict[str, int]]:
        """Convert a span to JSON of the protocol."""
        start, end = span
        line, character = self._convert(start)
        last, end_character = self._convert(end)
        return {
            "start": {"line": line, "character": character},
            "end": {"line": last, "character": end_character},
        }

    def position(self, place: Position) -> types.Position:
        """Convert a place; one after the end of its line, or of the text, is moved there."""
        return types.Position(*self._convert(place))

    def _convert(self, place: Position) -> tuple[int, int]:
        """Convert a place to a line and a column of the client."""
        line, column = place
        if self.source is not None:
            starts = self.source.line_starts
            if line > len(starts):
                line, column = len(starts), len(self.source.text) + 1
            before = self.source.line(line)[: column - 1]
            column = count_units(before, self._encoding) + 1
        mark = 0
        if self._mark and line == 1:
            mark = count_units(BYTE_ORDER_MARK, self._encoding) if self.source else 1
        return line - 1, max(0, column - 1 - mark)

    def place(self, position: types.Position) -> Position:
        """Convert a position of the client to a place."""
        if self.source is None:
            return Position(position.line + 1, position.character + 1)
        return self.source.position(self.offset(position))

    def offset(self, position: types.Position) -> int:
        """Convert a position of the client to an offset, which is inside the text."""
        source = self.source or SourceText("")
        starts = source.line_starts
        if position.line >= len(starts):
            return len(source.text)
        text = source.line(position.line + 1)
        return starts[position.line] + _skip_units(text, position.character, self._encoding)


def _skip_units(text: str, units: int, encoding: types.PositionEncodingKind) -> int:
    """Count the characters that the first code units of a text make up."""
    if encoding is types.PositionEncodingKind.Utf32 or text.isascii():
        return min(units, len(text))
    done = 0
    for index, character in enumerate(text):
        done += count_units(character, encoding)
        if done > units:
            return index
    return len(text)
