"""Compares the mentions of one article: what the rules on references share."""

from collections.abc import Callable, Hashable, Iterator

from newslint.rules.api import Group, Mention, Reference, reference

Reading = Callable[[Mention], Hashable | None]
Same = Callable[[Hashable, Hashable], bool]


def deviations(
    group: Group, read: Reading, same: Same = lambda one, other: one == other
) -> Iterator[tuple[Mention, Reference]]:
    """Yield the related entries of `group` that differ from the reference, and the reference.

    Records are never yielded: two records of one article are reported by `duplicate-record`.

    Args:
        group: The mentions of one article.
        read: What is compared; None where a mention says nothing.
        same: Whether two readings count as equal.
    """
    if len(group.mentions) < 2:  # noqa: PLR2004 # one mention agrees with itself
        return
    truth = reference(group, read)
    if truth is None:
        return
    for mention in group.entries:
        value = read(mention)
        if value is not None and value != truth.value and not same(value, truth.value):
            yield mention, truth


def source_of(truth: Reference) -> str:
    """Return where a reference's value comes from, as messages say it."""
    if truth.mention.is_record:
        return "in its record"
    if truth.votes == 1:
        return f"in the newest of {truth.total} mentions"
    return f"in {truth.votes} of {truth.total} mentions"
