"""Projects built from settings: selectors, collections, `extends`, and origins of values."""

from pathlib import Path

import pytest

from newslint.diagnostics import Severity
from newslint.settings import Project, SettingsError, find_project, load_project
from newslint.settings.show import show_path, show_project


def project(folder: Path, text: str, **others: str) -> Project:
    """Load a project from a `newslint.toml`, beside other settings files."""
    for name, other in others.items():
        (folder / f"{name}.toml").write_text(other)
    (folder / "newslint.toml").write_text(text)
    return find_project(folder)


def rule_names(found: Project, path: str) -> set[str]:
    return {rule.id for rule in found.selection.ruleset(path).rules}


SELECTORS = """
select = ["text", "urls"]
extend-select = ["missing-image"]
ignore = ["html-entity"]
[rules.mojibake]
severity = "warning"
[[collections]]
name = "courses"
paths = ["_courses/"]
ignore = ["urls"]
[collections.rules.mojibake]
severity = "info"
[[collections]]
name = "all"
paths = ["*"]
schema = "news"
[[overrides]]
paths = ["*/old/"]
extend-select = ["invalid-url"]
[[overrides]]
paths = ["_courses/old/x*"]
select = ["dates"]
"""


def test_selectors_apply_one_after_the_other(tmp_path: Path) -> None:
    found = project(tmp_path, SELECTORS)
    base = rule_names(found, "a.md")
    assert {"mojibake", "missing-image", "invalid-url"} <= base
    assert base.isdisjoint({"html-entity", "future-date"})
    courses = rule_names(found, "_courses/a.md")
    assert base - courses == {
        "insecure-url",
        "invalid-url",
        "provider-domain-mismatch",
        "tracking-parameter",
    }
    assert rule_names(found, "_courses/old/a.md") - courses == {"invalid-url"}
    assert rule_names(found, "_courses/old/x.md") == {
        "filename-date-mismatch",
        "future-date",
        "updated-before-published",
    }
    assert dict(found.selection.ruleset("a.md").severities) == {"mojibake": Severity.WARNING}
    assert dict(found.selection.ruleset("_courses/a.md").severities) == {"mojibake": Severity.INFO}


def test_files_with_the_same_selectors_share_a_ruleset(tmp_path: Path) -> None:
    selection = project(tmp_path, SELECTORS).selection
    assert selection.ruleset("_courses/a.md") is selection.ruleset("_courses/b.md")
    assert selection.ruleset("_courses/a.md") is not selection.ruleset("a.md")


def test_options_are_merged(tmp_path: Path) -> None:
    found = project(
        tmp_path,
        "[rules.placeholder-image]\narticles = 7\n"
        '[[overrides]]\npaths = ["a.md"]\nrules.placeholder-image.severity = "error"\n'
        '[[overrides]]\npaths = ["b.md"]\nrules.placeholder-image.articles = 9\n',
    )

    def of(path: str) -> tuple[int, Severity | None]:
        chosen = found.selection.ruleset(path)
        (rule,) = (rule for rule in chosen.rules if rule.id == "placeholder-image")
        severity = dict(chosen.severities).get(rule.id)
        return rule.articles, severity  # type: ignore[attr-defined]

    assert [of("a.md"), of("b.md"), of("c.md")] == [
        (7, Severity.ERROR),
        (9, None),
        (7, None),
    ]


def test_first_matching_collection_wins(tmp_path: Path) -> None:
    found = project(
        tmp_path,
        '[[collections]]\nname = "a"\npaths = ["x/*.md", "!x/b.md"]\n'
        '[[collections]]\nname = "b"\npaths = ["x/"]\n',
    )
    places = ["x/a.md", "x/b.md", "y/a.md"]
    kinds = [found.selection.collection(path) for path in places]
    assert [kind.name if kind else None for kind in kinds] == ["a", "b", None]


def test_without_collections_every_file_is_news(tmp_path: Path) -> None:
    kind = project(tmp_path, "").selection.collection("anything.md")
    assert kind is not None
    assert kind.name == "news"


BASE = """
select = ["text"]
ignore = ["mojibake"]
extend-select = ["images"]
fail-level = "info"
baseline = "old.txt"
[rules.placeholder-image]
articles = 7
severity = "info"
[[collections]]
name = "news"
paths = ["old/"]
[[overrides]]
paths = ["a.md"]
"""
EXTENDING = """
extends = "base.toml"
ignore = ["html-entity"]
extend-select = ["dates"]
[rules.placeholder-image]
severity = "error"
[[collections]]
name = "news"
paths = ["new/"]
[[overrides]]
paths = ["b.md"]
"""


def test_extends(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "base.toml").write_text(BASE)
    found = project(tmp_path / "in", EXTENDING.replace("base.toml", "../base.toml"))
    settings = found.settings
    assert (settings.select, settings.ignore) == (("text",), ("html-entity",))
    assert settings.extend_select == ("images", "dates")
    assert settings.rules == {"placeholder-image": {"articles": 7, "severity": "error"}}
    assert [each.paths for each in settings.collections] == [("new/",)]
    assert [each.paths for each in settings.overrides] == [("a.md",), ("b.md",)]
    assert found.baseline == tmp_path / "old.txt"
    assert found.root == tmp_path / "in"


@pytest.mark.parametrize(
    ("own", "base", "message"),
    [
        ('extends = "base.toml"', 'extends = "newslint.toml"', "'extends' is circular: "),
        ('extends = "newslint.toml"', "", "'extends' is circular: "),
        ('extends = "none.toml"', "", "settings file not found: "),
        ('extends = "base.toml"', "selct = []", "unknown setting 'selct'; did you mean 'select'?"),
        ('extends = "base.toml"', 'ignore = ["x-y"]', "unknown rule or category 'x-y'"),
        ("extends = 3", "", "'extends': expected text in quotes"),
    ],
)
def test_invalid_extends(tmp_path: Path, own: str, base: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        project(tmp_path, own, base=base)
    assert message in str(caught.value)
    in_base = message.startswith("unknown")
    assert str(tmp_path / ("base.toml" if in_base else "newslint.toml")) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('[[collections]]\nname = "a"', "1:3", "required setting 'paths' is missing"),
        ('[[collections]]\npaths = ["a"]', "1:3", "required setting 'name' is missing"),
        (
            '[[collections]]\nname="a"\npaths=["a"]\n[[collections]]\nname="a"\npaths=["b"]',
            "5:6",
            "duplicate collection name 'a'",
        ),
        ('[[collections]]\nname="a"\npaths=["a"]\nschema="nwes"', "4:8", "unknown schema 'nwes'"),
        ('[[collections]]\nname="a"\npaths=[]', "3:7", "'collections.0.paths': must not be empty"),
        (
            '[[collections]]\nname="a"\npaths=["a"]\nfields.tilte="b"',
            "4:8",
            "unknown setting 'tilte'; did you mean 'title'?",
        ),
        (
            '[[collections]]\nname="a"\npaths=["a"]\nfields.related="a/b"',
            "4:16",
            "'related' must be the name of one top-level field",
        ),
        (
            '[[overrides]]\npaths=["a", "!"]',
            "2:13",
            "'!' is no pattern",
        ),
        (
            '[[overrides]]\npaths=["a"]\npatsh=["b"]',
            "3:1",
            "unknown setting 'patsh'; did you mean 'paths'?",
        ),
        (
            '[[overrides]]\npaths=["a"]\nignore=["text"]\npointers=["/a", "b/*"]',
            "4:17",
            "'b/*' is no JSON Pointer; write '/b/*'",
        ),
        (
            '[[overrides]]\npaths=["a"]\nignore=["text"]\npointers=["/~a"]',
            "4:11",
            "'/~a' is no JSON Pointer; write '~0' for '~' and '~1' for '/' in a key",
        ),
        (
            '[[overrides]]\npaths=["a"]\nignore=["text"]\npointers=[]',
            "4:10",
            "'overrides.0.pointers': must not be empty",
        ),
        (
            '[[overrides]]\npaths=["a"]\npointers=["/a"]',
            "3:1",
            "'pointers' needs 'ignore' in the same entry; name the rules there",
        ),
        (
            '[[overrides]]\npaths=["a"]\npointers=["/a"]\nignore=["text"]\nextend-select=["urls"]',
            "5:1",
            "'extend-select' applies to whole files; move it to an entry without 'pointers'",
        ),
        (
            '[[overrides]]\npaths=["a"]\npointers=["/a"]\nignore=["text"]\nrules.mojibake={}',
            "5:1",
            "'rules' applies to whole files; move it to an entry without 'pointers'",
        ),
        (
            '[[overrides]]\npaths=["a"]\n[overrides.rules.mojibaek]',
            "3:18",
            "unknown rule 'mojibaek'; did you mean 'mojibake'?",
        ),
    ],
)
def test_invalid_tables(tmp_path: Path, text: str, place: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        project(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'newslint.toml'}:{place}: ")
    assert message in str(caught.value)


def test_load_project(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('select = ["urls"]')
    assert load_project(tmp_path / "other.toml").settings.select == ("urls",)
    with pytest.raises(SettingsError, match="settings file not found"):
        load_project(tmp_path / "none.toml")
    (tmp_path / "pyproject.toml").write_text("[tool.other]")
    with pytest.raises(SettingsError, match=r"there is no table \[tool.newslint\] in this file"):
        load_project(tmp_path / "pyproject.toml")


def test_show_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = project(tmp_path, EXTENDING + "[rules.mojibake]\n", base=BASE)
    assert list(show_project(found)) == [
        f"# Root: {tmp_path}",
        f"# Settings: {tmp_path / 'newslint.toml'}",
        'select = ["text"]  # base.toml:2',
        'extend-select = ["images", "dates"]  # newslint.toml:4',
        'ignore = ["html-entity"]  # newslint.toml:3',
        "corpus = []  # default",
        "include = []  # default",
        "exclude = []  # default",
        "force-exclude = false  # default",
        f"today = {found.settings.today}  # default",
        'fail-level = "info"  # base.toml:5',
        'baseline = "old.txt"  # base.toml:6',
        'stale-baseline = "warn"  # default',
        "plugins = []  # default",
        "",
        "[limits]",
        "file-size = 16777216  # default",
        "line = 1000000  # default",
        "depth = 100  # default",
        "nodes = 1000000  # default",
        "aliases = 1000000  # default",
        "entries = 10000  # default",
        "diagnostics = 1000000  # default",
        "",
        "[online]",
        "age = 30  # default",
        'file = "newslint-verdicts.jsonl"  # default',
        "gate = false  # default",
        "interval = 1.0  # default",
        "connections = 32  # default",
        "timeout = 30.0  # default",
        "hidden = false  # default",
        "proxy = false  # default",
        "exclude = []  # default",
        "",
        "[gate]",
        "max-errors = 0  # base.toml:5",
        "max-warnings = 0  # base.toml:5",
        "max-infos = 0  # base.toml:5",
        "",
        "[rules.placeholder-image]",
        "articles = 7  # base.toml:8",
        'severity = "error"  # newslint.toml:6',
        "",
        "[rules.mojibake]",
        "",
        "[[collections]]  # newslint.toml:7",
        'name = "news"',
        'paths = ["new/"]',
        "",
        "[[overrides]]  # base.toml:13",
        'paths = ["a.md"]',
        "",
        "[[overrides]]  # newslint.toml:10",
        'paths = ["b.md"]',
    ]


def test_show_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = project(
        tmp_path,
        'select = ["placeholder-image", "future-date", "mojibake"]\ntoday = 2024-01-01\n'
        'exclude = ["out/"]\n'
        '[[collections]]\nname = "news"\npaths = ["*", "!no.md"]\nignore = ["mojibake"]\n'
        '[[overrides]]\npaths = ["a.md"]\n'
        "[overrides.rules.placeholder-image]\narticles = 9\n",
    )
    lines = list(show_path(found, "a.md"))
    assert lines[2:13] == [
        "# Path: a.md",
        "# Collection: news (newslint.toml:4)",
        "# Overrides: newslint.toml:8",
        "",
        "[rules.future-date]",
        'severity = "warning"  # default',
        "today = 2024-01-01  # newslint.toml:2",
        "",
        "[rules.placeholder-image]",
        'severity = "warning"  # default',
        "articles = 9  # newslint.toml:11",
    ]
    assert "# mojibake does not run: ignored (newslint.toml:7)" in lines
    assert "# html-entity does not run: not selected (newslint.toml:1)" in lines
    assert list(show_path(found, "no.md"))[3:] == ["# Collection: none, so it is not checked"]
    excluded = "# Excluded: it is read only if it is named on the command line"
    assert list(show_path(found, "out/a.md"))[3] == excluded
    assert "# dangling-related does not run: off by default" in show_path(
        project(tmp_path, ""), "a.md"
    )
