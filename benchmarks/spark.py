"""Measure checks of rows in memory, in partitions on disk, and on Spark with two processes.

Usage: python benchmarks/spark.py FOLDER ROWS ... [--mentions]

Prints seconds of processors, and MiB at the most; the memory of Spark is the sum of what each of
its processes had at the most. With `--mentions`, the ten entries of each row are about one article.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow
from archive import REAL, Archive, entry, record, story
from pyarrow import parquet

_RELATED = 10
_MIN_PARTS = 8
_ROWS = 1250
"""Rows of a partition, two of which are read at a time."""
_SETTINGS = """
[[collections]]
name = "archive"
paths = ["archive.parquet"]
rows = { key = "id", text = "body" }
"""
_CHECK = ["-m", "newslint", "check", "archive.parquet", "--no-cache", "--exit-zero"]
_CHECK += ["--format", "concise", "--jobs", "1"]
_OPTIONS = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # compile fast
    "spark.sql.files.maxPartitionBytes": "2MB",  # one of the row groups
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Usage(NamedTuple):
    """What processes used: seconds of the processor, and MiB at the most."""

    seconds: float
    memory: float


def write_rows(folder: Path, rows: int, *, has_hub: bool) -> None:
    """Write an archive as a table of documents."""
    files = enumerate(_hub(rows) if has_hub else Archive(rows, _RELATED).files())
    schema = pyarrow.schema([("id", pyarrow.int64()), ("body", pyarrow.string())])
    with parquet.ParquetWriter(folder / "archive.parquet", schema) as writer:
        while some := [*islice(files, -(-rows // _parts(rows)))]:
            columns = [[number for number, _ in some], [text for _, (_, text) in some]]
            writer.write_table(pyarrow.table(columns, schema))
    (folder / "newslint.toml").write_text(_SETTINGS)


def _parts(rows: int) -> int:
    """Compute the number of row groups, and of partitions."""
    return max(_MIN_PARTS, rows // _ROWS)


def _hub(rows: int) -> Iterator[tuple[str, str]]:
    """Yield documents whose entries are about the article of the second one."""
    for number in range(rows):
        yield (
            str(number),
            record(story(number, REAL), [entry(1, REAL, is_old=False)] * _RELATED, ""),
        )


def measure(folder: Path, *command: str) -> tuple[Usage, list[str]]:
    """Run a command of Python in a process; return what it used, and its output."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, *command], cwd=folder, stdout=subprocess.PIPE, text=True
    ) as process:
        lines = process.stdout.read().splitlines() if process.stdout else []
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command}: exit status {process.returncode}")
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), lines


def usage_of(process: int) -> Usage:
    """Find what a process and its children have used so far."""
    folder = Path("/proc", str(process))
    ticks = (folder / "stat").read_text().rpartition(")")[2].split()[11:15]
    memory = re.findall(r"VmHWM:\s+(\d+)", (folder / "status").read_text())  # none if it has ended
    seconds, size = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), sum(map(int, memory)) / 1024
    for each in _children(process):
        other = usage_of(each)
        seconds, size = seconds + other.seconds, size + other.memory
    return Usage(seconds, size)


def check_on_spark() -> None:
    """Check the table in this folder; print diagnostics, bytes, and what Java and all used."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    from newslint.spark import check

    rows = parquet.read_metadata("archive.parquet").num_rows
    builder = SparkSession.builder.master("local[2]")
    builder = builder.config("spark.sql.shuffle.partitions", _parts(rows) // 2)
    for name, value in _OPTIONS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    found = check(spark.read.parquet("archive.parquet"), "newslint.toml", name="archive.parquet")
    number = found.count()
    executor = spark.sparkContext._jsc.sc().statusStore().executorList(True).apply(0)  # noqa: FBT003, SLF001
    gateway = spark.sparkContext._gateway  # noqa: SLF001
    used = usage_of(os.getpid())
    workers = [usage_of(each) for each in _children(gateway.proc.pid)]
    java = usage_of(gateway.proc.pid).seconds - sum(each.seconds for each in workers)
    print(number, executor.totalShuffleWrite(), used.seconds - java, java, used.memory)
    spark.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


def _children(process: int) -> list[int]:
    """List the children that a process has started from any of its threads."""
    paths = Path("/proc", str(process), "task").glob("*/children")
    return [int(each) for path in paths for each in path.read_text().split()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int, nargs="*")
    parser.add_argument("--mentions", action="store_true")
    options = parser.parse_args()
    if not options.rows:
        os.chdir(options.folder)
        check_on_spark()
        return
    print(
        "| rows | in memory | `--memory 512MiB` | Spark: Python | Spark: Java | Spark: memory | "
        "shuffled | diagnostics |\n|---|---|---|---|---|---|---|---|",
        flush=True,
    )
    for rows in options.rows:
        folder = options.folder / str(rows)
        folder.mkdir(parents=True, exist_ok=True)
        write_rows(folder, rows, has_hub=options.mentions)
        memory, found = measure(folder, *_CHECK)
        print(
            f"| {rows:,} | {memory.seconds:.0f} s, {memory.memory:,.0f} MiB |", end=" ", flush=True
        )
        disk, _ = measure(folder, *_CHECK, "--memory", "512MiB")
        print(f"{disk.seconds:.0f} s, {disk.memory:,.0f} MiB |", end=" ", flush=True)
        _, (line,) = measure(folder, str(Path(__file__).resolve()), ".")
        number, shuffled, python, java, size = map(float, line.split())
        print(f"{python:.0f} s | {java:.0f} s | {size:,.0f} MiB |", end=" ")
        print(f"{shuffled / 1e6:,.0f} MB | {number:,.0f} |", flush=True)
        if number != len(found):
            raise SystemExit(f"{len(found)} lines in memory, {number:.0f} diagnostics on Spark")


if __name__ == "__main__":
    main()
