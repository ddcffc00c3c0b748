"""Checks on Spark: `spark_checks.py`, in a process of its own.

The threads that PySpark leaves behind would keep other tests of this process from forking.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from processes import environment

REPOSITORY = Path(__file__).parents[2]
HOME = os.environ.get("JAVA_HOME")
HAS_JAVA = bool(shutil.which("java") or (HOME and Path(HOME, "bin", "java").exists()))


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=env,
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=580,
        check=False,
    )


@pytest.mark.skipif(not HAS_JAVA, reason="there is no Java runtime")
def test_a_check_on_spark_has_the_report_of_a_check_in_memory() -> None:
    env = {name: value for name, value in environment().items() if not name.startswith("PYTEST_")}
    module = str(Path(__file__).with_name("spark_checks.py"))
    ended = run("-m", "pytest", "-q", "-p", "no:cacheprovider", module, env=env)
    assert ended.returncode == 0, ended.stdout


def test_a_missing_java_is_an_error(tmp_path: Path) -> None:
    table, output = str(tmp_path / "a.parquet"), str(tmp_path / "out")
    ended = run("-m", "newslint.spark", table, output, env=environment(JAVA_HOME=str(tmp_path)))
    assert ended.returncode == 2
    assert "install Java 17 or later" in ended.stdout
