"""Measure the cost of a check against the share of repetition.

    python benchmarks/repetition.py [--records 400] [--related 16] [--rounds 3]

Archives of one size, whose entries are copies of fewer and fewer stories, are checked by one
process without a cache, in turns with the yardstick. Printed are milliseconds of the processor per
record and the ratio to the yardstick: the least of the rounds, without the check of one record.
"""

import argparse
import tempfile
from functools import partial
from pathlib import Path

from archive import Archive
from lab import Lab, yardstick
from measuring import Cost, interleaved

SHARES = (0.0, 0.5, 0.9, 0.97)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=400)
    parser.add_argument("--related", type=int, default=16, metavar="ENTRIES", help="of each record")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| share of repetition | ms per record | yardstick | ratio |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as work:
        lab = Lab(Path(work), options.records, options.rounds)
        for share in SHARES:
            print(_row(lab, share, options.related), flush=True)


def _row(lab: Lab, share: float, related: int) -> str:
    """Measure an archive in which a share of the entries repeats others."""
    distinct = max(2 * related + 2, round(lab.records * related * (1 - share)))
    folder = lab.archive(Archive(lab.records, related, distinct))
    runs = {
        "check": partial(_check, lab, folder),
        "start": partial(_check, lab, lab.archive(Archive(1, 0))),
        "yardstick": partial(yardstick, folder),
    }
    least = {
        name: min(cost.cpu for cost in costs)
        for name, costs in interleaved(runs, lab.rounds).items()
    }
    check, unit = least["check"] - least["start"], least["yardstick"]
    per_record = (1000 * each / lab.records for each in (check, unit))
    return "| {:.0%} | {:.2f} | {:.2f} | {:.2f} |".format(share, *per_record, check / unit)


def _check(lab: Lab, folder: Path) -> Cost:
    """Measure a check in one process."""
    return lab.check(folder, "--format", "json", "--jobs", "1")


if __name__ == "__main__":
    main()
