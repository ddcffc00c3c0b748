"""Runs newslint as users do: as a process."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import newslint as package

SOURCE = Path(package.__file__).parents[1]
COMMAND = [sys.executable, "-m", "newslint"]
INTERRUPTIBLE = [
    sys.executable,
    "-c",
    (
        "import runpy, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "runpy.run_module('newslint', run_name='__main__', alter_sys=True)"
    ),
]
"""The command of a process that Ctrl-C reaches even where it does not reach the tests."""

UNSET = {
    "COLUMNS",
    "FORCE_COLOR",
    "LESS",
    "LINES",
    "NEWSLINT_PAGER",
    "NEWSLINT_TRACEBACK",
    "NO_COLOR",
    "PAGER",
}


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of this process with `changes`, and without what colours output."""
    kept = {key: value for key, value in os.environ.items() if key not in UNSET}
    return kept | {"PYTHONPATH": str(SOURCE)} | changes


def newslint(
    *arguments: str | bytes, cwd: Path, env: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run newslint and return how it ended."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=env or environment(),
        check=False,
        encoding="utf-8",
        **({"capture_output": True} | options),
    )
