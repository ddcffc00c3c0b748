"""A profiler of runs, by stage and by rule, without any cost for runs that are not profiled."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from time import process_time
from typing import Any, TypeVar

from msgspec.structs import replace

from newslint.rules.api import AggregateRule, Rule, SurveyRule, TextRule
from newslint.settings import Ruleset

T = TypeVar("T")


class Stage(StrEnum):
    """A part of a run whose time is reported on its own."""

    START = "start-up"
    FIND = "find files"
    CACHE = "cache"
    READ = "read"
    CHECK = "examine"
    JUDGE = "judge"
    CLOSE = "place and sort"
    REPORT = "report"


StageTimer = Callable[[Stage], AbstractContextManager[None]]
"""Opens a context that measures a stage, without the time of stages opened inside it."""

_NO_TIMER = nullcontext()


def no_profiler(_stage: Stage) -> AbstractContextManager[None]:
    """Open a context that measures nothing: the `StageTimer` of runs that are not profiled."""
    return _NO_TIMER


class Profiler:
    """Processor time of this process by stage and by rule, in seconds.

    Attributes:
        stages: Time by stage. `Stage.START` is the time before the profiler was created.
        rules: Time by rule id; it is part of the time of stages.
    """

    def __init__(self) -> None:
        self.stages = {Stage.START: process_time()}
        self.rules: dict[str, float] = {}
        self._open: list[Stage] = [Stage.START]
        self._since = process_time()

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Measure a stage while the context is open."""
        self._switch(stage)
        self._open.append(stage)
        try:
            yield
        finally:
            self._open.pop()
            self._switch(self._open[-1], ended=stage)

    def _switch(self, stage: Stage, ended: Stage | None = None) -> None:
        """Add the time since the last switch to the stage that was open, and start another one."""
        now = process_time()
        last = self._open[-1] if ended is None else ended
        self.stages[last] = self.stages.get(last, 0.0) + now - self._since
        self.stages.setdefault(stage, 0.0)
        self._since = now

    def add(self, rule: str, since: float) -> None:
        """Add the time that has passed since the processor time `since` to a rule."""
        self.rules[rule] = self.rules.get(rule, 0.0) + process_time() - since


def profile_rules(ruleset: Ruleset, profiler: Profiler) -> Ruleset:
    """Copy a ruleset with rules that report their time to `profiler`; the copy is equal to it."""
    rules = tuple(_profile_rule(rule, profiler) for rule in ruleset.rules)
    return replace(ruleset, rules=rules)


def _profile_rule(rule: Rule, profiler: Profiler) -> Rule:
    """Copy a rule with methods that report their time to `profiler`; the copy is equal to it."""
    copy = rule.model_copy()
    check = getattr(rule, "check", None)
    if check is not None:
        copy.__dict__["check"] = _profile_steps(rule.id, check, profiler)
    for name in ("measure", "merge", "finish"):
        if isinstance(rule, AggregateRule | SurveyRule):
            copy.__dict__[name] = _profile_call(rule.id, getattr(rule, name), profiler)
    if isinstance(rule, TextRule):
        copy.__dict__["concerns"] = _profile_call(rule.id, rule.concerns, profiler)
    return copy


def _profile_steps(
    name: str, check: Callable[..., Iterator[Any]], profiler: Profiler
) -> Callable[..., Iterator[Any]]:
    """Measure a generator function, without the time its caller spends between two results."""

    def profiled(*subjects: Any) -> Iterator[Any]:
        steps = iter(check(*subjects))
        while True:
            since = process_time()
            try:
                found = next(steps)
            except StopIteration:
                return
            finally:
                profiler.add(name, since)
            yield found

    return profiled


def _profile_call(name: str, function: Callable[..., T], profiler: Profiler) -> Callable[..., T]:
    """Measure a function that returns its result at once."""

    def profiled(*arguments: Any) -> T:
        since = process_time()
        try:
            return function(*arguments)
        finally:
            profiler.add(name, since)

    return profiled
