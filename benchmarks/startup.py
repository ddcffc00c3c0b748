"""The rows on start-up: the time until the first output beyond Python's own start."""

import shutil
import sys
from collections.abc import Iterator
from functools import partial

from archive import Archive
from lab import Lab
from measuring import interleaved, measured, ratio, typical
from table import Result, Row

VERSION = Row("version", 'newslint --version, to python -c "import click"', 1.3)
ONE_FILE = Row("one-file", "check of one file, to the import of what it needs", 1.5)

_ROUNDS = 7
_NEEDED = "import click, yaml, pydantic, msgspec"


def startup(lab: Lab) -> Iterator[Result]:
    """Measure `--version` and the check of one file."""
    folder = lab.work / "one"
    shutil.rmtree(folder, ignore_errors=True)
    Archive(records=12, related=8).write(folder)
    first, *others = sorted(folder.iterdir())
    for other in others:
        other.unlink()
    python = partial(measured, folder=folder)
    runs = {
        "needed": partial(python, [sys.executable, "-c", _NEEDED]),
        "click": partial(python, [sys.executable, "-c", "import click"]),
        "version": partial(python, [*lab.newslint, "--version"]),
        "one file": partial(lab.check, folder, first.name),
    }
    interleaved(runs, 1)  # compiles modules on first import
    costs = interleaved(runs, _ROUNDS * lab.rounds)
    needed, click, version, one_file = (typical(costs[name]).wall * 1000 for name in runs)
    if lab.wants(VERSION.key):
        how = f"{version:.0f} ms, import click {click:.0f} ms"
        yield Result(VERSION, ratio(costs["version"], costs["click"]), how)
    if lab.wants(ONE_FILE.key):
        how = f"{one_file:.0f} ms, {_NEEDED} {needed:.0f} ms"
        yield Result(ONE_FILE, ratio(costs["one file"], costs["needed"]), how)
