import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("subject", "problem"),
    [
        ("Fix the end of multi-line scalars", None),
        ("Pass the root to the resolver", None),
        ("Speed up the line parser", None),
        ("Merge branch 'topic'", None),
        ("Fixes the end", "start with an imperative"),
        ("Fixed the end", "start with an imperative"),
        ("Fixing the end", "start with an imperative"),
        ("The end is fixed", "start with an imperative"),
        ("fix the end", "capital letter"),
        ("Fix the end.", "full stop"),
        ("Fix " + "a" * 69, "73 characters, at most 72"),
    ],
)
def test_subjects(repository: Path, tmp_path: Path, subject: str, problem: str | None) -> None:
    message = tmp_path / "message"
    message.write_text(f"# a comment\n{subject}\n\nThe body may be longer.\n", "utf-8")
    program = repository / "tools" / "check_commit_subject.py"
    ended = subprocess.run(
        [sys.executable, program, message], capture_output=True, text=True, check=False
    )
    assert ended.returncode == (problem is not None)
    assert (problem or "") in ended.stderr
