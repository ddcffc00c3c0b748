"""The rules that apply to a file, by kind, and running a rule so that a crash is a diagnostic."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Protocol

import msgspec

from newslint.diagnostics import Diagnostic, Severity
from newslint.records import Collection, Target
from newslint.rules.api import (
    AggregateRule,
    CorpusRule,
    DocumentRule,
    GroupRule,
    MentionRule,
    RecordRule,
    Rule,
    SurveyRule,
    TextRule,
)
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.rules.rule import DescriptionDiagnostic, search_pattern
from newslint.rules.verdict_rule import VerdictRule
from newslint.settings import Ruleset

COMPARING = (GroupRule, AggregateRule, SurveyRule, CorpusRule, VerdictRule)
"""Kinds of rules that compare mentions in several documents."""

_PACKAGE = __file__.removesuffix("engine/checks.py")
"""The folder of newslint, whose rules raise `NotImplementedError` for methods of plugins."""


class FileRules(msgspec.Struct, frozen=True, dict=True):
    """The rules and the collection of a file. Files with equal ones share the object.

    Attributes:
        ruleset: The rules, and overrides of their severities.
        collection: The collection that the files belong to.
    """

    ruleset: Ruleset
    collection: Collection

    @cached_property
    def digest(self) -> bytes:
        """Digest of rules, options, severities and collection."""
        return self.ruleset.digest + self.collection.digest

    @property
    def keys(self) -> dict[bytes, Rule]:
        """The rules by digest, each of a rule and its options."""
        return self.ruleset.by_digest

    @cached_property
    def severities(self) -> dict[str, Severity]:
        """Overrides of severities, by rule id."""
        return dict(self.ruleset.severities)

    @cached_property
    def hidden_severities(self) -> dict[str, Severity]:
        """Severities in records that readers cannot see, by rule id, if they are other ones."""
        rules = self.ruleset.rules
        own = {rule.id: rule.severity_hidden for rule in rules if rule.severity_hidden is not None}
        return own | self.severities

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """All rules by id, to report the parse problems whose `rule` is that id."""
        return {rule.id: rule for rule in self.ruleset.rules}

    @cached_property
    def documents(self) -> tuple[DocumentRule, ...]:
        """Rules that check a whole file."""
        return tuple(rule for rule in self.ruleset.rules if isinstance(rule, DocumentRule))

    @cached_property
    def records(self) -> tuple[RecordRule, ...]:
        """Rules that check a record in its file."""
        return tuple(rule for rule in self.ruleset.rules if isinstance(rule, RecordRule))

    @cached_property
    def texts(self) -> tuple[TextRule, ...]:
        """Rules that check a string."""
        return tuple(rule for rule in self.ruleset.rules if isinstance(rule, TextRule))

    @cached_property
    def mentions(self) -> tuple[MentionRule, ...]:
        """Rules that check a mention."""
        return tuple(rule for rule in self.ruleset.rules if isinstance(rule, MentionRule))

    @cached_property
    def between_records(self) -> dict[bytes, Rule]:
        """Rules that need several documents, by digest (see `keys`)."""
        return {
            key: rule
            for key, rule in self.keys.items()
            if isinstance(rule, COMPARING) or enriches(rule)
        }

    @cached_property
    def _on_urls(self) -> "_TextRules":
        """Text rules for fields that should contain URLs."""
        return _TextRules(rule for rule in self.texts if rule.on_urls is not False)

    @cached_property
    def _on_others(self) -> "_TextRules":
        """Text rules for other fields."""
        return _TextRules(rule for rule in self.texts if not rule.on_urls)

    @cached_property
    def _on_keys(self) -> "_TextRules":
        """Text rules for the keys of mappings."""
        return _TextRules(rule for rule in self.texts if rule.reads_keys)

    def text_rules(self, text: str, is_url: bool | None) -> tuple[TextRule, ...]:  # noqa: FBT001 # of a cache
        """Select the text rules that may report something in a string of the front matter.

        Args:
            text: The string.
            is_url: The field should contain a URL; None for the key of a field.
        """
        of_field = self._on_urls if is_url else self._on_others
        rules = (self._on_keys if is_url is None else of_field).among(text)
        try:
            return tuple([rule for rule in rules if rule.concerns(text)])
        except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
            return tuple(rule for rule in rules if may_concern(rule, text))


class _TextRules:
    """Text rules, of which few have to be asked about a text without unusual characters.

    Args:
        rules: The rules.
    """

    def __init__(self, rules: Iterable[TextRule]) -> None:
        self._rules = tuple(rules)
        self._without = tuple(rule for rule in self._rules if rule.characters is None)
        characters = (rule.characters for rule in self._rules)
        self._pattern = search_pattern("".join(each for each in characters if each is not None))

    def among(self, text: str) -> tuple[TextRule, ...]:
        """Select the rules that may be concerned, by the characters of `text`."""
        return self._without if self._pattern.search(text) is None else self._rules


def may_concern(rule: TextRule | RecordRule, text: str) -> bool:
    """Check if `rule` may report something in `text`, or in the file of this path.

    It is True if its method `concerns` fails.
    """
    try:
        return rule.concerns(text)
    except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
        return True


def enriches(rule: Rule) -> bool:
    """Check if a rule adds information from other mentions of the article to its diagnostics."""
    return isinstance(rule, TextRule) and rule.enriches


def find_enriching(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Select the rules that enrich diagnostics, by id."""
    return {rule.id: rule for rule in rules if enriches(rule)}


class Checking(Protocol):
    """A rule with a method `check`, whatever the type of its subject."""

    def check(self, subject: Any, /) -> Iterator[Any]:
        """Yield diagnostics."""


def run_all(
    rules: Iterable[Checking], subject: Any, target: Callable[[], Target]
) -> list[Diagnostic]:
    """Run several rules on one subject; `run_rule` describes the arguments and crashes."""
    found: list[Diagnostic] = []
    try:
        for rule in rules:
            found.extend(rule.check(subject))
        is_valid = not found or all(isinstance(each, Diagnostic) for each in found)
    except (Exception, SystemExit):  # noqa: BLE001 # a rule that fails must not stop the others
        is_valid = False
    if is_valid:
        return found
    return [each for rule in rules for each in run_rule(rule, subject, target)]


def run_rule(rule: Checking, subject: Any, target: Callable[[], Target]) -> Iterator[Any]:
    """Yield what a rule finds; if it raises an exception, a `rule-crashed` diagnostic in the end.

    Args:
        rule: A rule.
        subject: The argument of its method `check`, such as a `Document` or a `Text`.
        target: Creates the target of the `rule-crashed` diagnostic.
    """
    try:
        result: object = rule.check(subject)
        if not isinstance(result, Iterable):
            yield _explain_result(rule, target(), result, "returned")
            return
        for each in result:
            is_valid = isinstance(each, (Diagnostic, DescriptionDiagnostic))
            yield each if is_valid else _explain_result(rule, target(), each, "yielded")
    except (Exception, SystemExit) as error:  # noqa: BLE001 # a rule that fails must not stop the others
        yield crash(rule, target(), error)


def _explain_result(rule: Checking, target: Target, result: object, verb: str) -> Diagnostic:
    """Create the `rule-crashed` diagnostic for a rule that returned or yielded something else."""
    code = getattr(type(rule).check, "__code__", None)
    place = f" ({code.co_filename.rsplit('/', 1)[-1]}:{code.co_firstlineno})" if code else ""
    name = "None" if result is None else f"a {type(result).__name__}"
    return _report_failure(rule, target, f"check must yield diagnostics, but {verb} {name}{place}")


def crash(rule: Any, target: Target, error: BaseException) -> Diagnostic:
    """Create the `rule-crashed` diagnostic for a rule that raised an exception.

    The place of an exception of a plugin is the last line of the plugin itself.
    """
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    raised = frames[-1]
    code = getattr(getattr(type(rule), "check", None), "__code__", None)
    is_plugin = type(rule).__module__.partition(".")[0] != __name__.partition(".")[0]
    own = [each for each in frames if is_plugin and code and each.filename == code.co_filename]
    last = own[-1] if own else raised
    reason = " ".join(traceback.format_exception_only(error)[-1].split())
    if isinstance(error, NotImplementedError) and raised.filename.startswith(_PACKAGE):
        reason = f"it does not define the method {raised.name}"
    place = f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
    return _report_failure(rule, target, f"{reason} ({place})")


def _report_failure(rule: Any, target: Target, reason: str) -> Diagnostic:
    """Create a `rule-crashed` diagnostic."""
    return RuleCrashed().flag(target, f"the rule '{rule.id}' failed: {reason}", cause=rule.id)


def has_crashed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Check if one of the diagnostics is of `rule-crashed`."""
    return any(each.rule == RuleCrashed.id for each in diagnostics)
