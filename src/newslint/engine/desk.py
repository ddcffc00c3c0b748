"""Which rules and which collection apply to each file of a run."""

from collections.abc import Iterable
from typing import Protocol

from newslint.engine.checks import Checks
from newslint.engine.examine import Examiner
from newslint.records import Collection
from newslint.rules.api import Rule
from newslint.settings import Registry, Ruleset


class Choosing(Protocol):
    """Says for each file which collection it belongs to and which rules apply to it."""

    def ruleset(self, path: str, /) -> Ruleset:
        """Return the rules that apply to a file; the same object for files treated alike."""

    def collection(self, path: str, /) -> Collection | None:
        """Return the collection that a file belongs to; None where it is none's."""


class Desk:
    """Has an examiner for each file: one for all files that are treated alike.

    Args:
        choosing: Says how files are treated.
        registry: The rules there are.
    """

    def __init__(self, choosing: Choosing, registry: Registry) -> None:
        self._choosing = choosing
        self.registry = registry
        self._checks: dict[int, Checks] = {}
        self._by_path: dict[str, Checks] = {}
        self._examiners: dict[tuple[int, str], Examiner] = {}
        self._examiner_of: dict[str, Examiner | None] = {}
        self._kept: list[Ruleset] = []  # so that no other object takes their identity

    def checks(self, path: str) -> Checks:
        """Return the rules that apply to the file `path`."""
        checks = self._by_path.get(path)
        if checks is None:
            checks = self._by_path[path] = self._made(self._choosing.ruleset(path))
        return checks

    def _made(self, chosen: Ruleset) -> Checks:
        """Return the rules of `chosen`, always the same object."""
        checks = self._checks.get(id(chosen))
        if checks is None:
            self._kept.append(chosen)
            checks = self._checks[id(chosen)] = Checks.of(chosen)
        return checks

    def examiner(self, path: str) -> Examiner | None:
        """Return who examines the file `path`; None where it belongs to no collection."""
        if path not in self._examiner_of:
            self._examiner_of[path] = self._hired(path)
        return self._examiner_of[path]

    def _hired(self, path: str) -> Examiner | None:
        """Return the examiner of a file, as `examiner` does; the same for files treated alike."""
        collection = self._choosing.collection(path)
        if collection is None:
            return None
        checks = self.checks(path)
        key = (id(checks), collection.name)
        examiner = self._examiners.get(key)
        if examiner is None:
            examiner = self._examiners[key] = Examiner(checks, collection)
        return examiner

    @property
    def examiners(self) -> Iterable[Examiner]:
        """All examiners so far."""
        return self._examiners.values()

    def corpus_rules(self, paths: Iterable[str]) -> list[Rule]:
        """Return the rules that look beyond one document and apply to any of the files `paths`.

        One rule with other options is another rule.
        """
        checks = {id(each): each for each in map(self.checks, paths)}.values()
        rules: dict[Rule, None] = {}
        for each in checks:
            rules |= dict.fromkeys((*each.groups, *each.corpora))
        return list(rules)

    @property
    def rules(self) -> tuple[type[Rule], ...]:
        """The rules that apply to any file so far, sorted by name."""
        ids = {
            name: type(rule) for each in self._checks.values() for name, rule in each.by_id.items()
        }
        return tuple(ids[name] for name in sorted(ids))
