"""The rows on checking archives: with repetition, without, from the cache, and memory."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from archive import Archive
from lab import Lab, say, yardstick
from measuring import Cost, Figure, interleaved, ratio, typical
from table import Result, Row

JSON = Row("json", "archive with repetition, JSON report, no cache", 0.33, 0.25)
TEXT = Row("text", "the same, text report", 0.25, 0.15)
PLAIN = Row("plain", "archive without repetition, JSON report, no cache", 2.8, 2.0)
WARM = Row("warm", "unchanged archive, warm cache, start-up included", 0.10, 0.04)
CHANGED = Row("changed", "one changed record, warm cache", 0.15, 0.06)
MEMORY = Row("memory", "peak memory, archive with repetition", 200, 100, "MB")

Runs = Mapping[Row, Callable[[], Cost]]
_YARDSTICK = "yardstick"
_MEGABYTE = 1e6
_TICK = 2.5  # seconds, after which no file has the run's timestamp, on any file system


def with_repetition(lab: Lab) -> Iterator[Result]:
    """Measure checks of an archive with repetition, or of the given one."""
    folder = lab.copy_of(lab.given) if lab.given else lab.archive(Archive(lab.records))
    say(f"with repetition: {lab.summary(folder)}")
    cold = _wanted(lab, {JSON: _cold(lab, folder, "json"), TEXT: _cold(lab, folder, "text")})
    with TemporaryDirectory(dir=lab.work, prefix="cache-") as name:
        cache = _cached(lab, folder, Path(name)) if lab.has_cache else {}
        yield from _compared(lab, folder, {**cold, **cache})
    if not lab.has_cache:
        missing = (row for row in (WARM, CHANGED) if lab.wants(row.key))
        yield from (Result(row, None, "no cache yet") for row in missing)
    if lab.wants(MEMORY.key):
        peak = lab.check(folder, "--format", "json", watch=True).peak / _MEGABYTE
        yield Result(MEMORY, Figure(peak, peak), "all processes together, JSON report")


def without_repetition(lab: Lab) -> Iterator[Result]:
    """Measure checks of an archive without repetition."""
    folder = lab.archive(Archive(lab.records, related=0))
    say(f"without repetition: {lab.summary(folder)}")
    yield from _compared(lab, folder, {PLAIN: _cold(lab, folder, "json")})


def _cold(lab: Lab, folder: Path, form: str) -> Callable[[], Cost]:
    """Return the run that checks an archive without a cache."""
    return partial(lab.check, folder, "--format", form)


def _cached(lab: Lab, folder: Path, cache: Path) -> Runs:
    """Return the runs that find a filled cache, having filled it."""
    if not any(lab.wants(row.key) for row in (WARM, CHANGED)):
        return {}
    warm = partial(lab.check, folder, "--format", "json", cache=cache)
    warm()
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".txt"})
    numbers = count(len(paths) // 3)

    def changed() -> Cost:
        path = paths[next(numbers) % len(paths)]
        before = path.read_bytes()
        path.write_bytes(before.replace(b'title: "', b'title: "Again: ', 1))
        try:
            return warm()
        finally:
            path.write_bytes(before)
            time.sleep(_TICK)
            warm()  # so that the next run finds nothing changed

    return _wanted(lab, {WARM: warm, CHANGED: changed})


def _wanted(lab: Lab, runs: Runs) -> Runs:
    """Return the runs of rows that are to be measured."""
    return {row: run for row, run in runs.items() if lab.wants(row.key)}


def _compared(lab: Lab, folder: Path, runs: Runs) -> Iterator[Result]:
    """Measure runs beside the yardstick."""
    if not runs:
        return
    named = {row.key: run for row, run in runs.items()}
    costs = interleaved({_YARDSTICK: partial(yardstick, folder), **named}, lab.rounds)
    unit = costs[_YARDSTICK]
    for row in runs:
        took = f"{typical(costs[row.key]).wall:.2f} s, yardstick {typical(unit).wall:.2f} s"
        yield Result(row, ratio(costs[row.key], unit), f"{took}; median of {lab.rounds}")
