"""Whatever the files around records contain, they are used or refused with a message."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newslint.documents.globs import GlobError, LinearPattern
from newslint.engine.baseline_file import BaselineError, parse_baseline, render_baseline
from newslint.reporters.history import is_history, parse_history
from newslint.settings import SettingsError
from newslint.settings.load import read_project
from newslint.settings.schemas import SchemaError, load_schema
from newslint.settings.show import show_path, show_project
from newslint.settings.toml_file import parse_toml
from strategies import anything

ROOT = Path("/newslint-fuzz/archive")
"""A folder that does not exist: settings name nothing that can be read."""

PLACE = re.compile(r"newslint\.toml(:\d+:\d+)?: ")

KEYS = st.sampled_from(
    [
        *("select", "ignore", "extend-select", "rules", "corpus", "include", "exclude", "today"),
        *("extends", "baseline", "plugins", "limits", "collections", "overrides", "fail-level"),
        *("force-exclude", "stale-baseline", "name", "paths", "schema", "fields", "severity"),
        *("rules.mojibake.severity", "rules.placeholder-image.articles", "limits.depth", "a b"),
        *('"é"', "''", "related", "limits.file-size"),
    ]
)
PLAIN = st.sampled_from(
    [
        *("true", "1", "-1", "0x7f", "1e999", "nan", "2022-09-12", "9999-12-31", "12:00:00"),
        *('""', '"news"', '"all"', '"text"', '"mojibake"', '"error"', '"a.json"', '"x.py:M"'),
        *('"*"', '"!"', '"[z-a]"', '"a\\u0000b"', '"../x"', '"/proc/self/environ"', "'''\n'''"),
        *("9" * 4400, "0x" + "f" * 5000, "[" * 300, '"\\ud800"', '"' + "x" * 300 + '"'),
    ]
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda each: "{" + ", ".join(f"{key} = {value}" for key, value in each.items()) + "}"
        )
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.builds("{} = {}".format, KEYS, VALUES),
    KEYS.map("[{}]".format),
    KEYS.map("[[{}]]".format),
    st.text(max_size=8),
)
TOML = st.lists(LINES, max_size=8).map("\n".join).map(str.encode) | st.binary(max_size=60)


@given(TOML)
@example(b"rules.mojibake." + b"a." * 180 + b"a = 1")
@example(b"[rules.mojibake]\n" * 2)
def test_any_settings_are_used_or_refused(data: bytes) -> None:
    for prefix in ((), ("tool", "newslint")):
        try:
            file = parse_toml(data, ROOT / "newslint.toml", "newslint.toml", prefix)
            if file.table is None:
                continue
            project = read_project(file, plugins=False)
        except SettingsError as error:
            message = str(error)
        else:
            message = "newslint.toml: "
            assert list(show_project(project))
            assert list(show_path(project, "a/b.md"))
        assert PLACE.match(message)


SUBSCHEMAS = st.deferred(lambda: SCHEMAS)
KEYWORDS: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(("not", "if", "then", "items", "contains", "additionalProperties"), SUBSCHEMAS),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), st.lists(SUBSCHEMAS, max_size=3)),
    **dict.fromkeys(
        ("properties", "patternProperties", "$defs", "dependentSchemas"),
        st.dictionaries(st.sampled_from(["a", "title", "related", "^x"]), SUBSCHEMAS, max_size=3),
    ),
    "$ref": st.sampled_from(["#", "#/$defs/a", "#a", "a.json", "b.json", "x:y", "../z", "%00"]),
    "$id": st.sampled_from(["a", "https://example.org/x", "#", ""]),
    "$anchor": st.just("a"),
    "$dynamicAnchor": st.just("a"),
    "$dynamicRef": st.just("#a"),
    "type": st.sampled_from(["object", "string", ["null", "array"], "strin"]),
    "pattern": st.sampled_from(["(a+)+$", "(a{1000}){1000}", "(?=a)", "["]),
    "format": st.sampled_from(["date", "uri", "x"]),
    "enum": st.lists(anything, max_size=2),
    "const": anything,
    "minimum": st.sampled_from([1, 1e308, -(10**400), float("nan"), "1"]),
    "required": st.sampled_from([["a"], "a", [1]]),
}
SCHEMAS: st.SearchStrategy[object] = st.booleans() | st.fixed_dictionaries({}, optional=KEYWORDS)
RECORDS: list[object] = [
    {"title": "x", "a": [{"a": {"a": {}}}], "related": [{"title": 1}]},
    json.loads('{"a":' * 60 + "1" + "}" * 60),
    {},
]


@contextmanager
def schema_file(name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(data)
        Path(folder, "b.json").write_text('{"allOf": [{"$ref": "a.json"}, {"$ref": "a.json"}]}')
        yield Path(folder)


def use_schema(name: str, data: bytes) -> None:
    with schema_file(name, data) as folder:
        try:
            schema = load_schema(name, folder, folder, "related")
        except SchemaError as error:
            problem: str | None = str(error)
        else:
            problem = None
    assert problem is None or problem.startswith(name)
    for record in RECORDS if problem is None else ():
        assert isinstance(schema.check_record(record), tuple)
        assert isinstance(schema.check_entry(record), tuple)


@settings(max_examples=25)  # a schema takes long to draw
@given(SCHEMAS)
def test_any_json_schema_is_used_or_refused(schema: object) -> None:
    use_schema("a.json", json.dumps(schema, default=str).encode())


@given(st.binary(max_size=80), st.sampled_from(["a.json", "a.yaml"]))
def test_any_bytes_of_a_schema_are_used_or_refused(data: bytes, name: str) -> None:
    use_schema(name, data)
    use_schema(name, b'{"properties": {"a": ' + data + b"}}")


YAML = st.lists(
    st.sampled_from(
        [
            *("a: &a {x: 1}\n", "b: *a\n", "<<: *a\n", "c: [*a, *a]\n", "d: &d [*d]\n", "? *a\n"),
            *("type: object\n", "const: 2022-09-12\n", "enum: !!set {a}\n", "!!binary x: 1\n"),
            *("properties:\n  a:\n", "  items: &b\n", "    $ref: '#'\n", "1: 2\n", "- x\n", "'\n"),
            *(
                "minimum: 1:2:3\n",
                "minimum: .nan\n",
                "x: !!python/name:os.system\n",
                "---\n",
                "}\n",
            ),
        ]
    ),
    max_size=8,
).map("".join)


@given(YAML)
def test_any_yaml_schema_is_used_or_refused(text: str) -> None:
    use_schema("a.yaml", text.encode())


BASELINES = st.lists(
    st.sampled_from(
        [
            *("# newslint-baseline 1: x", "# newslint-baseline 99999999999999999999", "", "\ufeff"),
            *(
                "mojibake:0123456789ab 0sV-k",
                "mojibake:0123456789ab 0sV-k,4Qz1b",
                "x:y z",
                "<<<<<<<",
            ),
            *("=======", "a" * 50, ": ,,,,,", "\x1b[2J", "mojibake:x 0sV-k\r"),
        ]
    )
    | st.text(max_size=12),
    max_size=6,
).map("\n".join)


@given(BASELINES)
def test_any_baseline_is_used_or_refused(text: str) -> None:
    try:
        baseline = parse_baseline(text, "known")
    except BaselineError as error:
        problem = str(error)
    else:
        problem = "known:"
        again = parse_baseline("".join(render_baseline(baseline)), "known")
        assert again.causes == baseline.causes
    assert problem.startswith("known:")


COUNTS = st.integers() | st.sampled_from([0, 1, 10**30, 1.5, "1", None, True])
TIMES = st.sampled_from(
    [
        *("2022-09-12T21:33:00Z", "2022-09-12T21:33:00", "0001-01-01T00:00:00+23:59"),
        *("9999-12-31T23:59:59-23:59", "2022-09-12", 1, 1e300, -(10**30), None),
    ]
)
SUMMARIES = st.fixed_dictionaries(
    {
        "documents": COUNTS,
        "diagnostics": COUNTS,
        "by_severity": st.fixed_dictionaries({"error": COUNTS, "warning": COUNTS, "info": COUNTS}),
    }
)
RUNS = st.fixed_dictionaries(
    {
        "schema_version": st.sampled_from([1, 1, 2, "1", None]),
        "time": TIMES,
        "clean": COUNTS,
        "summary": SUMMARIES | anything,
    }
)
HISTORIES = st.lists(
    (RUNS | anything).map(lambda value: json.dumps(value, default=str))
    | st.text(max_size=10)
    | st.sampled_from(["[" * 5000, '{"time": ' + "9" * 5000 + "}", "\x00"]),
    max_size=4,
).map("\n".join)


@given(HISTORIES)
def test_any_history_is_used_or_its_lines_are_named(text: str) -> None:
    if is_history(text):
        history = parse_history(text)
        assert len(history.entries) + len(history.damaged) <= text.count("\n") + 1


@given(st.text(st.sampled_from("ab*?[]!/\\-^ #"), max_size=20) | st.text(max_size=20))
def test_any_pattern_is_used_or_refused(text: str) -> None:
    try:
        pattern = LinearPattern(text)
    except GlobError:
        return
    if pattern.regex is not None:
        pattern.match_file("a/ab/b.md")


@pytest.mark.parametrize("text", ["[" * 5000, '{"time": ' + "9" * 5000 + "}"])
def test_a_hostile_line_of_a_history_is_damaged(text: str) -> None:
    assert not is_history(text)
