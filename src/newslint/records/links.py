"""The links of a record, in its front matter and its text, and the paths of those to its site."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from newslint.documents import Document
from newslint.records.addresses import is_absolute
from newslint.records.collection import FieldMap
from newslint.records.description import LocatedField, locate_target
from newslint.records.target import target_of
from newslint.records.texts import FoundText, find_body_code, select_texts
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.pointer import split_pointer

IMAGE = "image"
PAGE = "page"
SOURCE = "source"
DOWNLOAD = "download"

_KINDS = {
    IMAGE: "png jpg jpeg jpe jfif gif svg webp avif bmp ico tif tiff heic",
    SOURCE: "md mdx markdown",
    PAGE: "html htm",
    DOWNLOAD: "pdf zip gz tgz doc docx xls xlsx ppt pptx odt ods odp epub mp3 mp4 m4a ogg wav webm",
}
SOURCE_ENDINGS = tuple(_KINDS[SOURCE].split())
_KIND_OF = {f".{ending}": kind for kind, endings in _KINDS.items() for ending in endings.split()}
_KIND_OF[""] = PAGE

_LINK = re.compile(
    r"\]\([ \t]*+(<[^<>\r\n]*+>|(?:\{\{[^{}\r\n]*+\}\}|\{[^{}\r\n]*+\}|[^\s()<>]|\([^\s()]*+\))++)"
    r"|^[ ]{0,3}\[(?!\^)[^\]\r\n]{1,200}\]:[ \t]*+(\S+)"
    r"|\b(?:src|href|poster)[ \t]*+=[ \t]*+(?:\"([^\"\r\n]*+)\"|'([^'\r\n]*+)')",
    re.MULTILINE | re.IGNORECASE,
)
_COMMENT = lazy_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FILTERED = lazy_pattern(
    r"\{\{-?\s*(?:'([^'{}]*)'|\"([^\"{}]*)\")\s*\|\s*(?:relative_url|absolute_url|url)\s*-?\}\}"
)
_ROOT = lazy_pattern(
    r"\A(?:\{\{-?\s*(?:site\.baseurl|site\.url|base_?path|base_?url)\s*-?\}\}/?|@site/|@/|~/)"
)
_OWN_PREFIX = lazy_pattern(r"\A\{(?:static|filename|attach)\}")
_ESCAPED = lazy_pattern(r"\\([!-/:-@\[-`{-~])")
_UNCLEAR = lazy_pattern(r"[{}<>|*$\\\r\n\t\0\ufffd\[\]]")
_LOCAL_START = re.compile(r"\.{0,2}/(?!/)|@site/|\{(?:static|filename|attach)\}")
_MAYBE_IMAGE = re.compile(rf"[%&\\{{]|\.(?:{_KINDS[IMAGE].replace(' ', '|')})", re.IGNORECASE)
"""A part of each text that leads to an image; other texts need not be parsed."""
_WEB_ADDRESS = lazy_pattern(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_MAX_TEXT = 500
_MAX_LINKS = 1000
_CLAIMS = ("url", "amp-url", "permalink", "slug", "aliases")
"""Roles of fields whose values are addresses of the record itself."""


class LocalPath(NamedTuple):
    """The path in a link to a file or page of the site.

    Attributes:
        path: The path, decoded, without query and fragment; it may start with `../`.
        is_rooted: Whether it starts at the root of the site, rather than at the record.
        kind: `image`, `page`, `source` (a Markdown file) or `download`.
    """

    path: str
    is_rooted: bool
    kind: str


def parse_link(text: str) -> LocalPath | None:
    """Parse a link as written; None if it leads elsewhere, or a template computes it."""
    filtered = _FILTERED.fullmatch(text)
    if filtered is not None:
        text = "/" + (filtered[1] or filtered[2] or "").lstrip("/")
    if "&" in text:
        import html

        text = html.unescape(text)
    text = _ESCAPED.sub(r"\1", text).strip()
    text = _OWN_PREFIX.sub("", _ROOT.sub("/", text, count=1), count=1)
    if is_absolute(text) or _UNCLEAR.search(text):
        return None
    written = re.split("[?#]", text, maxsplit=1)[0]
    path = unquote(written)
    if not path.strip("/.") or _UNCLEAR.search(path):
        return None
    kind = kind_of_ending(PurePosixPath(path).suffix)
    if kind is None:
        return None
    is_rooted = path.startswith("/")
    return LocalPath(posixpath.normpath(path.lstrip("/")), is_rooted, kind)


def kind_of_ending(suffix: str) -> str | None:
    """Find the kind of files with an ending such as `.png`; None for other endings."""
    return _KIND_OF.get(suffix.lower())


def find_links(texts: Iterable[FoundText], field_map: FieldMap) -> Iterator[LocatedField]:
    """Yield those texts of a front matter that are paths or addresses."""
    paths = [each for each in texts if _is_link(*each[:2])]
    if not paths:
        return
    claims = {tuple(keys) for role in _CLAIMS for keys in field_map.keys(role)}
    for text in select_texts(paths, field_map, lambda _text, _is_url: True):
        names = tuple(key for key in split_pointer(text.pointer) if not key.isdecimal())
        if text.scalar is not None and names not in claims:
            yield locate_target(target_of(text.scalar))


def _is_link(text: str, is_url: bool | None) -> bool:  # noqa: FBT001 # as in `FoundText`
    """Check if a text of the front matter is a link.

    A path is recognised by its start, or the ending of an image. Addresses in fields for URLs are
    parts of every description.
    """
    if is_url is None or len(text) > _MAX_TEXT:
        return False
    if is_absolute(text):
        return not is_url and _WEB_ADDRESS.fullmatch(text) is not None
    if _LOCAL_START.match(text):
        return parse_link(text) is not None
    if "." not in text or " " in text or not _MAYBE_IMAGE.search(text):
        return False
    local = parse_link(text)
    return local is not None and local.kind == IMAGE


def find_body_links(document: Document) -> tuple[LocatedField, ...]:
    """Find the links in the text below a front matter, outside of code and comments.

    They belong to the first record of the document; their lines count from its front matter.
    """
    if not document.roots:
        return ()
    return tuple(islice(_body_links(document, document.roots[0].line), _MAX_LINKS))


def _is_followed(text: str) -> bool:
    """Check if a link of a text leads to a page or file that can be looked up."""
    return _WEB_ADDRESS.fullmatch(text) is not None or parse_link(text) is not None


def _body_links(document: Document, lines: int) -> Iterator[LocatedField]:
    """Yield the links; `lines` is the number of lines before the front matter."""
    body, text = document.body_start, document.source.text
    found = [
        (match.start(number), match.end(number))
        for match in _LINK.finditer(text, body)
        for number in (match.lastindex or 1,)
        if _is_followed(match[number].strip("<>"))
    ]
    if not found:
        return
    hidden = find_body_code(document)
    hidden += (match.span() for match in _COMMENT.finditer(text, body))
    for first, last in found:
        if any(at <= first < after for at, after in hidden):
            continue
        start, end = (first + 1, last - 1) if text[first] == "<" else (first, last)
        (line, column), (end_line, end_column) = document.source.span(start, end)
        written = text[start:end]
        yield LocatedField("", line - lines, column, end_line - lines, end_column, written)
