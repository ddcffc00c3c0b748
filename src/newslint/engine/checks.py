"""The rules that apply to files treated alike, sorted by kind, and how a rule is run."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from newslint.diagnostics import Diagnostic, Severity
from newslint.records import Collection, Target
from newslint.rules.api import CorpusRule, DocumentRule, GroupRule, MentionRule, Rule, TextRule
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.settings import Ruleset


@dataclass(frozen=True)
class FileRules:
    """The rules that apply to files treated alike, and the collection of these files.

    Attributes:
        ruleset: The rules, and severities other than their own.
        collection: What the files belong to.
    """

    ruleset: Ruleset
    collection: Collection

    @property
    def digest(self) -> bytes:
        """Digest of rules, options, severities and collection."""
        return self.ruleset.digest + self.collection.digest

    @property
    def keys(self) -> dict[bytes, Rule]:
        """The rules by the digests of them and their options."""
        return self.ruleset.by_digest

    @cached_property
    def severities(self) -> dict[str, Severity]:
        """Severities that are not the rules' own, by rule."""
        return dict(self.ruleset.severities)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """All rules by id; each reports the problems that bear its name."""
        return {rule.id: rule for rule in self.ruleset.rules}

    @cached_property
    def documents(self) -> tuple[DocumentRule, ...]:
        """Rules that look at a file."""
        return tuple(rule for rule in self.ruleset.rules if isinstance(rule, DocumentRule))

    @cached_property
    def texts(self) -> tuple[TextRule, ...]:
        """Rules that look at a string."""
        return tuple(rule for rule in self.ruleset.rules if isinstance(rule, TextRule))

    @cached_property
    def mentions(self) -> tuple[MentionRule, ...]:
        """Rules that look at a mention."""
        return tuple(rule for rule in self.ruleset.rules if isinstance(rule, MentionRule))

    @cached_property
    def between_records(self) -> dict[bytes, Rule]:
        """Rules that look beyond one document, by the digests of them and their options."""
        kinds = (GroupRule, CorpusRule)
        return {
            key: rule
            for key, rule in self.keys.items()
            if isinstance(rule, kinds) or enriches(rule)
        }

    @cached_property
    def _on_urls(self) -> tuple[TextRule, ...]:
        """Text rules that look at fields that should contain URLs."""
        return tuple(rule for rule in self.texts if rule.on_urls is not False)

    @cached_property
    def _on_others(self) -> tuple[TextRule, ...]:
        """Text rules that look at other fields."""
        return tuple(rule for rule in self.texts if not rule.on_urls)

    def text_rules(self, text: str, is_url: bool) -> tuple[TextRule, ...]:  # noqa: FBT001 # of a cache
        """Select the text rules that a string of the front matter concerns.

        Args:
            text: The string.
            is_url: The field should contain a URL.
        """
        rules = self._on_urls if is_url else self._on_others
        try:
            return tuple([rule for rule in rules if rule.concerns(text)])
        except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
            return tuple(rule for rule in rules if may_concern(rule, text))


def may_concern(rule: TextRule, text: str) -> bool:
    """Whether `rule` may report anything in `text`; true if `concerns` fails, as `check` will."""
    try:
        return rule.concerns(text)
    except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
        return True


def enriches(rule: Rule) -> bool:
    """Whether a rule adds to its diagnostics what other mentions of the article contain."""
    return isinstance(rule, TextRule) and rule.enriches


class Checking(Protocol):
    """A rule that can check something."""

    def check(self, subject: Any, /) -> Iterator[Any]:
        """Yield diagnostics."""


def run_all(
    rules: Iterable[Checking], subject: Any, target: Callable[[], Target]
) -> list[Diagnostic]:
    """Collect the diagnostics of `rules` on `subject`; of one that fails, as `run_rule` does."""
    found: list[Diagnostic] = []
    try:
        for rule in rules:
            found.extend(rule.check(subject))
    except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
        return [each for rule in rules for each in run_rule(rule, subject, target)]
    return found


def run_rule(rule: Checking, subject: Any, target: Callable[[], Target]) -> list[Any]:
    """Collect the diagnostics of `rule` on `subject`, and that it failed, if it does.

    Args:
        rule: A rule of the kind that `subject` calls for.
        subject: What the rule checks.
        target: Creates the target for the diagnostic of a failure.
    """
    found: list[Any] = []
    try:
        found.extend(rule.check(subject))
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        found.append(crash(rule, target(), error))
    return found


def crash(rule: Any, target: Target, error: Exception) -> Diagnostic:
    """Create the diagnostic for a rule that failed."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = traceback.format_exception_only(error)[-1].strip()
    place = f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
    message = f"the rule '{rule.id}' failed: {reason} ({place})"
    return RuleCrashed().flag(target, message, cause=rule.id)


def has_crashed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any diagnostic says that a rule failed."""
    return any(each.rule == RuleCrashed.id for each in diagnostics)
