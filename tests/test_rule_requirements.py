"""Messages of `check_rule` for mistakes that authors of rules make."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Good,
    Group,
    GroupRule,
    Mention,
    MentionRule,
    Severity,
)
from newslint.testing import check_rule, fence, find_problems, lint


class Shared(GroupRule):
    """Several articles share a value.

    Why: they should not.
    """

    id = "shared"
    severity = Severity.INFO
    examples = (Bad("title: A", "title: B"), Good("title: A"))

    def check(self, group: Group) -> Iterator[Diagnostic]:
        for mention in group.mentions:
            yield self.flag(mention.target("title"), "shared")


class Named(MentionRule):
    """A target has a name.

    Why: it should exist.
    """

    id = "named"
    severity = Severity.INFO
    examples = (Bad("title: A"), Good("title: B\nweight: 1"))

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        if mention.description.title == "A":
            yield self.flag(mention.target("title"), "A")


def problems(base: type[Any], **members: Any) -> list[str]:
    """Return the problems of a rule that differs from another in some members."""
    rule = type(base.__name__, (base,), {"__doc__": base.__doc__, **members})
    return [each for each in find_problems(rule) if "at the top level of a module" not in each]


def test_the_rules_that_the_tests_change_have_no_other_problems() -> None:
    check_rule(Named)


def test_records_without_a_url_have_no_group_by_default() -> None:
    assert problems(Shared) == [
        (
            "example 1: it is Bad, but the rule does not report it; its records have no URL "
            "and so no group: give them a 'webUrl', or define 'keys' to group them by other values"
        )
    ]


def test_a_rule_without_keys_is_explained() -> None:
    assert problems(Shared, keys=staticmethod(lambda _: ())) == [
        (
            "example 1: it is Bad, but the rule does not report it; its method 'keys' returns "
            "no key for these records"
        )
    ]


def test_groups_with_one_description_are_explained() -> None:
    def keys(mention: Mention) -> Iterable[str]:
        return (mention.description.title or "",)

    found = problems(Shared, keys=staticmethod(keys), compares=True)
    assert found == [
        (
            "example 1: it is Bad, but the rule does not report it; all its groups have one "
            "description, and a rule with 'compares = True' skips these"
        )
    ]


def test_a_crash_on_an_example_is_shown() -> None:
    def check(_: object, mention: Mention) -> Iterator[Diagnostic]:
        raise ZeroDivisionError(mention.description.title)

    found = problems(Named, check=check)
    assert len(found) == 2
    assert found[0].startswith("example 1: ")
    assert "ZeroDivisionError" in found[0]


@pytest.mark.parametrize("kind", [tuple[str, ...], list[str]])
def test_a_list_as_default_names_the_option(kind: Any) -> None:
    members = {"words": Field([], description="Words."), "__annotations__": {"words": kind}}
    assert problems(Named, **members) == [
        ("the option 'words' can be changed; use a tuple: words: tuple[str, ...] = Field(())")
    ]


def test_an_option_without_a_default_is_reported() -> None:
    members = {"words": Field(description="Words."), "__annotations__": {"words": int}}
    (found,) = problems(Named, **members)
    assert found.startswith("it cannot be created or hashed: 1 validation error for Named\nwords")


def test_attributes_that_a_rule_needs_are_named() -> None:
    class Empty(MentionRule):
        pass

    attributes, severity, examples = find_problems(Empty)
    assert attributes.startswith("it has no 'id', which has no default: set it to the name of")
    assert severity.endswith("one of Severity.ERROR, Severity.WARNING, Severity.INFO")
    assert examples.endswith("set it to a tuple of at least one Bad and one Good")


def test_an_attribute_with_an_annotation_is_an_option() -> None:
    members = {"severity": Severity.INFO, "__annotations__": {"severity": Severity}}
    (found,) = find_problems(
        type("Annotated", (MentionRule,), {"id": "annotated", "examples": (), **members})
    )
    assert found == (
        "its 'severity' has a type annotation, which makes it an option; remove the annotation"
    )


@pytest.mark.parametrize("name", ["", "weight", "date", "provider/images", "tags", "authors"])
def test_targets_of_fields_that_may_be_missing(name: str) -> None:
    def check(self: Named, mention: Mention) -> Iterator[Diagnostic]:
        if mention.description.title == "A":
            yield self.flag(mention.target(name), "A")

    assert problems(Named, check=check) == []


@pytest.mark.parametrize(
    ("name", "hint"), [("titel", "; did you mean 'title'?"), ("zzz", ""), ("date_", "; did you")]
)
def test_a_target_that_no_record_can_have_is_reported(name: str, hint: str) -> None:
    def check(self: Named, mention: Mention) -> Iterator[Diagnostic]:
        if mention.description.title == "A":
            yield self.flag(mention.target(name), "A")

    (found,) = problems(Named, check=check)
    assert found.startswith(
        f"target('{name}'): no role, field of 'news' or example has this name{hint}"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("authors", "use the places of its texts, names_of('terms')"),
        ("updated", "use one of amp-url, ampWebUrl, "),
        ("titel", "no role, field of 'news' or example has this name; did you mean"),
    ],
)
def test_a_target_that_groups_lack_is_reported(name: str, message: str) -> None:
    def check(self: Shared, group: Group) -> Iterator[Diagnostic]:
        for mention in group.mentions:
            if mention.description.names_of("terms"):
                yield self.flag(mention.target(name), "A")

    record = "webUrl: https://a.example/\nauthors: [Ann]"
    examples = (Bad(record), Good("webUrl: https://a.example/"))
    (found,) = problems(Shared, check=check, examples=examples)
    assert found.startswith(f"target('{name}'): ")
    assert message in found


@pytest.mark.parametrize(
    ("role", "field", "value"),
    [
        ("date", "publishedDateTime", "2024-01-01T00:00:00Z"),
        ("updated", "updatedDateTime", "2024-01-01T00:00:00Z"),
        ("url", "originalUrl", "https://a.example/"),
        ("amp-url", "cdnAmpWebUrl", "https://a.example/"),
        ("provider-name", "provider/name", "Ann"),
        ("images", "images", "[]"),
    ],
)
def test_a_role_names_the_target_of_its_field(role: str, field: str, value: str) -> None:
    def check(self: Named, mention: Mention) -> Iterator[Diagnostic]:
        yield self.flag(mention.target(role), "A")

    kind = type("Named", (Named,), {"check": check})
    outer, _, inner = field.partition("/")
    report = lint(
        kind(), {"a.md": fence(f"{outer}: {{{inner}: {value}}}" if inner else f"{outer}: {value}")}
    )
    assert [each.pointer for each in report.diagnostics] == [f"/{field}"]
