"""Exemption of single fields from rules by `pointers` in the settings, on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newslint.cli.app import run

Run = Callable[..., tuple[int, str, str]]

TITLE = "Alphabet\u00e2\u20ac\u2122s cloud"  # mojibake
RECORD = {
    "title": TITLE,
    "related": [
        {"title": TITLE, "webUrl": "https://example.org/a"},
        {"title": TITLE, "excerpt": TITLE, "webUrl": "https://example.org/b"},
    ],
}
OVERRIDE = """
[[overrides]]
paths = ["a.*"]
pointers = [{}]
ignore = ["{}"]
"""
SETTINGS = """\
select = ["mojibake", "unused-suppression"]

[[collections]]
name = "news"
paths = ["*.json", "*.md"]
"""
YAML = f"""\
---
title: {TITLE}  # newslint: ignore[mojibake]
related:
  - title: {TITLE}
excerpt: fine  # newslint: ignore[mojibake]
---
"""


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in the archive."""
    monkeypatch.chdir(archive)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


def write_settings(archive: Path, *pointers: str, ignore: str = "mojibake") -> None:
    quoted = ", ".join(f'"{each}"' for each in pointers)
    override = OVERRIDE.format(quoted, ignore) if pointers else ""
    (archive / "newslint.toml").write_text(SETTINGS + override)


def report(newslint: Run, *arguments: str) -> tuple[int, list[tuple[str, str, str]]]:
    """Return the exit status, and the file, rule and pointer of each diagnostic."""
    status, out, _ = newslint("check", "--format", "json", *arguments)
    found = json.loads(out)["diagnostics"]
    return status, [(each["path"], each["rule"], each["pointer"]) for each in found]


@pytest.mark.parametrize(
    ("pointers", "remaining"),
    [
        ([], ["/title", "/related/0/title", "/related/1/title", "/related/1/excerpt"]),
        (["/related/*/title"], ["/title", "/related/1/excerpt"]),
        (["/related/1"], ["/title", "/related/0/title"]),
        (["/title", "/related/*/excerpt"], ["/related/0/title", "/related/1/title"]),
        (["/*"], []),
    ],
)
def test_fields_of_a_json_record_are_exempted(
    newslint: Run, archive: Path, pointers: list[str], remaining: list[str]
) -> None:
    (archive / "a.json").write_text(json.dumps(RECORD, indent=1))
    write_settings(archive, *pointers)
    expected = [("a.json", "mojibake", each) for each in remaining]
    assert report(newslint) == (int(bool(remaining)), expected)


def test_a_change_of_the_pointers_counts_in_the_next_run(newslint: Run, archive: Path) -> None:
    (archive / "a.json").write_text(json.dumps(RECORD))
    for pointers, count in (("/related",), 1), (("/title",), 3), ((), 4):
        write_settings(archive, *pointers)
        for _ in range(2):
            assert len(report(newslint)[1]) == count


def test_only_the_named_rules_and_files_are_exempted(newslint: Run, archive: Path) -> None:
    for name in "ab":
        (archive / f"{name}.json").write_text(json.dumps({"title": f"{TITLE} &amp; x"}))
    write_settings(archive, "/title")
    _, found = report(newslint, "--select", "mojibake,html-entity")
    assert sorted(found) == [
        ("a.json", "html-entity", "/title"),
        ("b.json", "html-entity", "/title"),
        ("b.json", "mojibake", "/title"),
    ]


def test_a_comment_at_an_exempted_field_is_not_unused(newslint: Run, archive: Path) -> None:
    (archive / "a.md").write_text(YAML, encoding="utf-8")
    write_settings(archive, "/title", "/related")
    _, found = report(newslint)
    assert found == [("a.md", "unused-suppression", "")]
    _, out, _ = newslint("check", "--format", "concise")
    assert out.startswith("a.md:5:")


def test_an_exempted_field_is_not_fixed(newslint: Run, archive: Path) -> None:
    (archive / "a.json").write_text(json.dumps(RECORD))
    write_settings(archive, "/related/*/title")
    newslint("check", "--fix")
    fixed = json.loads((archive / "a.json").read_text(encoding="utf-8"))
    assert fixed["title"] == "Alphabet\u2019s cloud"
    assert [each["title"] for each in fixed["related"]] == [TITLE, TITLE]
    assert fixed["related"][1]["excerpt"] == "Alphabet\u2019s cloud"


def test_suppress_names_the_way_to_exempt_fields_of_json(newslint: Run, archive: Path) -> None:
    (archive / "a.json").write_text(json.dumps(RECORD))
    write_settings(archive)
    status, _, err = newslint("suppress")
    assert status == 1
    assert (
        "a.json: unchanged: JSON has no comments; ignore the rules in [[overrides]] of the "
        "settings, with 'pointers' to single fields, or record the diagnostics in a baseline"
    ) in err


def test_a_wrong_pointer_is_an_error_at_its_place(newslint: Run, archive: Path) -> None:
    (archive / "a.json").write_text(json.dumps(RECORD))
    write_settings(archive, "title")
    status, _, err = newslint("check")
    assert status == 2
    assert "newslint.toml:9:13: 'title' is no JSON Pointer; write '/title'" in err
