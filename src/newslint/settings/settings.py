"""The tables of a settings file as models, with a description of each setting."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from newslint.diagnostics import Severity
from newslint.syntax import Limits

Text = Annotated[str, StringConstraints(min_length=1)]
Texts = tuple[Text, ...]
Tables = dict[str, dict[str, Any]]
MAX_DEPTH = 250
"""Upper bound of `limits.depth`; Python's recursion limit allows about twice as many levels."""

MAX_SIZE = 256 * 1024 * 1024
"""Upper bound of `limits.file-size` and `limits.line`."""

MAX_LIMIT = 10_000_000
"""Upper bound of all other limits: the settings of a clone cannot switch them off."""

StaleBaseline = Literal["error", "warn", "ignore"]


def _wrap_text(value: Any) -> Any:
    """Wrap a single text in a tuple."""
    return (value,) if isinstance(value, str) else value


MaxCount = Annotated[int, Field(ge=0)] | None
OneOrMore = Annotated[Texts, BeforeValidator(_wrap_text, json_schema_input_type=str | list[str])]


def _kebab_case(name: str) -> str:
    """Convert the name of a field to the name of its setting."""
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_kebab_case,
        populate_by_name=True,
        defer_build=True,  # without settings files, no validator is needed
    )


class RulesTable(_Table):
    """Settings that select and configure rules, for all files or for some."""

    select: Texts | None = Field(
        None, description="Rules or categories to run; by default those that are on by default."
    )
    extend_select: Texts = Field(
        (), description="Rules or categories to run in addition to those selected otherwise."
    )
    ignore: Texts = Field((), description="Rules or categories not to run.")
    rules: Tables = Field(
        default_factory=dict,
        description="A table for each rule, by its name: its severity and its options.",
    )


class OverrideTable(RulesTable):
    """Other rules, severities and options for some files."""

    paths: Annotated[Texts, Field(min_length=1)] = Field(
        description="Patterns as in .gitignore of the files, relative to the project's root."
    )
    pointers: Annotated[Texts, Field(min_length=1)] = Field(
        (),
        description=(
            "JSON Pointers to the fields, with `*` for any one key or index, to which the rules in "
            "`ignore` do not apply; by default they do not apply to the whole files."
        ),
    )
    providers: Annotated[Texts, Field(min_length=1)] = Field(
        (),
        description=(
            "Domains of publishers (`example.com`), or folders of their sites "
            "(`example.com/updates/`), to whose articles the rules in `ignore` do not apply."
        ),
    )

    @property
    def is_exemption(self) -> bool:
        """Whether it exempts some fields or articles, and so says nothing of whole files."""
        return bool(self.pointers or self.providers)


class FieldsTable(_Table):
    """The fields that play each role, if they have other names than in `news`.

    Each is the name of a field, a path such as `provider/name`, or a list of these, of which the
    first one in a record counts; with an empty list, no field plays the role.
    """

    title: OneOrMore = Field(("title",), description="The headline.")
    excerpt: OneOrMore = Field(("excerpt",), description="The lead, as plain text.")
    date: OneOrMore = Field(("publishedDateTime",), description="The time of publication.")
    updated: OneOrMore = Field(("updatedDateTime",), description="The time of the last change.")
    url: OneOrMore = Field(
        ("webUrl", "originalUrl"), description="The public URL, which identifies the article."
    )
    amp_url: OneOrMore = Field(("ampWebUrl", "cdnAmpWebUrl"), description="URLs of AMP pages.")
    quality: OneOrMore = Field(("quality",), description="The quality score.")
    published: OneOrMore = Field(("published",), description="Whether the site shows the article.")
    draft: OneOrMore = Field(("draft",), description="Whether the article is a draft.")
    provider_name: OneOrMore = Field(("provider/name",), description="The publisher's name.")
    provider_domain: OneOrMore = Field(("provider/domain",), description="The publisher's domain.")
    provider_images: OneOrMore = Field(
        ("provider/images",), description="A list of images of the publisher."
    )
    images: OneOrMore = Field(
        ("images",), description="An image or a list: each an address, or a mapping with one."
    )
    related: OneOrMore = Field(("related",), description="A list of copies of other articles.")
    html: OneOrMore = Field(
        ("featuredContent", "banner", "tagline"), description="Fields that contain HTML by design."
    )
    terms: OneOrMore = Field(
        (
            *("tags", "topics", "categories", "authors", "taxonomies/tags"),
            *("tag", "topic", "category", "author"),
        ),
        description="Tags, topics, categories and authors, one or a list; all fields count.",
    )
    permalink: OneOrMore = Field(
        ("permalink", "url"), description="The address of the page on the site."
    )
    slug: OneOrMore = Field(("slug",), description="The last part of that address.")
    aliases: OneOrMore = Field(
        ("aliases", "redirect_from"), description="Old addresses, which redirect to the page."
    )
    language: OneOrMore = Field(
        ("lang", "language", "locale"), description="The language of the page."
    )
    image_url: OneOrMore = Field(("url",), description="Where the file of an image is.")
    image_width: OneOrMore = Field(("width",), description="The width of an image in pixels.")
    image_height: OneOrMore = Field(("height",), description="The height of an image in pixels.")
    image_cached: OneOrMore = Field(("isCached",), description="Whether an image is cached.")


class RowsTable(_Table):
    """How the rows of files with many records are read, such as those of JSON Lines."""

    key: Text | None = Field(
        None,
        description=(
            "The field or column that identifies a row; by default the primary key of a table of "
            "SQLite, and elsewhere the number of the row."
        ),
    )
    text: Text | None = Field(
        None,
        description=(
            "The field or column that contains a whole document with front matter; by default all "
            "fields of a row are its record."
        ),
    )
    table: Text | None = Field(
        None, description="The table of a SQLite file; by default its only one."
    )


class CollectionTable(RulesTable):
    """Files that share one schema."""

    name: Text = Field(description="The name of the collection in messages and commands.")
    paths: Annotated[Texts, Field(min_length=1)] = Field(
        description=(
            "Patterns as in .gitignore of its files, relative to the project's root. A file "
            "belongs to the first collection with a pattern that matches it."
        )
    )
    schema_: Text | None = Field(
        "news",
        alias="schema",
        description=(
            "The schema of its records: `news`, a JSON Schema file (`x.schema.json`), or a "
            "pydantic model (`package.module:Model` or `file.py:Model`)."
        ),
    )
    fields: FieldsTable = Field(
        default_factory=FieldsTable, description="The fields that play each role."
    )
    rows: RowsTable = Field(
        default_factory=RowsTable.model_construct,
        description="How files with many records are read.",
    )


class LimitsTable(_Table):
    """Limits of a file. If a file exceeds one, no other diagnostics of it are reported."""

    file_size: int = Field(
        Limits().file_size,
        ge=1,
        le=MAX_SIZE,
        description="Bytes of a file; a larger one is not read.",
    )
    line: int = Field(
        Limits().line, ge=1, le=MAX_SIZE, description="Characters of one line of front matter."
    )
    depth: int = Field(
        Limits().depth, ge=1, le=MAX_DEPTH, description="Nesting of lists and mappings."
    )
    nodes: int = Field(
        Limits().nodes,
        ge=1,
        le=MAX_LIMIT,
        description="Values in one front matter; an alias counts as often as it is used.",
    )
    aliases: int = Field(
        Limits().aliases,
        ge=0,
        le=MAX_LIMIT,
        description="Values that the aliases of one front matter expand to.",
    )
    entries: int = Field(
        Limits().entries, ge=1, le=MAX_LIMIT, description="Entries of one list, such as `related`."
    )
    diagnostics: int = Field(
        1_000_000,
        ge=1,
        le=MAX_LIMIT,
        description="Diagnostics of one rule that a report lists; beyond, it gives their number.",
    )

    def file_limits(self) -> Limits:
        """Convert the limits of a file for the parser."""
        return Limits(**{name: getattr(self, name) for name in Limits._fields})


class GateTable(_Table):
    """The quality gate: limits above which the exit status is 1.

    A diagnostic counts towards the limit of its rule if there is one, else of its severity.
    """

    max_errors: MaxCount = Field(
        None, description="Errors that pass; by default none, or all if `fail-level` allows them."
    )
    max_warnings: MaxCount = Field(
        None,
        description="Warnings that pass; by default all, or none if `fail-level` is `warning` or "
        "`info`.",
    )
    max_infos: MaxCount = Field(
        None, description="Diagnostics of severity `info` that pass, likewise."
    )
    max_baselined: MaxCount = Field(
        None, description="Diagnostics that the baseline may let pass; by default any number."
    )
    rules: dict[str, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict, description="Diagnostics of a rule that pass, by its name."
    )


class OnlineTable(_Table):
    """How the addresses of links and images are asked, and which answers count.

    Nothing but `newslint probe` and `newslint check --online` uses the network.
    """

    age: int = Field(
        30,
        ge=1,
        le=36_500,
        description=(
            "Days that the verdict on an address counts, up to `today`; then it is asked again."
        ),
    )
    file: Text = Field(
        "newslint-verdicts.jsonl",
        description="A file of verdicts that can be committed, relative to the project's root.",
    )
    gate: bool = Field(
        default=False,
        description="Count dead links and images towards the quality gate.",
    )
    interval: float = Field(
        1.0, ge=0.1, le=3600, description="Seconds between two requests to one host."
    )
    connections: int = Field(
        32, ge=1, le=32, description="Connections at the same time, at most one for each host."
    )
    timeout: float = Field(30.0, ge=1, le=600, description="Seconds that one request may take.")
    hidden: bool = Field(
        default=False,
        description="Ask addresses of records that are not published, which reveals them.",
    )
    proxy: bool = Field(
        default=False,
        description=(
            "Use the proxy that environment variables such as `HTTPS_PROXY` name. It resolves the "
            "names of hosts, so that newslint cannot check where they lead."
        ),
    )
    exclude: Texts = Field(
        (),
        description=(
            "Addresses that are not asked: hosts with their subdomains (`example.com`), or starts "
            "of addresses (`https://example.com/private/`)."
        ),
    )


class Settings(RulesTable):
    """The settings of a project."""

    extends: Text | None = Field(
        None, description="A settings file to extend, relative to this one."
    )
    corpus: Texts = Field(
        (),
        description=(
            "Folders whose records belong together, relative to the project's root; by default "
            "the root."
        ),
    )
    include: Texts = Field(
        (),
        description=(
            "Patterns as in .gitignore of the files to read, whatever their extensions; by default "
            "all documents."
        ),
    )
    exclude: Texts = Field(
        (), description="Patterns as in .gitignore of files and folders to exclude."
    )
    force_exclude: bool = Field(
        default=False,
        description="Exclude files even if they are named on the command line.",
    )
    today: date = Field(
        default_factory=date.today,
        description="The date to check records by; by default the day of the run.",
    )
    fail_level: Severity = Field(
        Severity.ERROR,
        description="Fail on diagnostics of this severity or higher.",
    )
    gate: GateTable = Field(
        default_factory=GateTable.model_construct,
        description="The quality gate: limits above which the exit status is 1.",
    )
    collections: tuple[CollectionTable, ...] = Field(
        (),
        description=(
            "Kinds of records, each with its schema. Without collections, all files are `news`; "
            "with collections, files that belong to none are not checked."
        ),
    )
    overrides: tuple[OverrideTable, ...] = Field(
        (), description="Other rules for some files; if several match a file, the last one wins."
    )
    baseline: Text | None = Field(
        None, description="The baseline file, relative to the settings file."
    )
    stale_baseline: StaleBaseline = Field(
        "warn",
        description=(
            "How to treat diagnostics of the baseline that no longer occur: error (the exit "
            "status is 1), warn or ignore."
        ),
    )
    limits: LimitsTable = Field(
        default_factory=LimitsTable.model_construct,
        description="Limits of the size of files and reports.",
    )
    online: OnlineTable = Field(
        default_factory=OnlineTable.model_construct,
        description="Links and images of other sites.",
    )
    plugins: Texts = Field(
        (),
        description=(
            "Packages (`newslint_acme`) or files (`./rules/house.py`, relative to the settings "
            "file) that define rules."
        ),
    )
