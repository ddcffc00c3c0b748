"""Rules find fields by their roles: under other names, a record gets the same report."""

import re
from pathlib import Path
from typing import Any

import pytest

from newslint.cli.app import run
from newslint.execution import CheckRequest, check
from newslint.records import ROLES
from newslint.rules.builtin import BUILTIN

NEW = {
    name.split("/")[-1]: f"x{name.split('/')[-1].title()}"
    for names in ROLES.values()
    for name in names
}
"""A new name for each field that plays a role."""


def rename(text: str) -> str:
    """Rename the fields of front matter that play roles, and `provider`."""
    for old, new in {**NEW, "provider": "xProvider"}.items():
        text = re.sub(rf"^(\s*(?:- )?){old}:", rf"\1{new}:", text, flags=re.MULTILINE)
    return text


def new_path(path: str) -> str:
    """Rename the parts of the path of a field."""
    return "/".join(
        NEW.get(part, part.replace("provider", "xProvider")) for part in path.split("/")
    )


def settings() -> str:
    """Write settings that map the roles to the renamed fields, without a schema."""
    lines = ["[[collections]]", 'name = "any"', 'paths = ["*"]', 'schema = "any.schema.json"']
    lines += ["[collections.fields]"]
    lines += [f"{role} = {list(map(new_path, names))!r}" for role, names in ROLES.items()]
    return "\n".join(lines).replace("'", '"')


def summarise(folder: Path) -> list[tuple[Any, ...]]:
    """List the diagnostics of a folder, without columns, which new names move."""
    report = check(CheckRequest.create([folder], folder)).report
    return sorted(
        (each.rule, each.location.path, each.location.span.start.line, len(each.related_locations))
        for each in report.diagnostics
        if each.category != "schema"
    )


def test_renamed_seeds_have_the_same_report(tmp_path: Path) -> None:
    seeds = Path(__file__).parents[2] / "seeds"
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    for file in seeds.iterdir():
        text = file.read_text()
        (tmp_path / "old" / file.name).write_text(text)
        (tmp_path / "new" / file.name).write_text(rename(text) if text[:3] == "---" else text)
    (tmp_path / "new" / "any.schema.json").write_text("{}")
    (tmp_path / "new" / "newslint.toml").write_text(settings())
    old = summarise(tmp_path / "old")
    assert len(old) > 15
    assert summarise(tmp_path / "new") == old


@pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.id)
def test_renamed_examples_have_the_same_report(rule: Any, tmp_path: Path) -> None:
    if rule.category() == "schema":
        return
    for number, example in enumerate(each for each in rule.examples if not each.whole):
        texts = [file if file.startswith("{") else f"---\n{file}\n---\n" for file in example.files]
        found = []
        for kind in ("old", "new"):
            folder = tmp_path / f"{number}{kind}"
            folder.mkdir()
            (folder / "any.schema.json").write_text("{}")
            fields = settings() if kind == "new" else settings().split("[collections.fields]")[0]
            (folder / "newslint.toml").write_text(fields)
            for path, text in example.beside.items():
                other = folder / (path if kind == "old" else _rename_data(path))
                other.parent.mkdir(parents=True, exist_ok=True)
                own = f"{text}\n{fields}" if path == "newslint.toml" else text
                other.write_text(own)
            for index, text in enumerate(texts):
                name = (index == 0 and example.name) or f"{index}.md"
                (folder / name).write_text(text if kind == "old" else _rename_flow(rename(text)))
            found.append([each[:3] for each in summarise(folder) if each[0] == rule.id])
        assert found[0] == found[1]


def _rename_data(path: str) -> str:
    """Rename a data file, which has the name of the field that it is about."""
    return re.sub(r"_data/(\w+)", lambda found: f"_data/{NEW[found[1]]}", path)


def _rename_flow(text: str) -> str:
    """Rename the fields of mappings in braces."""
    for old, new in {**NEW, "provider": "xProvider"}.items():
        text = re.sub(rf"([{{,] ?){old}:", rf"\1{new}:", text)
    return text


def test_a_rule_without_its_roles_is_listed_as_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newslint.toml").write_text(
        '[[collections]]\nname = "a"\npaths = ["*.md"]\nfields = {date = []}\n'
    )
    assert run(["config", "show", "a.md"]) == 0
    printed = capsys.readouterr().out
    assert "# filename-date-mismatch does not run: no field plays the role date\n" in printed
    assert "[rules.filename-date-mismatch]" not in printed
