"""Records with random damage: fixes change only the values that they name."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.diagnostics import Diagnostic, Safety, Severity
from newslint.documents import read_document
from newslint.engine.edits import splices
from newslint.engine.verification import is_intended_change
from newslint.execution import CheckRequest
from newslint.execution.fixed_file import FixResult
from newslint.execution.fixing import fix_files
from newslint.execution.workspace import Workspace
from newslint.rules.builtin import BUILTIN
from newslint.syntax import Reader
from newslint.testing import UniformSelection, changed_values, lint
from newslint.text import SourceText
from newslint.text.location import splice

EVERYTHING = tuple(rule() for rule in BUILTIN)
FIXABLE = (
    "byte-order-mark",
    "control-character",
    "html-entity",
    "insecure-url",
    "invalid-url",
    "invisible-character",
    "mojibake",
    "percent-encoded-text",
    "tracking-parameter",
    "untidy-whitespace",
    "wrong-type",
)


PIECES = st.sampled_from(
    [
        "Alphabetâ€™s",
        "R&amp;D",
        "&lt;b&gt;bold",
        "&nbsp;",
        "%3Cb%3E",
        "it&#8217;s",
        "zero\u200bwidth",
        "soft\xadhyphen",
        "two  spaces",
        "Linux ’s",
        " at the end ",
        "50%2c000",
        "#1",
        "a: b",
        "naïve",
        "日本",
        "\u00a0",
        "''",
        '"',
        "[x, y]",
        "- x",
    ]
)
URLS = st.sampled_from(
    [
        "http://example.org/a?utm_source=x&amp;b=1",
        "https://example.org/PR Newswire/x",
        "https://example.org/?utm_medium=y#top",
        "http://example.org/ö x",
    ]
)
TYPED = st.sampled_from(["1984", "No", "2022-09-12", "1:30", "text"])


def literal(text: str) -> str:
    return "|-\n    " + text.strip()


def folded(text: str) -> str:
    return ">-\n    " + text.strip()


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(text: str) -> str:
    return text.strip()


STYLES = st.sampled_from([literal, folded, single, double, plain])


@st.composite
def records(draw: st.DrawFn) -> str:
    """Return a record in which several things may be wrong."""

    def words() -> str:
        style = draw(STYLES)
        return str(style(" ".join(draw(st.lists(PIECES, min_size=1, max_size=3)))))

    url = draw(STYLES)(draw(URLS))
    body = draw(st.lists(PIECES, max_size=2))
    text = (
        f"---\ntitle: {words()}\nexcerpt: {words()}  \nwebUrl: {url}\ntopics: [{single(words())}]\n"
        f"type: {draw(TYPED)}  # kept\nrelated:\n  # kept, too\n  - title: {double(words())}\n"
        f"    webUrl: {double(draw(URLS))}\n---\n{' '.join(body)}\n"
    )
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return draw(st.sampled_from(["", "\ufeff"])) + text


def made(folder: Path, rules: UniformSelection) -> FixResult:
    """Fix the files of a folder in memory."""
    workspace = Workspace(CheckRequest.create([folder], folder, rules))
    return fix_files(workspace, frozenset(Safety))


def hold(text: str, *names: str) -> FixResult | None:
    """Assert the properties of all fixes; return None if the record cannot be parsed."""
    with TemporaryDirectory(prefix="newslint-") as name:
        folder = Path(name).resolve()
        (folder / "newslint.toml").touch()
        path = folder / "a.md"
        path.write_bytes(text.encode())
        rules = UniformSelection(rule() for rule in BUILTIN if rule.id in names)
        before = read_document("a.md", text.encode(), Reader())
        if before.problems:
            return None
        repairs = made(folder, rules)
        assert repairs.failures == ()
        assert repairs.settled
        left = repairs.outcome.report.diagnostics
        assert not [each for each in left if each.fix]
        if not repairs.files:
            return repairs
        for file in repairs.files.values():
            path.write_bytes(file.after)
        assert made(folder, rules).files == {}
        after = path.read_bytes().decode()
        assert told(after, mildest_of(repairs.fixed)) <= told(text)
        hold_text(text, after, repairs)
        return repairs


def told(text: str, level: Severity = Severity.INFO) -> set[tuple[str, str]]:
    """Return which rules of a severity or above it speak of which values."""
    found = diagnostics_of(text)
    return {(each.rule, each.location.pointer) for each in found if each.severity.reaches(level)}


@cache
def diagnostics_of(text: str) -> tuple[Diagnostic, ...]:
    """Check a record with all rules: each test of a rule has the same records."""
    return tuple(lint(EVERYTHING, {"a.md": text.encode()}).diagnostics)


def mildest_of(fixed: list[Diagnostic]) -> Severity:
    """Return the lowest severity among diagnostics; the highest if there are none."""
    return max(
        (each.severity for each in fixed), key=lambda each: each.rank, default=Severity.ERROR
    )


def hold_text(before: str, after: str, repairs: FixResult) -> None:
    """Assert that values, and the characters between them, differ inside fixes only."""
    old, new = (read_document("a.md", text.encode(), Reader()) for text in (before, after))
    removed = any(each.fix and each.fix.removes for each in repairs.fixed)
    assert is_intended_change(old, new, repairs.fixed)
    assert removed or changed_values(old, new) <= {each.location.pointer for each in repairs.fixed}
    if repairs.rounds == 1:
        source = SourceText(before)
        parts = splices(source, [each.fix for each in repairs.fixed if each.fix])
        assert splice(before, parts) == after


@pytest.mark.parametrize("rule", FIXABLE)
@given(text=records())
def test_the_fixes_of_a_rule_cure_and_touch_nothing_else(rule: str, text: str) -> None:
    hold(text, rule)


@given(text=records())
def test_the_fixes_of_all_rules_settle_within_three_rounds(text: str) -> None:
    repairs = hold(text, *(rule.id for rule in BUILTIN))
    assert repairs is None or repairs.rounds <= 3
