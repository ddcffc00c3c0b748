"""The merge key."""

from typing import Any

import pytest

from oracle import loads, root, tree


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("x: &x {a: 1, b: 2}\ny: {b: 3, <<: *x}\n", {"b": 3, "a": 1}),
        ("x: &x {a: 1}\ny:\n  <<: [*x, {a: 2, b: 2}]\n  <<: {b: 3}\n", {"b": 3, "a": 1}),
        ("x: &x {a: 1}\ny: {'<<': 1}\n", {"<<": 1}),
        ("x: &x {a: 1}\ny: {!!str <<: 1}\n", {"<<": 1}),
        ("y: {<<: {a: 1, a: 2}}\n", {"a": 2}),
    ],
)
def test_merge_keys(yaml: str, value: Any) -> None:
    assert tree(yaml).roots[0].to_python()["y"] == value
    if "a: 1, a: 2" not in yaml:
        assert loads(yaml) == [root(yaml).python]


def test_merged_values_are_found_by_key_but_belong_to_their_mapping() -> None:
    value = root("x: &x {a: 1}\ny: {<<: *x, b: *x}\n")
    assert [each.pointer for each in value.scalars()] == ["/x/a"]
    mapping = value.find("/y")
    assert mapping is not None
    assert mapping.owns("b")
    assert not mapping.owns("a")
