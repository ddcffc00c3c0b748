"""Fixtures and options of all tests: `--update`, Hypothesis profiles, the `slow` marker."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from helpers import Golden

# Golden files are compared in a helper; pytest explains failures in rewritten modules only.
pytest.register_assert_rewrite("helpers")

collect_ignore = ["plugins"]  # their tests run in an environment of their own

REPOSITORY = Path(__file__).parent.parent

# The default examples are the same in each run; `make fuzz` and the profile "fuzz" try new ones.
# A busy machine fails none of them: there is no deadline, and drawing may be slow.
settings.register_profile(
    "default",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "fuzz",
    max_examples=5_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("fast", max_examples=8, deadline=None, derandomize=True)
settings.load_profile(os.environ.get("NEWSLINT_HYPOTHESIS_PROFILE", "default"))


gc.disable()  # until all tests are collected


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite goldens, schemas and generated files instead of comparing with them",
    )


SLOW = {
    *("attacks", "automation", "benchmarks", "fuzz", "spark"),
    *(
        "test_cli_baseline_merge.py",
        "test_cli_faults.py",
        "test_cli_fix_edits.py",
        "test_cli_fix_killed.py",
        "test_cli_output_cache.py",
    ),
    *("test_cli_process.py", "test_cli_profile.py", "test_cli_same_everywhere.py"),
    *("test_cli_stats.py", "test_cli_terminal.py"),
    *("test_cache.py", "test_fixing_properties.py", "test_fixing_soup.py", "test_workers.py"),
    *("test_docs.py", "test_html_browser.py", "test_packaging.py", "test_plugins.py"),
    *(
        "test_report_consumers.py",
        "test_regular_expressions.py",
        "test_report_limits.py",
        "test_saving.py",
    ),
    *("test_secret_aliases.py", "test_start_up.py", "test_trust.py"),
    "test_vscode_extension.py",
}
"""Folders and files that `make test-fast` leaves out: they start browsers, Spark or many processes,
fuzz, or try many examples."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not SLOW.isdisjoint(item.path.parts):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Have the garbage collector run again, but seldom, and without the collected tests.

    newslint runs without it, and traversing 11,000 tests takes longer than most of them.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


TOGETHER = {
    "automation",
    "spark",
    "test_cli_same_everywhere.py",
    "test_html_browser.py",
    "test_packaging.py",
    "test_plugins.py",
}
"""Folders and files whose tests share an installation, a browser, reports or a session of Spark."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Distribute single tests, but those of `TOGETHER` as a whole and first.

    Marks `xdist_group` have no effect with pytest 9.2 (pytest-dev/pytest-xdist#1386).
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            parts = nodeid.partition("::")[0].split("/")
            return next((part for part in parts if part in TOGETHER), nodeid)

    return Scheduler(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(autouse=True, scope="session")
def outside_ci() -> Iterator[None]:
    """Hide the CI server that may run the tests from newslint."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Use folders of caches and verdicts for the tests alone, not the user's."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache") / "newslint"
        patch.setenv("NEWSLINT_CACHE_DIR", str(folder))
        patch.setenv("NEWSLINT_DATA_DIR", str(folder.with_name("data")))
        for name in ("NEWSLINT_NO_CACHE", "NEWSLINT_JOBS"):
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are rewritten in this run."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> "Golden":
    """Compare a text with a file of the repository, or write the file under `--update`."""
    from helpers import Golden

    return Golden(update=request.getfixturevalue("update"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of the project."""
    return REPOSITORY


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An empty folder that is the root of a project, independent of the folders above it."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "newslint.toml").write_text("")
    return folder
