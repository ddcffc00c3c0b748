"""Records in YAML, TOML and JSON get the same diagnostics, fixes and suppressions."""

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import RepairedFiles, fix_in_memory, parsed
from newslint.diagnostics import Diagnostic
from newslint.documents import Document
from newslint.engine.suppression_writer import insert_suppressions
from newslint.rules.builtin import BUILTIN
from newslint.settings import Registry
from newslint.syntax import Reader
from syntaxes import plain, to_inline_toml, to_json, to_toml, to_yaml

Writer = Callable[[dict[str, Any]], str]
WRITERS: dict[str, Writer] = {
    "tables": to_toml,
    "inline": to_inline_toml,
    "json": to_json,
    "minified": lambda record: to_json(record, indent=None, ascii_only=True),
    "semicolons": lambda record: f";;;\n{to_json(record)};;;\n",
}
COMMENTED = ("tables", "inline")
TEXTS = st.sampled_from(
    [
        "PyTorch moves",
        "Alphabetâ€™s cloud",
        "AT&amp;T  rises ",
        "É 😀 “naïve” café",
        "<b>Bold</b> text",
        "a\u200bb",
        'a "quoted" \\ text',
        "it's",
        "two\nlines",
        "# no comment",
        "",
    ]
)
URLS = st.sampled_from(
    [
        "https://example.org/a",
        "http://example.org/b",
        "https://example.org/a?utm_source=x",
        "https://example.org/gone",
        "example.org/x y",
    ]
)
ENTRIES = st.fixed_dictionaries(
    {"title": TEXTS, "webUrl": URLS, "quality": st.integers(80, 84)},
    optional={
        "excerpt": TEXTS,
        "publishedDateTime": st.sampled_from(["2022-09-12T21:33:00Z", "2022-09-13T08:00:00Z"]),
        "published": st.booleans(),
        "provider": st.fixed_dictionaries({"name": TEXTS, "domain": st.just("example.org")}),
        "images": st.lists(
            st.fixed_dictionaries({"url": URLS, "width": st.sampled_from([0, 628, 1.5, True])}),
            max_size=2,
        ),
    },
)
RECORDS = st.builds(
    lambda record, related, more: {**record, **more, "related": related},
    ENTRIES,
    st.lists(ENTRIES, max_size=3),
    st.fixed_dictionaries(
        {}, optional={"topics": st.lists(TEXTS, max_size=2), "odd key.x": st.integers(-9, 9)}
    ),
)
ARCHIVES = st.lists(RECORDS, min_size=1, max_size=2)


def repair(records: list[dict[str, Any]], write: Writer) -> RepairedFiles:
    """Check and fix an archive of records that `write` writes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "newslint.toml").write_text("today = 2026-01-01\n")
        for number, record in enumerate(records):
            (folder / f"{number}.md").write_text(write(record) + "\nThe body.\n", "utf-8")
        return fix_in_memory(folder, ("all",))


def identity(found: Diagnostic) -> tuple[Any, ...]:
    """Return all of a diagnostic that does not depend on the syntax."""
    fix = found.fix and (found.fix.title, found.fix.safety)
    path, pointer, _ = found.location
    return path, pointer, found.rule, found.severity, found.message, found.value, fix


def values(repaired: RepairedFiles, records: list[dict[str, Any]], write: Writer) -> list[Any]:
    """Return the values of all records after the fixes."""
    texts = []
    for number, record in enumerate(records):
        file = repaired.repairs.files.get(f"{number}.md")
        texts.append(write(record) if file is None else file.after.decode())
    return [plain(parsed(text).roots[0].python) for text in texts]


@pytest.mark.parametrize("name", WRITERS)
@given(records=ARCHIVES)
@settings(max_examples=6)
def test_diagnostics_and_fixes_are_those_of_yaml(name: str, records: list[dict[str, Any]]) -> None:
    expected, found = (repair(records, write) for write in (to_yaml, WRITERS[name]))
    assert Counter(map(identity, found.before.diagnostics)) == Counter(
        map(identity, expected.before.diagnostics)
    )
    assert values(found, records, WRITERS[name]) == values(expected, records, to_yaml)
    for file in found.repairs.files.values():
        assert file.after.decode().endswith("\nThe body.\n")


@pytest.mark.parametrize("name", WRITERS)
@given(record=RECORDS)
@settings(max_examples=6)
def test_a_diagnostic_points_at_its_value(name: str, record: dict[str, Any]) -> None:
    document = parsed(WRITERS[name](record))
    for found in repair([record], WRITERS[name]).before.diagnostics:
        value = document.roots[0].find(found.location.pointer)
        assert value is not None
        start, end = map(document.source.offset, found.location.span)
        first, last = map(document.source.offset, value.span)
        is_key = found.rule == "unknown-field"
        assert is_key or first <= start <= end <= last


@pytest.mark.parametrize("name", COMMENTED)
@given(record=RECORDS)
@settings(max_examples=6)
def test_comments_suppress_all_and_change_no_value(name: str, record: dict[str, Any]) -> None:
    before = parsed(WRITERS[name](record))
    diagnostics = [
        each.replace(location=each.location._replace(path=before.path))
        for each in repair([record], WRITERS[name]).before.diagnostics
    ]
    after = silence(before, diagnostics)
    assert after is not None
    assert after.roots[0].python == before.roots[0].python
    assert len(after.suppression_comments) >= bool(diagnostics)


def test_json_has_no_comments() -> None:
    record = {"title": "# newslint: ignore[x]"}
    document = parsed(to_json(record))
    assert document.suppression_comments == ()
    assert silence(document, repair([record], to_json).before.diagnostics) is None


def silence(document: Document, diagnostics: list[Diagnostic]) -> Document | None:
    return insert_suppressions(document, diagnostics, "", Registry(BUILTIN), Reader())
