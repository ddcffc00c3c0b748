"""Comments that silence all there is, and change nothing else."""

import re
import tempfile
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from helpers import fence
from newslint.diagnostics import Diagnostic
from newslint.documents import Document, read_document
from newslint.engine.suppression_writer import NOT_SUPPRESSIBLE, insert_suppressions
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.settings import Registry
from newslint.syntax import Reader
from newslint.text import SourceText
from oracle import loads
from strategies import anything, documents

DEFECTS = st.sampled_from(["â€™", "&amp;", "\ufffd", "a  b", "x", "%2c", "\u00ad"])
BODIES = st.sampled_from(["", "text\n", "Alphabetâ€™s\n", "\n---\n# newslint: ignore[x]\n"])


def reported(text: str, path: str = "a.md") -> list[Diagnostic]:
    """Check a file with all rules."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "newslint.toml").write_text("today = 2022-12-31\n")
        (Path(folder) / path).write_bytes(text.encode())
        request = CheckRequest.create([Path(folder) / path], Path(folder), select=["all"])
        return list(run_check(request).report.diagnostics)


def silenced(text: str, path: str = "a.md", reason: str = "") -> Document | None:
    """Return the file with comments that silence all that is reported, and hold that they do."""
    found = [each for each in reported(text, path) if each.rule not in NOT_SUPPRESSIBLE]
    before = read_document(path, text.encode(), Reader())
    after = insert_suppressions(before, found, reason, Registry(), Reader())
    if after is not None:
        left = reported(after.source.text, path)
        assert [each for each in left if each.rule != "unknown-suppression"] == []
        assert front_matter_values(after) == front_matter_values(before)
    return after


def front_matter_values(document: Document) -> list[str] | None:
    """Return the values of the front matter as PyYAML reads them."""
    assert document.front_matter is not None
    start, end = document.front_matter[:2]
    values = loads(document.source.text[start:end])
    return None if values is None else [repr(value) for value in values]


def without_comments(document: Document) -> str:
    """Return the text without its directives, and without space at the ends of lines."""
    text = document.source.text
    for directive in reversed(document.suppression_comments):
        assume(directive.removal is not None)
        assert directive.removal is not None
        source = SourceText(text)
        start, end = map(source.offset, directive.removal)
        text = text[:start] + text[end:]
    return re.sub(r"[ \t]+(?=[\r\n]|\Z)", "", text)


def bare(text: str) -> str:
    return re.sub(r"[ \t]+(?=[\r\n]|\Z)", "", text)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Front matter of every style with defects in it."""
    text = draw(documents())
    for old in ("x", "it", "PyTorch"):
        if draw(st.booleans()):
            text = text.replace(old, draw(DEFECTS))
    return text


@given(broken(), BODIES, st.sampled_from(["", "\ufeff"]))
def test_all_is_silent_afterwards_and_only_comments_are_new(
    front_matter: str, body: str, mark: str
) -> None:
    text = mark + fence(front_matter) + body
    after = silenced(text)
    if after is not None:
        assert without_comments(after) == bare(text)


@given(anything)
def test_whatever_the_front_matter_is_it_is_silenced_or_left_alone(front_matter: str) -> None:
    silenced(front_matter, "a.yaml")


def test_no_comment_repeats_one_for_the_whole_file() -> None:
    after = silenced("---\ntitle: a &amp; b\nexcerpt: c\n---\nd &amp; e\n")
    assert after is not None
    assert after.source.text.count("html-entity") == 1
    assert "ignore-file[" in after.source.text.splitlines()[1]
    apart = silenced("---\ntitle: a &amp; b\nexcerpt: c\n---\nd e\n")
    assert apart is not None
    assert "title: a &amp; b  # newslint: ignore[" in apart.source.text
