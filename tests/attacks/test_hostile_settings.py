"""Settings and schemas that are meant to fail: each is reported with its place, and soon."""

import json
from pathlib import Path

import pytest

from call_counts import GROWTH, count_calls
from helpers import write
from newslint.cli.app import run
from newslint.settings.toml_locations import locate_keys

COLLECTION = '[[collections]]\nname = "a"\npaths = ["*"]\nschema = "{}"\n'
NUL = "\\u0000"
LONG = "x" * 5000


def nested(count: int, start: str = "[", end: str = "]", middle: str = "") -> str:
    return start * count + middle + end * count


def dotted(count: int) -> str:
    return ".".join("a" * count)


SETTINGS = {
    "many digits": ("today = " + "9" * 5000, "1:9: not valid TOML: a number has more than 4,300"),
    "many hexadecimal digits": (
        "[limits]\nnodes = 0x" + "f" * 50_000,
        "2:9: a number has more than 4,096 bits",
    ),
    "number of a rule": (
        "[rules.placeholder-image]\narticles = 0x" + "f" * 5000,
        "2:12: a number has more than 4,096 bits",
    ),
    "arrays": ("select = " + nested(5000), "1:208: not valid TOML: nested more than 200 levels"),
    "unclosed arrays": ("select = " + "[" * 5000, "not valid TOML: "),
    "inline tables": ("a = " + nested(5000, "{a=", "}", "1"), "nested more than 200 levels deep"),
    "arrays of a rule": ("[rules.mojibake]\nx = " + nested(150), "nested more than 50 levels deep"),
    "long key": (dotted(100_000) + " = 1", "1:1: not valid TOML: a key has too many parts"),
    "long header": (f"[{dotted(100_000)}]", "1:2: not valid TOML: a key has too many parts"),
    "deep key": (f"rules.mojibake.{dotted(190)} = 1", "nested more than 50 levels deep"),
    "many tables": (
        "".join(f"[t{number}]\n" for number in range(6000)),
        "more than 5,000 entries",
    ),
    "many names": ("select = [" + "'nope', " * 6000 + "]", "more than 5,000 entries"),
    "many errors": (
        "select = [" + "'nope', " * 4000 + "]",
        "1:11: unknown rule or category 'nope'",
    ),
    "huge limit": (
        "[limits]\nfile-size = 99999999999999999999",
        "2:13: 'limits.file-size': input should be less than or equal to 268435456",
    ),
    "huge limit of values": (
        "[limits]\nnodes = 10_000_001",
        "2:9: 'limits.nodes': input should be less than or equal to 10000000",
    ),
    "huge limit of aliases": (
        "[limits]\naliases = 2_147_483_647",
        "2:11: 'limits.aliases': input should be less than or equal to 10000000",
    ),
    "infinite limit": ("[limits]\nnodes = inf", "2:9: 'limits.nodes': "),
    "endless date": ("today = 1e300", "1:9: 'today': "),
    **{
        f"NUL in {name}": (text.format(f"a{NUL}b"), f"{place}: ")
        for name, text, place in (
            ("extends", 'extends = "{}"', "1:11"),
            ("baseline", 'baseline = "{}"', "1:12"),
            ("corpus", 'corpus = ["{}"]', "1:11"),
            ("a plugin", 'plugins = ["./{}.py"]', "1:12"),
            ("a package", 'plugins = ["{}"]', "1:12"),
            ("a schema", COLLECTION.format("{}.json"), "4:10"),
        )
    },
    **{
        f"long {name}": (text.format(LONG), f"{place}: ")
        for name, text, place in (
            ("extends", 'extends = "{}"', "1:11"),
            ("baseline", 'baseline = "{}"', "1:12"),
            ("corpus", 'corpus = ["{}"]', "1:11"),
            ("plugin", 'plugins = ["./{}.py"]', "1:12"),
            ("schema", COLLECTION.format("{}.json"), "4:10"),
            ("pattern", 'exclude = ["{}"]', "1:12"),
        )
    },
    "somebody's home": ('extends = "~nobody/x"', "1:11: settings file not found: ~nobody/x"),
    "itself": ('extends = "newslint.toml"', "1:11: 'extends' is circular: "),
    "a folder": ('extends = "."', "1:11: cannot read .: it is a folder"),
}


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(archive)
    write(archive, a="title: x")
    return archive


def error_of(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    status = run(arguments)
    captured = capsys.readouterr()
    assert status == 2, captured.out
    assert "bug in newslint" not in captured.err
    assert captured.err.startswith("Error: ")
    return captured.err


@pytest.mark.parametrize("kind", SETTINGS)
def test_hostile_settings_are_reported_with_their_place(
    kind: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, message = SETTINGS[kind]
    (here / "newslint.toml").write_text(text)
    error = error_of(["check"], capsys)
    assert error.startswith("Error: newslint.toml:")
    assert message in error


@pytest.mark.parametrize("kind", SETTINGS)
def test_hostile_files_of_other_tools_are_passed_over(
    kind: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "newslint.toml").unlink()
    (here / "pyproject.toml").write_text(f"[tool.other]\n{SETTINGS[kind][0]}")
    (here / "sub").mkdir()
    write(here / "sub", a="title: x")
    assert run(["check", "sub", "--exit-zero"]) == 0


def test_places_on_a_long_line_are_found_in_linear_time(here: Path) -> None:
    def calls(count: int) -> int:
        text = "select = [" + "'é', " * count + "'mojibaek']"
        return count_calls(lambda: locate_keys(text))

    assert calls(800) < GROWTH * calls(200)
    location = locate_keys("select = ['é', 'éé', 'x']").value(("select", 2))
    assert location == (1, 22, 3)


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{number}: &a{number} [*a{number - 1}, *a{number - 1}]\n" for number in range(1, 60)
)
MERGES = "a0: &a0 {x: 1}\n" + "".join(
    f"a{number}: &a{number} {{<<: [*a{number - 1}, *a{number - 1}]}}\n" for number in range(1, 60)
)
REFERENCES = {
    f"a{number}": {"allOf": [{"$ref": f"#/$defs/a{number + 1}"}] * 2} for number in range(60)
}
SCHEMAS = {
    "a.yaml": {
        "alias bomb": (BOMB, ":16:6: not valid YAML: aliases expand to more than 100,000 values"),
        "merge bomb": (MERGES, "not valid YAML: aliases expand to more than 100,000 values"),
        "recursion": ("&a {properties: *a}", ":1:1: not valid YAML: a value contains itself"),
        "flow": ("[" * 5000, ":1:102: not valid YAML: nested more than 100 levels deep"),
        "block": ("".join(" " * each + "a:\n" for each in range(900)), "nested more than 100"),
        "digits": ("minimum: " + "9" * 5000, ":1:10: not valid YAML: int is out of range"),
        "date": ("const: 2022-99-99", ":1:8: not valid YAML: timestamp is out of range"),
        "code": ("a: !!python/object/apply:os.system [ls]", ":1:4: not valid YAML: could not "),
        "key": ("? [a]\n: b", "not valid YAML: found unhashable key"),
        "set": ("enum: !!set {a, b}", "cannot be used: "),
    },
    "a.json": {
        "depth": (nested(5000, '{"not":', "}", "{}"), ":1:701: not valid JSON: nested more than"),
        "arrays": ("[" * 100_000, ":1:101: not valid JSON: nested more than 100 levels deep"),
        "digits": ('{"minimum": ' + "9" * 5000 + "}", ":1:13: not valid JSON: a number has more"),
        "digits in text": ('{"title": "' + "9" * 5000 + '", }', "not valid JSON: "),
        "surrogate": ('{"title": "\\ud800"}', "cannot be used: "),
        "NUL": ('{"$ref": "a%00b.json"}', "is not a JSON Schema: "),
        "address": ('{"$ref": "http://[x"}', "is not a JSON Schema: "),
        "pattern": ('{"pattern": "(a{1000}){1000}"}', "is not a JSON Schema: "),
        "references": (
            json.dumps({"$ref": "#/$defs/a0", "$defs": REFERENCES | {"a60": {}}}),
            "its references expand to more than ",
        ),
        "properties": ('{"properties": [1]}', "is not a JSON Schema: "),
    },
}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for name, kinds in SCHEMAS.items() for kind in kinds]
)
def test_hostile_schemas_are_reported_with_their_place(
    name: str, kind: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, message = SCHEMAS[name][kind]
    (here / "newslint.toml").write_text(COLLECTION.format(name))
    (here / name).write_text(text)
    error = error_of(["check"], capsys)
    assert error.startswith(f"Error: newslint.toml:4:10: {name}")
    assert message in error


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"$ref": "a.json"},
        {"$ref": "b.json"},
        {"allOf": [{"$ref": "#"}, {"not": {"$ref": "#"}}]},
        {"$dynamicAnchor": "m", "anyOf": [{"$dynamicRef": "#m"}]},
        {"properties": {"related": {"$ref": "#/properties/related"}}},
        {"properties": {"title": {"$ref": "#"}}, "additionalProperties": {"$ref": "#"}},
    ],
    ids=str,
)
def test_references_in_a_circle_end(
    schema: dict[str, object], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "newslint.toml").write_text(COLLECTION.format("a.json"))
    (here / "a.json").write_text(json.dumps(schema))
    (here / "b.json").write_text('{"$ref": "a.json"}')
    assert run(["check", "--exit-zero"]) == 0
    assert "rule-crashed" not in capsys.readouterr().out


def doubling(count: int) -> dict[str, object]:
    """Return a schema that applies itself `count` times to each value inside."""
    return {"properties": {"a": {"allOf": [{"$ref": "#"}] * count}}}


@pytest.mark.parametrize(
    "schema",
    [
        doubling(2),
        doubling(3),
        {"additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "a.json"}]}},
        {"$id": "https://example.org/a", "items": {"$ref": "a"}, **doubling(2)},
        {"$anchor": "x", "properties": {"a": {"anyOf": [{"$ref": "#x"}, {"$ref": "#"}]}}},
        {"properties": {"a": {"$ref": "b.json"}}, "patternProperties": {"a": {"$ref": "b.json"}}},
    ],
    ids=str,
)
def test_references_that_repeat_themselves_end(
    schema: dict[str, object], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "newslint.toml").write_text(COLLECTION.format("a.json"))
    (here / "a.json").write_text(json.dumps(schema))
    (here / "b.json").write_text('{"$ref": "a.json"}')
    write(here, a="a: " + nested(90, "{a: ", "}", "1"))
    assert run(["check", "--select", "invalid-value", "--format", "concise"]) == 1
    assert "levels deep, for which the references of its schema" in capsys.readouterr().out
    write(here, a="a: " + nested(6, "{a: ", "}", "1"))
    assert run(["check", "--select", "invalid-value", "--format", "concise"]) == 0


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}},
        {"properties": {"a": {"type": "object", "$ref": "#"}}, "required": ["a"]},
        {"oneOf": [{"const": number} for number in range(5000)] + [{}]},
    ],
    ids=lambda schema: str(schema)[:60],
)
def test_usual_references_are_followed_to_any_depth(
    schema: dict[str, object], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "newslint.toml").write_text(COLLECTION.format("a.json"))
    (here / "a.json").write_text(json.dumps(schema))
    write(here, a="a: " + nested(90, "{a: ", "}", "1"))
    run(["check", "--select", "schema"])
    assert "levels deep" not in capsys.readouterr().out


@pytest.mark.parametrize("name", [".gitignore", "exclude"])
def test_patterns_of_many_stars_match_in_time(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here, **{"a" * 200: "title: x"})
    (here / "/".join("a" * 50)).mkdir(parents=True)
    write(here / "/".join("a" * 50), a="title: x")
    patterns = ["*a" * 40 + "*b", "**/*a*/" * 20 + "b", "*[!b]" * 30 + "c", "?*" * 40 + "c"]
    if name == "exclude":
        (here / "newslint.toml").write_text(f"exclude = {patterns}")
    else:
        (here / ".gitignore").write_text("\n".join(patterns))
    assert run(["check", "--exit-zero"]) == 0
    assert "3 documents" in capsys.readouterr().out
