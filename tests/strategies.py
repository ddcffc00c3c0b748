"""Hypothesis strategies for YAML of every style, well formed and damaged.

They are built once: Hypothesis examines each strategy that is new, which takes longer than drawing.
"""

from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[str]], str]

WORDS = st.sampled_from(
    [
        "AI",
        "Meta’s",
        "naïve",
        "x",
        "PyTorch",
        "a:b",
        "c#d",
        "日本",
        "😀",
        "-",
        "1",
        "it",
        "(b)",
        "\u00a0",
    ]
)
SPACES = st.sampled_from([" ", " ", "  "])
TYPED = st.sampled_from(
    [
        *(
            "1",
            "-7",
            "0x1F",
            "017",
            "0b11",
            "1_000",
            "1:30",
            "1.5",
            "1e3",
            "1.0e+3",
            ".inf",
            ".nan",
        ),
        *("true", "No", "on", "~", "null", "", "2022-09-12", "2022-09-12T21:33:00Z", "=", "<<x"),
        *(
            "2022-13-45",
            "2022-09-12 21:33:00.5 +02:00",
            "2022-02-30T00:00:00Z",
            "http://x.org/?a=b#c",
        ),
    ]
)
ESCAPES = st.sampled_from(
    [
        "\\n",
        "\\x41",
        "\\u2019",
        "\\U0001F600",
        '\\"',
        "\\\\",
        "\\ ",
        "\\t",
        "\\N",
        "\\_",
        "\\L",
        "\\/",
    ]
)
TOKENS = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            "key:",
            "- ",
            "-",
            "\n",
            "\n  ",
            "\n    ",
            "\n- ",
            "\n  - ",
            "\n\n",
            " ",
            "'",
            '"',
        ),
        *(
            "''",
            "\\n",
            '\\"',
            "\\\n",
            "\\x41",
            "\\ ",
            "|",
            "|+",
            "|-",
            ">",
            "|2",
            "|1-",
            ">+\n",
            "# c",
        ),
        *(
            "&x ",
            "*x",
            "<<: *x",
            "!!str ",
            "!!int ",
            "! ",
            "{",
            "}",
            "[",
            "]",
            ",",
            ": ",
            "? ",
            "1",
        ),
        *(
            "2022-01-01",
            "true",
            "~",
            "1.5",
            "é",
            "😀",
            "\t",
            "\r\n",
            "\r",
            "...\n",
            "---\n",
            "x y",
            "k",
        ),
        *(
            "related:\n",
            "images:\n  - ",
            "\n# c\n",
            "=",
            "<<",
            "1:30",
            "\x85",
            "\u2028",
            "%",
            "@",
            "\0",
        ),
    ]
)


@cache
def _gaps(indent: int) -> st.SearchStrategy[str]:
    """Draw what separates words: spaces, or the end of a line that YAML folds."""
    margin = " " * indent
    return st.one_of(SPACES, st.just(f"\n{margin}"), st.just(f" \n\n {margin}\t"))


def _join(draw: Draw, indent: int, parts: list[str]) -> str:
    """Join `parts` on one line, or on several lines that YAML folds."""
    gap = _gaps(indent)
    return "".join(part if not at else draw(gap) + part for at, part in enumerate(parts))


_PLAIN = st.lists(WORDS.filter(lambda word: word != "-"), min_size=1, max_size=5)


@cache
@st.composite
def plain(draw: Draw, indent: int) -> str:
    words = draw(_PLAIN)
    return _join(draw, indent, ["a" + words[0], *words[1:]])


_SINGLE_QUOTED = st.lists(st.one_of(WORDS, st.sampled_from(["''", "\\n", "- ", '"'])), max_size=6)


@cache
@st.composite
def single_quoted(draw: Draw, indent: int) -> str:
    return "'" + _join(draw, indent, draw(_SINGLE_QUOTED)) + "'"


@cache
def _double_quoted_parts(indent: int) -> st.SearchStrategy[list[str]]:
    line_end = st.just("\\\n" + " " * indent + "  ")
    return st.lists(st.one_of(WORDS, ESCAPES, line_end, SPACES), max_size=7)


@cache
@st.composite
def double_quoted(draw: Draw, indent: int) -> str:
    parts = draw(_double_quoted_parts(indent))
    return '"' + _join(draw, indent, parts) + '"'


_CHOMPING = st.sampled_from(["", "-", "+"])
_EXPLICIT = st.sampled_from(["", "", "1", "2"])
_STYLES = st.sampled_from("|>")
_ODD_LINES = st.sampled_from(["", " ", "  more", "\ttab", "- x", "a: b", "# c", " " * 9])
_LINES = st.lists(st.one_of(WORDS, _ODD_LINES), max_size=6)
_BLANK_LINES = st.sampled_from(["", "\n", "\n\n"])
_HEADER_COMMENTS = st.sampled_from(["", " # + comment"])


@cache
@st.composite
def block(draw: Draw, indent: int) -> str:
    """Draw a literal or folded scalar whose parent has the indentation `indent - 2`."""
    chomping = draw(_CHOMPING)
    explicit = draw(_EXPLICIT)
    indicators = draw(st.sampled_from([chomping + explicit, explicit + chomping]))
    header = draw(_STYLES) + indicators
    margin = " " * (indent - 2 + int(explicit or 2))
    lines = draw(_LINES)
    if not explicit and lines:
        lines[0] = "first"
    end = draw(_BLANK_LINES)
    comment = draw(_HEADER_COMMENTS)
    return f"{header}{comment}\n" + "\n".join(margin + each for each in lines) + end


@cache
def _flow_items(indent: int) -> st.SearchStrategy[list[str]]:
    typed = TYPED.filter(lambda text: text != "<<x")
    item = st.one_of(typed, single_quoted(indent), double_quoted(indent))
    return st.lists(item.filter(str.strip), max_size=3)


@cache
def _flow_gaps(indent: int) -> st.SearchStrategy[str]:
    return st.sampled_from([", ", ",", " ,\n" + " " * indent])


@cache
@st.composite
def flow(draw: Draw, indent: int) -> str:
    items = draw(_flow_items(indent))
    gap = draw(_flow_gaps(indent))
    if draw(st.booleans()):
        return "[" + gap.join(items) + "]"
    return "{" + gap.join(f"k{at}: {item}" for at, item in enumerate(items)) + "}"


@cache
def scalars(indent: int = 2) -> st.SearchStrategy[str]:
    """Draw the source of a scalar below a parent at column `indent - 2`."""
    quoted = st.one_of(single_quoted(indent), double_quoted(indent))
    return st.one_of(plain(indent), quoted, block(indent), TYPED)


_INDENTATIONS = st.sampled_from([0, 2])
_PROPERTIES = st.sampled_from([" &x", " !!str", " !", " &y !!str"])
_COMMENTS = st.sampled_from(["", " # a comment", "\n# note", "\n"])


@cache
@st.composite
def values(draw: Draw, indent: int, depth: int) -> str:
    """Draw the text after a key, up to the line end."""
    kind = draw(st.integers(0, 11))
    if depth and kind < 2:
        return "\n" + draw(mappings(indent, depth - 1)).rstrip("\n")
    if depth and kind < 4:
        return "\n" + draw(lists(indent - draw(_INDENTATIONS), depth - 1)).rstrip("\n")
    if kind == 4:
        return " " + draw(flow(indent))
    if kind == 5:
        return draw(_PROPERTIES) + " " + draw(plain(indent))
    if kind == 6:
        return " " + draw(TYPED) + draw(_COMMENTS)
    return " " + draw(scalars(indent))


_NAMES = st.sampled_from(
    ["title", "'q k'", '"d\\x41"', "related", "1", "true", "k é", "type", "~", "images"]
)
_KEYS = st.lists(_NAMES, min_size=1, max_size=4)


@cache
@st.composite
def mappings(draw: Draw, indent: int, depth: int) -> str:
    keys = draw(_KEYS)
    margin = " " * indent
    return "".join(f"{margin}{key}:{draw(values(indent + 2, depth))}\n" for key in keys)


@cache
@st.composite
def entries(draw: Draw, indent: int) -> str:
    """Draw an entry of `related`, at a column."""
    body = draw(mappings(indent + 2, 1))
    return " " * indent + "- " + body[indent + 2 :]


@cache
def _some_entries(indent: int) -> st.SearchStrategy[list[str]]:
    return st.lists(entries(indent), min_size=1, max_size=2)


@cache
def _some_values(indent: int) -> st.SearchStrategy[list[str]]:
    return st.lists(values(indent, 0), min_size=1, max_size=3)


@cache
def _separators(margin: str) -> st.SearchStrategy[str]:
    """Draw the text between entries."""
    comments = (f"{margin}# c\n", f"{margin}      # c\n")
    return st.sampled_from(["", "", "", "\n", "# c\n", *comments])


@cache
@st.composite
def lists(draw: Draw, indent: int, depth: int) -> str:
    margin = " " * indent
    if depth and draw(st.booleans()):
        some = draw(_some_entries(indent))
        order = draw(st.lists(st.sampled_from(some), min_size=1, max_size=4))
        return draw(_separators(margin)).join(order)
    items = draw(_some_values(indent + 2))
    return "".join(f"{margin}-{item}\n" for item in items)


_ENDINGS = st.sampled_from(["\n"] * 8 + ["\r\n", "\r"])


@cache
@st.composite
def documents(draw: Draw) -> str:
    """Draw front matter that is mostly well formed."""
    text = draw(mappings(0, 2))
    if draw(st.integers(0, 5)) == 0:
        text = "base: &x {a: 1, b: [c]}\nmore: {<<: *x, b: 2}\n" + text + "again: *x\n"
    ending = draw(_ENDINGS)
    text = text if draw(st.integers(0, 6)) else text.rstrip("\n")
    return text.replace("\n", ending)


@cache
@st.composite
def damaged(draw: Draw) -> str:
    """Draw front matter with characters or lines removed, doubled or added."""
    text = draw(documents())
    for _ in range(draw(st.integers(1, 3))):
        text = _damage(draw, text)
    return text


def _damage(draw: Draw, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    lines = text.splitlines(keepends=True) or [""]
    row = draw(st.integers(0, len(lines) - 1))
    match draw(st.integers(0, 4)):
        case 0:
            return text[:at] + text[at + draw(st.integers(1, 3)) :]
        case 1:
            return text[:at] + draw(TOKENS) + text[at:]
        case 2:
            lines[row] = ""
        case 3:
            lines[row] *= 2
        case _:
            lines[row] = " " * draw(st.integers(0, 5)) + lines[row].lstrip(" ")
    return "".join(lines)


soup = st.lists(TOKENS, max_size=25).map("".join)
"""YAML's tokens in random order."""

anything = st.one_of(documents(), damaged(), soup)
