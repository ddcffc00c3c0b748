"""The key `secured` in every spelling of TOML and JSON: no output contains its value."""

from pathlib import Path

import pytest
from spelled_secrets import EVERY_COMMAND, SpelledSecrets, is_read_only

from newslint.documents import read_document
from newslint.records import redact
from newslint.syntax import Reader
from newslint.syntax.registry import SYNTAXES
from test_trust import SECRET

ESCAPED = '"' + "".join(f"\\u{ord(each):04x}" for each in "secured") + '"'
TOML = {
    "plain": "secured = {}",
    "no blanks": "secured={}",
    "tabs": "secured\t=\t{}",
    "double quotes": '"secured" = {}',
    "single quotes": "'secured' = {}",
    "escaped": '"s\\u0065cured" = {}',
    "escaped, 32 bits": '"s\\U00000065cured" = {}',
    "escaped, invalid": '"\\x73ecured" = {}',
    "all escaped": ESCAPED + " = {}",
    "upper case": "SECURED = {}",
    "upper case, escaped": '"\\u0053ECURED" = {}',
    "dotted": "extra.secured = {}",
    "dotted, blanks": "extra . secured = {}",
    "dotted, quoted": "extra.'secured' = {}",
    "dotted, escaped": 'extra."s\\u0065cured" = {}',
    "keys below": "secured.deep.deeper = {}",
    "table": "[secured]\na = {}\nb = {}",
    "table, blanks": "[ extra . secured ]\na = {}",
    "table, escaped": '["s\\u0065cured"]\na = {}',
    "table below": "[secured.deep]\na = {}",
    "array of tables": "[[secured]]\na = {}\n[[secured]]\na = {}",
    "entry": "[[related]]\ntitle = 't'\nsecured = {}",
    "table of an entry": "[[related]]\ntitle = 't'\n[related.secured]\na = {}",
    "inline table": "extra = {{secured = {}}}",
    "inline table, escaped": 'extra = {{a = 1, "s\\u0065cured" = {}, b = 2}}',
    "inline table in an array": "extra = [{{secured = {}}}]",
    "inline tables below": "secured = {{a = {{b = {}}}}}",
    "array": "secured = [\n  {},\n  {},\n]",
    "array without indent": "secured = [\n{},\n{}\n]",
    "text of several lines": 'secured = """\n{}\ntitle = 1\n{}"""',
    "literal of several lines": "secured = '''\n{}\n{}'''",
    "duplicate": "secured = {}\nsecured = {}",
    "duplicate, escaped": 'secured = {}\n"s\\u0065cured" = {}',
}
JSON = {
    "plain": '"secured": {}',
    "no blanks": '"secured":{}',
    "line ends": '"secured"\n:\n{}',
    "escaped": '"s\\u0065cured": {}',
    "all escaped": ESCAPED + ": {}",
    "upper case": '"SECURED": {}',
    "upper case, escaped": '"s\\u0065CURED": {}',
    "same line": '"a": 1, "secured": {}, "b": 2',
    "below": '"extra": {{"secured": {}}}',
    "in a list": '"extra": [{{"a": 1, "secured": {}}}]',
    "entry": '"related": [{{"title": "t", "s\\u0065cured": {}}}]',
    "list": '"secured": [\n{},\n{}]',
    "object": '"secured": {{\n"a": {},\n"b": [{}]\n}}',
    "duplicate": '"secured": {},\n"secured": {}',
    "duplicate, escaped": '"secured": {},\n"s\\u0065cured": {}',
}
VALUES = [
    SECRET,
    f'"{SECRET}"',
    f'"Alphabetâ€™s {SECRET}\ufffd &amp;"',
    f'"{SECRET}\\x9d"',
    f'"https://example.org/{SECRET}?utm_source={SECRET}"',
]
FILES = {
    "toml": {
        "a.toml": "title = 1\n{}\n",
        "b.toml": "{}\nexcerpt = a b\n",
        "a.md": "+++\n{}\n+++\nbody\n",
        "b.md": "---toml\n{}\nexcerpt = \n---\n",
        "c.md": "+++\n{}\n[x\n+++\n",
    },
    "json": {
        "a.json": '{{"title": "x",\n{}}}',
        "b.json": '{{{},\n"excerpt": a b}}',
        "a.md": '{{"title": "x",\n{}}}\n\nbody',
        "b.md": ";;;\n{{{},\n;;;\n",
        "c.md": "<!--{{{}}}-->\nbody",
    },
}
SPELLINGS = {"toml": TOML, "json": JSON}
CASES = [(syntax, name) for syntax, names in SPELLINGS.items() for name in names]


def test_every_syntax_is_attacked() -> None:
    assert {"yaml", *SPELLINGS} == {*SYNTAXES}  # YAML: test_secret_spellings.py


def spell(syntax: str, name: str) -> list[str]:
    """List a spelling with each of the values."""
    return [SPELLINGS[syntax][name].format(*[value] * 2) for value in VALUES]


@pytest.mark.parametrize(("syntax", "name"), CASES)
def test_a_value_is_redacted_whatever_the_spelling_of_its_key(syntax: str, name: str) -> None:
    for text in spell(syntax, name):
        for path, template in FILES[syntax].items():
            document = read_document(path, template.format(text).encode(), Reader())
            assert SECRET not in redact(document).text
            assert SECRET not in str([problem.message for problem in document.problems])


def write_spellings(folder: Path) -> None:
    """Write every spelling with every value."""
    for number, (syntax, name) in enumerate(CASES):
        for index, text in enumerate(spell(syntax, name)):
            for path, template in FILES[syntax].items():
                if path.endswith(".md"):
                    content = template.format(text)
                    (folder / f"{number}-{index}-{path}").write_text(content, "utf-8")


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
    assert status in {0, 1} or command[0] == "init", captured.err  # few of the files can be read
    assert captured.out + captured.err
    assert SECRET not in captured.out + captured.err
    secrets.hold_secret()
