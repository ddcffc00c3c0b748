"""Keeps what is secret out of everything that shows source text."""

import re
from collections.abc import Iterator

from newslint.source import Document, SourceText, Value

SECURED = "secured"
"""Name of the field whose value is never shown."""

_LINE = re.compile(r"[^\r\n]+")
_KEY = re.compile(rf"(?:^|(?<=[\s{{,\"'-]))[\"']?{SECURED}[\"']?\s*:")
_OTHER_KEY = re.compile(r"\s*(?:- +)?[\"']?[\w-]+[\"']?\s*:(?:\s|$)|---|\.\.\.")
_SEEN = re.compile(r"\S")
MASK = "•"


def masked(document: Document) -> SourceText:
    """Return the text of `document` with a bullet for each character of a secret value.

    No character moves. Where the front matter could not be read, and for values that a repeated key
    has pushed out, what is secret is told by the looks of the lines.
    """
    text = document.source.text
    if SECURED not in text:
        return document.source
    pieces: list[str] = []
    done = 0
    for start, end in sorted({*_secret_lines(document), *_secret_values(document)}):
        first = max(start, done)
        pieces += text[done:first], _SEEN.sub(MASK, text[first:end])
        done = max(first, end)
    return SourceText("".join(pieces) + text[done:])


def secret_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the 0-based offsets between which lines of `text` look like a secret value."""
    inside = False
    first = max(text.find(SECURED), 0)
    start = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    for line in _LINE.finditer(text, start):
        key = _KEY.search(line[0])
        if key is not None:
            yield line.start() + key.end(), line.end()
        elif inside and not _OTHER_KEY.match(line[0]):
            yield line.span()
        else:
            inside = False
        inside = inside or key is not None


def _secret_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Yield where the lines of the front matter of `document` look secret."""
    end = document.body_start or len(document.source.text)
    yield from secret_lines(document.source.text[:end])


def _secret_values(document: Document) -> Iterator[tuple[int, int]]:
    """Yield where the secret values in the front matter of `document` stand.

    Fragments that do not name what is secret, as most entries of `related`, are not walked.
    """
    stack = [*document.roots]
    while stack:
        value = stack.pop()
        if is_secret(value):
            for start, end in (scalar.span for scalar in value.scalars()):
                yield document.source.offset(start), document.source.offset(end)
        elif SECURED in value.fragment.source.text:
            stack += [child for key, child in value.items() if value.owns(key)]


def is_secret(value: Value) -> bool:
    """Tell whether `value` is secret, or part of what is."""
    return SECURED in value.pointer.split("/")
