"""Edits of settings files."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.settings.editing import add_setting

LINE = 'baseline = "a"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{LINE}\n"),
        ("today = 2022-12-31", f"today = 2022-12-31\n{LINE}\n"),
        ("a = 1\r\n", f"a = 1\r\n{LINE}\r\n"),
        ("a = 1\n\n# Rules.\n[rules]\n", f"a = 1\n\n{LINE}\n\n# Rules.\n[rules]\n"),
        ("[[collections]]\n", f"{LINE}\n\n[[collections]]\n"),
        ("baseline = 1\n", None),
        ("a = [\n[1],\n]\n", None),
        ("[", None),
    ],
)
def test_top(before: str, after: str | None) -> None:
    assert add_setting(before, (), LINE) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[tool.newslint]\nselect = []\n", f"[tool.newslint]\n{LINE}\nselect = []\n"),
        ("[tool.newslint]", f"[tool.newslint]\n{LINE}\n"),
        ("[tool]\nnewslint = {}\n", None),
        ('x = """\n[tool.newslint]\n"""\n', None),
    ],
)
def test_table(before: str, after: str | None) -> None:
    assert add_setting(before, ("tool", "newslint"), LINE) == after


TABLES = st.lists(st.sampled_from(["a = 1", "# x", "", "[b]", "[[c]]", "d = [", "]", "e = '''"]))


@given(TABLES.map("\n".join))
def test_nothing_else_changes(text: str) -> None:
    after = add_setting(text, (), LINE)
    if after is not None:
        assert tomllib.loads(after) == {**tomllib.loads(text), "baseline": "a"}
