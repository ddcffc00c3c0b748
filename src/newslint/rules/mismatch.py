"""Compares the mentions of one article: what the rules on references share."""

from collections.abc import Callable, Hashable, Iterator

from newslint.records.text_damage import normalize_text, undo_damage
from newslint.rules.api import (
    Description,
    DescriptionDiagnostic,
    Group,
    GroupRule,
    Reference,
    find_reference,
    replace_value,
    shown,
)

FieldReader = Callable[[Description], Hashable | None]
Same = Callable[[Hashable, Hashable], bool]


def find_mismatches(
    group: Group, read: FieldReader, same: Same = lambda one, other: one == other
) -> Iterator[tuple[Description, Reference]]:
    """Yield what related entries of `group` say that differs from the reference, and the reference.

    Records are never yielded: two records of one article are reported by `duplicate-record`.

    Args:
        group: The mentions of one article.
        read: What is compared; None where a description says nothing.
        same: Whether two readings count as equal.
    """
    if len({read(description) for description in group.descriptions} - {None}) < 2:  # noqa: PLR2004 # all agree
        return
    truth = find_reference(group, read)
    if truth is None:
        return
    for description in group.entry_descriptions:
        value = read(description)
        if value is not None and value != truth.value and not same(value, truth.value):
            yield description, truth


def flag_text_mismatches(
    rule: GroupRule, group: Group, name: str, noun: str, same: Same
) -> Iterator[DescriptionDiagnostic]:
    """Yield a diagnostic for each related entry of `group` whose text is not the article's.

    Texts are compared as readers should see them, with what other rules report taken out.

    Args:
        rule: Says so.
        group: The mentions of one article.
        name: The field, which is also the name of the fact: `title` or `excerpt`.
        noun: What messages call it.
        same: Whether two texts count as equal.
    """

    def read(description: Description) -> str | None:
        text = getattr(description, name)
        return normalize_text(text) if text else None

    for description, truth in find_mismatches(group, read, same):
        here, there = description.target(name), truth.mention.target(name)
        wanted = undo_damage(there.value)
        found = rule.flag(
            here,
            f"the {noun} is {shown(here.value)} here, {shown(wanted)} {describe_source(truth)}",
            cause=group.key,
            related=((there, f"the {noun} is {shown(there.value)} here"),),
            fix=replace_value(here, wanted, f"Take the article's {noun}"),
        )
        yield DescriptionDiagnostic(description, found)


def describe_source(truth: Reference) -> str:
    """Return where a reference's value comes from, as messages say it."""
    if truth.mention.is_record:
        return "in its record"
    if truth.votes == 1:
        return f"in the newest of {truth.total} mentions"
    return f"in {truth.votes} of {truth.total} mentions"
