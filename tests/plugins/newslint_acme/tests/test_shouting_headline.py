"""What the author of a plugin writes."""

from newslint_acme.shouting_headline import ShoutingHeadline

from newslint.testing import check_rule, fence, lint


def test_the_rule_is_as_all_rules_are() -> None:
    check_rule(ShoutingHeadline)


def test_headlines_that_may_stay() -> None:
    files = {"a.md": fence("title: ALL OF IT"), "b.md": fence("title: NOTHING AT ALL")}
    report = lint(ShoutingHeadline(allowed=("ALL OF IT",)), files)
    assert [each.location.path for each in report.diagnostics] == ["b.md"]
