"""What the truth about an article is, where its mentions differ.

A record's own values are the reference; without a record the majority of mentions is, and on a tie
the newest record's.
"""

from collections import Counter
from collections.abc import Callable, Hashable
from typing import NamedTuple

from newslint.records.corpus import Group
from newslint.records.facts import Facts
from newslint.records.mention import Mention

Reading = Callable[[Facts], Hashable | None]


class Reference(NamedTuple):
    """The value that mentions of an article should have.

    Attributes:
        value: As the rule reads it.
        mention: The mention that holds it.
        votes: How many mentions agree; 0 where a record decides.
        total: How many mentions say anything.
    """

    value: Hashable
    mention: Mention
    votes: int = 0
    total: int = 0


def reference(group: Group, read: Reading, *, records_decide: bool = True) -> Reference | None:
    """Return the reference for what `read` takes from the descriptions in `group`.

    Args:
        group: The mentions.
        read: What is compared; None where a description says nothing.
        records_decide: A record's word counts for more than any majority.

    Returns:
        None where no mention says anything.
    """
    values = {facts: value for facts in group.facts if (value := read(facts)) is not None}
    records = [facts for facts in values if facts.is_record]
    if records and records_decide:
        newest = group.newest(records)
        return Reference(values[newest.facts], newest)
    if not values:
        return None
    votes: Counter[Hashable] = Counter()
    for facts, value in values.items():
        votes[value] += group.count(facts)
    most = max(votes.values())
    newest = group.newest(facts for facts, value in values.items() if votes[value] == most)
    return Reference(values[newest.facts], newest, most, votes.total())
