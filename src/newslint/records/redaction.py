"""Keeps what is secret out of everything that shows source text."""

import re
from collections.abc import Iterator

from newslint.documents import Document
from newslint.syntax import Problem
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.redaction import SECURED
from newslint.text import SourceText

_LINE = re.compile(r"[^\r\n]+")
_KEY = re.compile(rf"(?:^|(?<=[\s{{,\"'-]))[\"']?{SECURED}[\"']?\s*:")
_ALIAS = re.compile(r"\*([^\s,\[\]{}]+)")
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_OTHER_KEY = re.compile(r"\s*(?:- +)?[\"']?[\w-]+[\"']?\s*:(?:\s|$)|---|\.\.\.")
_SEEN = re.compile(r"\S")
MASK = "•"
_DISCREET = {
    "yaml-syntax": "the YAML of a secret value cannot be read; put the value in quotes",
    "yaml-limits": "a secret value is too much to be read",
    "duplicate-key": "a key of a secret value is given twice; YAML parsers silently keep the last",
}
"""What to say, by rule, where a message might quote what is secret."""


def redact(document: Document) -> SourceText:
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


def redact_problem(document: Document, problem: Problem) -> Problem:
    """Return a problem of `document` that tells nothing of a secret value that it is about."""
    above, found, _ = f"{problem.pointer}/".partition(f"/{SECURED}/")
    if not found and not _is_at_secret(document, problem):
        return problem
    message = _DISCREET.get(problem.rule, "something is wrong with a secret value")
    return problem._replace(message=message, pointer=above + found.rstrip("/"))


def _is_at_secret(document: Document, problem: Problem) -> bool:
    """Tell whether a problem is about what looks like a secret value."""
    text = document.source.text
    if SECURED not in text or problem.rule not in _DISCREET:
        return False
    start, end = map(document.source.offset, problem.span)
    return any(first <= end and start <= last for first, last in find_secret_lines(text))


def find_secret_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the 0-based offsets between which lines of `text` look like a secret value.

    That may have another name, and an anchor that `secured` refers to.
    """
    found = list(_secret_lines_of(text, frozenset()))
    anchors = frozenset(name for part in found for name in _ALIAS.findall(text, *part))
    yield from _secret_lines_of(text, anchors) if anchors else found


def _secret_lines_of(text: str, anchors: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where lines of `text` look like `secured`, or like what has one of `anchors`."""
    inside = False
    first = 0 if anchors else max(text.find(SECURED), 0)
    start = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    for line in _LINE.finditer(text, start):
        secret = _secret_part(line[0], anchors)
        if secret is not None:
            yield line.start() + secret, line.end()
        elif inside and not _OTHER_KEY.match(line[0]):
            yield line.span()
        else:
            inside = False
        inside = inside or secret is not None


def _secret_part(line: str, anchors: frozenset[str]) -> int | None:
    """Return the 0-based offset from where a line looks secret; None where it does not."""
    key = _KEY.search(line)
    starts = [] if key is None else [key.end()]
    if anchors:
        starts += [match.end() for match in _ANCHOR.finditer(line) if match[1] in anchors]
    return min(starts, default=None)


def _secret_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Yield where the lines of the front matter of `document` look secret."""
    end = document.body_start or len(document.source.text)
    yield from find_secret_lines(document.source.text[:end])


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
