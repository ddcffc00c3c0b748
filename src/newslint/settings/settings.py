"""What the user configured."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from newslint.diagnostics import Severity
from newslint.syntax import Limits

Text = Annotated[str, StringConstraints(min_length=1)]
Texts = tuple[Text, ...]
Tables = dict[str, dict[str, Any]]
MAX_DEPTH = 250
"""Python allows for calls inside each other at about twice as many levels."""

StaleBaseline = Literal["error", "warn", "ignore"]


def _listed(value: Any) -> Any:
    """Return a single text as a list of it."""
    return (value,) if isinstance(value, str) else value


OneOrMore = Annotated[Texts, BeforeValidator(_listed, json_schema_input_type=str | list[str])]


def _dashed(name: str) -> str:
    """Return the name that settings files use for the field `name`."""
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_dashed,
        populate_by_name=True,
        defer_build=True,  # where there are no settings, no validator is needed
    )


class RulesTable(_Table):
    """What says which rules run and how: for all files, or for some."""

    select: Texts | None = Field(
        None, description="Rules or categories to run; by default those that are on by default."
    )
    extend_select: Texts = Field(
        (), description="Rules or categories to run besides those that are selected otherwise."
    )
    ignore: Texts = Field((), description="Rules or categories not to run.")
    rules: Tables = Field(
        default_factory=dict,
        description="A table for each rule, by its name: its severity and its options.",
    )


class OverrideTable(RulesTable):
    """Other rules, severities and options for some files."""

    paths: Annotated[Texts, Field(min_length=1)] = Field(
        description=(
            "Patterns as in .gitignore of the files concerned, relative to the project's root."
        )
    )


class FieldsTable(_Table):
    """Which fields of the records play which part, where they are not called as in `news`.

    Each is the name of a field, a path such as `provider/name`, or a list of those of which the
    first that a record has counts; an empty list says that no field plays the part.
    """

    title: OneOrMore = Field(("title",), description="The headline.")
    excerpt: OneOrMore = Field(("excerpt",), description="The lead, as plain text.")
    date: OneOrMore = Field(("publishedDateTime",), description="When it was published.")
    updated: OneOrMore = Field(("updatedDateTime",), description="When it last changed.")
    url: OneOrMore = Field(
        ("webUrl", "originalUrl"), description="Where readers find it; names the article."
    )
    amp_url: OneOrMore = Field(("ampWebUrl", "cdnAmpWebUrl"), description="Its AMP pages.")
    quality: OneOrMore = Field(("quality",), description="Its score.")
    published: OneOrMore = Field(("published",), description="Whether the site shows it.")
    provider_name: OneOrMore = Field(("provider/name",), description="Who published it.")
    provider_domain: OneOrMore = Field(("provider/domain",), description="Where.")
    images: OneOrMore = Field(("images",), description="A list of its pictures.")
    related: OneOrMore = Field(("related",), description="A list of copies of other articles.")
    html: OneOrMore = Field(("featuredContent",), description="Fields that hold HTML by design.")


class CollectionTable(RulesTable):
    """Files that share one schema."""

    name: Text = Field(description="What messages and commands call it.")
    paths: Annotated[Texts, Field(min_length=1)] = Field(
        description=(
            "Patterns as in .gitignore of its files, relative to the project's root. A file "
            "belongs to the first collection that names it."
        )
    )
    schema_: Text | None = Field(
        "news",
        alias="schema",
        description=(
            "What its records must look like: `news`, a JSON Schema file (`x.schema.json`), or a "
            "pydantic model (`package.module:Model` or `file.py:Model`)."
        ),
    )
    fields: FieldsTable = Field(
        default_factory=FieldsTable, description="Which of its fields play which part."
    )


class LimitsTable(_Table):
    """What is too much: of a file beyond these only that is reported."""

    file_size: int = Field(
        Limits().file_size, ge=1, description="Bytes of a file; a larger one is not read."
    )
    line: int = Field(Limits().line, ge=1, description="Characters of one line of front matter.")
    depth: int = Field(
        Limits().depth, ge=1, le=MAX_DEPTH, description="Lists and mappings inside each other."
    )
    nodes: int = Field(
        Limits().nodes,
        ge=1,
        description="Values in one front matter, aliases counted as often as they are used.",
    )
    aliases: int = Field(
        Limits().aliases,
        ge=0,
        description="Values that the aliases of one front matter stand for.",
    )
    entries: int = Field(
        Limits().entries, ge=1, description="Entries of one list, such as `related`."
    )
    diagnostics: int = Field(
        1_000_000,
        ge=1,
        description="Diagnostics of one rule that a report lists; of more it tells the number.",
    )

    def of_files(self) -> Limits:
        """Return what one file may cost."""
        return Limits(**{name: getattr(self, name) for name in Limits._fields})


class Settings(RulesTable):
    """What the user configured, validated.

    Attributes are described by their fields.
    """

    extends: Text | None = Field(
        None, description="A settings file that this one builds on, relative to this one."
    )
    corpus: Texts = Field(
        (),
        description=(
            "Folders whose records belong together, relative to the project's root, which they are "
            "by default."
        ),
    )
    include: Texts = Field(
        (),
        description=(
            "Patterns as in .gitignore of the files to read, whatever their endings; by default "
            "all documents."
        ),
    )
    exclude: Texts = Field(
        (), description="Patterns as in .gitignore of files and folders to leave out."
    )
    force_exclude: bool = Field(
        default=False,
        description="Leave excluded files out even when they are named on the command line.",
    )
    today: date = Field(
        default_factory=date.today,
        description="The date that records are judged by; by default the day of the run.",
    )
    fail_level: Severity = Field(
        Severity.ERROR,
        description="The lowest severity that makes the exit status 1.",
    )
    collections: tuple[CollectionTable, ...] = Field(
        (),
        description=(
            "Kinds of records, each with its schema. By default all files are `news`; where any "
            "collection is named, files of none are left alone."
        ),
    )
    overrides: tuple[OverrideTable, ...] = Field(
        (), description="Other rules for some files; of several that name a file the last wins."
    )
    baseline: Text | None = Field(
        None, description="The file that holds the baseline, relative to the settings file."
    )
    stale_baseline: StaleBaseline = Field(
        "warn",
        description=(
            "What to do about diagnostics of the baseline that occur no longer: error (the exit "
            "status is 1), warn or ignore."
        ),
    )
    limits: LimitsTable = Field(
        default_factory=LimitsTable.model_construct, description="What is too much of anything."
    )
    plugins: Texts = Field(
        (),
        description=(
            "Packages (`newslint_acme`) or files (`./rules/house.py`, relative to the settings "
            "file) that bring rules."
        ),
    )
