"""Files parsed in fragments give the same results as files parsed as a whole."""

from typing import Any

import pytest
from archives import FREQUENT, REAL, Archive, archives, files
from hypothesis import given, settings
from runs import outcome

from newslint.documents import Document, read_document
from newslint.reporters.json import render_json
from newslint.syntax import Reader
from oracle import places, same

KEPT = Reader(min_entry_length=0)
"""Parses the files of all examples, so that they share fragments."""


def agree(data: bytes, name: str) -> None:
    """Assert that both ways of parsing a file give the same result."""
    whole = read_document(name, data, Reader(share_fragments=False))
    values, spans = _values(whole), _places(whole)
    for reader in (Reader(), Reader(min_entry_length=0), KEPT):
        pieces = read_document(name, data, reader)
        assert pieces.problems == whole.problems
        assert pieces.suppression_comments == whole.suppression_comments
        assert pieces.front_matter == whole.front_matter
        assert same(_values(pieces), values)
        assert _places(pieces) == spans


def _values(document: Document) -> list[Any]:
    return [root.python for root in document.roots]


def _places(document: Document) -> list[Any]:
    return [(root.span, places([root.fragment])) for root in document.roots]


@settings(max_examples=4 * settings().max_examples)
@given(files)
def test_values_places_and_problems_are_the_same(data: bytes) -> None:
    agree(data, "a.md")
    agree(data, "a.yaml")


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_real_records_are_the_same(ending: bytes) -> None:
    for data in REAL:
        agree(data.replace(b"\r\n", b"\n").replace(b"\n", ending), "a.md")


@settings(max_examples=2 * settings().max_examples)
@given(archives)
def test_reports_are_the_same(archive: Archive) -> None:
    reports = [outcome(archive, fragments=choice).report for choice in (True, False)]
    assert "".join(render_json(reports[0])) == "".join(render_json(reports[1]))


def test_reports_on_real_records_are_the_same() -> None:
    archive = {f"{number}.md": data for number, data in enumerate(REAL)}
    reports = [
        outcome(archive, fragments=choice, ignore=FREQUENT).report for choice in (True, False)
    ]
    assert reports[0].diagnostics
    assert "".join(render_json(reports[0])) == "".join(render_json(reports[1]))
