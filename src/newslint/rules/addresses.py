"""Addresses of the documentation of rules."""

from collections.abc import Iterable
from itertools import chain

from newslint._manual import page_address
from newslint.rules.builtin import BUILTIN
from newslint.rules.rule import Rule

_BUILTIN = "newslint.rules."


def rule_address(rule: type[Rule]) -> str:
    """Find the address of a rule's documentation; empty if a plugin gives none."""
    if rule.documentation or not rule.__module__.startswith(_BUILTIN):
        return rule.documentation
    return page_address(f"rules/{rule.id}")


def rule_addresses(rules: Iterable[type[Rule]]) -> dict[str, str]:
    """Find the addresses of the documentation of built-in rules and others, by rule id.

    A plugin's rule without documentation is left out.
    """
    addresses = ((rule.id, rule_address(rule)) for rule in chain(BUILTIN, rules))
    return {name: address for name, address in addresses if address}
