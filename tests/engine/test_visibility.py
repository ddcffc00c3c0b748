"""Visible records, and severities that depend on them."""

from pathlib import Path

import pytest

from helpers import check, write
from newslint.diagnostics import Severity

HIDDEN = "title: t\nwebUrl: https://example.org/a\npublished: false"
COPY = """\
title: host
webUrl: https://example.org/host
{state}
related:
  - title: t
    webUrl: https://example.org/a"""
STATES = {
    "": True,
    "published: true": True,
    "draft: false": True,
    "published: false": False,
    "draft: true": False,
    "published: true\ndraft: true": False,
    "published: nobody knows": True,
}
SETTINGS = "[rules.related-unpublished]\nseverity = '{}'\n"


def visibility_and_severity(archive: Path) -> tuple[bool, Severity]:
    (found,) = check(archive, "copy.md", select=["related-unpublished"]).diagnostics
    return found.is_visible, found.severity


@pytest.mark.parametrize(("state", "is_visible"), STATES.items())
def test_severity_depends_on_visibility(archive: Path, state: str, *, is_visible: bool) -> None:
    write(archive, hidden=HIDDEN, copy=COPY.format(state=state))
    severity = Severity.ERROR if is_visible else Severity.WARNING
    assert visibility_and_severity(archive) == (is_visible, severity)


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("state", ["published: true", "published: false"])
def test_a_severity_in_settings_replaces_both(
    archive: Path, state: str, severity: Severity
) -> None:
    write(archive, hidden=HIDDEN, copy=COPY.format(state=state))
    (archive / "newslint.toml").write_text(SETTINGS.format(severity.value))
    assert visibility_and_severity(archive)[1] is severity


def test_fields_of_a_collection_decide(archive: Path) -> None:
    write(archive, hidden=HIDDEN.replace("published", "live"), copy=COPY.format(state="wip: true"))
    (archive / "newslint.toml").write_text(
        "[[collections]]\nname = 'a'\npaths = ['*']\nfields = {published = 'live', draft = 'wip'}\n"
    )
    assert visibility_and_severity(archive) == (False, Severity.WARNING)


def test_diagnostics_of_files_are_visible_unless_all_records_are_hidden(archive: Path) -> None:
    write(archive, hidden="title: t\npublished: false\n# newslint: ignore[nonsense]")
    (archive / "bare.md").write_text("no front matter\n")
    report = check(archive, select=["missing-front-matter", "unknown-suppression"])
    assert [(each.path, each.is_visible) for each in report.diagnostics] == [
        ("bare.md", True),
        ("hidden.md", False),
    ]
