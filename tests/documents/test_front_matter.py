"""The start and end of front matter, and explanations if there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents.front_matter import find_front_matter, whole_file
from newslint.syntax import Problem
from newslint.text import Position, SourceText, Span


def parts(text: str) -> tuple[str, str]:
    """Return the YAML and the body of a file."""
    found = find_front_matter(SourceText(text))
    assert not isinstance(found, Problem), found.message
    return text[found.start : found.end], text[found.body :]


def refusal(text: str) -> Problem:
    found = find_front_matter(SourceText(text))
    assert isinstance(found, Problem)
    return found


@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        ("---\na: b\n---\nbody", "a: b\n", "body"),
        ("---\na: b\n---", "a: b\n", ""),
        ("---\n---\n", "", ""),
        ("---\n---", "", ""),
        ("--- \t\na: b\n---  \nbody", "a: b\n", "body"),
        ("---\na: b\n...\nbody", "a: b\n", "body"),
        ("\ufeff---\na: b\n---\n", "a: b\n", ""),
        ("---\r\na: b\r\n---\r\nbody", "a: b\r\n", "body"),
        ("---\ra: b\r---\rbody", "a: b\r", "body"),
        ("---\na: b\r\n---\r\nbody", "a: b\r\n", "body"),
        ("---\na: |\n  ---\nb: -- ---\n---\n", "a: |\n  ---\nb: -- ---\n", ""),
        ("---\na: b\n---x\n---\n", "a: b\n---x\n", ""),
        ("---\na: |\n  --- x\n  ... y\n---\n", "a: |\n  --- x\n  ... y\n", ""),
        ("---\na: b\n----\n---\n---\n", "a: b\n----\n", "---\n"),
    ],
)
def test_front_matter_is_found_between_fences(text: str, yaml: str, body: str) -> None:
    assert parts(text) == (yaml, body)


@pytest.mark.parametrize(
    ("text", "message", "end"),
    [
        ("", "the file is empty", 1),
        ("\ufeff", "the file is empty", 2),
        (" \n\t\n", "the file is blank", 2),
        ("\n---\na: b\n---\n", "must be the file's first line, unindented", 1),
        ("  ---\na: b\n---\n", "must be the file's first line, unindented", 6),
        ("--- a\n---\n", "text follows the '---' that opens the front matter", 6),
        ("Meta announced today.\n", "no front matter", 22),
    ],
)
def test_missing_front_matter_is_explained(text: str, message: str, end: int) -> None:
    problem = refusal(text)
    assert problem.rule == "missing-front-matter"
    assert message in problem.message
    assert problem.span == Span(Position(1, 1), Position(1, end))


@pytest.mark.parametrize(
    "text",
    ["---", "---\n", "---\na: b\n", "---\na: b\n --\n", "---\na: |\n  x\n  ---\n", "---\r\na: b"],
)
def test_front_matter_that_is_never_closed(text: str) -> None:
    problem = refusal(text)
    assert problem.rule == "unclosed-front-matter"
    assert problem.message.endswith("never closed; add a line '---' after it")
    assert problem.span.start == Position(1, 1)


@pytest.mark.parametrize(("text", "start"), [("a: b\n", 0), ("\ufeffa: b\n", 1), ("", 0)])
def test_a_yaml_file_is_front_matter_as_a_whole(text: str, start: int) -> None:
    assert whole_file(SourceText(text), "yaml") == (start, len(text), len(text), "yaml")


@given(st.text(st.sampled_from("-. \t\n\r\ufeff{+<=>#a:\u200b"), max_size=30))
def test_any_text_has_front_matter_or_a_reason_why_not(text: str) -> None:
    found = find_front_matter(SourceText(text))
    if isinstance(found, Problem):
        assert found.message
    else:
        assert 3 <= found.start <= found.end <= found.body <= len(text)
