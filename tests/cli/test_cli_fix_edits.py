"""The JSON report contains all that a bot needs to apply fixes."""

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broken_records import FIXABLE, archive_of, broken_records
from helpers import selection
from newslint.cli.app import run

MOST_ROUNDS = 3


def reported(folder: Path, rules: tuple[str, ...], *options: str) -> list[dict[str, Any]]:
    """Return the diagnostics of the JSON report on the folder of `a.md`."""
    arguments = ["check", str(folder), "--select", ",".join(rules), "--format", "json", *options]
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        run(arguments)
    found: list[dict[str, Any]] = json.loads(out.getvalue())["diagnostics"]
    return found


def offset(text: str, at: dict[str, int]) -> int:
    """Return the offset of a line and column; lines end in CRLF, LF or CR."""
    ends = [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", text))]
    return ends[at["line"] - 1] + at["column"] - 1


def apply(text: str, found: list[dict[str, Any]]) -> str:
    """Apply one fix after the other, but for those that overlap with one before."""
    taken: list[tuple[int, int, str]] = []
    for fix in (each["fix"] for each in found if each["fix"]):
        edits = [
            (offset(text, edit["start"]), offset(text, edit["end"]), edit["text"])
            for edit in fix["edits"]
        ]
        if not any(one[0] <= other[1] and other[0] <= one[1] for one in edits for other in taken):
            taken += edits
    for start, end, new in sorted(taken, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def applied_by_a_bot(folder: Path, rules: tuple[str, ...]) -> dict[str, bytes]:
    """Apply the fixes of reports as a bot does until there are none, and return the files."""
    for _ in range(MOST_ROUNDS + 1):
        found = [each for each in reported(folder, rules) if each["fix"]]
        for name in {each["path"] for each in found}:
            text = (folder / name).read_bytes().decode()
            mine = [each for each in found if each["path"] == name]
            (folder / name).write_bytes(apply(text, mine).encode())
        if not found:
            return contents(folder)
    raise AssertionError(found)


def applied_by_newslint(folder: Path, rules: tuple[str, ...]) -> dict[str, bytes]:
    """Run `--fix --unsafe-fixes`, and return the files."""
    reported(folder, rules, "--fix", "--unsafe-fixes")
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def hold(text: str, rules: tuple[str, ...]) -> None:
    """Check that a bot and newslint fix a record in the same way."""
    made = []
    for by in (applied_by_a_bot, applied_by_newslint):
        with TemporaryDirectory(prefix="newslint-") as name:
            folder = Path(name).resolve()
            archive_of(folder, text)
            made.append(by(folder, rules))
    assert made[0] == made[1]
    assert made[0]["a.md"] != text.encode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_edits_are_found_by_line_and_column_in_all_files(line_end: str, mark: str) -> None:
    text = (
        '---\ntitle: "😀 Alphabetâ€™s 日本 Metaâ€™s"  # 😀\nexcerpt: |\n  R&amp;D\u2028grows,\n'
        "  it&#8217;s said.\nwebUrl: http://example.org/a\n---\nThe bodyâ€™s text.\n"
    )
    hold(mark + text.replace("\n", line_end), ("mojibake", "html-entity", "insecure-url"))


@pytest.mark.parametrize("rule", FIXABLE)
@settings(max_examples=6)
@given(data=st.data())
def test_a_bot_makes_the_same_of_a_record_as_newslint(rule: str, data: st.DataObject) -> None:
    hold(data.draw(broken_records([rule])), selection(rule))
