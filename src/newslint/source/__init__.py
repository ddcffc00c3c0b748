"""Files, text, front matter and positions: the ground floor."""

from newslint.source.comments import Directive
from newslint.source.discovery import BASELINE_MARK, REPORT_MARK, Skip, discover, search
from newslint.source.document import Document, read_document
from newslint.source.files import document_of, load, read_bytes
from newslint.source.fragments import Fragment, Reader
from newslint.source.location import START, Location, Position, Span
from newslint.source.patterns import SUFFIXES, Filter, PatternError, Patterns
from newslint.source.problem import Limits, Problem
from newslint.source.text import Lines, SourceText
from newslint.source.value import Value

__all__ = [
    "BASELINE_MARK",
    "REPORT_MARK",
    "START",
    "SUFFIXES",
    "Directive",
    "Document",
    "Filter",
    "Fragment",
    "Limits",
    "Lines",
    "Location",
    "PatternError",
    "Patterns",
    "Position",
    "Problem",
    "Reader",
    "Skip",
    "SourceText",
    "Span",
    "Value",
    "discover",
    "document_of",
    "load",
    "read_bytes",
    "read_document",
    "search",
]
