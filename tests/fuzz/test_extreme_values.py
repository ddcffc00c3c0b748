"""Records and settings of extreme dates, numbers and texts: a report, and no failure."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from everything import hold, report_all
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import outcome

from helpers import parsed, write
from newslint.cli.app import run
from newslint.records.collection import Collection
from newslint.records.mention import record_mention
from newslint.records.schema.json_schema import JsonSchema
from newslint.rules.builtin import BUILTIN
from newslint.rules.example_records import NEWS_RECORD
from newslint.settings.tables import LimitsTable
from newslint.testing import fence

DATES = (
    *("0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2022-01-01T00:00:00+24:00"),
    *("0001-01-01 00:00:00 +23:59", "9999-12-31 23:59:59.999999 -23:59", "1e9-01-01"),
    *("'0001-01-01T00:00:00+14:00'", "'9999-12-31T23:59:59.999999-23:59'", "2022-02-30"),
    *("2022-01-01T00:00:00-99:99", "'2022-01-01T00:00:00+00:00:01'", "'2022-W01-1'"),
)
NUMBERS = (
    *("0", "-0.0", "-1", "1e400", "1.0e+400", "-1.0e+400", "5e-324", ".nan", ".inf", "-.inf"),
    *("9" * 19, "9" * 400, "-" + "9" * 399, "9" * 5000, "0x" + "f" * 300, "0b" + "1" * 390),
    *("0o" + "7" * 300, "1_" * 190 + "1", "9:" * 150 + "59", "190:20:30.15", "!!int '1'", "1e3"),
)
TEXTS = (
    *(
        "''",
        "' '",
        '"\\0"',
        '"\\x1B[31m"',
        '"\\u202e"',
        '"\\ufeff"',
        '"\\U0010ffff"',
        "'\u0301\u0301'",
    ),
    *(
        '"\\ud800"',
        '"a\\ud83d\\ude00"',
        "\u0301",
        "'" + "\u0301" * 300 + "'",
        "'" + "x" * 2000 + "'",
    ),
    *("'" + "Ã©" * 100 + "'", "'" + "<b>" * 100 + "'", "'" + "&amp;" * 100 + "'", "\U000e0001"),
    *("'http://'", "'http://[::1'", "'http://a:99999999999/'", "'" + "%" * 300 + "'", '"\\n"'),
    *("'https://example.org/" + "a/" * 300 + "'", "'//'", "'http://\u0130.example'", "'x:'"),
)
OTHERS = (
    "",
    "[]",
    "{}",
    "[[[]]]",
    "{'': {'': ''}}",
    "[null]",
    "true",
    "!!binary aGk=",
    "{1: 2, '1': 3}",
)
EXTREMES = st.sampled_from((*DATES, *NUMBERS, *TEXTS, *OTHERS))
FIELDS = (
    *("category", "title", "excerpt", "publishedDateTime", "updatedDateTime", "webUrl", "type"),
    *("quality", "heat", "published", "topics", "originalUrl", "ampWebUrl", "featuredContent"),
    *("removed", "secured", "provider", "images"),
)
NAMES = st.sampled_from(
    ["a.md", "b.md", "0001-01-01-a.md", "9999-12-31-b.md", "2022-12-31-c.md", "9" * 200 + ".md"]
)


def front_matter(values: dict[str, str], related: list[dict[str, str]]) -> str:
    """Write a record with some values, and entries that have them too."""
    entries = "".join(
        "".join(
            f"{'  - ' if not index else '    '}{name}: {value}\n"
            for index, (name, value) in enumerate(each.items())
        )
        for each in related
        if each
    )
    own = "".join(f"{name}: {value}\n" for name, value in values.items())
    return own + (f"related:\n{entries}" if entries else "")


PROVIDERS = st.builds("{{name: {}, domain: {}}}".format, EXTREMES, EXTREMES)
IMAGES = st.builds("[{{url: {}, width: {}, height: {}, isCached: {}}}]".format, *[EXTREMES] * 4)
OPTIONAL = [name for name in FIELDS[:-2] if name not in ("title", "publishedDateTime", "webUrl")]
VALUES = st.fixed_dictionaries(
    {"title": EXTREMES, "publishedDateTime": st.sampled_from(DATES), "webUrl": EXTREMES},
    optional=dict.fromkeys(OPTIONAL, EXTREMES) | {"provider": PROVIDERS, "images": IMAGES},
)
RECORDS = st.builds(front_matter, VALUES, st.lists(VALUES, max_size=3))


def archive_of(records: dict[str, str]) -> dict[str, bytes]:
    return {
        name: f"---\n{each}---\nText.\n".encode("utf-8", "surrogatepass")
        for name, each in records.items()
    }


@given(st.dictionaries(NAMES, RECORDS, min_size=1, max_size=3))
@settings(max_examples=15)
def test_records_of_extreme_values_are_reported_on(records: dict[str, str]) -> None:
    archive = archive_of(records)
    found = outcome(archive)
    hold(found, archive)
    report_all(found)


@pytest.mark.parametrize("values", [DATES, NUMBERS, TEXTS, OTHERS], ids=lambda each: each[0])
def test_one_extreme_value_everywhere_is_reported_on(values: tuple[str, ...]) -> None:
    records = {}
    for index, value in enumerate(values):
        provider, image = f"{{name: {value}, domain: {value}}}", f"{{url: {value}, width: {value}}}"
        fields = dict.fromkeys(FIELDS, value) | {"provider": provider, "images": f"[{image}]"}
        records[f"{index}.md"] = records[f"9999-12-31-{index}.md"] = front_matter(fields, [fields])
    archive = archive_of(records)
    found = outcome(archive)
    hold(found, archive)
    report_all(found)


SCHEMA = {
    "properties": {
        "a": {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 5, "multipleOf": 0.1},
                {"type": "string", "minLength": 2, "maxLength": 3, "pattern": r"^(?!x)(a+)+\\1$"},
                {"type": "string", "format": "date-time"},
                {"type": "number", "exclusiveMaximum": 1e308, "enum": [1, None, "a"]},
                {"type": "object", "propertyNames": {"maxLength": 1}},
                {"type": "array", "uniqueItems": True, "contains": {"const": -0.0}},
            ]
        },
        "b": {"multipleOf": 0.01, "enum": ["a", 10**30], "format": "email"},
        "c": {"type": "string", "format": "date", "not": {"const": 0}},
        "d": {"type": "integer", "maximum": 10**30},
    }
}


@pytest.mark.parametrize("value", [*DATES, *NUMBERS, *TEXTS, *OTHERS], ids=lambda text: text[:20])
def test_an_extreme_value_is_judged_by_a_json_schema(value: str) -> None:
    document = parsed(fence("".join(f"{name}: {value}\n" for name in "abcd")))
    schema = JsonSchema(SCHEMA)
    collection = Collection("a", schema)
    for root in document.roots:
        for problem in record_mention(root, collection).schema_problems:
            assert problem.message


def test_a_text_of_a_megabyte_is_reported_on() -> None:
    lines = ("word " * 180 + "\n") * 19 + "Ã©tÃ© &amp; " + "word " * 180 + "\n"
    title = lines.replace("\n", "\n  ") * 60
    archive = {
        "a.md": f"---\ntitle: >\n  {title}\nexcerpt: '{'word ' * 20_000}'\n---\n".encode(),
        "b.md": f"---\ntitle: x\n---\n{lines * 60}".encode(),
    }
    found = outcome(archive)
    hold(found, archive)
    report_all(found)


TIMES = (
    *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999Z"),
    *("9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59.5Z", "2022-01-01T00:00:00Z"),
    *("2022-01-01T00:00:00", "0", "9" * 30, "soon", ""),
)
COUNTS = (0, 1, 2**63 - 1, 2**63, 10**400, -1, 0.5, 1e300, "9" * 5000)


@pytest.fixture
def newslint(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to an archive of one record."""
    write(archive, a=NEWS_RECORD)
    monkeypatch.chdir(archive)
    monkeypatch.setenv("NEWSLINT_NO_CACHE", "1")
    return archive


def history_line(time: str, count: float | str) -> str:
    """Format a line of a history."""
    severities = dict.fromkeys(["error", "warning", "info"], 0)
    summary = {"documents": 1, "diagnostics": 0, "by_severity": severities}
    line = {"schema_version": 1, "time": time, "clean": 1, "summary": summary}
    text = json.dumps(line, separators=(",", ": "))
    return text.replace("0}", f"{count}}}").replace('"documents": 1', f'"documents": {count}')


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: str(count)[:9])
@pytest.mark.parametrize("time", TIMES)
def test_a_history_of_extreme_runs_is_drawn(newslint: Path, time: str, count: float | str) -> None:
    usual = history_line("2022-01-01T00:00:00Z", 3)
    Path("h.jsonl").write_text(f"{usual}\n{history_line(time, count)}\n")
    assert run(["check", "--report", "html=r.html", "--history", "h.jsonl", "--exit-zero"]) == 0
    assert "Trend" in Path("r.html").read_text("utf-8")


@pytest.mark.parametrize(
    "seconds", ["0", "-1", "-62135596800", "253402300799", "-62135596801", "9" * 30, "9" * 5000]
)
def test_a_run_at_an_extreme_time_is_recorded_or_refused(
    newslint: Path,
    seconds: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    status = run(["stats", "--history", "h.jsonl"])
    if status:
        assert "SOURCE_DATE_EPOCH is" in capsys.readouterr().err
        return
    assert run(["check", "--report", "html=r.html", "--history", "h.jsonl"]) == 0
    assert "damaged" not in capsys.readouterr().err


AMOUNTS = ("0", "-1", "1", str(2**63 - 1), "9" * 400, "1e400", "nan", '""', "true")
DAYS = (
    *("0001-01-01", "9999-12-31", '"9999-12-31"', "0001-01-01T00:00:00+14:00", "[]"),
    *("9999-12-31T23:59:59-14:00", "00:00:00", "0", '""', '"0000-00-00"', "9" * 400),
)


def amounts() -> Iterator[str]:
    """Yield each setting that is a number, as lines of a settings file up to its value."""
    for name in LimitsTable.model_fields:
        yield f"[limits]\n{name.replace('_', '-')}"
    for rule in BUILTIN:
        for name, field in rule.model_fields.items():
            if field.annotation in (int, float):
                yield f"[rules.{rule.id}]\n{name.replace('_', '-')}"


SETTINGS = (
    *(f"today = {day}" for day in DAYS),
    *(f"fail-level = {each}" for each in ("0", '""', '"fatal"', "[]", "nan")),
    *(f"{amount} = {each}" for amount in amounts() for each in AMOUNTS),
    *(f"{name} = {'[' * 90}{']' * 90}" for name in ("select", "include", "collections", "x")),
    *(f'include = ["{each}"]' for each in ("", "/", "**" * 500, "[", "\\\\", "\\u0000")),
    '[[collections]]\nname = "a"\npaths = ["/"]\nschema = "deep.json"',
    '[[collections]]\nname = "a"\npaths = ["/"]\nschema = "huge.json"',
)


@pytest.mark.parametrize("lines", SETTINGS, ids=lambda lines: lines[:60].replace("\n", " "))
def test_extreme_settings_are_obeyed_or_refused(
    newslint: Path, lines: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(newslint, b=front_matter({"publishedDateTime": DATES[6]}, []))
    Path("newslint.toml").write_text(lines + "\n")
    Path("deep.json").write_text('{"items":' * 50_000 + "{}" + "}" * 50_000)
    Path("huge.json").write_text(f'{{"properties": {{"title": {{"maxLength": {"9" * 5000}}}}}}}')
    status = run(["check", "--format", "json", "--select", "all"])
    message = capsys.readouterr()
    assert "Traceback" not in message.err
    assert "rule-crashed" not in message.out
    assert "This is a bug" not in message.err
    assert status in (0, 1) or message.err.startswith("Error: ")
