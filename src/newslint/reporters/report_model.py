"""Models of the JSON reports and of JSON statistics, from which their schemas are generated."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from newslint.diagnostics import Safety, Severity
from newslint.diagnostics.gate import Metric

PositiveInt = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PositionModel(_Strict):
    """A place between two characters."""

    line: PositiveInt = Field(description="1-based.")
    column: PositiveInt = Field(description="1-based, in Unicode code points.")


class SpanModel(_Strict):
    """A stretch of text."""

    start: PositionModel
    end: PositionModel = Field(description="The position just after the last character.")


class EditModel(SpanModel):
    """The replacement of a stretch of text."""

    text: str = Field(description="Source text to put there, quoted and escaped as needed.")


class FixModel(_Strict):
    """A set of edits of one file."""

    title: str
    safety: Safety = Field(description="Whether it may be applied without review.")
    edits: list[EditModel]


class RelatedLocationModel(_Strict):
    """A further place that explains a diagnostic."""

    path: str
    pointer: str
    location: SpanModel
    message: str


class DiagnosticModel(_Strict):
    """One problem."""

    rule: str
    category: str
    severity: Severity
    message: str
    path: str = Field(description="Relative to the folder of the report, with `/`.")
    pointer: str = Field(description="RFC 6901 JSON Pointer into the front matter.")
    location: SpanModel
    record: str | None = Field(description="URL of the article that the file describes.")
    visible: bool = Field(description="Whether readers can see the record.")
    cause: str = Field(description="Diagnostics with the same cause need one repair.")
    fingerprint: str = Field(
        description="Identifies the diagnostic across runs, within its project."
    )
    related_locations: list[RelatedLocationModel]
    fix: FixModel | None


class SuppressedModel(DiagnosticModel):
    """A problem that a comment suppresses."""

    reason: str | None = Field(description="The reason given in the comment.")


class SeverityCounts(_Strict):
    """Number of diagnostics of each severity."""

    error: Count
    warning: Count
    info: Count


class VisibleModel(_Strict):
    """The counts of diagnostics in records that readers can see."""

    diagnostics: Count
    causes: Count
    by_severity: SeverityCounts
    by_rule: dict[str, Count]


class SummaryModel(_Strict):
    """The counts of a run."""

    documents: Count = Field(description="Files reported on.")
    records: Count = Field(description="Records in them.")
    mentions: Count = Field(description="Descriptions of articles in the records.")
    diagnostics: Count
    causes: Count
    fixable: Count = Field(description="Diagnostics that have a fix.")
    visible: VisibleModel
    suppressed: Count = Field(description="Diagnostics suppressed by comments.")
    baselined: Count = Field(description="Diagnostics in the baseline, which are not listed.")
    stale_baseline: Count = Field(
        description="Diagnostics in the baseline that no longer occur; also 0 if not all files "
        "were checked, as it is unknown then."
    )
    by_severity: SeverityCounts
    by_rule: dict[str, Count]
    omitted: dict[str, Count] = Field(
        description="Diagnostics beyond the limit in the settings, by rule. They are not listed "
        "and count nowhere else."
    )


class ToolModel(_Strict):
    """The tool that wrote the report."""

    name: Literal["newslint"]
    version: str


class PlacesModel(_Strict):
    """Numbers of places."""

    reported: Count = Field(description="Places that the rule reports.")
    examined: Count = Field(description="Places that the rule examined.")


class ProjectModel(_Strict):
    """A project that the report is about."""

    folder: str = Field(description="Relative to the folder of the report; `.` if it is that.")
    settings: str | None = Field(description="The settings file; null if there is none.")
    documents: Count = Field(description="Files of it that are reported on.")
    diagnostics: Count


class PatternModel(_Strict):
    """A rule reports nearly all places of one kind. Its diagnostics are listed with the others."""

    rule: str
    severity: Severity = Field(description="The worst severity of its diagnostics.")
    project: str | None = Field(
        description="Folder of the project; null if it is that of the report."
    )
    provider: str | None = Field(description="Domain of the publisher; null for all.")
    folder: str | None = Field(
        description="First segment of the paths of the articles' URLs or, without a provider, "
        "the folder of the files; null for all."
    )
    reported: Count = Field(description="Places that the rule reports.")
    examined: Count = Field(description="Places that the rule examined.")
    visible: PlacesModel = Field(description="Places in records that readers can see.")
    diagnostics: Count
    causes: Count
    examples: list[str] = Field(description="Fingerprints of a few of its diagnostics.")
    settings: str = Field(description="Lines of settings (TOML) that accept it.")


class GateConditionModel(_Strict):
    """A limit of the quality gate."""

    metric: Metric = Field(description="The number that is limited.")
    rule: str | None = Field(description="The rule, if the metric is `rule`.")
    project: str | None = Field(description="The folder of the project, of several.")
    limit: Count = Field(description="The highest number that passes.")
    actual: Count = Field(description="The number in this report.")
    passed: bool


class GateModel(_Strict):
    """The quality gate, which decides the exit status."""

    passed: bool = Field(description="Whether all conditions are met.")
    conditions: list[GateConditionModel]


class _RunModel(_Strict):
    """The fields that both JSON reports have."""

    schema_version: Literal[1]
    tool: ToolModel
    summary: SummaryModel
    projects: list[ProjectModel] = Field(description="Each has settings and references of its own.")
    gate: GateModel | None = Field(description="Null if the report was not judged.")
    documentation: dict[str, str] = Field(
        description="Addresses of the documentation of rules that have diagnostics."
    )
    patterns: list[PatternModel] = Field(description="The most important first.")


class ReportModel(_RunModel):
    """The JSON report of `newslint check --format json`."""

    diagnostics: list[DiagnosticModel]
    suppressed: list[SuppressedModel] = Field(
        description="Diagnostics suppressed by comments. They count in `summary.suppressed` only."
    )


class CauseFixModel(_Strict):
    """The fix of the first place of a cause."""

    title: str
    safety: Safety = Field(description="Whether it may be applied without review.")


class CausePlacesModel(_Strict):
    """The places of the diagnostics of a cause in columns: lists of equal length."""

    path: list[str] = Field(description="Files, relative to the folder of the report, with `/`.")
    pointer: list[str] = Field(description="RFC 6901 JSON Pointers into the front matter.")
    line: list[PositiveInt]
    fingerprint: list[str] = Field(
        description="Each identifies a diagnostic across runs, within its project."
    )


class CauseModel(_Strict):
    """The diagnostics that one repair would remove."""

    cause: str = Field(description="Identifies the cause across runs.")
    rule: str
    category: str
    severity: Severity = Field(description="The worst severity of its diagnostics.")
    message: str = Field(description="The message of the first place.")
    fix: CauseFixModel | None
    pattern: bool = Field(description="Whether all its diagnostics belong to patterns.")
    diagnostics: PositiveInt
    visible: Count = Field(description="Diagnostics in records that readers can see.")
    fixable: Count = Field(description="Diagnostics that have a fix.")
    documents: PositiveInt = Field(description="Files that have at least one of the diagnostics.")
    places: CausePlacesModel = Field(
        description="The places of all diagnostics: first those that `visible` counts, then the "
        "others, both by file and line."
    )


class CausesModel(_RunModel):
    """The report of `newslint check --format json-causes`."""

    causes: list[CauseModel] = Field(description="The most important first.")


class _CountsModel(_Strict):
    diagnostics: Count
    visible: Count = Field(description="Diagnostics in records that readers can see.")
    causes: Count
    fixable: Count = Field(description="Diagnostics that have a fix.")
    records: Count = Field(description="Files that have at least one of the diagnostics.")


class RuleCountsModel(_CountsModel):
    """The counts of one rule."""

    rule: str


class ProviderCountsModel(_CountsModel):
    """The counts of one provider."""

    provider: str | None = Field(description="The domain; null if it is unknown.")


class _DeadModel(_Strict):
    links: Count = Field(description="Distinct addresses of links that are gone.")
    images: Count = Field(description="Distinct addresses of images that are gone.")
    documents: Count = Field(description="Files that contain them.")


class DeadHostModel(_DeadModel):
    """Addresses at one host that are gone."""

    host: str | None


class DeadYearModel(_DeadModel):
    """Addresses that are gone in records of one year."""

    year: str | None = Field(description="The year of publication; null if it is unknown.")


class StatisticsModel(_Strict):
    """The statistics of `newslint stats --format json`."""

    schema_version: Literal[1]
    tool: ToolModel
    summary: SummaryModel
    projects: list[ProjectModel] = Field(description="Each has settings and references of its own.")
    patterns: list[PatternModel] = Field(description="The most important first.")
    rules: list[RuleCountsModel] = Field(
        description="Rules that have diagnostics; the one with most visible ones comes first."
    )
    providers: list[ProviderCountsModel] = Field(
        description="Providers that have diagnostics; the one with most visible ones comes first."
    )
    dead_hosts: list[DeadHostModel] = Field(
        [], description="Hosts of links and images that are gone; missing if there are none."
    )
    dead_years: list[DeadYearModel] = Field(
        [], description="Years of records with links and images that are gone, likewise."
    )
