"""The place of the cursor in JSON and TOML that are being typed."""

import pytest

from newslint.lsp.bracket_context import find_bracket_contexts
from newslint.lsp.yaml_context import CursorContext


def find(text: str, *, is_toml: bool) -> list[CursorContext]:
    """Find the contexts of the mark `|` in a text."""
    offset = text.index("|")
    text = text.replace("|", "", 1)
    return find_bracket_contexts(text, 0, offset, len(text), is_toml=is_toml)


@pytest.mark.parametrize(
    ("text", "path", "prefix", "siblings"),
    [
        ('{"title": "x", |\n "webUrl": "y"}', "", "", "title webUrl"),
        ('{"title": "x",\n "|"\n "webUrl": "y"}', "", "", "title webUrl"),
        ('{"title": "x",\n "pu|', "", "pu", "title"),
        ('{"related": [{"title": "x"}, {"|', "related/", "", ""),
        ('title = "x"\n|\nwebUrl = "y"\n[provider]\nname = 1\n', "", "", "title webUrl provider"),
        ('title = "x"\npub|\n', "", "pub", "title"),
        ("a = 1 # b = [\n[provider]\nna|\ndomain = 1", "provider", "na", "domain"),
        ('[[related]]\ntitle = "x"\n[[related]]\nqu|\n', "related/", "qu", ""),
        ('provider = { name = "a", d|}', "provider", "d", "name"),
        ('a = """x\n[b]\n"""\n|', "", "", "a"),
    ],
)
def test_keys(text: str, path: str, prefix: str, siblings: str) -> None:
    (found,) = find(text, is_toml=text[0] != "{")
    assert found.is_key
    assert ("/".join(found.path), found.prefix) == (path, prefix)
    assert found.siblings == set(siblings.split())


@pytest.mark.parametrize(
    ("text", "path", "typed"),
    [
        ('{"published": t|, "a": 1}', "published", "t"),
        ('{"related": [{"title": "One|"}]}', "related//title", '"One'),
        ('{"tags": ["a", "b|"]}', "tags/", '"b'),
        ('{"provider": {"name": |}}', "provider/name", ""),
        ("published = |\n", "published", ""),
        ("[[related]]\n[related.provider]\nname = 'O|'\n", "related//provider/name", "'O"),
        ('tags = [\n "a", "|"]\n', "tags/", '"'),
        ('provider.name = "T|"', "provider/name", '"T'),
    ],
)
def test_values(text: str, path: str, typed: str) -> None:
    (found,) = find(text, is_toml=text[0] != "{")
    assert not found.is_key
    assert ("/".join(found.path), found.quote + found.prefix) == (path, typed)


@pytest.mark.parametrize("text", ["|", '{"a": 1}\n|', '{"a": "b\\|'])
def test_text_outside_of_an_object_has_no_context(text: str) -> None:
    assert len(find(text, is_toml=False)) == text.startswith('{"a": "')
