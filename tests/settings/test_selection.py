"""Selection of rules by `select` and `ignore`, and the registry."""

import pytest

from newslint.rules.api import Rule, Severity
from newslint.settings import Registry, RuleSelector, Selection, UnknownNameError
from newslint.text.similarity import closest


def rule(name: str, kind: str, *, on: bool = True) -> type[Rule]:
    class Made(Rule):
        id = name
        severity = Severity.INFO
        examples = ()
        default = on

        @classmethod
        def category(cls) -> str:
            return kind

    return Made


REGISTRY = Registry(
    [
        rule("bad-title", "text"),
        rule("bad-body", "text"),
        rule("odd-text", "text", on=False),
        rule("bad-url", "urls"),
        rule("odd-url", "urls", on=False),
    ]
)
DEFAULT = "bad-body bad-title bad-url"


def rule_names(*select: str, ignore: tuple[str, ...] = ()) -> str:
    selection = Selection(REGISTRY).with_command_line(RuleSelector(select or None, ignore=ignore))
    return " ".join(rule.id for rule in selection.ruleset("a.md").rules)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), DEFAULT),
        (("bad-url",), (), "bad-url"),
        (("bad-url", "bad-body"), (), "bad-body bad-url"),
        (("bad-url", "bad-url"), (), "bad-url"),
        (("text",), (), "bad-body bad-title"),
        (("text", "odd-text"), (), "bad-body bad-title odd-text"),
        (("odd-url",), (), "odd-url"),
        (("text", "urls"), (), DEFAULT),
        (("all",), (), "bad-body bad-title bad-url odd-text odd-url"),
        ((), ("bad-url",), "bad-body bad-title"),
        ((), ("text",), "bad-url"),
        ((), ("all",), ""),
        ((), ("odd-url",), DEFAULT),
        (("all",), ("text",), "bad-url odd-url"),
        (("all",), ("odd-text", "odd-url"), DEFAULT),
        (("text",), ("bad-title",), "bad-body"),
        (("bad-title",), ("text",), "bad-title"),
        (("bad-title", "urls"), ("text",), "bad-title bad-url"),
        (("bad-title",), ("bad-title",), ""),
        (("bad-title",), ("bad-title", "text"), ""),
    ],
)
def test_select_and_ignore(select: tuple[str, ...], ignore: tuple[str, ...], expected: str) -> None:
    assert rule_names(*select, ignore=ignore) == expected


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("bad-titel", "; did you mean 'bad-title'?"),
        ("bad_url", "; did you mean 'bad-url'?"),
        ("txt", "; did you mean 'text'?"),
        ("al", "; did you mean 'all'?"),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_unknown_names_are_refused_with_a_suggestion(name: str, hint: str) -> None:
    message = f"unknown rule or category '{name}'{hint} (see 'newslint rules')"
    for select, ignore in (((name,), ()), ((), (name,))):
        with pytest.raises(UnknownNameError) as caught:
            Selection(REGISTRY).with_command_line(RuleSelector(select or None, ignore=ignore))
        assert str(caught.value) == message
        assert caught.value.name == name


def test_find_accepts_names_of_rules_only() -> None:
    assert REGISTRY.find("bad-url").id == "bad-url"
    assert REGISTRY.is_rule("bad-url")
    assert not REGISTRY.is_rule("urls")
    with pytest.raises(UnknownNameError, match="did you mean 'bad-url'") as caught:
        REGISTRY.find("bad-ulr")
    assert caught.value.suggestion == "bad-url"


def test_rules_and_categories_are_sorted() -> None:
    assert [each.id for each in REGISTRY] == sorted(each.id for each in REGISTRY)
    assert REGISTRY.categories == ["text", "urls"]


def test_built_in_categories() -> None:
    assert Registry().categories == [
        "dates",
        "file",
        "headline",
        "images",
        "online",
        "own",
        "references",
        "schema",
        "site",
        "text",
        "urls",
    ]


def test_no_suggestion_if_no_name_is_similar() -> None:
    assert closest("zzz", ["abc"]) == ""
    assert closest("abd", []) == ""
