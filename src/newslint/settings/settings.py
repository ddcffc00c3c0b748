"""What the user configured."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from newslint.diagnostics import Severity

StaleBaseline = Literal["error", "warn", "ignore"]


class Settings(BaseModel):
    """What the user configured, validated.

    Attributes are described by their fields.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    corpus: tuple[str, ...] = Field(
        (),
        description=(
            "Folders whose records belong together, relative to the settings file. "
            "By default the settings file's folder."
        ),
    )
    select: tuple[str, ...] = Field(
        (), description="Rules or categories to run; by default those that are on by default."
    )
    ignore: tuple[str, ...] = Field((), description="Rules or categories not to run.")
    today: date = Field(
        default_factory=date.today,
        description="The date that records are judged by; by default the day of the run.",
    )
    fail_level: Severity = Field(
        Severity.ERROR,
        alias="fail-level",
        description="The lowest severity that makes the exit status 1.",
    )
    baseline: str | None = Field(
        None,
        min_length=1,
        description="The file that holds the baseline, relative to the settings file.",
    )
    stale_baseline: StaleBaseline = Field(
        "warn",
        alias="stale-baseline",
        description=(
            "What to do about diagnostics of the baseline that occur no longer: error (the exit "
            "status is 1), warn or ignore."
        ),
    )
