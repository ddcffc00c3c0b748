"""Text: offsets, lines, positions, spans, JSON Pointers, quoting for messages."""

from newslint.text.location import START, Location, Position, Span
from newslint.text.source_text import LineStarts, SourceText

__all__ = ["START", "LineStarts", "Location", "Position", "SourceText", "Span"]
