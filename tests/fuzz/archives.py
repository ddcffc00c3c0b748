"""Strategies for archives as bytes: generated and real records, intact and damaged.

As in `strategies.py`, they are built once.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from strategies import TOKENS, anything, entries, lists, mappings, scalars

TESTS = Path(__file__).parent.parent
Archive = dict[str, bytes]
Draw = Callable[[st.SearchStrategy[Any]], Any]

REAL = tuple(
    path.read_bytes()
    for folder in (TESTS.parent / "seeds", TESTS / "cases")
    for path in sorted(folder.rglob("*"))
    if path.suffix in {".md", ".txt", ".yaml"} and path.is_file() and "fixed" not in path.parts
)
"""The sample records, and the records of all golden cases."""

FREQUENT = ("missing-field",)
"""The rule that reports most of them for lack of fields: two thirds of all diagnostics."""

LINES = tuple(sorted({line for data in REAL for line in data.splitlines(keepends=True)}))
"""Every line of them."""


def mostly(usual: str, *odd: str) -> st.SearchStrategy[str]:
    """Draw `usual`, and rarely one of `odd`."""
    return st.integers(0, 11).flatmap(
        lambda at: st.sampled_from(odd) if at == 7 else st.just(usual)
    )


ENDINGS = st.sampled_from(["\n", "\n", "\r\n"]) | mostly("\n", "\r")
MARKS = mostly("", "\ufeff", "\ufeff\ufeff")
FENCES = mostly("---\n", "--- \n", "---", "--- # c\n", "...\n", "")
NOISE = st.sampled_from(
    [
        *("\n", " \n", "\t\n", "# c\n", "  # c\n", "          # c\n", "#\n", "\r"),
        *("---\n", "...\n", "--- x\n", "%YAML 1.1\n", "- x\n", "-\n", "  -\n", "x: y\n", "x:\n"),
        *("&a x: y\n", "- *a\n", "<<: *a\n", "? x\n", ": y\n", "'\n", '"\n', "|\n", "  text\n"),
        *("related:\n", "related: []\n", "title: z\n", "secured: s3cret\n", "\ufeff", "]\n", "{\n"),
        *("# newslint: ignore[mojibake]\n", "# newslint: ignore-file -- why\n", "\x85", "\u2028"),
    ]
)
BYTES = st.sampled_from([b"\x00", b"\x80", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"])
HEADERS = st.builds(
    "{}{}{}".format,
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+"]) | mostly("", "1", "2", "4", "9", "+1", "2-", "0", "x"),
    mostly("", " # c", " x"),
)
KEYS = st.sampled_from(["related", "'related'", '"images"', "1", "réla"]) | mostly(
    "tags", "related ", "a b", "a:b", "true", "<<", "a #", "{a}"
)
AFTER_KEYS = st.sampled_from(["\n", " \n", " # c\n", "\n\n", "\n# c\n"]) | mostly(
    "\n", "\t\n", " !!seq\n", " &a\n", " x\n", " [\n"
)


@cache
@st.composite
def texts(draw: Draw) -> str:
    """A block scalar with any header, whose lines are indented in any way."""
    margin = draw(st.integers(1, 6))
    return draw(HEADERS) + "\n" + "".join(draw(_rows(margin)))


@cache
def _rows(margin: int) -> st.SearchStrategy[list[str]]:
    margins = mostly(" " * margin, "", " ", " " * (margin + 1), "\t", " " * 9)
    return st.lists(st.builds("{}{}\n".format, margins, scalars().map(_a_line)), max_size=4)


def _a_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


@cache
@st.composite
def repeated(draw: Draw) -> str:
    """A list of entries some of which occur again, at any indentation, with noise between them."""
    margin = " " * draw(_MARGINS)
    some = [_indented(each, margin) for each in draw(_SOME_ENTRIES)]
    noise = NOISE if draw(st.integers(0, 7)) == 5 else _BLANKS
    order = draw(st.lists(st.sampled_from(some), min_size=1, max_size=5))
    return "".join(draw(noise) + each for each in order)


_BLANKS = st.sampled_from(["", "", "\n", "# c\n", "  # c\n", " \n"])
_ENTRIES = st.one_of(
    entries(0),
    entries(0),
    texts().map("- {}".format),
    texts().map("- text: {}".format),
    mappings(2, 1).map("-\n{}".format),
    lists(2, 1).map(lambda text: f"- {text[2:]}"),
    st.sampled_from([line.decode("utf-8", "replace") for line in LINES]).map("- {}".format),
)
_SOME_ENTRIES = st.lists(_ENTRIES, min_size=1, max_size=3)
_MARGINS = st.sampled_from([0, 2, 2, 3, 4, 8])


def _indented(text: str, margin: str) -> str:
    """Return whole lines of `text` behind `margin`; blank ones stay as they are."""
    lines = (text if text.endswith("\n") else f"{text}\n").splitlines(keepends=True)
    return "".join(margin + line if line.strip() else line for line in lines)


_OTHERS = st.just("") | mappings(0, 2) | _BLANKS
_PARENTS = mostly("", "site:\n", "- ", "- - ")


@cache
@st.composite
def front_matters(draw: Draw) -> str:
    """Front matter with lists that repeat entries, and other things around them."""
    other = NOISE if draw(st.integers(0, 7)) == 5 else _OTHERS
    parts = [draw(other), draw(KEYS) + ":" + draw(AFTER_KEYS), draw(repeated()), draw(other)]
    if draw(st.booleans()):
        parts += [draw(KEYS) + ":" + draw(AFTER_KEYS), draw(repeated())]
    parent = draw(_PARENTS)
    if not parent:
        return "".join(parts)
    text = _indented("".join(parts), " " * max(2, len(parent) * parent.startswith("-")))
    return parent + (text[len(parent) :] if parent.startswith("-") else text)


_FRONT_MATTERS = st.one_of(front_matters(), front_matters(), anything)
_BODIES = st.sampled_from(["", "Body.\n", "Body\n---\nmore\n", "â€™ <b>&amp;\n"])
_LAST = mostly("\n", "")


@st.composite
def made_up(draw: Draw) -> bytes:
    """Draw a file as a generator writes it."""
    text = draw(_FRONT_MATTERS)
    body = draw(_BODIES)
    end = draw(_LAST) if text and not text.endswith("\n") else ""
    text = f"{draw(MARKS)}---\n{text}{end}{draw(FENCES)}{body}"
    return text.replace("\n", draw(ENDINGS)).encode("utf-8", "surrogatepass")


_INTACT = st.one_of(made_up(), st.sampled_from(REAL))


@st.composite
def damaged_files(draw: Draw) -> bytes:
    """Draw a file with lines or bytes removed, doubled, moved or added."""
    data = draw(_INTACT)
    for _ in range(max(0, draw(st.integers(-3, 4)))):
        data = draw(_DAMAGES)(draw, data)
    return data


def _line(draw: Draw, data: bytes) -> bytes:
    """Lose, double, move or indent a line."""
    lines = data.splitlines(keepends=True) or [b""]
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    margin = b" " * draw(st.integers(0, 6))
    row = lines[one]
    lines[one : one + 1] = draw(
        st.sampled_from(
            [[], [row, row], [lines[other]], [margin + row.lstrip(b" ")], [row, margin]]
        )
    )
    return b"".join(lines)


def _lines(draw: Draw, data: bytes) -> bytes:
    """Repeat or lose a stretch of lines."""
    lines = data.splitlines(keepends=True)
    one, other = sorted(draw(st.integers(0, len(lines))) for _ in range(2))
    lines[one:other] = lines[one:other] * draw(st.integers(0, 3))
    return b"".join(lines)


_SPLICES = st.one_of(
    st.one_of(NOISE, TOKENS).map(lambda text: text.encode("utf-8", "surrogatepass")),
    BYTES,
    st.sampled_from(LINES),
    st.binary(max_size=3),
)


def _spliced(draw: Draw, data: bytes) -> bytes:
    """Insert bytes, or replace some."""
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(_SPLICES) + data[at + draw(st.integers(0, 5)) :]


_COUNTS = st.sampled_from([0, 1, 5])


def _endings(draw: Draw, data: bytes) -> bytes:
    """End all lines, or some, in another way."""
    ending = draw(ENDINGS).encode()
    count = draw(_COUNTS)
    return re.sub(rb"\r\n|\r|\n", ending, data, count=count)


_DAMAGES = st.sampled_from([_line, _line, _lines, _spliced, _endings])

files = damaged_files()
"""Contents of one file."""

NAMES = st.sampled_from(["a.md", "b.txt", "2022/c.md", "d.yaml"])
archives = st.dictionaries(NAMES, files, min_size=1, max_size=3)
"""Files of small archives."""
