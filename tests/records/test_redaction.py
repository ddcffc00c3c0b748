import pytest

from helpers import parsed
from newslint.records import redact

SECRET = "TOPSECRET;abc="


@pytest.mark.parametrize(
    "front_matter",
    [
        f"secured: {SECRET}",
        f'secured: "{SECRET}"',
        f'"secured" : "{SECRET}"',
        f"secured:\n  {SECRET}\n  {SECRET}\ntitle: x",
        f"secured: |\n  {SECRET}\n\n  {SECRET}\ntitle: x",
        f"secured: [{SECRET}, {{deep: {SECRET}}}]",
        f"secured: {SECRET}\nsecured: {SECRET}",
        f"related:\n  - secured: {SECRET}\n    title: x",
        f"related: [{{title: x, secured: {SECRET}}}]",
        f'title: x\nsecured: "{SECRET}: never closed\n  {SECRET}',
        f"title: a: b\nsecured: {SECRET}",
        f"title: x\r\nsecured: '{SECRET}'",
    ],
)
def test_secrets_are_redacted_and_offsets_stay(front_matter: str) -> None:
    document = parsed(f"---\n{front_matter}\n---\nbody\n")
    shown = redact(document).text
    assert "TOPSECRET" not in shown
    assert len(shown) == len(document.source.text)
    assert shown.endswith("\n---\nbody\n")


def test_other_text_is_not_redacted() -> None:
    document = parsed("---\ntitle: how we are secured\n---\nsecured: no front matter here\n")
    assert redact(document).text == document.source.text
