"""libyaml's complaints, as sentences with a place and, where one is known, a cure."""

from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

_CURES = {
    "mapping values are not allowed in this context": (
        "a ': ' stands where no key can be; quote the value if the colon belongs to the text"
    ),
    "could not find expected ':'": "a line without ':' stands where a key is expected",
    "did not find expected key": (
        "a key is expected here; look for a quote inside a quoted text, or for wrong indentation"
    ),
    "found unexpected end of stream": "a quoted text is never closed",
    "found character that cannot start any token": (
        "this character cannot start a value; quote the text (tabs cannot indent)"
    ),
    "did not find expected '-' indicator": "an entry of the list must start with '- ' here",
    "did not find expected ',' or ']'": "a '[' list is not closed, or a ',' is missing",
    "did not find expected ',' or '}'": "a '{' mapping is not closed, or a ',' is missing",
    "did not find expected alphabetic or numeric character": (
        "'*' and '&' start an alias or anchor; quote the text"
    ),
    "found unknown escape character": (
        "this escape is not known inside double quotes; write '\\\\' for a backslash"
    ),
    "did not find expected node content": "a value is expected here",
    "did not find expected <document start>": (
        "text stands before the front matter's first key, or after its last value"
    ),
}


def explain(error: MarkedYAMLError | ReaderError, text: str) -> tuple[str, int, int]:
    """Return the message for `error` and the 0-based offsets of what it concerns in `text`."""
    if isinstance(error, ReaderError):
        return f"YAML cannot hold this text: {error.reason}", 0, 0
    mark = error.problem_mark or error.context_mark
    start = 0 if mark is None else min(mark.index, len(text))
    problem = error.problem or "the YAML cannot be read"
    message = _CURES.get(problem, problem)
    if error.context and error.context_mark and error.context_mark.line != getattr(mark, "line", 0):
        message += f" ({error.context} that starts {_lines_up(error)} above)"
    return message, start, start + _width(text, start)


def _lines_up(error: MarkedYAMLError) -> str:
    """Return how far above its problem the context of `error` starts, in words."""
    count = error.problem_mark.line - error.context_mark.line  # type: ignore[union-attr]  # has both
    return "1 line" if count == 1 else f"{count} lines"


def _width(text: str, start: int) -> int:
    """Return 1 where a visible character stands at `start`, else 0."""
    return int(start < len(text) and not text[start].isspace())
