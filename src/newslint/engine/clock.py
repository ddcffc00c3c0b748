"""Where the time of a run goes, by stage and by rule: nothing is spent on it unless asked for."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from time import process_time
from typing import Any

from newslint.engine.desk import Choosing
from newslint.records import Collection
from newslint.rules.api import Rule, TextRule
from newslint.settings import Ruleset


class Stage(StrEnum):
    """What time is spent on."""

    START = "start-up"
    FIND = "find files"
    CACHE = "cache"
    READ = "read"
    EXAMINE = "examine"
    JUDGE = "judge"
    STAMP = "place and sort"
    REPORT = "report"


Clock = Callable[[Stage], AbstractContextManager[None]]
"""Takes the time of a stage while its context is open. Stages inside it do not count for it."""

_NOTHING = nullcontext()


def unclocked(_stage: Stage) -> AbstractContextManager[None]:
    """Take no time."""
    return _NOTHING


class Stopwatch:
    """Takes the time that this process is at work, in seconds.

    Attributes:
        stages: By stage. That of start-up is what was spent before.
        rules: By rule; it is part of that of stages.
    """

    def __init__(self) -> None:
        self.stages = {Stage.START: process_time()}
        self.rules: dict[str, float] = {}
        self._open: list[Stage] = [Stage.START]
        self._since = process_time()

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Take the time of a stage."""
        self._turn(stage)
        self._open.append(stage)
        try:
            yield
        finally:
            self._open.pop()
            self._turn(self._open[-1], ended=stage)

    def _turn(self, stage: Stage, ended: Stage | None = None) -> None:
        """Count what has passed for the stage that was open, and go on with another one."""
        now = process_time()
        last = self._open[-1] if ended is None else ended
        self.stages[last] = self.stages.get(last, 0.0) + now - self._since
        self.stages.setdefault(stage, 0.0)
        self._since = now

    def spent(self, rule: str, since: float) -> None:
        """Count what has passed since a time for a rule."""
        self.rules[rule] = self.rules.get(rule, 0.0) + process_time() - since


class Clocked:
    """Chooses the rules that another one chooses, each with a clock.

    Args:
        choosing: Says how files are treated.
        watch: Takes the time.
    """

    def __init__(self, choosing: Choosing, watch: Stopwatch) -> None:
        self._choosing = choosing
        self._watch = watch
        self._chosen: dict[int, tuple[Ruleset, Ruleset]] = {}

    def ruleset(self, path: str) -> Ruleset:
        """Return the rules that apply to a file; the same object for files treated alike."""
        own = self._choosing.ruleset(path)
        if id(own) not in self._chosen:  # which is kept, so that no other takes its identity
            rules = tuple(_clocked(rule, self._watch) for rule in own.rules)
            self._chosen[id(own)] = own, own._replace(rules=rules)
        return self._chosen[id(own)][1]

    def collection(self, path: str) -> Collection | None:
        """Return the collection that a file belongs to; None where it is none's."""
        return self._choosing.collection(path)


def _clocked(rule: Rule, watch: Stopwatch) -> Rule:
    """Return a rule that is equal to `rule`, and whose time is taken."""
    made = rule.model_copy()
    check = getattr(rule, "check", None)
    if check is not None:
        made.__dict__["check"] = _stepwise(rule.id, check, watch)
    if isinstance(rule, TextRule):
        made.__dict__["concerns"] = _at_once(rule.id, rule.concerns, watch)
    return made


def _stepwise(
    name: str, check: Callable[[Any], Iterator[Any]], watch: Stopwatch
) -> Callable[[Any], Iterator[Any]]:
    """Return `check`, which yields, with a clock that stands still between its steps."""

    def clocked(subject: Any) -> Iterator[Any]:
        steps = iter(check(subject))
        while True:
            since = process_time()
            try:
                found = next(steps)
            except StopIteration:
                return
            finally:
                watch.spent(name, since)
            yield found

    return clocked


def _at_once(name: str, concerns: Callable[[str], bool], watch: Stopwatch) -> Callable[[str], bool]:
    """Return `concerns` with a clock."""

    def clocked(text: str) -> bool:
        since = process_time()
        try:
            return concerns(text)
        finally:
            watch.spent(name, since)

    return clocked
