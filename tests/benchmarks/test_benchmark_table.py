"""Tests of the benchmark's figures and verdicts."""

import sys
from pathlib import Path

import pytest
from measuring import BrokenRunError, Cost, Figure, interleaved, measured, ratio
from peers import with_any_timestamp, without_dialect
from table import Result, Row, as_markdown, as_text

TIME = Row("json", "a check", 0.35, 0.2)
PEER = Row("peer", "a peer", 15, wants_more=True)
MEMORY = Row("memory", "memory", 200, 100, "MB")


@pytest.mark.parametrize(
    ("row", "value", "verdict"),
    [
        (TIME, 0.2, "stretch"),
        (TIME, 0.35, "passed"),
        (TIME, 0.36, "MISSED"),
        (PEER, 15, "passed"),
        (PEER, 14.9, "MISSED"),
        (MEMORY, 99, "stretch"),
    ],
)
def test_a_figure_is_held_against_the_bar_by_the_clock(
    row: Row, value: float, verdict: str
) -> None:
    assert Result(row, Figure(value, 99)).verdict == verdict


def test_what_cannot_be_measured_is_not_there() -> None:
    assert Result(TIME, None, "no cache yet").cells() == (
        *("a check", "", "", "≤ 0.35", "≤ 0.20", "not there", "no cache yet"),
    )


def test_the_table_has_a_line_for_each_row() -> None:
    results = [Result(TIME, Figure(0.061, 0.3), "x"), Result(MEMORY, Figure(120, 120))]
    assert as_markdown(results).splitlines()[2:] == [
        "| a check | 0.061 | 0.30 | ≤ 0.35 | ≤ 0.20 | stretch | x |",
        "| memory | 120 MB | 120 MB | ≤ 200 MB | ≤ 100 MB | passed |  |",
    ]
    assert as_text(results).splitlines()[1].split() == [
        *("a", "check", "0.061", "0.30", "≤", "0.35", "≤", "0.20", "stretch", "x"),
    ]


def test_a_result_is_a_json_value() -> None:
    value = Result(TIME, Figure(0.3, 0.4), "x").as_json()
    assert value["figure"] == {"wall": 0.3, "cpu": 0.4}
    assert (value["key"], value["verdict"], value["note"]) == ("json", "passed", "x")


def test_ratios_are_of_runs_side_by_side_and_the_middle_one_counts() -> None:
    runs = [Cost(1, 2), Cost(30, 6), Cost(4, 4)]
    beside = [Cost(2, 2), Cost(10, 2), Cost(4, 1)]
    assert ratio(runs, beside) == (1, 3)


def test_runs_take_turns() -> None:
    seen: list[str] = []

    def run(name: str) -> Cost:
        seen.append(name)
        return Cost(len(seen), 0)

    costs = interleaved({"a": lambda: run("a"), "b": lambda: run("b")}, 2)
    assert seen == ["a", "b", "a", "b"]
    assert [cost.wall for cost in costs["b"]] == [2, 4]


def test_a_process_is_measured_with_its_children(tmp_path: Path) -> None:
    child = "sum(range(3_000_000)); bytearray(90_000_000)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = measured([sys.executable, "-c", code], tmp_path)
    assert cost.peak > 90_000_000
    assert cost.cpu > 0


def test_a_process_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(BrokenRunError, match=r"exit status 3 of [^\0]*oops"):
        measured(
            [sys.executable, "-c", "import sys; print('oops', file=sys.stderr); sys.exit(3)"],
            tmp_path,
        )


def test_schemas_are_given_to_each_peer_as_it_takes_them() -> None:
    schema = {"$schema": "x", "properties": {"at": {"type": "string", "format": "date-time"}}}
    assert without_dialect(schema) == {"properties": schema["properties"]}
    assert with_any_timestamp(schema) == {"$schema": "x", "properties": {"at": {}}}
