"""Patterns of `.gitignore` as regular expressions that match in linear time.

A backtracking matcher takes ages to match a pattern such as `*a*a*a*a*b` with a name such as
`aaaaaaaa…`. The part between two stars, however, can always be matched where it first occurs: a
later place leaves less text for the rest of the pattern. So it is put into an atomic group, which
is not matched anew. The same holds for the part between two `**`.
"""

import re
from collections.abc import Iterator

from pathspec.pattern import RegexPattern

_MAX_LENGTH = 4096
"""Characters of a pattern; few systems have longer paths."""

_ANY_FOLDERS = "(?:[^/]++/)*?"
_FOLDER = "(?P<ps_d>/)"
"""Matches if only a folder of the path matches the pattern; pathspec looks for this group."""


class GlobError(ValueError):
    """A pattern that is not valid."""


class LinearPattern(RegexPattern):
    """A pattern for `pathspec.GitIgnoreSpec`."""

    __slots__ = ()

    @classmethod
    def pattern_to_regex(cls, pattern: str) -> tuple[str | None, bool | None]:  # type: ignore[override] # text only
        """Translate a pattern.

        Returns:
            The regular expression, and whether paths that match are included; None and None if the
            pattern is a comment, or matches nothing.

        Raises:
            GlobError: The pattern is not valid.
        """
        glob = pattern if pattern.endswith("\\ ") else pattern.rstrip()
        if not glob or glob.startswith("#") or glob == "/":
            return None, None
        is_included = not glob.startswith("!")
        try:
            regex = _translate(glob if is_included else glob[1:])
            re.compile(regex)
        except (_BracketError, re.error):  # as in git, it matches nothing
            return None, None
        return regex, is_included


class _BracketError(ValueError):
    """A bracket that is not closed."""


def _translate(glob: str) -> str:
    """Translate a pattern without `!`.

    Raises:
        GlobError: The pattern is not valid.
        _BracketError: A bracket is not closed.
    """
    segments = glob.split("/")
    is_folder = not segments[-1]
    if len(glob) > _MAX_LENGTH or not any(segments):
        raise GlobError(glob[:80])
    if not segments[0]:
        del segments[0]
    elif len(segments) - is_folder == 1:
        segments.insert(0, "**")
    if is_folder:
        segments[-1] = "**"
    first, *others = _split_blocks(segments)
    if not others:
        return f"^{first}(?:{_FOLDER}|\\Z)"
    *middle, last = others
    end = "" if last else (_FOLDER if is_folder else "/")
    if not last:
        last = middle.pop() if middle else ""
        if not last:
            return f"^{first}{end}" if first else (_FOLDER if is_folder else ".")
    regex = f"^{first}/" if first else "^"
    regex += "".join(f"(?>{_ANY_FOLDERS}{block}/)" for block in middle)
    if end:
        return f"{regex}{_ANY_FOLDERS}{last}{end}"
    return f"{regex}(?:{_ANY_FOLDERS}{last}\\Z|{_ANY_FOLDERS}{last}{_FOLDER})"


def _split_blocks(segments: list[str]) -> list[str]:
    """Split segments at each `**`, and translate what is between; repeated `**` count once."""
    blocks: list[list[str]] = [[]]
    for index, segment in enumerate(segments):
        if segment != "**":
            blocks[-1].append(_translate_segment(segment))
        elif index == 0 or segments[index - 1] != "**":
            blocks.append([])
    return ["/".join(block) for block in blocks]


def _translate_segment(segment: str) -> str:
    """Translate a segment, which matches all of a file's or folder's name."""
    if segment == "*":
        return "[^/]++"
    first, *others = _split_at_stars(segment)
    if not others:
        return first
    *middle, last = others
    parts = "".join(f"(?>[^/]*?{part})" for part in middle if part)
    return f"{first}{parts}[^/]*{last}(?![^/])" if last else f"{first}{parts}[^/]*+"


def _split_at_stars(segment: str) -> list[str]:
    """Split a segment at each `*`, and translate what is between, one character after another."""
    parts = [""]
    characters = iter(segment)
    for character in characters:
        if character == "*":
            parts.append("")
        elif character == "?":
            parts[-1] += "[^/]"
        elif character == "[":
            parts[-1] += _translate_bracket(characters)
        elif character == "\\":
            escaped = next(characters, None)
            if escaped is None:
                raise GlobError(segment)
            parts[-1] += re.escape(escaped)
        else:
            parts[-1] += re.escape(character)
    return parts


def _translate_bracket(characters: Iterator[str]) -> str:
    """Translate the rest of an expression such as `[a-z]`, which never matches a slash.

    Raises:
        _BracketError: It is not closed.
    """
    inside = ""
    is_negated = False
    for character in characters:
        if character == "]" and inside:
            return f"(?!/)[{'^' * is_negated}{inside}]"
        if character in "!^" and not inside and not is_negated:
            is_negated = True
        elif character == "\\":
            inside += re.escape(next(characters, ""))
        elif character == "-":
            inside += "-" if inside else "\\-"
        else:
            inside += re.escape(character)
    raise _BracketError
