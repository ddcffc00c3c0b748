"""Measure checks of rows in memory and on Spark with two processes: processor time, shuffled bytes.

Usage: python benchmarks/spark.py FOLDER ROWS ...
"""

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow
from archive import REAL, Archive
from pyarrow import parquet

_RELATED = 10
_PARTS = 8
_SETTINGS = """
[[collections]]
name = "archive"
paths = ["archive.parquet"]
rows = { key = "id", text = "body" }
"""
_IN_MEMORY = """
from newslint import check
report = check("archive.parquet", cache=False)
print(len(report.diagnostics))
"""
_ON_SPARK = """
from pyspark.sql import SparkSession
from newslint.spark import check
builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
spark = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
found = check(spark.read.parquet("archive.parquet"), "newslint.toml", name="archive.parquet")
number = found.count()
executor = spark.sparkContext._jsc.sc().statusStore().executorList(True).apply(0)
print(number, executor.totalShuffleWrite())
spark.stop()
gateway = spark.sparkContext._gateway
gateway.shutdown()
gateway.proc.stdin.close()
gateway.proc.wait()
"""


def write_rows(folder: Path, rows: int) -> None:
    """Write an archive as a table of documents."""
    Archive(rows, _RELATED, None, 0, REAL).write(folder / "files")
    paths = sorted(path for path in (folder / "files").rglob("*") if path.is_file())
    names, texts = [path.stem for path in paths], [path.read_text() for path in paths]
    table = pyarrow.table({"id": names, "body": texts})
    parquet.write_table(table, folder / "archive.parquet", row_group_size=-(-rows // _PARTS))
    (folder / "newslint.toml").write_text(_SETTINGS)


def measure(folder: Path, program: str) -> tuple[float, int, list[str]]:
    """Run a program; return seconds of processors, the memory of its largest process and output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", program]
    variables = os.environ | {"PYSPARK_PYTHON": sys.executable}
    result = subprocess.run(  # noqa: S603
        command, cwd=folder, env=variables, check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss // 1024, result.stdout.split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int, nargs="+")
    options = parser.parse_args()
    print(
        "| rows | in memory | on Spark | shuffled | diagnostics |\n|---|---|---|---|---|",
        flush=True,
    )
    for rows in options.rows:
        folder = options.folder / str(rows)
        folder.mkdir(parents=True)
        write_rows(folder, rows)
        memory, size, (found,) = measure(folder, _IN_MEMORY)
        spark, _, (same, shuffled) = measure(folder, _ON_SPARK)
        if found != same:
            raise SystemExit(f"{found} diagnostics in memory, {same} on Spark")
        cells = f"{memory:.0f} s, {size:,} MiB", f"{spark:.0f} s", f"{int(shuffled) / 1e6:,.0f} MB"
        print(f"| {rows:,} | {' | '.join(cells)} | {int(found):,} |", flush=True)


if __name__ == "__main__":
    main()
