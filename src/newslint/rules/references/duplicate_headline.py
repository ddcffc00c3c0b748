"""The rule `duplicate-headline`."""

from collections.abc import Iterable, Iterator

from newslint.records.addresses import file_date, language_of, page_folder
from newslint.records.text_comparison import normalise_text
from newslint.rules.api import Bad, Diagnostic, Good, Group, GroupRule, Mention, Severity
from newslint.rules.other_records import describe_others, list_others


class DuplicateHeadline(GroupRule):
    """Records without a URL have the same headline and the same date.

    The records are in one folder, or in folders of their own beside each other. The date is that
    of publication, or else the one at the start of the file's name. Hidden records, translations
    and records without any date are left out, and so are records with a URL: `duplicate-record`
    and `duplicate-story` compare those.

    Why: lists of articles show the article twice. Often a post was renamed, and the old file is
    still there.
    """

    id = "duplicate-headline"
    severity = Severity.WARNING
    roles = ("title",)
    reads = "title"
    fields_read = frozenset({"title", "language"})
    examples = (
        Bad(
            "title: The crane is here\npublishedDateTime: 2022-09-12",
            "title: The crane is here\npublishedDateTime: 2022-09-12",
        ),
        Good(
            "title: The crane is here\npublishedDateTime: 2022-09-12",
            "title: The crane is here\npublishedDateTime: 2022-09-13",
        ),
    )

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Group records without a URL by headline."""
        description = mention.description
        if not description.is_record or not description.is_visible or description.urls:
            return ()
        title = normalise_text(description.title or "").casefold()
        return (title,) if title else ()

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each of several records with one headline and date."""
        rivals: dict[tuple[str, ...], list[Mention]] = {}
        for record in group.records:
            day = (record.description.date or file_date(record.path))[:10]
            if day:
                rivals.setdefault((day, *_kinship(record)), []).append(record)
        for (day, *_), records in rivals.items():
            for index, record in enumerate(records if len(records) > 1 else ()):
                others = (records[at] for at in list_others(records, index))
                yield self.flag(
                    record.target("title"),
                    describe_others(records, index, "use", f"this headline and date, {day}"),
                    cause=f"{day} {group.key}",
                    related=(
                        (other.target("title"), "the headline is here, too") for other in others
                    ),
                )


def _kinship(record: Mention) -> tuple[str, ...]:
    """Find what records have in common that are in one list of articles: folder and language."""
    description = record.description
    languages = [description.field_text(name) for name in description.names_of("language")]
    return page_folder(record.path), language_of(record.path), *languages
