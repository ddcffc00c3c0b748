"""Exemption of fields and articles: entries of `[[overrides]]` with `pointers` or `providers`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from newslint.diagnostics.pages import ALL_PAGES, Pages
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.settings.registry import Registry
from newslint.settings.settings import OverrideTable
from newslint.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

ANY = "*"
"""The part of a pointer pattern that matches any one key or index."""

_WRONG_ESCAPE = lazy_pattern(r"~(?![01])")

PointerPattern = tuple[str, ...]
"""The escaped parts of a JSON Pointer, the empty one before its first `/` included."""


class Exemption(msgspec.Struct, frozen=True):
    """Fields and articles that rules do not apply to.

    Attributes:
        rules: The ids of the rules, sorted.
        pointers: Patterns of the fields; each matches a value and all values inside it. Without
            any, all fields are exempted.
        providers: Kinds of pages; without any, articles of all providers are exempted.
    """

    rules: tuple[str, ...]
    pointers: tuple[PointerPattern, ...] = ()
    providers: tuple[Pages, ...] = ()

    def covers(self, rule: str, pointer: str, pages: Pages = ALL_PAGES) -> bool:
        """Check whether a diagnostic is exempted.

        Args:
            rule: Its rule.
            pointer: Its pointer.
            pages: The narrowest kind of pages that its article belongs to.
        """
        if rule not in self.rules:
            return False
        if self.providers and not any(each in self.providers for each in pages.wider):
            return False
        parts = pointer.split("/")
        return not self.pointers or any(_matches(pattern, parts) for pattern in self.pointers)


def create_exemption(
    names: Sequence[str],
    pointers: tuple[PointerPattern, ...],
    registry: Registry,
    providers: tuple[Pages, ...] = (),
) -> Exemption:
    """Create the exemption of `pointers` and `providers` from rules and categories.

    Nothing is exempted from `rule-crashed`: the diagnostics of the rule that failed are unknown.

    Raises:
        UnknownNameError: A name is neither a rule nor a category.
    """
    ids = {rule.id for name in names for rule in registry.expand(name)}
    return Exemption(tuple(sorted(ids - {RuleCrashed.id})), pointers, providers)


def split_patterns(pointers: Sequence[str]) -> tuple[PointerPattern, ...]:
    """Split pointer patterns into their parts."""
    return tuple(tuple(pointer.split("/")) for pointer in pointers)


def split_providers(providers: Sequence[str]) -> tuple[Pages, ...]:
    """Split providers into domains and folders: `example.com/updates/`."""
    parts = (each.partition("/") for each in providers)
    return tuple(Pages(domain, folder.rstrip("/")) for domain, _, folder in parts)


def find_exemption_problems(table: OverrideTable) -> "Iterator[tuple[KeyPath, str]]":
    """Yield the keys and the message of each problem of an entry that is an exemption."""
    for index, provider in enumerate(table.providers):
        domain, _, folder = provider.partition("/")
        if not domain or ":" in domain or "/" in folder.rstrip("/"):
            message = f"'{provider}' is no provider; write 'example.com' or 'example.com/updates/'"
            yield ("providers", index), message
    for index, pointer in enumerate(table.pointers):
        if not pointer.startswith("/"):
            yield ("pointers", index), f"'{pointer}' is no JSON Pointer; write '/{pointer}'"
        elif _WRONG_ESCAPE.search(pointer):
            message = (
                f"'{pointer}' is no JSON Pointer; write '~0' for '~' and '~1' for '/' in a key"
            )
            yield ("pointers", index), message
    given = "pointers" if table.pointers else "providers"
    if not table.ignore:
        yield (given,), f"'{given}' needs 'ignore' in the same entry; name the rules there"
    for name in ("select", "extend_select", "rules"):
        if name in table.model_fields_set:
            key = name.replace("_", "-")
            yield (key,), f"'{key}' applies to whole files; move it to an entry without '{given}'"


def _matches(pattern: PointerPattern, parts: Sequence[str]) -> bool:
    """Check whether a pattern matches the first parts of a pointer."""
    return len(pattern) <= len(parts) and all(
        wanted in (ANY, part) for wanted, part in zip(pattern, parts, strict=False)
    )
