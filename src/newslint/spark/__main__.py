"""`python -m newslint.spark`, also for `spark-submit`: check a table, write diagnostics."""

import logging
import os
import re
import signal
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli import ExitStatus
from newslint.cli.app import run
from newslint.cli.messages import print_message
from newslint.diagnostics import Severity
from newslint.execution import UsageError
from newslint.reporters.summary import pluralize
from newslint.settings import SettingsError
from newslint.spark import check_rows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EXTRA = "pip install 'newslint[spark] @ git+https://github.com/newslint/newslint'"
_JAVA = "Spark needs Java: install Java 17 or later (default-jre-headless), or set JAVA_HOME"
_PARTITIONS = "spark.sql.shuffle.partitions"
"""By default, a shuffle has 200 partitions. On one machine, starting them takes minutes."""

_NOISE = r"^.*(?:Exception|executor \w+\)): |\.? Consider setting .*|\.?\s+SQLSTATE: \w+$"
_REMEDIES = {
    "exited unexpectedly": "give the processes more memory, or raise spark.sql.shuffle.partitions",
    "No space left": "free some, or set SPARK_LOCAL_DIRS to a folder on a larger disk",
}


@click.command()
@click.argument("table")
@click.argument("output")
@click.option("--config", type=click.Path(path_type=Path), help="The settings file.")
@click.option("--format", "kind", default="parquet", help="Format of TABLE, which Spark must know.")
@click.option("--name", default="rows.parquet", help="Name of the table in paths and settings.")
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 even if there are diagnostics.")
def command(  # noqa: PLR0913 # options
    table: str, output: str, config: Path | None, kind: str, name: str, *, exit_zero: bool
) -> ExitStatus:
    """Check the rows of TABLE, and write the diagnostics to the folder OUTPUT as Parquet.

    Both are paths or addresses that Spark can read and write. The exit status is 1 if there are
    errors, and 2 if the check could not be made.
    """
    session = _start()
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, PySparkException

    try:
        with suppress(AnalysisException):  # there is nothing to read
            session.read.format("binaryFile").load(output)
            raise click.UsageError(f"{output} exists: name a new folder for the diagnostics")
        report = check_rows(session.read.format(kind).load(table), config, name=name)
        report.diagnostics.write.mode("error").parquet(output)
        found = session.read.parquet(output).groupBy("severity").count().collect()
    except (UsageError, SettingsError) as error:
        raise click.UsageError(str(error)) from error
    except (Py4JError, PySparkException) as error:
        reason = explain(str(error))
        raise click.ClickException(f"Spark cannot finish the check: {reason}") from error
    counts = dict(map(tuple, found))
    numbers = (pluralize(counts.get(each.value, 0), each.value) for each in Severity)
    print_message(f"{pluralize(report.documents, 'document')}: {', '.join(numbers)}")
    return ExitStatus(Severity.ERROR.value in counts and not exit_zero)


def _start() -> "SparkSession":
    """Start Spark, or connect with the one that `spark-submit` has started."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("MASTER", "local[*,4]")  # a task is tried four times, as on a cluster
    logging.disable()  # py4j also logs each error
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise click.UsageError(f"no module '{error.name}'; {_EXTRA}") from error
    options = {"spark.ui.showConsoleProgress": sys.stderr.isatty()}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # Java would run on
    try:
        session = SparkSession.builder.appName("newslint").config(map=options).getOrCreate()
    except PySparkException as error:
        raise click.UsageError(f"{_JAVA}\n{error}") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    context = session.sparkContext
    if context.master.startswith("local"):
        context.setLogLevel("OFF")  # `explain` extracts the reason
        if not context.getConf().contains(_PARTITIONS):
            session.conf.set(_PARTITIONS, str(2 * context.defaultParallelism))
    return session


def explain(failure: str) -> str:
    """Extract the reason from the text of an error of Spark, most of which are frames of Java."""
    text = failure.split("\n\tat ", 1)[0].strip()
    if "Traceback (most recent call last):" in text:
        return text.rpartition("\n")[2]
    line = re.sub(r"^An error occurred while calling .*\n: ", "", text).partition("\n")[0]
    causes = re.findall(r"^Caused by: ([\w.$]+: (?!Traceback).+)", failure, re.MULTILINE)
    reason = "; ".join(dict.fromkeys(re.sub(_NOISE, "", each) for each in (line, *causes[-1:])))
    return "; ".join([reason, *(each for sign, each in _REMEDIES.items() if sign in reason)])


def main() -> None:
    """Run the command, and exit with its status."""
    sys.exit(run(command=command, name="newslint.spark"))


if __name__ == "__main__":
    main()
