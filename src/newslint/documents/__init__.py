"""Documents: files, their decoding, front matter fences, discovery and saving."""

from newslint.documents.discovery import BASELINE_MARK, REPORT_MARK, SkipReason, discover, search
from newslint.documents.document import Document, create_document, load_document, read_document
from newslint.documents.files import read_bytes
from newslint.documents.gitignore import SUFFIXES, FileFilter, GitignorePatterns, PatternError
from newslint.documents.links import LinkResolver, display_path
from newslint.documents.suppression_comments import SuppressionComment

__all__ = [
    "BASELINE_MARK",
    "REPORT_MARK",
    "SUFFIXES",
    "Document",
    "FileFilter",
    "GitignorePatterns",
    "LinkResolver",
    "PatternError",
    "SkipReason",
    "SuppressionComment",
    "create_document",
    "discover",
    "display_path",
    "load_document",
    "read_bytes",
    "read_document",
    "search",
]
