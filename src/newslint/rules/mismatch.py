"""Comparison of descriptions of one article, for the rules about references."""

from collections.abc import Callable, Hashable, Iterator

from newslint.records.disagreement import have_disagreement, nearest_record
from newslint.records.mojibake import find_mojibake
from newslint.records.text_comparison import normalise_text, undo_damage
from newslint.records.urls import is_guessed_identity
from newslint.rules.api import (
    Description,
    DescriptionDiagnostic,
    Fix,
    Group,
    GroupRule,
    Reference,
    Safety,
    find_reference,
    quote_difference,
    replace_value,
)

FieldReader = Callable[[Description], Hashable | None]
Same = Callable[[Hashable, Hashable], bool]


def find_mismatches(
    group: Group, read: FieldReader, same: Same = lambda one, other: one == other
) -> Iterator[tuple[Description, Reference]]:
    """Find the related entries of `group` whose value differs from the reference.

    Records are never compared: `duplicate-record` reports two records of one article. While these
    disagree, an entry with the value of one of them is a copy of it and not reported; the reference
    for another entry is the record that it is nearest to.

    Args:
        group: The mentions of one article.
        read: Gets the value to compare from a description; None if it has none.
        same: Checks whether two values are equal.

    Yields:
        The description of each such entry, with the reference.
    """
    if len({read(description) for description in group.descriptions} - {None}) < 2:  # noqa: PLR2004 # all agree
        return
    reference = find_reference(group, read)
    if reference is None:
        return
    records = [each for each in group.records if read(each.description) is not None]
    is_disputed = bool(records) and have_disagreement(group)
    accepted = {read(each.description) for each in records} if is_disputed else {reference.value}
    for description in group.entry_descriptions:
        value = read(description)
        if value is None or value in accepted or any(same(value, each) for each in accepted):
            continue
        if is_disputed:
            nearest = records[nearest_record(description, records)]
            reference = Reference(read(nearest.description), nearest, is_disputed=True)
        yield description, reference


def flag_text_mismatches(
    rule: GroupRule, group: Group, name: str, noun: str, same: Same
) -> Iterator[DescriptionDiagnostic]:
    """Yield a diagnostic for each related entry of `group` whose text differs from the reference.

    Texts are compared after the damage that other rules report is repaired.

    Args:
        rule: The rule that reports them.
        group: The mentions of one article.
        name: The field, which is also an attribute of `Description`: `title` or `excerpt`.
        noun: The word for the field in messages.
        same: Checks whether two texts are equal.
    """

    def read(description: Description) -> str | None:
        text = getattr(description, name)
        return normalise_text(text) if text else None

    for description, reference in find_mismatches(group, read, same):
        here, there = description.target(name), reference.mention.target(name)
        wanted = undo_damage(there.value)
        safety = Safety.UNSAFE if find_mojibake(wanted).runs else Safety.SAFE
        own, other = quote_difference(normalise_text(here.value), normalise_text(there.value))
        found = rule.flag(
            here,
            f"the {noun} is {own}, but {other} {describe_source(reference)}",
            cause=group.key,
            related=((there, f"the {noun} is {other} here"),),
            fix=unless_uncertain(
                description,
                reference,
                replace_value(here, wanted, f"Copy the article's {noun}", safety),
            ),
        )
        yield DescriptionDiagnostic(description, found)


def describe_source(reference: Reference) -> str:
    """Describe the origin of a reference's value, for a message."""
    if reference.is_disputed:
        return "in the nearest of the article's records, which disagree"
    if reference.mention.is_record:
        return "in the article's record"
    if reference.votes == 1:
        return f"in the newest of {reference.total} mentions"
    return f"in {reference.votes} of {reference.total} mentions"


def unless_uncertain(description: Description, reference: Reference, fix: Fix | None) -> Fix | None:
    """Drop a fix that copies text between descriptions whose identity is only a guess.

    While the records of an article disagree, none is right for certain, and no fix copies from one.
    """
    if reference.is_disputed:
        return None
    guessed = is_guessed_identity(description.url, reference.mention.description.url)
    return None if guessed else fix
