"""`newslint rules` and `newslint explain`, in this process."""

import json

import pytest
from rich.cells import cell_len

from newslint._manual import page_address
from newslint.cli.app import run
from newslint.settings import Registry

NAMES = [rule.id for rule in Registry()]


WITHOUT_A_BAD_EXAMPLE = ("unrepaired-file", "rule-crashed")
JOINERS = "\u200c\u200d"  # they affect the text around them


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    listed = [line.split()[0] for line in lines if line[:2] == "  " and line[2] != " "]
    assert sorted(listed) == sorted(NAMES)
    assert max(map(len, lines)) <= 80
    assert not any(line.endswith(" ") for line in lines)


def test_rules_that_are_off_are_marked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Registry().find("mojibake"), "default", False)
    run(["rules"])
    assert "wrong code page (off)" in " ".join(capsys.readouterr().out.split())
    run(["explain", "mojibake"])
    assert "error  off by default" in capsys.readouterr().out


def test_rules_are_listed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [rule["name"] for rule in listed] == NAMES
    assert listed[NAMES.index("mojibake")] == {
        "name": "mojibake",
        "category": "text",
        "severity": "error",
        "default": True,
        "summary": "Text was decoded with the wrong code page.",
        "details": listed[NAMES.index("mojibake")]["details"],
        "why": "readers see `Alphabetâ€™s` instead of `Alphabet’s`.",
        "fix_safety": "unsafe if the text before the damage is a guess, or if something stays "
        "broken.",
        "options": [],
        "documentation": page_address("rules/mojibake"),
    }


@pytest.mark.parametrize("rule", NAMES)
def test_every_rule_is_explained(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", rule]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"{rule}  {Registry().find(rule).category()}  ")
    assert "\nWhy: " in text
    assert "\nBad:\n    " in text or rule in WITHOUT_A_BAD_EXAMPLE
    assert "\nGood:\n    " in text
    prose = [line for line in text.splitlines() if not line.startswith(" ")]
    assert max(map(cell_len, prose)) <= 80
    assert not {char for char in text if not char.isprintable()} - {"\n", *JOINERS}


def test_an_explanation_shows_fixes_files_and_options(capsys: pytest.CaptureFixture[str]) -> None:
    run(["explain", "quality-mismatch"])
    text = capsys.readouterr().out
    assert "\nFixed:\n    " in text
    assert "\n  together with the record\n    " in text


def test_options_are_explained(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.rules import explain as explaining

    option = explaining.RuleOption("allowed-hosts", "()", "Hosts that may stay.")
    expected = explaining.Explanation("It.", ("More.",), "why", "careful", (option,))
    monkeypatch.setattr(explaining, "explain", lambda _rule: expected)
    run(["explain", "mojibake"])
    text = capsys.readouterr().out
    assert "\nMore.\n\nWhy: why\n\nFix safety: careful\n" in text
    assert "\nOption allowed-hosts (default ()): Hosts that may stay.\n" in text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("mojibaek", "did you mean 'mojibake'?"),
        ("text", "'text' is a category; explain one of its rules: html-entity, "),
        ("zzz", "unknown rule 'zzz' (see 'newslint rules')"),
    ],
)
def test_an_unknown_rule_cannot_be_explained(
    name: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", name]) == 2
    expected = capsys.readouterr()
    assert expected.out == ""
    assert message in expected.err


@pytest.mark.parametrize("command", [["rules"], ["explain", "mojibake"]])
def test_colour_is_used_on_request(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run([*command, "--color", "always"])
    assert "\x1b[1m" in capsys.readouterr().out
    run(command)
    assert "\x1b" not in capsys.readouterr().out
