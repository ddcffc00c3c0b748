"""The rule `future-date`."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from newslint.records.schema.news import day_at
from newslint.rules.api import Bad, Diagnostic, Field, Good, Mention, MentionRule, Severity

_WESTERNMOST = timedelta(hours=-12)


class FutureDate(MentionRule):
    """The date of publication is after today.

    It must be after today in all time zones, UTC−12 included.

    Why: the article stays on top of every list, or site generators leave it out until then.
    """

    id = "future-date"
    severity = Severity.WARNING
    roles = ("date",)
    examples = (
        Bad("publishedDateTime: 9000-01-01T00:00:00Z"),
        Good("publishedDateTime: 2022-09-12T21:33:00Z"),
    )

    today: date = Field(
        date(2100, 1, 1),
        description="The current date. The setting `today`, or else the day of the run, replaces "
        "this default.",
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Compare the date of publication with today, in the last time zone to reach it."""
        written = mention.description.date
        if written is None or int(written[:4]) < self.today.year:  # the most common case
            return
        published = datetime.fromisoformat(written)
        if day_at(published, _WESTERNMOST) > self.today:
            target = mention.target("publishedDateTime")
            message = f"the date of publication is in the future: {target.value}"
            yield self.flag(target, message, cause=mention.description.article)
