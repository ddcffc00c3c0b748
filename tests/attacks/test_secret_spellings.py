"""The key `secured` in every spelling: no report, draft or cache contains its value."""

import json
from pathlib import Path

import pytest
from spelled_secrets import EVERY_COMMAND, SpelledSecrets, is_read_only

from helpers import parsed
from newslint.cli.app import run
from newslint.records import redact
from newslint.testing import fence
from test_secret_aliases import BROKEN
from test_trust import SECRET

SPELLINGS = {
    "plain": "secured: {}",
    "single quotes": "'secured': {}",
    "double quotes": '"secured": {}',
    "escaped, 8 bits": '"s\\x65cured": {}',
    "escaped, 16 bits": '"\\u0073ecured": {}',
    "escaped, 32 bits": '"secure\\U00000064": {}',
    "all escaped": '"' + "".join(f"\\x{ord(each):02x}" for each in "secured") + '": {}',
    "title case": "Secured: {}",
    "upper case": "SECURED: {}",
    "upper case, escaped": '"\\x53ECURED": {}',
    "long s": "\u017fecured: {}",
    "blank before the colon": "secured : {}",
    "tag": "!!str secured: {}",
    "anchor": "&k secured: {}",
    "anchor and tag": '&k !!str "s\\x65cured": {}',
    "alias": "keywords: &k secured\n*k : {}",
    "alias of an escape": 'keywords: &k "s\\x65cured"\n*k : {}',
    "alias of a block": "keywords: &k |-\n  secured\n*k : {}",
    "explicit": "? secured\n: {}",
    "explicit, quoted": '? "secured"\n: {}',
    "explicit, escaped": '? "s\\x65cured"\n: {}',
    "explicit, two lines": '? "secu\\\n  red"\n: {}',
    "explicit, literal": "? |-\n  secured\n: {}",
    "explicit, folded": "? >-\n  secured\n: {}",
    "flow mapping": "extra: {{title: x, secured: {}}}",
    "flow mapping, quoted": 'extra: {{"secured":{}}}',
    "flow mapping, escaped": 'extra: {{"s\\x65cured":{}, a: b}}',
    "flow mapping, explicit": "extra: {{? secured : {}}}",
    "pair in a list": "extra: [secured: {}]",
    "merge key": "<<: {{secured: {}}}",
    "merge key, escaped": '<<: {{"s\\x65cured": {}}}',
    "merged alias": "base: &b\n  secured: {}\n<<: *b",
    "list of merges": "<<: [{{a: 1}}, {{SECURED: {}}}]",
    "duplicate": "secured: {}\nsecured: x",
    "duplicate, escaped": '"s\\x65cured": {}\n"s\\x65cured": x',
    "duplicate, explicit": "? secured\n: {}\n? secured\n: x",
    "entry": 'related:\n- title: t\n  webUrl: https://example.org/r\n  "s\\x65cured": {}',
    "compact entry": 'related:\n- "s\\x65cured": {}\n  title: t',
    "block": "secured: |\n  {}\n\n  {}",
    "mapping below": "secured:\n  deep:\n    deeper: {}",
    "list below": "secured:\n- {}\n- {}",
    "mapping of several lines": "secured: {{a: x,\nb: {},\nc: {}}}",
}

VALUES = {
    "number": SECRET,
    "damaged text": f'"Alphabetâ€™s {SECRET}\ufffd\\x9d &amp;"',
    "address": f"https://example.org/{SECRET}?utm_source={SECRET}",
}

SYNTAXES = {
    "markdown": "a{}.md",
    "yaml": "a{}.yaml",
    "broken markdown": "b{}.md",
    "broken yaml": "b{}.yml",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_value_is_redacted_whatever_the_spelling_of_its_key(spelling: str) -> None:
    front_matter = SPELLINGS[spelling].format(*[SECRET] * 2)
    for text in (front_matter, front_matter + BROKEN):
        document = parsed(fence(text))
        assert SECRET not in redact(document).text
        assert SECRET not in str([problem.message for problem in document.problems])


@pytest.mark.parametrize("text", ["title: how we are secured", "insecured: x", "secured-by: x"])
def test_other_keys_and_texts_are_shown(text: str) -> None:
    document = parsed(fence(text))
    assert redact(document).text == document.source.text


def write_spellings(folder: Path) -> None:
    """Write every spelling with every value in every syntax."""
    number = 0
    for spelling in SPELLINGS.values():
        for value in VALUES.values():
            text = spelling.format(*[value] * 2) + f"\nwebUrl: https://example.org/{number}"
            for name in SYNTAXES.values():
                content = text + BROKEN * name.startswith("b")
                is_yaml = not name.endswith(".md")
                path = folder / name.format(number)
                path.write_text(content + "\n" if is_yaml else fence(content), "utf-8")
            number += 1


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> SpelledSecrets:
    """The archive of all commands that do not change its files, and their cache."""
    return SpelledSecrets.create(tmp_path_factory.mktemp("shared"), write_spellings)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_no_output_and_no_file_contains_a_value(
    command: list[str],
    shared: SpelledSecrets,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    secrets = shared if is_read_only(command) else SpelledSecrets.create(tmp_path, write_spellings)
    status = secrets.run(command, monkeypatch)
    captured = capsys.readouterr()
    assert status in {0, 1}, captured.err
    assert captured.out + captured.err
    assert SECRET not in captured.out + captured.err
    secrets.hold_secret()


def test_a_json_schema_does_not_quote_a_value(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(archive)
    settings = '[[collections]]\nname = "a"\npaths = ["*.md"]\nschema = "a.json"\n'
    (archive / "newslint.toml").write_text(settings)
    for constraint in ({"const": 1}, {"enum": ["a"]}, {"pattern": "^a$"}, {"maxLength": 2}):
        schema = {"additionalProperties": constraint, "patternProperties": {"^webUrl|extra": {}}}
        (archive / "a.json").write_text(json.dumps(schema))
        for number, spelling in enumerate(SPELLINGS.values()):
            text = fence(spelling.format(*[f'"{SECRET}"'] * 2))
            (archive / f"{number}.md").write_text(text)
        run(["check", "--no-cache", "--group-by", "file"])
        assert SECRET not in capsys.readouterr().out
