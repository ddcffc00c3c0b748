"""The rules and the collection of each file of a run."""

from typing import Protocol

from newslint.engine.checks import FileRules
from newslint.execution.profiler import Profiler, profile_rules
from newslint.records import Collection
from newslint.rules.api import Rule
from newslint.settings import Ruleset, Selection


class RulesetSource(Protocol):
    """A source of the rules and the collection of each file, such as `Selection`."""

    def ruleset(self, path: str, /) -> Ruleset:
        """Find the rules that apply to a file."""

    def collection(self, path: str, /) -> Collection | None:
        """Find the collection that a file belongs to; None if it belongs to none."""


class RulesetResolver:
    """Finds the rules for each file; files with equal rules and collection share a `FileRules`.

    Args:
        source: The source of the rules.
        profiler: Measures the time of rules; None to measure none.
        has_verdicts: Whether there are verdicts for the rules that judge these.
    """

    def __init__(
        self,
        source: RulesetSource,
        profiler: Profiler | None = None,
        *,
        has_verdicts: bool = False,
    ) -> None:
        self._source = source
        self._has_verdicts = has_verdicts
        self._profiler = profiler
        self._by_path: dict[str, FileRules | None] = {}
        self._shared: dict[tuple[bytes, bytes], FileRules] = {}

    def file_rules(self, path: str) -> FileRules | None:
        """Find the rules for a file; None if it belongs to no collection."""
        if path not in self._by_path:
            self._by_path[path] = self.resolve(path)
        return self._by_path[path]

    def resolve(self, path: str) -> FileRules | None:
        """Find the rules for a file as `file_rules` does, without remembering them."""
        collection = self._source.collection(path)
        if collection is None:
            return None
        ruleset = self._source.ruleset(path)
        key = ruleset.digest, collection.digest
        if key not in self._shared:
            if not self._has_verdicts:
                ruleset = ruleset.without_verdict_rules
            if self._profiler is not None:
                ruleset = profile_rules(ruleset, self._profiler)
            self._shared[key] = FileRules(ruleset, collection)
        return self._shared[key]

    @property
    def selects_nothing(self) -> bool:
        """Whether the settings select no rule at all, rather than ignore those selected."""
        source = self._source
        return (
            isinstance(source, Selection)
            and source.base.select == ()
            and source.command_line.select is None
        )

    def explain_nothing(self) -> str:
        """Explain why no rule runs."""
        if self.selects_nothing:
            return "'select' is empty, so no rule runs"
        return "no rule is left to run: all that are selected are ignored"

    @property
    def rules(self) -> tuple[type[Rule], ...]:
        """The rules that apply to any file so far, sorted by name."""
        ids = {rule.id: type(rule) for each in self._shared.values() for rule in each.ruleset.rules}
        return tuple(ids[name] for name in sorted(ids))
