"""The place of the cursor in JSON or TOML that may not be complete, found from its tokens."""

import re
from typing import NamedTuple

from newslint.lsp.yaml_context import CursorContext

_TOKEN = re.compile(
    r"""(?P<quote>\"{3}|'{3}|["'])|(?P<comment>\#[^\r\n]*)|(?P<word>[^\s\[\]{},:="'#]+)|[\[\]{},:=\n]"""
)
_ENDS = {
    '"': re.compile(r'[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+'),
    "'": re.compile(r"[^'\r\n]*+"),
    '"""': re.compile(r'(?:(?!""")[^\\]|\\.)*+', re.DOTALL),
    "'''": re.compile(r"(?:(?!''').)*+", re.DOTALL),
}
_LINE_END = re.compile(r"[\r\n]")
_HEADER = re.compile(r"\s*+(\[\[?)([^\[\]\r\n#]+)\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)


class _Token(NamedTuple):
    """A piece of text.

    Attributes:
        kind: Its quote, `word`, or the character.
        end: The offset after it.
        text: The text without quotes.
        is_open: It is a word, or a text that is not closed.
    """

    kind: str
    end: int
    text: str
    is_open: bool = False


class _Frame:
    """A mapping or a list that is open, with the key whose value comes next."""

    def __init__(self, path: tuple[str, ...], *, is_list: bool = False) -> None:
        self.path = path
        self.is_list = is_list
        self.key: str | None = None
        self.keys: set[str] = set()

    def child_path(self) -> tuple[str, ...]:
        """Find the path of the value that comes next."""
        if self.is_list:
            return (*self.path, "")
        return (*self.path, *(self.key or "").split("."))


class _Scanner:
    """Follows the tokens of JSON or TOML, and knows which mappings and lists are open."""

    def __init__(self, *, is_toml: bool) -> None:
        self._is_toml = is_toml
        root = _Frame(())
        self._tables = {root.path: root}
        self.stack = [root] if is_toml else []
        self.last: _Token | None = None

    def scan(self, text: str, start: int, end: int) -> _Token | None:
        """Follow the tokens between two offsets; return a word or text that is open at the end."""
        while True:
            header = self._find_header(text, start, end)
            if header is not None:
                self._open_table(header)
                start = header.end()
                continue
            token = _next_token(text, start, end)
            if token is None or (token.end == end and token.is_open):
                return token
            self._follow(token)
            start = token.end

    def _find_header(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Find the header of a table that a line of TOML starts with."""
        is_start = self._is_toml and len(self.stack) == 1 and self.last is None
        return _HEADER.match(text, start, end) if is_start and self.stack[0].key is None else None

    def _open_table(self, header: re.Match[str]) -> None:
        """Enter the table of a header."""
        path: tuple[str, ...] = ()
        for part in header[2].split("."):
            name = part.strip(" \t\"'")
            self._tables.setdefault(path, _Frame(path)).keys.add(name)
            path = (*path, name)
            if (*path, "") in self._tables:
                path = (*path, "")
        if header[1] == "[[":
            path = path if not path[-1] else (*path, "")
            self._tables[path] = _Frame(path)
        self.stack = [self._tables.setdefault(path, _Frame(path))]
        self.last = None

    def _follow(self, token: _Token) -> None:
        """Change what is open by a token."""
        kind, frame = token.kind, self.stack[-1] if self.stack else None
        if kind in "{[":
            path = () if frame is None else frame.child_path()
            self.stack.append(_Frame(path, is_list=kind == "["))
        elif kind in "}]":
            if len(self.stack) > self._is_toml:
                self.stack.pop()
        elif frame is not None and kind == ("=" if self._is_toml else ":"):
            frame.key = self.last.text if self.last else ""
            frame.keys.add(frame.key)
        elif frame is not None and (kind == "," or (kind == "\n" and self._ends_statement)):
            frame.key = None
        elif kind == "\n":
            return
        self.last = token if kind in _ENDS or kind == "word" else None

    @property
    def _ends_statement(self) -> bool:
        """True if a statement ends at a line end."""
        return self._is_toml and len(self.stack) == 1


def _next_token(text: str, at: int, end: int) -> _Token | None:
    """Find the next token; a text that is not closed ends with its line or at `end`."""
    found = _TOKEN.search(text, at, end)
    while found is not None and found["comment"]:
        found = _TOKEN.search(text, found.end(), end)
    if found is None:
        return None
    quote = found["quote"]
    if not quote:
        is_word = found["word"] is not None
        return _Token("word" if is_word else found[0], found.end(), found[0], is_word)
    body = _ENDS[quote].match(text, found.end(), end)
    stop = body.end() if body else found.end()
    is_open = not text.startswith(quote, stop, end)
    return _Token(quote, stop if is_open else stop + len(quote), text[found.end() : stop], is_open)


def find_bracket_contexts(
    text: str, start: int, offset: int, end: int, *, is_toml: bool
) -> list[CursorContext]:
    """Find the context of a cursor, in a list; empty if it is in none.

    Args:
        text: The text of the file.
        start: The 0-based offset at which the front matter starts.
        offset: The offset of the cursor.
        end: The offset at which the front matter ends.
        is_toml: Whether it is TOML, and not JSON.
    """
    scanner = _Scanner(is_toml=is_toml)
    typed = scanner.scan(text, start, offset)
    if not scanner.stack or (typed is not None and "\n" in typed.text):
        return []
    frame = scanner.stack[-1]
    prefix, quote = ("", "") if typed is None else (typed.text, typed.kind.replace("word", ""))
    if frame.is_list or frame.key is not None:
        return [CursorContext(frame.child_path(), is_key=False, prefix=prefix, quote=quote)]
    path = frame.path
    line_end = _LINE_END.search(text, offset, end)
    if line_end is not None:
        scanner.scan(text, line_end.start(), end)
    siblings = frozenset(frame.keys)
    return [CursorContext(path, is_key=True, prefix=prefix, quote=quote, siblings=siblings)]
