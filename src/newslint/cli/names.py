"""What a shell offers for names of rules and categories.

Those of plugins are not among them: pressing a key must run no code that settings name.
"""

import click


def complete_rules(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Return the rules whose names start with `incomplete`."""
    from newslint.rules.builtin import BUILTIN

    return [rule.id for rule in BUILTIN if rule.id.startswith(incomplete)]


def complete_names(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Return what the last of `incomplete`, names separated by commas, may become."""
    from newslint.settings import Registry

    before, comma, last = incomplete.rpartition(",")
    registry = Registry()
    names = ["all", *registry.categories, *(rule.id for rule in registry)]
    given = set(before.split(","))
    return [
        f"{before}{comma}{name}" for name in names if name.startswith(last) and name not in given
    ]
