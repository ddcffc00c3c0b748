"""Text: offsets, lines, positions, spans, JSON Pointers, quoting for messages."""

from newslint.text.location import START, Location, Position, Span
from newslint.text.source_text import Lines, SourceText

__all__ = ["START", "Lines", "Location", "Position", "SourceText", "Span"]
