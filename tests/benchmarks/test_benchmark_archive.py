"""The archives that benchmarks make."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from archive import PATTERNS, REAL, Archive, planted
from shape import Shape, shape
from yardstick import front_matter

from newslint.execution import CheckRequest
from newslint.execution import check as run_check


def texts(archive: Archive) -> list[str]:
    """Return the front matter of an archive's files."""
    return [text[4 : text.index("\n---", 3) + 1] for _, text in archive.files()]


def shape_of(archive: Archive) -> Shape:
    return shape(texts(archive))


def by_rule(archive: Archive, folder: Path) -> Counter[str]:
    """Return how often each rule finds something in an archive."""
    archive.write(folder)
    request = CheckRequest.create([folder], folder)
    return Counter(each.rule for each in run_check(request).report.diagnostics)


def test_the_same_options_make_the_same_archive() -> None:
    archive = Archive(records=40, related=5, body=30)
    assert list(archive.files()) == list(archive.files())


def test_entries_repeat_as_in_a_real_archive() -> None:
    made = shape_of(Archive(records=200))
    assert made.files == 200
    assert made.entries == 200 * 32
    assert 35 < made.entries / made.distinct < 40
    assert 0.92 < made.related / made.size < 0.95
    assert 700 < made.related / made.entries < 800


def test_without_related_entries_a_record_has_one_and_a_half_kilobytes() -> None:
    made = shape_of(Archive(records=100, related=0))
    assert made.entries == 0
    assert 1400 < made.size / made.files < 1700


def test_where_there_are_as_many_stories_as_entries_none_repeats() -> None:
    made = shape_of(Archive(records=30, related=4, distinct=120))
    assert (made.entries, made.distinct) == (120, 120)


def test_no_record_embeds_itself_or_anything_twice() -> None:
    for archive in (Archive(20, 6), Archive(20, 6, distinct=7), Archive(9, 32), Archive(1, 3)):
        for number in range(archive.records):
            embedded = archive.embedded(number)
            assert number not in embedded
            assert len(set(embedded)) == len(embedded)


def test_front_matter_is_yaml_and_text_stands_below_it(tmp_path: Path) -> None:
    Archive(records=3, related=2, body=80).write(tmp_path)
    assert len([yaml.safe_load(text) for text in front_matter(tmp_path)]) == 3
    for path in tmp_path.iterdir():
        assert len(path.read_text("utf-8").partition("\n---\n")[2].split()) > 20


def test_diagnostics_are_as_many_as_entries(tmp_path: Path) -> None:
    found = by_rule(Archive(records=100, related=10), tmp_path)
    assert 0.8 < found.total() / 1000 < 1.2
    assert {"related-unpublished", "missing-image", "mojibake"} < set(found)


def test_an_archive_without_defects_can_be_had(tmp_path: Path) -> None:
    archive = Archive(records=60, related=5, rates=REAL.times(0))
    assert by_rule(archive, tmp_path) == {}


def test_planted_duplicates_and_stories_are_found(tmp_path: Path) -> None:
    rates = REAL.times(0)._replace(duplicated=0.1, retold=0.1)
    kinds = [planted(number, rates) for number in range(150)]
    alone = [kind for before, kind in pairwise(["", *kinds]) if kind and not before]
    retold = alone.count("retold")
    found = by_rule(Archive(records=150, related=0, rates=rates), tmp_path)
    assert found["duplicate-record"] == 2 * (len(alone) - retold)
    assert found["duplicate-story"] == 2 * retold


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("related:\n  - title: A\n    images:\n      - url: x\n  - title: B\n", 2),
        ("related:\n- title: A\n- title: A\n", 2),
        ("title: A\n", 0),
        ("related: []\n", 0),
        ("related:\n  -\n", 0),
    ],
)
def test_entries_are_counted_at_any_indentation(text: str, entries: int) -> None:
    assert shape([text]).entries == entries


def test_planted_patterns_are_found(tmp_path: Path) -> None:
    Archive(records=300, related=10, rates=PATTERNS).write(tmp_path)
    report = run_check(CheckRequest.create([tmp_path], tmp_path)).report
    found = {(each.rule, *each.pages) for each in report.patterns}
    assert ("related-unpublished", "", "", "") in found
    assert ("missing-image", "updates.example.com", "updates", "") in found
