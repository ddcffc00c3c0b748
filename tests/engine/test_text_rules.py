"""Text rules are asked about a text only if it has the characters that they declare."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from newslint.engine.checks import FileRules
from newslint.records.collection import NEWS
from newslint.rules.api import NON_ASCII, Diagnostic, Severity, Text, TextRule
from newslint.rules.builtin import BUILTIN
from newslint.settings import Ruleset

TEXT_RULES = [rule() for rule in BUILTIN if issubclass(rule, TextRule)]
PARTS = st.sampled_from(
    [*"ab( ,;'’<&%?-^]\\é\ufffd\u200b\x00\x7f\x9f", "  ", "&amp;", "%2c", "â€™", "http://", "<b>"]
)
TEXTS = st.one_of(st.lists(PARTS, max_size=8).map("".join), st.text(max_size=12))


def rules_of(*rules: TextRule) -> FileRules:
    return FileRules(Ruleset(rules), NEWS)


RULES = rules_of(*TEXT_RULES)


class Declared(TextRule):
    """A text has one of the characters."""

    id = "declared"
    severity = Severity.INFO
    characters = "-]^\\"
    examples = ()

    def check(self, text: Text) -> Iterator[Diagnostic]:
        yield self.flag(text.part(0, 1), "found")


class Accented(Declared):
    """A text has a letter that is not ASCII."""

    id = "accented"
    characters = NON_ASCII


class Undeclared(Declared):
    """A text is there."""

    id = "undeclared"
    characters = None


class Nothing(Declared):
    """No text has one of no characters."""

    id = "nothing"
    characters = ""


@given(TEXTS, st.booleans())
def test_the_rules_that_are_asked_are_those_that_are_concerned(text: str, is_url: bool) -> None:  # noqa: FBT001
    concerned = [
        rule for rule in TEXT_RULES if rule.on_urls in (None, is_url) and rule.concerns(text)
    ]
    assert list(RULES.text_rules(text, is_url)) == concerned


def test_characters_stand_for_themselves() -> None:
    rules = rules_of(Declared(), Undeclared(), Nothing())
    asked = {
        text: [rule.id for rule in rules.text_rules(text, is_url=False)] for text in ("a", "]", "é")
    }
    assert asked == {"a": ["undeclared"], "]": ["declared", "undeclared"], "é": ["undeclared"]}


def test_one_character_that_is_not_ascii_stands_for_all() -> None:
    rules = rules_of(Accented())
    assert [bool(rules.text_rules(text, is_url=False)) for text in ("a", "é", "😀")] == [
        False,
        True,
        True,
    ]
