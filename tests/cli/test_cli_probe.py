"""`newslint probe`: addresses of an archive, verdicts in the store and in files, exit statuses."""

import json
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from helpers import write
from loopback import (
    GUARD,
    ROBOTS,
    Answer,
    Asked,
    FakeClock,
    FakeResolver,
    LoopbackServer,
    answer,
    forbid_network,
    serve,
)
from newslint.cli.app import run
from newslint.cli.probe import explain_missing
from newslint.execution.verdict_store import find_store
from newslint.online import probe
from newslint.online.client import Client
from processes import environment

FILE = "newslint-verdicts.jsonl"
SITE = """\
title: A
webUrl: http://a.test/gone
images: [{url: http://a.test/i.png, width: 3, height: 4}]
related:
  - title: B
    webUrl: http://b.test/refused
"""
HIDDEN = "title: C\nwebUrl: http://a.test/hidden\npublished: false"


def respond(asked: Asked) -> Answer:
    if asked.path in (ROBOTS, "/gone"):
        return answer(404)
    return answer(403) if asked.path == "/refused" else answer()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock) -> Iterator[LoopbackServer]:
    with serve(respond, clock.seconds) as running:
        yield running


@pytest.fixture
def here(
    archive: Path,
    tmp_path: Path,
    server: LoopbackServer,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """An archive whose addresses lead to the server, by a clock that does not make tests wait."""
    forbid_network(monkeypatch)
    monkeypatch.setenv("NEWSLINT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(
        probe, "create_client", lambda _: Client(GUARD, FakeResolver(server), timeout=60)
    )
    monkeypatch.setattr("newslint.online.clock.SystemClock", lambda: clock)
    (archive / "newslint.toml").write_text("today = 2026-11-01\n")
    write(archive, a=SITE, c=HIDDEN)
    monkeypatch.chdir(archive)
    return archive


def states(folder: Path) -> dict[str, str]:
    """Get the states in the store of an archive by path."""
    known = find_store(folder).load().by_address
    return {name.partition(".test")[2]: str(each.state) for name, each in known.items()}


def test_the_addresses_of_visible_records_are_asked(
    here: Path, server: LoopbackServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["probe"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "Addresses: 3 on 2 hosts, with 3 uses",
        "Asked: 3 (1 alive, 1 gone, 1 refused)",
        "Not asked, as only hidden records contain them: 1",
    ]
    assert printed.err == ""
    assert states(here) == {"/gone": "gone", "/i.png": "alive", "/refused": "refused"}
    assert "/hidden" not in {each.path for each in server.log}


def test_hidden_records_are_asked_if_the_settings_say_so(
    here: Path, server: LoopbackServer
) -> None:
    (here / "newslint.toml").write_text("[online]\nhidden = true\nexclude = ['b.test']\n")
    assert run(["probe"]) == 0
    assert sorted(states(here)) == ["/gone", "/hidden", "/i.png"]


@pytest.mark.parametrize("excluded", ["a.test", "test", "http://a.test/", "https://a.test"])
def test_excluded_addresses_are_not_asked(
    excluded: str, here: Path, server: LoopbackServer
) -> None:
    (here / "newslint.toml").write_text(f"[online]\nexclude = ['{excluded}']\n")
    assert run(["probe"]) == 0
    assert "a.test" not in {each.host for each in server.log}


def test_10_000_uses_of_100_addresses_make_100_requests(
    here: Path, server: LoopbackServer, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = "".join(
        f"  - title: The {at}th story of a turbine that Acme built in Rome\n"
        f"    webUrl: http://host{at % 10}.test/{at}{'?fbclid=x' * (at % 2)}\n"
        for at in range(100)
    )
    write(here, **{f"r{at}": f"title: R{at}\nrelated:\n{entries}" for at in range(100)})
    (here / "a.md").unlink()
    assert run(["probe", "--jobs", "1"]) == 0
    assert "Addresses: 100 on 10 hosts, with 10,000 uses" in capsys.readouterr().out
    assert len(server.asked()) == 100
    assert len(server.log) - len(server.asked()) == 10


def test_a_second_run_within_the_age_asks_nothing_and_changes_no_byte(
    here: Path, server: LoopbackServer, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["probe", "--export", FILE]) == 0
    exported, stored = Path(FILE).read_bytes(), find_store(here).load()
    server.log.clear()
    clock.time += 20 * 3600
    capsys.readouterr()
    assert run(["probe", "--export", FILE]) == 0
    assert "Asked: 0\n" in capsys.readouterr().out
    assert server.log == []
    assert Path(FILE).read_bytes() == exported
    assert find_store(here).load() == stored


def test_a_failure_is_confirmed_a_day_later(
    here: Path, server: LoopbackServer, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["probe"])
    capsys.readouterr()
    assert run(["check", "--select", "online", "--format", "concise"]) == 0
    assert "info" in capsys.readouterr().out
    server.log.clear()
    clock.time += 25 * 3600
    run(["probe"])
    assert {each.path for each in server.asked()} == {"/gone"}
    capsys.readouterr()
    run(["check", "--select", "online", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [(each["rule"], each["severity"]) for each in report["diagnostics"]] == [
        ("dead-link", "error")
    ]


def test_exported_verdicts_are_those_of_another_clone(
    here: Path, tmp_path: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["probe", "--export", "all.jsonl"]) == 0
    lines = [json.loads(line) for line in Path("all.jsonl").read_text().splitlines()]
    assert [each["address"] for each in lines] == [
        "https://a.test/gone",
        "https://a.test/i.png",
        "https://b.test/refused",
    ]
    before = find_store(here).load()
    monkeypatch.setenv("NEWSLINT_DATA_DIR", str(tmp_path / "other"))
    server.log.clear()
    assert run(["probe", "--import", "all.jsonl"]) == 0
    assert server.log == []
    assert find_store(here).load() == before
    (here / "all.jsonl").rename(here / FILE)
    monkeypatch.setenv("NEWSLINT_DATA_DIR", str(tmp_path / "third"))
    assert run(["probe"]) == 0
    assert server.log == []


def test_an_export_forgets_addresses_that_are_gone_from_the_archive(here: Path) -> None:
    run(["probe", "--export", FILE])
    (here / "a.md").write_text("---\nwebUrl: http://a.test/gone\n---\n")
    run(["probe", "--export", FILE])
    assert len(Path(FILE).read_text().splitlines()) == 1


def test_a_budget_leaves_the_rest_for_the_next_run(
    here: Path, server: LoopbackServer, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = "".join(f"  - {{title: x, webUrl: 'http://a.test/{at}'}}\n" for at in range(30))
    write(here, a=f"title: A\nrelated:\n{urls}")
    assert run(["probe", "--budget", "10s"]) == 0
    assert "Left for the next run: 2" in capsys.readouterr().out
    assert run(["probe", "--budget", "1h"]) == 0
    assert len(server.asked()) == len({each.path for each in server.asked()}) == 30


@pytest.mark.parametrize("budget", ["soon", "-1", "1d", "", "10 m"])
def test_budgets_that_are_none(budget: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["probe", "--budget", budget]) == 2
    assert "is no duration" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--import", "none.jsonl"], "no such file: none.jsonl"),
        (["--export", "none/x.jsonl"], "none/x.jsonl"),
        (["none"], "none"),
    ],
)
def test_wrong_usage(
    arguments: list[str], message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["probe", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_store_that_cannot_be_written_is_an_error(
    here: Path, server: LoopbackServer, capsys: pytest.CaptureFixture[str]
) -> None:
    store = find_store(here)
    store.path.parent.mkdir()
    store.path.write_bytes(b"no database" * 1000)
    assert run(["probe"]) == 2
    assert "cannot be used" in capsys.readouterr().err


def test_missing_packages_are_explained() -> None:
    for name in ("aiohttp", "aiohttp.abc", "protego", "yarl"):
        with pytest.raises(click.ClickException, match="pip install aiohttp protego"):
            explain_missing(ModuleNotFoundError(name=name))
    with pytest.raises(ModuleNotFoundError):
        explain_missing(ModuleNotFoundError(name="newslint.online.client"))


def test_a_check_opens_no_socket(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["probe"])

    def fail(*_: Any, **__: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", fail)
    monkeypatch.setattr(socket, "getaddrinfo", fail)
    capsys.readouterr()
    assert run(["check", "--select", "dead-link", "--jobs", "1"]) == 0
    assert "http://a.test/gone" in capsys.readouterr().out


def test_an_interrupted_run_is_continued(
    here: Path, server: LoopbackServer, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = "".join(f"  - {{title: x, webUrl: 'http://a.test/{at}'}}\n" for at in range(20))
    write(here, a=f"title: A\nrelated:\n{urls}")
    wait: Callable[..., Any] = clock.wait

    async def interrupt(tasks: Any, seconds: float | None) -> None:
        if clock.time >= 6:
            raise KeyboardInterrupt
        await wait(tasks, seconds)

    monkeypatch.setattr(clock, "wait", interrupt)
    assert run(["probe", "--export", FILE]) == 130
    done = len(states(here))
    assert 0 < done < 20
    assert len(Path(FILE).read_text().splitlines()) == done
    monkeypatch.setattr(clock, "wait", wait)
    before = len(server.asked())
    assert run(["probe"]) == 0
    assert len(states(here)) == 20
    assert len(server.asked()) - before <= 20 - done + 1


KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from loopback import GUARD, FakeClock, FakeResolver
from newslint.cli.app import run
from newslint.cli.probe import explain_missing
from newslint.online import clock, probe
from newslint.online.client import Client, Endpoint

class Killing(FakeClock):
    async def wait(self, tasks, seconds):
        if self.time >= 6:
            os.kill(os.getpid(), signal.SIGKILL)
        await super().wait(tasks, seconds)

endpoint = Endpoint(*{endpoint!r})
probe.create_client = lambda _: Client(GUARD, FakeResolver(endpoint), timeout=60)
clock.SystemClock = Killing
run(["probe", "--no-cache"])
"""


def test_a_run_that_is_killed_half_way_is_continued(
    here: Path, server: LoopbackServer, clock: FakeClock
) -> None:
    urls = "".join(f"  - {{title: x, webUrl: 'http://a.test/{at}'}}\n" for at in range(20))
    write(here, a=f"title: A\nrelated:\n{urls}")
    tests = str(Path(__file__).parents[1])
    program = textwrap.dedent(KILLED).format(tests=tests, endpoint=tuple(server.endpoint))
    data = str(find_store(here).path.parent)
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=here,
        env=environment(NEWSLINT_DATA_DIR=data),
        check=False,
        timeout=120,
    )
    assert ended.returncode == -signal.SIGKILL
    done = len(states(here))
    assert 0 < done < 20
    before = len(server.asked())
    clock.time = 100
    assert run(["probe"]) == 0
    assert len(states(here)) == 20
    assert len(server.asked()) - before == 20 - done


def test_an_online_check_asks_and_reports(
    here: Path, server: LoopbackServer, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    check = ["check", "--online", "--select", "online", "--format", "concise"]
    assert run(check) == 0
    first = capsys.readouterr()
    assert "the page may be gone: 'http://a.test/gone', status 404" in first.out
    assert "newslint: Asked: 3 (1 alive, 1 gone, 1 refused)" in first.err
    server.log.clear()
    assert run(check) == 0
    second = capsys.readouterr()
    assert second.out == first.out
    assert server.log == []
    check.remove("--online")
    assert run(check) == 0
    assert capsys.readouterr().out == first.out


def test_a_site_that_does_not_answer_is_no_error(
    here: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.respond = lambda _: b"garbage"
    assert run(["check", "--online", "--select", "online"]) == 0
    assert run(["probe"]) == 0
    assert {*states(here).values()} == {"unknown"}


def test_watching_and_asking_exclude_each_other(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--online", "--watch"]) == 2
    assert "newslint probe" in capsys.readouterr().err
