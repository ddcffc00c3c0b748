"""`newslint init && newslint check` on sites of twelve generators: all defects, and no noise."""

import json
from pathlib import Path

import pytest
from sites import SITES, Site, create_site

from newslint.cli.app import run


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_all_defects_and_no_noise(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = create_site(site, tmp_path)
    assert len(expected) >= 10
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert f" {site.name} site (" in capsys.readouterr().err
    run(["check", "--no-cache", "--jobs", "1", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    found = {(each["rule"], each["path"]): each["message"] for each in report["diagnostics"]}
    assert {key: found[key] for key in found.keys() - expected} == {}
    assert expected - found.keys() == set()
    assert report["summary"]["records"] >= 30
