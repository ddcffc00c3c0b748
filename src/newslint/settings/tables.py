"""Tables of a settings file that stand on their own, with a description of each setting."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from newslint.syntax import Limits

Text = Annotated[str, StringConstraints(min_length=1)]
Texts = tuple[Text, ...]
MAX_DEPTH = 250
"""Upper bound of `limits.depth`; Python's recursion limit allows about twice as many levels."""

MAX_SIZE = 256 * 1024 * 1024
"""Upper bound of `limits.file-size` and `limits.line`."""

MAX_LIMIT = 10_000_000
"""Upper bound of all other limits: the settings of a clone cannot switch them off."""


def _wrap_text(value: Any) -> Any:
    """Wrap a single text in a tuple."""
    return (value,) if isinstance(value, str) else value


MaxCount = Annotated[int, Field(ge=0)] | None
OneOrMore = Annotated[Texts, BeforeValidator(_wrap_text, json_schema_input_type=str | list[str])]


def _kebab_case(name: str) -> str:
    """Convert the name of a field to the name of its setting."""
    return name.replace("_", "-")


class SettingsTable(BaseModel):
    """A table, whose settings are written with hyphens; an unknown one is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_kebab_case,
        populate_by_name=True,
        defer_build=True,  # without settings files, no validator is needed
    )


class FieldsTable(SettingsTable):
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


class RowsTable(SettingsTable):
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


class LimitsTable(SettingsTable):
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


class GateTable(SettingsTable):
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


class OnlineTable(SettingsTable):
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
        strict=True,
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
        strict=True,
        description="Ask addresses of records that are not published, which reveals them.",
    )
    proxy: bool = Field(
        default=False,
        strict=True,
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
