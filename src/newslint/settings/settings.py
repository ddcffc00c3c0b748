"""What the user configured."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from newslint.diagnostics import Severity

Text = Annotated[str, StringConstraints(min_length=1)]
Texts = tuple[Text, ...]
Tables = dict[str, dict[str, Any]]
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


class Layer(_Table):
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


class OverrideTable(Layer):
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


class CollectionTable(Layer):
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


class Settings(Layer):
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
    plugins: Texts = Field(
        (),
        description=(
            "Packages (`newslint_acme`) or files (`./rules/house.py`, relative to the settings "
            "file) that bring rules."
        ),
    )
