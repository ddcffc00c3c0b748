"""The selected rules, by what they look at, and how one of them is run."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeGuard

from newslint.diagnostics import Diagnostic, Severity
from newslint.records import Target
from newslint.rules.api import CorpusRule, DocumentRule, GroupRule, MentionRule, Rule, TextRule
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.settings import Ruleset


@dataclass(frozen=True, slots=True)
class Checks:
    """The selected rules.

    Attributes:
        by_id: All of them; each reports the problems that bear its name.
        documents: Those that look at a file.
        texts: Those that look at a string.
        mentions: Those that look at a mention.
        groups: Those that judge mentions which share a key.
        corpora: Those that need to know all articles.
        severities: Those that are not the rules' own, by rule.
        on_urls: Those of `texts` that look at fields where a URL is expected.
        on_others: Those of `texts` that look at other fields.
    """

    by_id: dict[str, Rule]
    documents: tuple[DocumentRule, ...]
    texts: tuple[TextRule, ...]
    mentions: tuple[MentionRule, ...]
    groups: tuple[GroupRule, ...]
    corpora: tuple[CorpusRule, ...]
    severities: dict[str, Severity]
    on_urls: tuple[TextRule, ...]
    on_others: tuple[TextRule, ...]

    @property
    def need_corpus(self) -> bool:
        """Whether any rule looks beyond one document."""
        return bool(self.groups or self.corpora) or any(map(completes, self.texts))

    @classmethod
    def of(cls, chosen: Ruleset) -> "Checks":
        """Return the rules of `chosen` sorted by kind."""
        rules = chosen.rules
        texts = tuple(rule for rule in rules if isinstance(rule, TextRule))
        return cls(
            {rule.id: rule for rule in rules},
            tuple(rule for rule in rules if isinstance(rule, DocumentRule)),
            texts,
            tuple(rule for rule in rules if isinstance(rule, MentionRule)),
            tuple(rule for rule in rules if isinstance(rule, GroupRule)),
            tuple(rule for rule in rules if isinstance(rule, CorpusRule)),
            dict(chosen.severities),
            tuple(rule for rule in texts if rule.on_urls is not False),
            tuple(rule for rule in texts if not rule.on_urls),
        )

    def readers(self, text: str, is_url: bool) -> tuple[TextRule, ...]:  # noqa: FBT001 # of a cache
        """Return the rules that a string of the front matter concerns.

        Args:
            text: The string.
            is_url: Whether a URL is expected there.
        """
        rules = self.on_urls if is_url else self.on_others
        try:
            return tuple([rule for rule in rules if rule.concerns(text)])
        except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
            return tuple(rule for rule in rules if concerns(rule, text))

    def says(self, rule: Rule) -> bool:
        """Tell whether `rule`, with its options, is one of these."""
        own = self.by_id.get(rule.id)
        return own is rule or own == rule


def concerns(rule: TextRule, text: str) -> bool:
    """Tell whether `rule` may say anything of `text`; one that fails to tell fails again later."""
    try:
        return rule.concerns(text)
    except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
        return True


def completes(rule: Rule | None) -> TypeGuard[TextRule]:
    """Tell whether `rule` adds to its diagnostics what other mentions of the article say."""
    return isinstance(rule, TextRule) and type(rule).complete is not TextRule.complete


class Checking(Protocol):
    """A rule that can be run on something."""

    def check(self, subject: Any, /) -> Iterator[Any]:
        """Yield what is wrong."""


def run_all(
    rules: Iterable[Checking], subject: Any, target: Callable[[], Target]
) -> list[Diagnostic]:
    """Return what `rules` say of `subject`; of one that fails, as `run` does.

    Rules that fail are rare, so that they are told from the others only when one does.
    """
    found: list[Diagnostic] = []
    try:
        for rule in rules:
            found.extend(rule.check(subject))
    except Exception:  # noqa: BLE001 # a rule that fails must not stop the others
        return [each for rule in rules for each in run(rule, subject, target)]
    return found


def run(rule: Checking, subject: Any, target: Callable[[], Target]) -> list[Any]:
    """Return what `rule` says of `subject`; where it fails, what it said before and how it failed.

    Args:
        rule: A rule of the kind that `subject` calls for.
        subject: What it looks at.
        target: Tells where to report that it failed.
    """
    found: list[Any] = []
    try:
        found.extend(rule.check(subject))
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        found.append(crash(rule, target(), error))
    return found


def crash(rule: Any, target: Target, error: Exception) -> Diagnostic:
    """Return the diagnostic for a rule that failed."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = traceback.format_exception_only(error)[-1].strip()
    place = f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
    message = f"the rule '{rule.id}' failed: {reason} ({place})"
    return RuleCrashed().flag(target, message, cause=rule.id)
