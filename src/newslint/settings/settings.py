"""The settings of a project and of parts of it as models, with a description of each setting."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from newslint.diagnostics import Severity
from newslint.settings.tables import (
    FieldsTable,
    GateTable,
    LimitsTable,
    OnlineTable,
    RowsTable,
    SettingsTable,
    Text,
    Texts,
)

Tables = dict[str, dict[str, Any]]
StaleBaseline = Literal["error", "warn", "ignore"]


class RulesTable(SettingsTable):
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
        strict=True,
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
