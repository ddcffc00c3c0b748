"""Tests of the rule `shouting-headline`."""

from newslint_acme.shouting_headline import ShoutingHeadline

from newslint.testing import check_rule, fence, lint


def test_the_rule_meets_the_requirements() -> None:
    check_rule(ShoutingHeadline)


def test_allowed_headlines_are_not_reported() -> None:
    files = {"a.md": fence("title: ALL OF IT"), "b.md": fence("title: NOTHING AT ALL")}
    report = lint(ShoutingHeadline(allowed=("ALL OF IT",)), files)
    assert [each.location.path for each in report.diagnostics] == ["b.md"]
