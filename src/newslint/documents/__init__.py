"""Documents: files, their decoding, front matter fences, discovery and saving."""

from newslint.documents.discovery import BASELINE_MARK, REPORT_MARK, Skip, discover, search
from newslint.documents.document import Document, document_of, load, read_document
from newslint.documents.files import read_bytes
from newslint.documents.gitignore import SUFFIXES, Filter, PatternError, Patterns
from newslint.documents.suppression_comments import Directive

__all__ = [
    "BASELINE_MARK",
    "REPORT_MARK",
    "SUFFIXES",
    "Directive",
    "Document",
    "Filter",
    "PatternError",
    "Patterns",
    "Skip",
    "discover",
    "document_of",
    "load",
    "read_bytes",
    "read_document",
    "search",
]
