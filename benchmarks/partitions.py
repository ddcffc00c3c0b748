"""Measures checks in memory and in partitions on disk: records against time and memory.

python benchmarks/partitions.py --records 10000 20000 --mentions 1000000
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml
from archive import REAL, Archive, entry, record, story

MIB = 1024 * 1024


class Use(NamedTuple):
    """What a process used.

    Attributes:
        seconds: Seconds of the processor.
        memory: MiB at the most.
        lines: Lines of the report.
    """

    seconds: float
    memory: float
    lines: int


def rows(archive: Archive) -> Iterator[str]:
    """Yield the front matter of the records of an archive as JSON."""
    for number in range(archive.records):
        embedded = (_entry(other, number % 2 == 0) for other in archive.embedded(number))
        yield _row(number, embedded)


def hub(mentions: int, related: int) -> Iterator[str]:
    """Yield records whose entries all describe one article."""
    for number in range(mentions // related):
        yield _row(number, [_entry(1, is_old=False)] * related)


def _row(number: int, entries: Iterable[str]) -> str:
    """Create the row of a record from its entries."""
    text = record(story(number, REAL), [], "").split("---")[1]
    own = _encode(yaml.load(text, yaml.CSafeLoader))
    return f'{own[:-1]}, "related": [{", ".join(entries)}]}}\n'


@lru_cache(maxsize=4096)
def _entry(number: int, is_old: bool) -> str:  # noqa: FBT001 # lru_cache's keys
    """Create the entry about a story as JSON."""
    (found,) = yaml.load(entry(number, REAL, is_old), yaml.CSafeLoader)
    return _encode(found)


def _encode(value: object) -> str:
    """Encode a value as JSON."""
    return json.dumps(value, ensure_ascii=False, default=_encode_time)


def write(records: Iterator[str], path: Path) -> None:
    """Write records as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(records)


def _encode_time(value: datetime.datetime) -> str:
    """Encode a time as front matter does."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"


def check(path: Path, *options: str) -> Use:
    """Check an archive in a process of its own."""
    report = path.with_suffix(".report")
    command = [sys.executable, "-m", "newslint", "check", path.name, *options, "--jobs", "1"]
    command += ["--no-cache", "--exit-zero", "--quiet", "--report", f"jsonl={report}"]
    process = subprocess.Popen(command, cwd=path.parent)  # noqa: S603 # this program
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"newslint failed: {' '.join(command)}")
    with report.open("rb") as file:
        lines = sum(1 for _ in file)
    return Use(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines)


def measure(name: str, path: Path, memory: str, *, in_memory: bool) -> None:
    """Print a row of the table for an archive, and compare the reports."""
    disk = check(path, "--memory", memory)
    columns = f"{disk.seconds:,.0f} s, {disk.memory:,.0f} MiB"
    other = "not measured"
    if in_memory:
        path.with_suffix(".report").rename(path.with_suffix(".disk"))
        whole = check(path)
        pair = [path.with_suffix(each).read_bytes() for each in (".disk", ".report")]
        other = f"{whole.seconds:,.0f} s, {whole.memory:,.0f} MiB"
        other += "" if pair[0] == pair[1] else " (another report)"
    print(
        f"| {name} | {path.stat().st_size / MIB:,.0f} MiB | {disk.lines:,} | {other} | {columns} |"
    )
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, nargs="*", default=[10_000, 20_000, 50_000])
    parser.add_argument("--related", type=int, default=30)
    parser.add_argument("--memory", default="512MiB")
    parser.add_argument("--mentions", type=int, default=0, help="of one article")
    parser.add_argument(
        "--largest", type=int, default=50_000, help="number of records to check in memory, too"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        for records in options.records:
            path = Path(folder, "archive.jsonl")
            write(rows(Archive(records, options.related)), path)
            is_small = records <= options.largest
            measure(f"{records:,} records", path, options.memory, in_memory=is_small)
        if options.mentions:
            path = Path(folder, "hub.jsonl")
            write(hub(options.mentions, options.related), path)
            name = f"one article with {options.mentions:,} mentions"
            is_small = options.mentions <= options.largest * options.related
            measure(name, path, options.memory, in_memory=is_small)


if __name__ == "__main__":
    main()
