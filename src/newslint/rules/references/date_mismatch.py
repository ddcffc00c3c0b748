"""The rule `date-mismatch`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Good, Group, GroupRule, Severity, Spread, replace_source
from newslint.rules.deviation import deviations, source_of
from newslint.rules.samples import ENTRY, NEWS, OTHER


class DateMismatch(GroupRule):
    """The publication date of a related entry differs from the article's.

    Dates are compared as instants, so `23:33+02:00` equals `21:33Z`.

    Why: one article is sorted differently on different pages.
    """

    id = "date-mismatch"
    severity = Severity.WARNING
    compares = True
    examples = (
        Bad(OTHER + ENTRY.replace("21:33", "20:33"), NEWS, fixed=OTHER + ENTRY),
        Good(OTHER + ENTRY.replace("21:33:00Z", "23:33:00+02:00"), NEWS),
    )

    def check(self, group: Group) -> Iterator[Spread]:
        """Yield a diagnostic for each entry whose date is not the article's."""
        for facts, truth in deviations(group, lambda facts: facts.published_at):
            here = facts.at("publishedDateTime")
            there = truth.mention.at("publishedDateTime")
            found = self.flag(
                here,
                f"published {here.value} here, {there.value} {source_of(truth)}",
                cause=group.key,
                related=((there, f"published {there.value} here"),),
                fix=replace_source(
                    here, there.value, f"Set the date to {there.value}", there.style
                ),
            )
            yield Spread(facts, found)
