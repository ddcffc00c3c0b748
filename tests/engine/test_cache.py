"""Cached results are used while they are valid, and never after."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import write
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.cache import Cache, clean
from newslint.execution.stat_fingerprint import stat_fingerprint, unless_racy
from newslint.execution.store import Delta, ResultStore, Snapshot
from newslint.reporters.json import render_json
from newslint.rules.api import Diagnostic, Mention, MentionRule, Severity
from newslint.rules.example_records import NEWS_RECORD
from newslint.testing import UniformSelection, fence
from processes import environment, newslint, quick_command

LONG_AGO = 1_600_000_000


class Noting(MentionRule):
    """Records the mentions that it checks."""

    id = "noting"
    severity = Severity.INFO
    examples = ()
    word: str = ""

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        title = mention.description.title or ""
        LOOKED_AT.append(title)
        if title == "failing":
            raise ValueError(title)
        yield self.flag(mention.target("title"), f"seen: {title}{self.word}")


LOOKED_AT: list[str] = []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The cache folder."""
    return tmp_path / "caches"


class Ended(NamedTuple):
    report: str
    looked_at: list[str]
    told: str


def run(
    archive: Path, folder: Path | None, rule: Noting | None = None, scope: str = "", jobs: int = 1
) -> Ended:
    """Return the report of a run with a cache, and which descriptions it had to look at."""
    LOOKED_AT.clear()
    cache = None if folder is None else Cache(folder, archive)
    request = CheckRequest.create(
        [archive / scope],
        archive,
        cache=cache,
        jobs=jobs,
        rules=UniformSelection((rule or Noting(),)),
    )
    outcome = run_check(request)
    told = "" if cache is None else cache.take_trouble()
    return Ended("".join(render_json(outcome.report)), sorted(LOOKED_AT), told)


def database(folder: Path) -> Path:
    (path,) = folder.glob("*.sqlite")
    return path


ENTRY = "related:\n  - title: entry {}\n    webUrl: https://example.org/{}\n    excerpt: {}\n"


@pytest.fixture
def filled(archive: Path) -> Path:
    for name in "abc":
        entry = ENTRY.format(name, name, "long enough to stand by itself " * 3)
        write(archive, **{name: f"title: {name}\n{entry}"})
    return archive


ALL = ["a", "b", "c", "entry a", "entry b", "entry c"]


def test_what_has_not_changed_is_not_looked_at_again(filled: Path, folder: Path) -> None:
    cold, warm = run(filled, folder), run(filled, folder)
    assert cold.looked_at == ALL
    assert warm.looked_at == []
    assert warm.report == cold.report == run(filled, None).report


def test_what_has_changed_is_looked_at(filled: Path, folder: Path) -> None:
    run(filled, folder)
    write(filled, b="title: new", d="title: d")
    (filled / "c.md").unlink()
    warm = run(filled, folder)
    assert warm.looked_at == ["d", "new"]
    assert warm.report == run(filled, None).report


def test_same_size_and_times_do_not_hide_a_change_made_just_now(filled: Path, folder: Path) -> None:
    path = filled / "a.md"
    run(filled, folder)
    found = path.stat()
    path.write_bytes(path.read_bytes().replace(b"title: a", b"title: z"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert "z" in run(filled, folder).looked_at


def test_a_copy_with_other_times_is_known_by_its_content(filled: Path, folder: Path) -> None:
    run(filled, folder)
    for path in filled.glob("*.md"):
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)
        os.utime(path, (LONG_AGO, LONG_AGO))
    assert run(filled, folder).looked_at == []


def test_a_sign_lasts_once_the_clock_has_moved_on(filled: Path) -> None:
    sign = stat_fingerprint(filled / "a.md")
    now = time.time_ns()
    assert unless_racy(sign, now) == b""
    assert unless_racy(sign, now + 3 * 10**9) == sign
    assert stat_fingerprint(filled / "nowhere.md") == unless_racy(b"", now) == b""


def test_files_whose_signs_last_are_not_read(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 3 * 10**9
    for _ in range(2):
        cache = Cache(folder, filled)
        cache.now = later
        run_check(
            CheckRequest.create([filled], filled, cache=cache, rules=UniformSelection((Noting(),)))
        )
    read: list[Path] = []
    monkeypatch.setattr("newslint.execution.mapping.read_bytes", read.append)
    cache = Cache(folder, filled)
    run_check(CheckRequest.create([filled], filled, UniformSelection((Noting(),)), cache=cache))
    assert read == []


def test_other_options_of_a_rule_are_another_run(filled: Path, folder: Path) -> None:
    run(filled, folder)
    other = run(filled, folder, Noting(word="!"))
    assert other.looked_at == ALL
    assert other.report == run(filled, None, Noting(word="!")).report
    assert run(filled, folder).looked_at == []


def test_a_rule_that_failed_is_asked_again(archive: Path, folder: Path) -> None:
    entry = ENTRY.format("x", "x", "long enough to stand by itself " * 3)
    entry = entry.replace("entry x", "failing")
    write(archive, a="title: failing", b="title: b", c=f"title: c\n{entry}")
    cold, warm = run(archive, folder), run(archive, folder)
    assert set(warm.looked_at) == {"failing"}
    assert warm.report == cold.report


def test_a_file_that_cannot_be_read_is_tried_again(archive: Path, folder: Path) -> None:
    write(archive, a="title: a")
    (archive / "b.md").symlink_to("later")
    cold = run(archive, folder)
    assert "unreadable" in cold.report or cold.looked_at == ["a"]
    (archive / "later").write_text(fence("title: b"))
    assert run(archive, folder).looked_at == ["b"]


def test_a_narrow_scope_uses_what_is_known_of_all(filled: Path, folder: Path) -> None:
    run(filled, folder)
    narrow = run(filled, folder, scope="a.md")
    assert narrow.looked_at == []
    assert narrow.report == run(filled, None, scope="a.md").report


def test_what_a_narrow_scope_has_read_is_known_without_diagnostics(
    filled: Path, folder: Path
) -> None:
    run(filled, folder, scope="a.md")
    warm = run(filled, folder)
    assert warm.looked_at == ["b", "c", "entry b", "entry c"]
    assert warm.report == run(filled, None).report


def test_what_is_given_in_memory_is_not_kept(filled: Path, folder: Path) -> None:
    cache = Cache(folder, filled)
    given = {filled / "a.md": fence("title: given").encode()}
    rules = UniformSelection((Noting(),))
    run_check(CheckRequest.create([filled], filled, rules, cache=cache, contents=given))
    assert "a" in run(filled, folder).looked_at


STATES = st.lists(
    st.dictionaries(
        st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 5), min_size=1, max_size=4
    ),
    min_size=2,
    max_size=5,
)


def _text(number: int) -> str:
    same = "https://example.org/same" if number % 2 else f"https://example.org/{number}"
    entries = "".join(
        f"  - title: Meta\u00e2\u20ac\u2122s {at}\n    webUrl: https://example.org/{at}\n"
        f"    quality: {at}\n    excerpt: {'An excerpt that is long. ' * 4}\n"
        for at in range(number)
    )
    return f"title: T{number // 2}\nwebUrl: {same}\nrelated:\n{entries}"


@settings(max_examples=15)
@given(STATES)
def test_warm_and_cold_reports_are_the_same_whatever_happens_between(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, int]]
) -> None:
    base = tmp_path_factory.mktemp("archives")
    archive = base / "archive"
    archive.mkdir()
    (archive / "newslint.toml").write_text("")
    for state in states:
        for path in archive.glob("*.md"):
            if path.stem not in state:
                path.unlink()
        write(archive, **{name: _text(number) for name, number in state.items()})
        reports = set()
        for folder, jobs in ((None, 1), (base / "one", 1), (base / "two", 2)):
            cache = None if folder is None else Cache(folder, archive)
            request = CheckRequest.create(
                [archive], archive, cache=cache, jobs=jobs, select=["all"]
            )
            report = run_check(request).report
            reports.add("".join(render_json(report)))
        assert len(reports) == 1
    shutil.rmtree(base)


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "version", "tables", "bodies"])
def test_a_damaged_cache_is_replaced(damage: str, filled: Path, folder: Path) -> None:
    cold = run(filled, folder)
    path = database(folder)
    data = path.read_bytes()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "noise":
        path.write_bytes(b"no database" * 1000)
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        base = sqlite3.connect(path)
        with base:
            base.executescript(
                {
                    "version": "PRAGMA user_version = 999",
                    "tables": "DROP TABLE file; CREATE TABLE file (a)",
                    "bodies": "UPDATE file SET body = zeroblob(40)",
                }[damage]
            )
        base.close()
    assert run(filled, folder) == Ended(cold.report, ALL, "")
    assert run(filled, folder).looked_at == []


def test_descriptions_that_are_lost_are_looked_at_again(filled: Path, folder: Path) -> None:
    cold = run(filled, folder)
    base = sqlite3.connect(database(folder))
    with base:
        base.execute("UPDATE description SET body = x'00' WHERE rowid % 2")
        base.execute("DELETE FROM description WHERE rowid % 2 = 0")
    base.close()
    assert run(filled, folder) == Ended(cold.report, ALL, "")


def test_where_nothing_can_be_kept_the_run_says_so_once(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    cold = run(filled, tmp_path / "taken" / "caches")
    assert cold.report == run(filled, None).report
    assert "taken" in cold.told
    ended = newslint("check", "--cache-dir", str(tmp_path / "taken"), cwd=filled)
    assert ended.returncode == 1
    assert ended.stderr.count("newslint: the cache cannot be written") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_is_told_and_changes_nothing(filled: Path, folder: Path) -> None:
    script = (
        "import resource, runpy, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "runpy.run_module('newslint', run_name='__main__')"
    )
    usual = newslint("check", "--format", "json", "--no-cache", cwd=filled)
    ended = subprocess.run(
        [sys.executable, "-c", script, "check", "--format", "json", "--cache-dir", str(folder)],
        cwd=filled,
        env=environment(),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (ended.stdout, ended.returncode) == (usual.stdout, usual.returncode)
    assert ended.stderr.startswith("newslint: the cache cannot be written")


def test_concurrent_runs_agree(filled: Path, folder: Path) -> None:
    for at in range(40):
        write(filled, **{f"n{at}": NEWS_RECORD.replace("pytorch-moves", f"x{at}")})
    command = [*quick_command(), "check", "--format", "json", "--cache-dir", str(folder)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [
        subprocess.Popen(command, cwd=filled, env=environment(), **streams) for _ in range(3)
    ]
    ended = {process.communicate() for process in running}
    assert len(ended) == 1
    assert {process.returncode for process in running} == {1}
    (once,) = ended
    again = newslint("check", "--format", "json", "--cache-dir", str(folder), cwd=filled)
    assert (again.stdout, again.stderr) == (once[0].decode(), once[1].decode())


def test_a_cache_that_is_written_by_another_process_is_left_alone(
    filled: Path, folder: Path
) -> None:
    cold = run(filled, folder)
    base = sqlite3.connect(database(folder), isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    try:
        assert run(filled, folder) == Ended(cold.report, ALL, "")
    finally:
        base.close()
    assert run(filled, folder).looked_at == []


def test_without_a_cache_nothing_is_written(filled: Path, folder: Path) -> None:
    env = environment(NEWSLINT_CACHE_DIR=str(folder))
    assert newslint("check", "--no-cache", cwd=filled, env=env).returncode == 1
    assert newslint("check", cwd=filled, env=env | {"NEWSLINT_NO_CACHE": "1"}).returncode == 1
    assert not folder.exists()


def test_what_is_gone_is_forgotten(filled: Path, folder: Path) -> None:
    write(filled, **{f"n{at}": _text(5).replace("Meta", f"x{at}") for at in range(9)})
    run(filled, folder)
    for path in filled.glob("n*.md"):
        path.unlink()
    run(filled, folder)
    base = sqlite3.connect(database(folder))
    names = {name for (name,) in base.execute("SELECT name FROM file")}
    (count,) = base.execute("SELECT count(*) FROM description").fetchone()
    base.close()
    assert names == {"a.md", "b.md", "c.md"}
    assert count == 6


def test_only_contexts_of_late_are_kept(filled: Path, folder: Path) -> None:
    for at in range(14):
        run(filled, folder, Noting(word=str(at)))
    base = sqlite3.connect(database(folder))
    (count,) = base.execute("SELECT count(*) FROM context").fetchone()
    (rows,) = base.execute("SELECT count(*) FROM file").fetchone()
    base.close()
    assert (count, rows) == (9, 27)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ResultStore:
    """A store that is soon too large."""
    monkeypatch.setattr("newslint.execution.store.MOST_BYTES", 50_000)
    return ResultStore(tmp_path / "x.sqlite")


def test_of_a_cache_that_has_grown_too_large_what_the_run_uses_is_kept(store: ResultStore) -> None:
    for at in range(9):
        store.update({bytes([at]): Delta({}, {b"k": bytes(20_000)})})
        assert store.path.stat().st_size < 110_000
    assert store.load(bytes([8])).descriptions == {b"k": bytes(20_000)}
    assert store.load(bytes([0])) == Snapshot({}, {})


def test_an_archive_may_need_more_than_is_kept_of_others(store: ResultStore) -> None:
    for at in range(9):
        own, other = (Delta({}, {bytes([at]): bytes(20_000)}) for _ in range(2))
        store.update({b"own": own}, [b"own", b"other"])
        store.update({b"other": other}, [b"own", b"other"])
    for context in (b"own", b"other"):
        assert store.load(context).descriptions.keys() == {bytes([at]) for at in range(9)}


def test_no_secret_is_kept(archive: Path, folder: Path) -> None:
    secret = "31415926535"
    entry = f"  - title: t\n    secured: {secret}\n    excerpt: {'long ' * 30}\n"
    write(archive, a=f"title: t\nsecured: {secret}\nrelated:\n{entry}", b=f"secured: &{secret} 5")
    write(archive, c=f"title: a: b\nsecured: {secret}")
    status = newslint("check", "--select", "all", "--cache-dir", str(folder), cwd=archive)
    assert status.returncode == 1
    assert secret.encode() not in database(folder).read_bytes()


def test_the_folder_is_the_users_alone(filled: Path, folder: Path) -> None:
    run(filled, folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {
        ".gitignore",
        "CACHEDIR.TAG",
        database(folder).name,
    }


def test_cleaning_deletes_caches_and_nothing_else(filled: Path, folder: Path) -> None:
    run(filled, folder)
    (folder / "notes.txt").write_text("mine")
    assert clean(folder) > 1000
    assert {path.name for path in folder.iterdir()} == {"notes.txt", ".gitignore", "CACHEDIR.TAG"}
    (folder / "notes.txt").unlink()
    assert clean(folder) == 0
    assert not folder.exists()
    assert clean(folder) == 0


def test_the_command_cleans_what_it_shows(filled: Path, folder: Path) -> None:
    env = environment(NEWSLINT_CACHE_DIR=str(folder))
    assert newslint("check", cwd=filled, env=env).returncode == 1
    assert newslint("cache", "dir", cwd=filled, env=env).stdout == f"{folder}\n"
    cleaned = newslint("cache", "clean", cwd=filled, env=env)
    assert (cleaned.returncode, cleaned.stdout) == (0, "")
    assert re.match(r"Deleted .* MiB from", cleaned.stderr)
    assert not folder.exists()


PLUGIN = """
from newslint.rules.api import MentionRule, Severity
class House(MentionRule):
    \"\"\"Says a word.\"\"\"
    id = "house"
    severity = Severity.ERROR
    examples = ()
    def check(self, mention):
        yield self.flag(mention.target(), "first")
RULES = (House,)
"""


def test_other_code_of_a_plugin_and_another_schema_count(archive: Path, folder: Path) -> None:
    (archive / "rules.py").write_text(PLUGIN)
    (archive / "a.schema.json").write_text('{"properties": {"title": {"$ref": "b.json"}}}')
    (archive / "b.json").write_text('{"type": "string"}')
    (archive / "newslint.toml").write_text(
        "plugins = ['./rules.py']\n[[collections]]\nname = 'x'\npaths = ['*.md']\n"
        "schema = 'a.schema.json'\n"
    )
    write(archive, a="title: text")
    arguments = ("check", "--select", "house,schema", "--cache-dir", str(folder))

    def said() -> str:
        return newslint(*arguments, "--format", "concise", cwd=archive).stdout

    assert "first" in said()
    (archive / "rules.py").write_text(PLUGIN.replace("first", "other"))
    assert "other" in said()
    assert "wrong-type" not in said()
    (archive / "b.json").write_text('{"type": "integer"}')
    assert "wrong-type" in said()
