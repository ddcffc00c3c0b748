"""The strings of a document, one by one, as text rules see them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from newslint.records.mention import Target
from newslint.records.secret import is_secret, secret_lines
from newslint.records.shape import NEWS, Shape
from newslint.source import Document, Location, Value
from newslint.source.shield import FORBIDDEN
from newslint.source.tree import Mapping, Scalar, Sequence, real

_COLLECTIONS = (Mapping, Sequence)
_LINE = re.compile(r"[^\r\n]+")
_MOST_OUTSIDE = 1000
"""Characters of one file: no file holds as many by mistake."""


class Text:
    """A string, and where each part of it stands.

    Attributes:
        value: The text as readers get it.
        pointer: Where it is in the front matter; empty for what is not front matter.
        field: Name of the field; empty for what is not front matter.
    """

    __slots__ = ("_document", "_offset", "_scalar", "_shape", "field", "pointer", "value")

    def __init__(  # independent values
        self,
        value: str,
        scalar: Value | None = None,
        document: Document | None = None,
        offset: int = 0,
        *,
        shape: Shape = NEWS,
    ) -> None:
        self.value = value
        self.pointer = "" if scalar is None else scalar.pointer
        self.field = next((k for k in reversed(self.pointer.split("/")) if not k.isdecimal()), "")
        self._scalar = scalar
        self._document = document
        self._offset = offset
        self._shape = shape

    @property
    def in_front_matter(self) -> bool:
        """Whether this is a value of the front matter."""
        return self._scalar is not None

    @property
    def is_html(self) -> bool:
        """Whether markup is at home here."""
        return self._scalar is None or self.field in self._shape.html_fields

    @property
    def is_url(self) -> bool:
        """Whether a URL is expected here."""
        return self.pointer.rsplit("/", 1)[-1] in self._shape.url_fields

    @property
    def is_block(self) -> bool:
        """Whether it is written as a block scalar, which ends in a line end by itself."""
        node = None if self._scalar is None else real(self._scalar.node)
        return isinstance(node, Scalar) and node.style in ("|", ">")

    @property
    def scalar(self) -> Value | None:
        """The value that holds the text; None for what is not front matter."""
        return self._scalar

    def part(self, start: int, end: int) -> Target:
        """Return the target for the characters from `start` up to `end` (0-based)."""
        if self._scalar is not None:
            location = Location("", self.pointer, self._scalar.part(start, end))
        else:
            assert self._document is not None  # noqa: S101 # a text is in one of the two
            location = self._document.at(self._offset + start, self._offset + end)
        return Target(location, self.value if self.in_front_matter else self.value[start:end])


def texts_of_entry(entry: Value, shape: Shape = NEWS) -> Iterator[Text]:
    """Yield the texts of one entry of `related`, pointers counted from the entry."""
    yield from _texts(Value(entry.fragment, entry.node), shape)


def texts_of_record(root: Value, shape: Shape = NEWS) -> Iterator[Text]:
    """Yield the texts of a front matter but those of its `related` entries and its secret ones."""
    own = Value(root.fragment, root.node)
    if isinstance(real(own.node), Scalar):
        yield from _texts(own, shape)
        return
    for key, child in own.items():
        if key != shape.related:
            yield from _texts(child, shape)


def forbidden_outside(document: Document) -> Iterator[Text]:
    """Yield the characters of the front matter that YAML forbids and that no text shows.

    They stand in keys, comments and secret values, and make YAML parsers refuse the file as well.
    """
    if document.front_matter is None or not document.roots:
        return
    start, end, _ = document.front_matter
    text = document.source.text
    found = [match.start() for match in FORBIDDEN.finditer(text, start, end)]
    shown = sorted(_shown_spans(document)) if found else []
    outside = (at for at in found if not _is_between(shown, at))
    for at in islice(outside, _MOST_OUTSIDE):
        yield Text(text[at], document=document, offset=at)


def _is_between(spans: list[tuple[int, int]], at: int) -> bool:
    """Tell whether an offset is in one of `spans`, which are sorted and do not overlap."""
    index = bisect_right(spans, at, key=itemgetter(0))
    return index > 0 and at < spans[index - 1][1]


def _shown_spans(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the offsets between which texts stand, those of plain fragments aside."""
    for root in document.roots:
        for scalar in _scalars_not_plain(root):
            if isinstance(scalar.python, str) and not is_secret(scalar):
                start, end = scalar.span
                yield document.source.offset(start), document.source.offset(end)


def _scalars_not_plain(root: Value) -> Iterator[Value]:
    """Yield the scalars of all fragments that hold a character which YAML forbids."""
    stack = [root]
    while stack:
        value = stack.pop()
        is_around = value.fragment is root.fragment
        if isinstance(value.node, Scalar):
            if not value.fragment.plain:
                yield value
        elif isinstance(value.node, _COLLECTIONS) and (is_around or not value.fragment.plain):
            stack += [child for key, child in value.items() if value.owns(key)]


def texts_outside(document: Document) -> Iterator[Text]:
    """Yield the lines below the front matter, or of the whole file where none was read.

    Front matter that could not be read may hold a secret, which is left out here as well.
    """
    start = document.body_start
    if start == 0 and document.source.text.startswith("\ufeff"):
        start = 1
    body = document.source.text[start:]
    secret = {} if document.roots else {end: at for at, end in secret_lines(body)}
    for line in _LINE.finditer(body):
        if line.end() not in secret:
            yield Text(line[0], document=document, offset=start + line.start())


def _texts(value: Value, shape: Shape) -> Iterator[Text]:
    """Yield the texts below `value`."""
    for scalar in value.scalars():
        text = scalar.python
        if isinstance(text, str) and text and not is_secret(scalar):
            yield Text(text, scalar, shape=shape)
