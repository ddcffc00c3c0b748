"""The option `--memory` of `newslint check`: its value and its limits."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click
import msgspec
from click.core import ParameterSource

if TYPE_CHECKING:
    from newslint.cli.report_options import ReportOptions, ReportTarget

FORMATS = ("concise", "json", "jsonl", "parquet")
"""The formats whose diagnostics are written one by one."""

_SIZE = re.compile(r"(\d{1,12})\s*(MiB|GiB|MB|GB|M|G)", re.IGNORECASE)
_UNITS = {"mib": 2**20, "m": 2**20, "gib": 2**30, "g": 2**30, "mb": 10**6, "gb": 10**9}


def parse_memory(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> int | None:
    """Parse a size in memory."""
    if value is None:
        return None
    from newslint.execution.partitions.spill import MIB, MIN_MEMORY

    found = _SIZE.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter(f"{value!r} is no size such as 512MiB or 2GiB")
    size = int(found[1]) * _UNITS[found[2].lower()]
    if size < MIN_MEMORY:
        raise click.BadParameter(f"{value} is too little: {MIN_MEMORY // MIB}MiB is the least")
    return size


def choose_format(reporting: "ReportOptions") -> "ReportOptions":
    """Choose the first format of `FORMATS` if the command line names none."""
    source = click.get_current_context().get_parameter_source("format")
    if source is not ParameterSource.DEFAULT:
        return reporting
    return msgspec.structs.replace(reporting, format=FORMATS[0])


def refuse_combinations(targets: "Iterable[ReportTarget]", others: Mapping[str, bool]) -> None:
    """Refuse options that exclude `--memory`.

    Args:
        targets: The reports to write.
        others: Whether the user asks for other things, by the options that ask for them.

    Raises:
        click.UsageError: The message names the option to leave out.
    """
    for name, is_given in others.items():
        if is_given:
            raise click.UsageError(f"--memory cannot be combined with {name}")
    for target in targets:
        if target.format not in FORMATS:
            raise click.UsageError(
                f"--memory cannot write the format {target.format}, which holds all diagnostics in "
                f"memory: choose --format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
            )
