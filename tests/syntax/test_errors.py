"""Messages about broken YAML and their places."""

import pytest
from hypothesis import given
from yaml.error import YAMLError

from newslint.documents import read_document
from newslint.syntax import Limits, Reader
from newslint.syntax.yaml.errors import explain
from newslint.syntax.yaml.full_parser import full_parse
from newslint.text import SourceText
from strategies import anything

QUOTES = "put it in quotes"
COLON = "this ': ' is the second on its line; put the value in quotes if the colon is text"
MORE = (
    "this line is read as more of the text above it; indent it like the other keys, "
    "and check that the key above has ': ' after it"
)
NO_COLON = (
    "this line has no ': ' after a key; write 'key: value', or indent the line if it goes on "
    "with the text above"
)
TAB = "a tab cannot indent YAML; use spaces"
UNCLOSED = "the quote that opens here is never closed"
NO_DASH = (
    "this line is in a list but starts no entry; start it with '- ', or correct its indentation"
)
AFTER_DOUBLE = (
    'text follows the closing " of a value; put all of it in quotes, and write \\" for a " inside'
)
AFTER_SINGLE = (
    "text follows the closing ' of a value; put all of it in quotes, and write '' for a ' inside"
)
INDENTATION = "the indentation of this line fits none above it; indent it like its neighbours"
AFTER_SIGN = (
    "nothing may follow '>' on its line; put the value in quotes, or start the text on the next "
    "line"
)
DASH = (
    "a list cannot start on the line of its key; start it on the next line, or put the value in "
    "quotes if the dash is text"
)
ESCAPE = "write '\\\\' for a backslash, or use single quotes"


def open_bracket(opening: str, closing: str) -> str:
    return (
        f"the '{opening}' that opens here is never closed by '{closing}', or a ',' is missing; put "
        "the value in quotes if it is text"
    )


@pytest.mark.parametrize(
    ("yaml", "line", "column", "at", "message"),
    [
        ("title: Meta: the story\n", 1, 12, ":", COLON),
        ("r:\n  - title: A: b\n", 2, 13, ":", COLON),
        ("a: b\n  c: d\n", 2, 4, ":", MORE),
        ("title Meta\nb: c\n", 2, 2, ":", MORE),
        (
            "k" * 1100 + ": b\n",
            1,
            1101,
            ":",
            "a key has at most 1,024 characters; is a quote missing?",
        ),
        ("b: c\ntitle Meta  \nd: e\n", 2, 1, "title Meta", NO_COLON),
        ("b: c\ntitle Meta", 2, 1, "title Meta", NO_COLON),
        ("c: d\na:b\ne: f\n", 2, 1, "a:b", "a space is missing after ':'; write 'key: value'"),
        ('title: "Meta\nb: c\n', 1, 8, '"', UNCLOSED),
        ("title: 'Meta\nb: c\n", 1, 8, "'", UNCLOSED),
        ('title: "Meta\n--- \nb: c\n', 1, 8, '"', UNCLOSED),
        ('title: "He said "hi" to me"\n', 1, 18, "h", AFTER_DOUBLE),
        ('title: "Meta" spins off\n', 1, 15, "s", AFTER_DOUBLE),
        ("title: 'It's here'\n", 1, 12, "s", AFTER_SINGLE),
        ("provider:\n\tname: x\n", 2, 1, "\t", TAB),
        ("provider:\n  name: x\n\tdomain: y\n", 3, 1, "\t", TAB),
        ("a: |\n\tx\n", 2, 1, "\t", TAB),
        ("a:\n    b: c\n  d: e\n", 3, 3, "d", INDENTATION),
        ("a: |\n  x\n y\n", 3, 2, "y", INDENTATION),
        ("r:\n  - a: 1\n   c: 3\n", 3, 4, "c", NO_DASH),
        ("- a\nb: c\n", 2, 1, "b", NO_DASH),
        (
            *("r:\n  - a\n - b\n", 3, 2, "-"),
            "an entry of a list is among keys; indent it like the other entries of its list",
        ),
        ("a: @x\n", 1, 4, "@", f"a value cannot start with '@'; {QUOTES}"),
        ("a: %x\n", 1, 4, "%", f"a value cannot start with '%'; {QUOTES}"),
        ("a: `x`\n", 1, 4, "`", f"a value cannot start with '`'; {QUOTES}"),
        ("a: **Bold**\n", 1, 4, "*", f"a value cannot start with '*'; {QUOTES}"),
        ("a: & co\n", 1, 4, "&", f"a value cannot start with '&'; {QUOTES}"),
        ("a: , b\n", 1, 4, ",", f"a value cannot start with ','; {QUOTES}, or delete it"),
        (
            "a: [b,\n- c]\n",
            2,
            1,
            "-",
            "an entry that starts with '-' cannot be between brackets; use ','",
        ),
        ("a: [b: ,,]\n", 1, 9, ",", f"a value cannot start with ','; {QUOTES}, or delete it"),
        (*("topics: [AI, ML\nb: c\n", 1, 9, "[", open_bracket("[", "]")),),
        (*("p: {a: 1", 1, 4, "{", open_bracket("{", "}")),),
        ("a: [\n", 2, 1, "", "a '[' or '{' above is never closed"),
        ('p: ["a" "b"]\n', 1, 9, '"', "a ',' or the closing ']' is missing before this"),
        ('p: {a: "b" c: d}\n', 1, 12, "c", "a ',' or the closing '}' is missing before this"),
        (
            "p: [a]]\n",
            1,
            7,
            "]",
            "text follows the closing ']'; put the value in quotes if it is text",
        ),
        (
            *('a: "C:\\Users"\n', 1, 7, "\\U"),
            f"'\\U' between double quotes must be followed by 8 hexadecimal digits; {ESCAPE}",
        ),
        (
            *('a: "\\u12"\n', 1, 5, "\\u12"),
            f"'\\u' between double quotes must be followed by 4 hexadecimal digits; {ESCAPE}",
        ),
        ('a: "x \\q"\n', 1, 7, "\\q", f"'\\q' between double quotes has no meaning; {ESCAPE}"),
        (
            *('a: "\\ud83d\\ude00"\n', 1, 5, "\\ud83d"),
            "'\\ud83d' is half a character, or none; write the character itself",
        ),
        (*("a: > text\n", 1, 6, "t", AFTER_SIGN),),
        ("a: |0\n x\n", 1, 5, "0", "the digit after '|' or '>' must be from 1 to 9"),
        (
            "%x\na: b\n",
            1,
            1,
            "%",
            "a line cannot start with '%'; put the text in quotes, or delete the line",
        ),
        (*("a: - b\n", 1, 4, "-", DASH),),
        (
            *("a: b\n...\nc: d\n", 3, 1, "c"),
            "the values end above this line; delete what follows, or the line that ends them",
        ),
        (
            "a: b\n\ufeffc: d\n",
            2,
            1,
            "\ufeff",
            "a byte-order mark is inside the text; delete it",
        ),
        ("%YAML 3.0\n---\na\n", 1, 1, "%", "this version of YAML cannot be read; delete the line"),
        (
            *("a: !!str !!str b\n", 1, 10, "!"),
            "a key is expected here; put the value in quotes if this belongs to it",
        ),
        ("a: !%ed%a0%80 b", 1, 4, "!%ed%a0%80", "the escapes in this tag are not valid UTF-8"),
        ("a: !<x\n", 1, 7, "", "did not find the expected '>'"),
    ],
)
def test_messages_explain_the_mistake_and_its_correction(
    yaml: str, line: int, column: int, at: str, message: str
) -> None:
    source = SourceText(yaml)
    built = full_parse(source, Limits())
    assert built.roots == []
    (problem,) = built.problems
    assert problem.rule == "yaml-syntax"
    assert problem.message == message
    assert problem.span.start == (line, column)
    start, end = source.offset(problem.span.start), source.offset(problem.span.end)
    assert yaml[start:end] == at


def test_positions_count_from_the_start_of_the_file() -> None:
    (problem,) = read_document(
        "a.md", "---\r\nx: 😀\r\na: b: c\r\n---\r\n".encode(), Reader()
    ).problems
    assert problem.span.start == (3, 5)
    assert problem.message == COLON


@given(anything)
def test_every_message_is_a_sentence_without_a_full_stop(yaml: str) -> None:
    for problem in full_parse(SourceText(yaml), Limits()).problems:
        assert problem.message
        assert not problem.message.endswith((".", "\n"))
        assert problem.span.start <= problem.span.end


def test_an_error_without_a_place() -> None:
    assert explain(YAMLError("odd"), "a") == ("YAML cannot contain this text: odd", 0, 0)
