"""`python -m newslint.spark`, also for `spark-submit`: check a table, write diagnostics."""

import os
import sys
from pathlib import Path

import click

from newslint.diagnostics import Severity
from newslint.execution import UsageError
from newslint.reporters.summary import pluralize
from newslint.settings import SettingsError

_EXTRA = "pip install 'newslint[spark] @ git+https://github.com/newslint/newslint'"
_JAVA = (
    "Spark cannot start Java: install Java 17 or later (apt-get install default-jre-headless), or "
    "set JAVA_HOME"
)
_PARTITIONS = "spark.sql.shuffle.partitions"
"""By default, a shuffle has 200 partitions. On one machine, starting them takes minutes."""


@click.command()
@click.argument("table")
@click.argument("output")
@click.option("--config", type=click.Path(path_type=Path), help="The settings file.")
@click.option(
    "--format", "kind", default="parquet", help="Format of the table; any that Spark reads."
)
@click.option("--name", default="rows.parquet", help="Name of the table in paths and settings.")
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 even if there are diagnostics.")
def main(  # noqa: PLR0913 # options
    table: str, output: str, config: Path | None, kind: str, name: str, *, exit_zero: bool
) -> None:
    """Check the rows of TABLE, and write the diagnostics to the folder OUTPUT as Parquet.

    Both are paths or addresses that Spark can read and write. The exit status is 1 if there are
    errors, and 2 if the check could not be made.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.errors import AnalysisException, PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise click.UsageError(f"no module '{error.name}'; {_EXTRA}") from error
    from newslint.spark import check_rows

    try:
        session = SparkSession.builder.appName("newslint").getOrCreate()
    except PySparkException as error:
        raise click.UsageError(f"{_JAVA}\n{error}") from error
    context = session.sparkContext
    if context.master.startswith("local") and not context.getConf().contains(_PARTITIONS):
        session.conf.set(_PARTITIONS, str(2 * context.defaultParallelism))
    try:
        report = check_rows(session.read.format(kind).load(table), config, name=name)
        report.diagnostics.write.mode("error").parquet(output)
    except (UsageError, SettingsError, AnalysisException) as error:
        raise click.UsageError(str(error)) from error
    found = session.read.parquet(output).groupBy("severity").count().collect()
    counts = dict(map(tuple, found))
    numbers = (pluralize(counts.get(each.value, 0), each.value) for each in Severity)
    click.echo(f"{pluralize(report.documents, 'document')}: {', '.join(numbers)}", err=True)
    sys.exit(int(bool(counts.get(Severity.ERROR.value)) and not exit_zero))


if __name__ == "__main__":
    main()
