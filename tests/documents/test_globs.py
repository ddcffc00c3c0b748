"""Patterns of `.gitignore`: the same matches as before, in linear time."""

import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from newslint.documents.globs import GlobError, LinearPattern
from regex_steps import StepCounter

SEGMENTS = st.sampled_from(["a", "b", "ab", "a?", "*", "**", "*a", "a*", "a*b", "*a*b*", "[ab]c"])
PATTERNS = st.builds(
    lambda negation, start, segments, end: negation + start + "/".join(segments) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/"]),
    st.lists(SEGMENTS, min_size=1, max_size=4),
    st.sampled_from(["", "/"]),
)
PATHS = st.builds(
    lambda names, end: "/".join(names) + end,
    st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=5),
    st.sampled_from(["", "/"]),
)


@given(st.lists(PATTERNS, min_size=1, max_size=3), PATHS)
def test_matches_are_those_of_pathspec(patterns: list[str], path: str) -> None:
    with warnings.catch_warnings(action="ignore"):
        expected = GitIgnoreSpec.from_lines(patterns)
    found = GitIgnoreSpec.from_lines(patterns, LinearPattern)
    assert found.check_file(path).include == expected.check_file(path).include


EXAMPLES = [
    "*.md",
    "/a.md",
    "a/*.md",
    "a/**/b.md",
    "**/b.md",
    "a/**",
    "**",
    "*",
    "a/",
    "[!a]*.md",
    "[^a-c].md",
    "[]a]*",
    "[a\\]]*",
    "[a",
    "\\*.md",
    "\\#a.md",
    "#a.md",
    "a b.md",
    "a.md\\ ",
    "a**b.md",
    "?.md",
    "a?b",
    "a[/]b",
    "a[!x]b",
    "*a*b*.md",
]
NAMES = [
    *("a.md", "b.md", "ab.md", "*.md", "#a.md", "]x", "[a", "a b.md", "a.md ", "axb.md", "z"),
    *("a/b.md", "a/c/b.md", "a/c/d/b.md", "c/a.md", "c/axbx.md", "a/ax/b", "axb", "aab"),
]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_matches_are_those_of_git(tmp_path: Path) -> None:
    git = ["git", "-c", "core.excludesFile=/dev/null"]
    subprocess.run([*git, "init", "-q", tmp_path], check=True)
    for pattern in EXAMPLES:
        (tmp_path / ".gitignore").write_text(f"{pattern}\n")
        listed = subprocess.run(
            [*git, "check-ignore", "--no-index", "-z", "--stdin"],
            cwd=tmp_path,
            input="\0".join(NAMES).encode(),
            capture_output=True,
            check=False,
        )
        expected = set(listed.stdout.decode().split("\0")[:-1])
        spec = GitIgnoreSpec.from_lines([pattern], LinearPattern)
        assert {name for name in NAMES if spec.match_file(name)} == expected, pattern


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 20 + "*b", "a"),
        ("?*" * 20 + "b", "a"),
        ("*[a]" * 20 + "b", "a"),
        ("**/a/" * 20 + "b", "a/"),
        ("a/**/" * 20 + "b", "a/"),
        ("**/*a*/" * 20 + "b", "a/"),
        ("*/" * 20 + "b", "a/"),
        ("**/*a*a*/**/*a*a*/", "aa/"),
        ("**/a*a/a*a/**/b", "aa/"),
    ],
)
def test_matching_takes_linear_time(pattern: str, path: str) -> None:
    regex = LinearPattern(pattern).regex
    assert regex is not None

    def steps(count: int) -> int:
        counter = StepCounter(regex)
        counter.match(path * count)
        return counter.steps

    assert steps(256) < 6 * steps(64)


@pytest.mark.parametrize("pattern", ["//", "!/", "!", "a\\", "a" * 5000])
def test_invalid_patterns(pattern: str) -> None:
    with pytest.raises(GlobError):
        LinearPattern(pattern)
