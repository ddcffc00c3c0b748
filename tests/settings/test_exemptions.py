"""Exemption of single fields from rules: patterns of pointers, and the settings that have them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.settings import Project, Registry, load_project
from newslint.settings.exemptions import Exemption, create_exemption, split_patterns
from newslint.settings.show import show_path, show_project
from newslint.text.pointer import join_pointer

KEYS = st.lists(st.text() | st.integers(0, 99), min_size=1, max_size=5)
SETTINGS = """\
select = ["mojibake", "html-entity"]

[[overrides]]
paths = ["a.json", "b.json"]
pointers = ["/related/*/title", "/excerpt"]
ignore = ["mojibake"]
"""


def exempts(pattern: str, pointer: str) -> bool:
    return Exemption(("mojibake",), split_patterns([pattern])).covers("mojibake", pointer)


def project(folder: Path) -> Project:
    (folder / "newslint.toml").write_text(SETTINGS)
    return load_project(folder / "newslint.toml")


@pytest.mark.parametrize(
    ("pattern", "pointer", "expected"),
    [
        ("/title", "/title", True),
        ("/title", "/titles", False),
        ("/title", "", False),
        ("/title", "/related/0/title", False),
        ("/related/*/title", "/related/12/title", True),
        ("/related/*/title", "/related/0/excerpt", False),
        ("/related/*/title", "/related/0", False),
        ("/related/1/title", "/related/11/title", False),
        ("/related/*", "/related/0/images/1/url", True),
        ("/related", "/related", True),
        ("/*", "/*", True),
        ("/a~1b/*", "/a~1b/c~1d", True),
        ("/a/b", "/a~1b", False),
        ("/", "/", True),
        ("/", "/a", False),
    ],
)
def test_a_pattern_matches_a_value_and_those_inside_it(
    *, pattern: str, pointer: str, expected: bool
) -> None:
    assert exempts(pattern, pointer) is expected


@given(KEYS, st.data())
def test_a_part_may_be_replaced_by_an_asterisk(keys: list[str | int], data: st.DataObject) -> None:
    pointer = join_pointer("", *keys)
    parts = pointer.split("/")
    at = data.draw(st.integers(1, len(parts) - 1))
    assert exempts(pointer, pointer)
    assert exempts("/".join([*parts[:at], "*", *parts[at + 1 :]]), pointer)
    assert exempts(pointer, join_pointer(pointer, "inside"))
    assert not exempts(join_pointer(pointer, "*"), pointer)


def test_a_category_stands_for_all_its_rules_and_nothing_for_rule_crashed() -> None:
    registry = Registry()
    found = create_exemption(["text", "rule-crashed"], split_patterns(["/a"]), registry)
    assert found.rules == tuple(sorted(each.id for each in registry.expand("text")))
    assert not create_exemption(["all"], split_patterns(["/a"]), registry).covers(
        "rule-crashed", "/a"
    )


def test_the_rule_still_runs_and_files_with_other_exemptions_differ(tmp_path: Path) -> None:
    selection = project(tmp_path).selection
    exempted, other = selection.ruleset("a.json"), selection.ruleset("c.json")
    assert [each.id for each in exempted.rules] == ["html-entity", "mojibake"]
    assert exempted.rules == other.rules
    assert exempted.digest != other.digest
    assert selection.ruleset("b.json") is exempted


def test_the_settings_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = project(tmp_path)
    assert 'pointers = ["/related/*/title", "/excerpt"]' in show_project(found)
    lines = list(show_path(found, "a.json"))
    assert lines[4:6] == [
        "# Overrides: newslint.toml:3",
        "# At /related/*/title, /excerpt: mojibake ignored (newslint.toml:5)",
    ]
    assert "[rules.mojibake]" in lines
    assert not any("mojibake does not run" in line for line in lines)
    assert "# At " not in "\n".join(show_path(found, "c.json"))
