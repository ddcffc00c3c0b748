"""Settings and options of other programs: each works, or gets an answer that helps to mend it."""

from pathlib import Path

import pytest

from newslint.cli.app import run
from newslint.rules.example_records import NEWS_RECORD
from newslint.settings.bases import list_presets

ANSWERS = [
    ('fail_level = "warning"', "unknown setting 'fail_level'; did you mean 'fail-level'?"),
    ('extend_select = ["text"]', "unknown setting 'extend_select'; did you mean 'extend-select'?"),
    ("[limits]\nfile_size = 9", "unknown setting 'file_size'; did you mean 'file-size'?"),
    (
        '[[collections]]\nname = "a"\npaths = ["*"]\nfields = {amp_url = "a"}',
        "unknown setting 'amp_url'; did you mean 'amp-url'?",
    ),
    ('[rules.mojibake]\nseverity = "off"', 'to switch the rule off, write ignore = ["mojibake"]'),
    ('[rules]\nmojibake = "off"', 'to switch the rule off, write ignore = ["mojibake"]'),
    ('[per-file-ignores]\n"a.md" = ["mojibake"]', "write a table [[overrides]] with 'paths'"),
    ('output-format = "json"', "use the option --format of 'newslint check'"),
    ("[tool.newslint]", "in newslint.toml, settings are not inside of [tool.newslint]"),
    ('exclude = "drafts/"', 'expected a list, such as ["drafts/"]'),
    ('exclude = ["{a,b}/*.md"]', "write one pattern for each"),
    ('extends = "https://example.org/a.toml"', "settings are never read from the network"),
    ('extends = "newslint:jekyl"', "no preset 'newslint:jekyl'; did you mean 'newslint:jekyll'?"),
    ('extends = "newslint:zzz"', "there is no preset 'newslint:zzz'; there are astro, "),
    ('extends = "hugo"', "settings file not found: hugo; did you mean 'newslint:hugo'?"),
    (
        'extends = "newslnt.tml"',
        "settings file not found: newslnt.tml; did you mean 'newslint.toml'?",
    ),
    ('plugins = ["./house.py"]', "no such file in {0}; did you mean './houses.py'?"),
    (
        '[[collections]]\nname = "a"\npaths = ["*"]\nschema = "talk.json"',
        "schema file not found: talk.json; did you mean 'talks.json'?",
    ),
    (
        '[[collections]]\nname = "a"\npaths = ["*"]\nschema = "./hous.py:Talk"',
        "there is no file {0}/hous.py; did you mean './houses.py'?",
    ),
    ('fail-level = "ERROR"', "expected error, warning or info; did you mean 'error'?"),
    ('[rules.mojibake]\nseverity = "Info"', "error, warning, info; did you mean 'info'?"),
    ('force-exclude = "yes"', "1:17: 'force-exclude': expected true or false"),
    ("[online]\ngate = 1", "2:8: 'online.gate': expected true or false"),
    ("gate = 5", "'gate': expected a table, [gate]"),
    ('overrides = ["a"]', "'overrides.0': expected a table, [[overrides]]"),
    (
        '[overrides]\npaths = ["a"]',
        "'overrides': expected a list of tables; write two brackets, [[overrides]]",
    ),
    ('stale-baseline = "warning"', "expected error, warn or ignore; did you mean 'warn'?"),
    ('[limits]\nfile-size = "10MB"', "expected a whole number of bytes, such as 16_777_216"),
    ("[rules.mojibake]\nlevel = 1", "has no option 'level'; its only option is 'severity'"),
    ('[rules.mojibake]\nseverity = "warn"', "'severity': expected error, warning, info; did you "),
    (
        '[rules.insecure-url]\nallowed-hosts = "a.example"',
        "'allowed-hosts': expected a list, such as [\"a.example\"]",
    ),
    (
        '[[collections]]\nname = "a"\npaths = ["*"]\nbaseline = "b.json"',
        "4:1: 'baseline' is a setting of the file, not of [[collections]]; move it above the first",
    ),
    (
        '[[collections]]\nname = "a"\npaths = ["*"]\n[collections.fields]\nfail_level = "info"',
        "toml:5:1: 'fail-level' is a setting of the file, not of [collections.fields]; move it ",
    ),
    ('[gate]\nextends = "a.toml"', "toml:2:1: 'extends' is a setting of the file, not of [gate]"),
    ('[gate]\nstale-baseline = "error"', "toml:2:1: 'stale-baseline' is a setting of the file"),
    (
        '[gate.rules]\nbaseline = "a"',
        "toml:2:1: 'baseline' is a setting of the file, not of [gate.",
    ),
    (
        "[gate.rules]\nmax-warnings = 3",
        "toml:2:1: 'max-warnings' is a setting of [gate], not of [gate.rules]; move it into [gate]",
    ),
    ('[[overrides]]\npaths = ["a"]\ntoday = 2024-01-01', "the file, not of [[overrides]]; move it"),
    ('[rules]\nbaseline = "a"', "toml:2:1: 'baseline' is a setting of the file, not of [rules]"),
    (
        '[rules.mojibake]\nbaseline = "a"',
        "toml:2:1: 'baseline' is a setting of the file, not an option of 'mojibake'; move it above",
    ),
    ('extends = "no_such_package:a.toml"', "there is no installed package 'no_such_package'"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(f"---\n{NEWS_RECORD}\n---\n")
    return tmp_path


def run_failing(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must fail, and return its message."""
    assert run(arguments) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(("settings", "answer"), ANSWERS)
def test_settings(
    settings: str, answer: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "newslint.toml").write_text(settings)
    for similar in ("houses.py", "talks.json"):
        (folder / similar).touch()
    message = run_failing(capsys, "check", "--no-cache")
    assert message.startswith("Error: newslint.toml:")
    assert answer.replace("{0}", str(folder)) in message


@pytest.mark.parametrize(
    ("settings", "answer"),
    [
        ("select = []", "'select' is empty, so no rule runs"),
        (
            '[[collections]]\nname = "a"\npaths = ["/b/"]',
            "newslint.toml:1: collection 'a' matches no file",
        ),
    ],
)
def test_settings_that_leave_nothing_to_do(
    settings: str, answer: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "newslint.toml").write_text(settings)
    assert answer in run_failing(capsys, "check", "--no-cache")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (".newslint.toml", "Error: .newslint.toml is not read: rename it to newslint.toml"),
        (".newslintignore", "write its patterns into the list 'exclude' of newslint.toml"),
    ],
)
def test_files(name: str, answer: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / name).write_text("")
    assert answer in run_failing(capsys, "check", "--no-cache")


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["lint", "."], "No such command 'lint'. Did you mean 'check'?"),
        (["check", "--rule", "mojibake"], "No such option '--rule'. Did you mean '--select'?"),
        (["check", "--max-warnings", "no"], "'no' is not a whole number of 0 or more"),
        (["check", "--max-warnings", "-1"], "'-1' is not a whole number of 0 or more"),
        (["explain", "mojibaek"], "unknown rule 'mojibaek'; did you mean 'mojibake'?"),
        (["check", "--select", "text,", "urls"], "write several names with commas"),
        (["check", "--select", ""], "no rule or category is named"),
        (["check", "--format", "htlm"], "unknown value 'htlm'; did you mean 'html'?"),
        (["check", "--fail-level", "eror"], "unknown value 'eror'; did you mean 'error'?"),
        (["check", "*.md"], "patterns are expanded by the shell: write it without quotes"),
    ],
)
def test_arguments(
    arguments: list[str], answer: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer in run_failing(capsys, *arguments)


def test_settings_that_match_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "newslint.toml").write_text('corpus = ["newz"]')
    run(["check", "--no-cache"])
    assert "newslint.toml:1: 'corpus' names 'newz', which does not exist" in capsys.readouterr().err
    (folder / "newslint.toml").write_text(
        '[[collections]]\nname = "a"\npaths = ["/b/"]\n[[collections]]\nname = "c"\npaths = ["*"]\n'
    )
    run(["check", "--no-cache"])
    assert capsys.readouterr().err == "newslint: newslint.toml:1: collection 'a' matches no file\n"


@pytest.mark.parametrize("name", list_presets())
def test_presets(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "newslint.toml").write_text(f'extends = "newslint:{name}"')
    assert run(["check", "--no-cache", "--quiet"]) == 0
    assert run(["config", "show"]) == 0
    assert f"# newslint:{name}:" in capsys.readouterr().out


def test_there_is_a_preset_for_each_generator() -> None:
    assert len(list_presets()) == 12


def test_settings_of_an_installed_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = folder / "site" / "acme_house"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError")
    (package / "house.toml").write_text('ignore = ["mojibake"]')
    monkeypatch.syspath_prepend(folder / "site")
    (folder / "newslint.toml").write_text('extends = "acme_house:house.toml"')
    assert run(["config", "show"]) == 0
    assert 'ignore = ["mojibake"]  # site/acme_house/house.toml:1' in capsys.readouterr().out


COLLECTION = '[[collections]]\nname = "a"\npaths = ["*"]\nselect = ["text"]\n'
UNMATCHED = [
    (
        '[[overrides]]\npaths = ["*.md"]',
        (
            "newslint.toml:1: [[overrides]] for *.md changes nothing; add 'ignore', 'select', "
            "'extend-select' or a table [overrides.rules.NAME]"
        ),
    ),
    (
        '[[overrides]]\npaths = ["/b/", "c/"]\nignore = ["text"]',
        "newslint.toml:1: [[overrides]] for /b/, c/ matches no file",
    ),
    (
        f'{COLLECTION}[collections.fields]\nexcerpt = "excerp"',
        (
            "newslint.toml:6: no record has the field 'excerp' for the role 'excerpt'; "
            "did you mean 'excerpt'?"
        ),
    ),
    (
        f'{COLLECTION}[collections.fields]\ndate = ["when", "zzz/y"]',
        "newslint.toml:6: no record has the fields 'when', 'zzz/y' for the role 'date'",
    ),
    (
        '[[overrides]]\npaths = ["*"]\npointers = ["/title", "/relatd/*/title"]\nignore = ["text"]',
        (
            "newslint.toml:3: no record has the field of the pointer '/relatd/*/title'; "
            "did you mean 'related'?"
        ),
    ),
    (
        'exclude = ["draft/", "/output/", "*.png"]',
        "newslint.toml:1: 'draft/' in 'exclude' matches nothing; did you mean 'drafts'?",
    ),
]
MATCHED = [
    '[[overrides]]\npaths = ["*.md"]\nignore = ["text"]',
    f'{COLLECTION}[collections.fields]\ndate = ["when", "publishedDateTime"]\nimages = []',
    f'{COLLECTION}[collections.fields]\nprovider-name = "provider/name"',
    '[[overrides]]\npaths = ["*"]\npointers = ["/related/*/title", "/*/0"]\nignore = ["text"]',
    'exclude = ["drafts/", "/output/"]',
    'extends = "base.toml"',
]


@pytest.fixture
def drafts(folder: Path) -> Path:
    """A folder with a record that has related entries, and a draft."""
    (folder / "drafts").mkdir()
    for name in ("a.md", "drafts/b.md"):
        (folder / name).write_text(f"---\n{NEWS_RECORD}\nrelated: [{{title: A}}]\n---\n")
    (folder / "base.toml").write_text('[[overrides]]\npaths = ["/c/"]\nignore = ["text"]')
    return folder


@pytest.mark.parametrize(("settings", "note"), UNMATCHED)
def test_patterns_and_fields_that_match_nothing(
    settings: str, note: str, drafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (drafts / "newslint.toml").write_text(settings)
    run(["check", "--no-cache"])
    assert capsys.readouterr().err == f"newslint: {note}\n"


@pytest.mark.parametrize("settings", MATCHED)
def test_patterns_and_fields_that_match(
    settings: str, drafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (drafts / "newslint.toml").write_text(settings)
    run(["check", "--no-cache"])
    assert capsys.readouterr().err == ""
