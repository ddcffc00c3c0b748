"""The rule `updated-before-published`."""

from collections.abc import Iterator

from newslint.records.schema.news import parse_datetime
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity, target_of


class UpdatedBeforePublished(MentionRule):
    """The date of the update is before the date of publication.

    Why: one of the two dates is wrong, and pages show both.
    """

    id = "updated-before-published"
    severity = Severity.WARNING
    roles = ("date", "updated")
    examples = (
        Bad("publishedDateTime: 2022-09-12T21:33:00Z\nupdatedDateTime: 2022-09-11T08:00:00Z"),
        Good("publishedDateTime: 2022-09-12T21:33:00Z\nupdatedDateTime: 2022-09-13T08:00:00Z"),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Compare the dates of update and publication as instants."""
        value = mention.find("updatedDateTime")
        updated = parse_datetime(value.python) if value is not None else None
        published = mention.description.published_at
        if value is None or updated is None or published is None or updated >= published:
            return
        there = mention.target("publishedDateTime")
        target = target_of(value)
        message = f"the update of {target.value} is before the publication of {there.value}"
        related = ((there, "the date of publication"),)
        yield self.flag(target, message, cause=mention.description.article, related=related)
