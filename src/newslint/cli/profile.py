"""`--profile`: where the time of a run goes, on stderr."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import click

from newslint.cli.say import say

if TYPE_CHECKING:
    from newslint.engine.clock import Stopwatch

profile_option = click.option(
    "--profile",
    is_flag=True,
    help="Say on stderr how many seconds each stage and each rule took, in one process.",
)
_NAME = 33


def clocked(watch: "Stopwatch | None") -> AbstractContextManager[None]:
    """Take the time of the report, where any is taken."""
    if watch is None:
        return nullcontext()
    from newslint.engine.clock import Stage

    return watch.stage(Stage.REPORT)


def tell_profile(watch: "Stopwatch | None") -> None:
    """Say on stderr what took how long, where time was taken."""
    if watch is not None:
        for line in table(watch):
            say(line)


def table(watch: "Stopwatch") -> Iterator[str]:
    """Yield the lines of a table: stages as they come, then rules, the slowest first."""
    whole = sum(watch.stages.values())
    yield "Profile: seconds of this process"
    yield from _rows({stage.value: each for stage, each in watch.stages.items()}, whole)
    yield f"  {'all':{_NAME}} {whole:8.3f}"
    yield "Rules: their part of it"
    slowest = sorted(watch.rules.items(), key=lambda item: (-item[1], item[0]))
    yield from _rows(dict(slowest), whole)


def _rows(seconds: Mapping[str, float], whole: float) -> Iterator[str]:
    """Yield a line for each name."""
    for name, each in seconds.items():
        yield f"  {name:{_NAME}} {each:8.3f} {each / whole:7.1%}"
