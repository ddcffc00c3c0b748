"""Blocks and members, as on a cluster but in one process: the report of a check in memory."""

import pickle
import random
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from test_partitions import ARCHIVE, ROOT, shifted

from newslint.diagnostics import Diagnostic
from newslint.engine.link import Links
from newslint.engine.survey_parts import SurveyRound, run_surveys
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.blocks import BlockMapper
from newslint.execution.codec import decode_text, encode_text
from newslint.execution.link_rows import Row
from newslint.execution.project_files import list_project_files
from newslint.execution.row_stages import BLOCK, FAILED, NAME, ClosedDiagnostic, RowStages
from newslint.records import Group
from newslint.settings import Project
from newslint.settings.settings import Settings


def run(
    documents: list[tuple[str, bytes]], parts: int, request: CheckRequest
) -> list[ClosedDiagnostic]:
    """Run all stages on documents in parts, each of which is mapped and judged alone."""
    stages = RowStages.create(request, "a.md")
    resolver, tables = stages.resolver, stages.tables
    mapped = [row for at in range(parts) for row in stages.map(documents[at::parts])]
    descriptions = BlockMapper(resolver, request.reader.limits).map(documents).descriptions
    links = Links(each for each in descriptions.values() if each.is_record)
    names: dict[bytes, list[bytes]] = defaultdict(list)
    for table, name, block, _ in mapped:
        if table == NAME:
            names[name].append(block)

    def link(table: int, key: bytes) -> bytes:
        found = links.select(tables[table].keyed.keys) if table != FAILED else {}
        return encode_text(found.get(decode_text(key), decode_text(key)))

    members = [(table, link(table, key), *rest) for table, key, *rest in mapped if table >= FAILED]

    def first(table: int) -> Group:
        key = min(row[1] for row in members if row[0] == table)
        return stages.build_group(row for row in members if row[:2] == (table, key))

    def measure(surveys: SurveyRound) -> Iterator[tuple[bytes, Any]]:
        selected = [row for row in members if row[0] in surveys.surveys]
        found = [row for part in divide(selected, parts) for row in stages.measure(surveys, part)]
        merged = stages.merge(surveys, sorted(found))
        return ((name, pickle.loads(body)) for _, name, _, body in merged)  # noqa: S301 # of this test

    files = partial(list_project_files, request)
    surveyed = run_surveys([each.keyed.surveys for each in tables], files, measure, first)
    judged = [row for part in divide(members, parts) for row in stages.judge(surveyed, part)]
    found = [
        (BLOCK, block, name, body) for _, name, _, body in judged for block in names.get(name, ())
    ]
    blocks = [row for row in mapped if row[0] == BLOCK]
    closed = [row for part in divide([*blocks, *found], parts) for row in stages.close(part)]
    return [each for part in divide(closed, parts) for each in stages.number(part)]


def divide(rows: list[Row], parts: int) -> list[list[Row]]:
    """Divide rows by table and key, as a cluster does, and sort them."""
    found: list[list[Row]] = [[] for _ in range(parts)]
    for row in sorted(rows):
        found[crc32(b"%d %b" % row[:2]) % parts].append(row)
    return found


@pytest.mark.parametrize("size", [1, 3, 50])
@settings(max_examples=8)
@given(files=ARCHIVE)
def test_blocks_change_no_diagnostic(files: dict[str, str], size: int) -> None:
    assert_equal(files, size)


@pytest.mark.parametrize("size", [20, 1000])
def test_blocks_change_no_diagnostic_of_aggregates(size: int) -> None:
    assert_equal({name: text for name, text in shifted().items() if name.endswith(".md")}, size)


def assert_equal(files: dict[str, str], size: int) -> None:
    contents = {ROOT / name: text.encode() for name, text in files.items()}
    project = Project.build(ROOT, Settings())
    request = CheckRequest.create(
        list(contents), ROOT, select=["all"], project=project, contents=contents
    )
    named = [(path.name, content) for path, content in contents.items()]
    random.Random(size).shuffle(named)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newslint.execution.row_stages._DOCUMENTS", size)
        found = run(named, 3, request)
    whole = run_check(request).report
    expected = [*((each, None) for each in whole.diagnostics), *whole.suppressed]
    assert sorted(found, key=order) == sorted(expected, key=order)


def order(closed: tuple[Diagnostic, str | None]) -> tuple[str, str]:
    return closed[0].path, closed[0].fingerprint
