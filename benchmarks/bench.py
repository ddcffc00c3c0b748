"""Measure newslint against the yardstick and its peers, and print the table of goals.

    python benchmarks/bench.py [--quick] [--only ROW] [--json FILE] [--markdown]

Unless noted, figures are ratios to `yaml.load(text, yaml.CSafeLoader)` of the same files' front
matter in one process. Whole processes are measured, in turns.
"""

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from os import cpu_count
from pathlib import Path

from checks import CHANGED, JSON, MEMORY, PLAIN, TEXT, WARM, with_repetition, without_repetition
from growth import GROWTH, growth
from lab import Lab, say
from measuring import BrokenRunError
from other_syntaxes import WRITERS, syntaxes
from peers import PEERS, peers
from startup import ONE_FILE, VERSION, startup
from table import Result, Row, as_markdown, as_text

GROUPS: Mapping[Callable[[Lab], Iterator[Result]], tuple[Row, ...]] = {
    with_repetition: (JSON, TEXT, WARM, CHANGED, MEMORY),
    without_repetition: (PLAIN,),
    syntaxes: tuple(WRITERS),
    growth: (GROWTH,),
    startup: (VERSION, ONE_FILE),
    peers: tuple(peer.row for peer in PEERS),
}
KEYS = [row.key for rows in GROUPS.values() for row in rows]
QUICK = 500


def main() -> int:
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    lab = Lab(
        options.work.resolve(),
        options.records or (QUICK if options.quick else Lab.records),
        options.rounds,
        frozenset(options.only),
        options.archive,
        options.quick,
    )
    try:
        results = list(_results(lab))
    except BrokenRunError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print(_machine())
    print((as_markdown if options.markdown else as_text)(results))
    if options.json:
        report = {"machine": _machine(), "results": [result.as_json() for result in results]}
        options.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _options() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, help="of the archives (default: 5000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} records, in a minute or so")
    parser.add_argument(
        "--only", action="append", default=[], choices=KEYS, metavar="ROW", help=", ".join(KEYS)
    )
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="FOLDER",
        help="measure a copy of this archive, and nothing that needs generated ones",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument(
        "--work",
        type=Path,
        metavar="FOLDER",
        default=Path(tempfile.gettempdir()) / "newslint-benchmarks",
        help="where archives are kept for the next time",
    )
    return parser.parse_args()


def _results(lab: Lab) -> Iterator[Result]:
    """Yield all results that are wanted."""
    for group, rows in GROUPS.items():
        if lab.given and group is not with_repetition:
            continue
        if any(lab.wants(row.key) for row in rows):
            for result in group(lab):
                say(" | ".join(result.cells()))
                yield result


def _machine() -> str:
    """Describe the machine."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{cpu_count()} cores, {platform.system()} on {platform.machine()}, {python}"


if __name__ == "__main__":
    sys.exit(main())
