"""Measures the formats of reports: size, compressed size, processor time and memory of each.

    python benchmarks/formats.py FOLDER [--keep OUTPUT_FOLDER] [--only json --only sarif]

The archive is checked once; then each format is written twice, and the faster time counts. Memory
is what Python allocates beyond the report, at the most at one time.
"""

import argparse
import gzip
import json
import time
import tracemalloc
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from newslint.engine.baseline import Baseline
from newslint.execution.open_run import run_checks
from newslint.execution.request import build_run
from newslint.reporters.formats import FORMAT_NAMES, TEXT, ReportInput, render

_ROUNDS = 2


def load_input(folder: Path) -> ReportInput:
    """Check an archive, and return the input of the renderers."""
    outcome = run_checks(build_run((folder,), use_cache=False), [Baseline()]).outcome
    read = cache(outcome.text)
    return ReportInput(outcome.report, outcome.rules, read, print, outcome.statistics)


def measure_format(write: Callable[[], Iterable[str]]) -> tuple[bytes, float, int]:
    """Render a report; return its bytes, the processor time and the peak of memory."""
    times = []
    for _ in range(_ROUNDS):
        before = time.process_time()
        for _piece in write():
            pass
        times.append(time.process_time() - before)
    tracemalloc.start()
    for _piece in write():
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return "".join(write()).encode("utf-8", "surrogatepass"), min(times), peak


def main() -> None:
    """Measure the formats, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path, help="folder to write the reports to")
    parser.add_argument("--only", action="append", help="a format to measure")
    options = parser.parse_args()
    given = load_input(options.folder)
    counts = {"diagnostics": len(given.report.diagnostics), "causes": given.report.causes}
    print(json.dumps(counts))
    print("| format | MB | MB compressed | seconds | MB of memory |\n|---|--:|--:|--:|--:|")
    for name in options.only or FORMAT_NAMES:
        if name == TEXT:
            continue
        data, seconds, peak = measure_format(lambda name=name: render(name, given))
        packed = len(gzip.compress(data, 6))
        print(
            f"| {name} | {len(data) / 1e6:.2f} | {packed / 1e6:.2f} | {seconds:.2f} "
            f"| {peak / 1e6:.0f} |",
            flush=True,
        )
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"report.{name}").write_bytes(data)


if __name__ == "__main__":
    main()
