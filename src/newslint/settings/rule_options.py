"""Options of rules, as the tables `[rules.NAME]` of settings give them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from newslint.rules.api import Rule
from newslint.settings.settings import Settings
from newslint.settings.validation import setting_names, value_message
from newslint.text.similarity import closest

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

SEVERITY = "severity"


class OptionProblem(NamedTuple):
    """A mistake in the table of a rule.

    Attributes:
        keys: The keys of the value, relative to the table.
        message: The problem.
        of_key: Whether the name is wrong, rather than the value.
    """

    keys: "KeyPath"
    message: str
    of_key: bool


def validate_options(
    rule: type[Rule], values: Mapping[str, Any]
) -> tuple[Mapping[str, Any], list[OptionProblem]]:
    """Validate the options in the table of a rule.

    Returns:
        The options, none if one is not valid; and the problems.
    """
    names = {name.replace("-", "_"): name for name in values if name != SEVERITY}
    options = {field: _freeze(values[name]) for field, name in names.items()}
    try:
        instance = rule.model_validate(options)
    except ValidationError as error:
        problems = []
        for each in error.errors(include_url=False):
            field, *inner = each["loc"] or ("",)
            name = names.get(str(field), str(field))
            if each["type"] == "extra_forbidden":
                message = _unknown_option_message(rule, field)
                problems.append(OptionProblem((name,), message, of_key=True))
            else:
                message = f"'{name}': {value_message(each)}"
                problems.append(OptionProblem((name, *inner), message, of_key=False))
        return {}, problems
    return {field: getattr(instance, field) for field in options}, []


def _unknown_option_message(rule: type[Rule], name: object) -> str:
    """Describe an option that a rule does not have and suggest a similar one, or list all."""
    known = [SEVERITY, *(field.replace("_", "-") for field in rule.model_fields)]
    option = str(name).replace("_", "-")
    near = closest(option, known)
    listed = f"expected one of {', '.join(sorted(known))}"
    if option in setting_names(Settings):
        return (
            f"'{option}' is a setting of the file, not an option of '{rule.id}'; move it above the "
            "tables"
        )
    if len(known) == 1:
        listed = f"its only option is '{SEVERITY}'"
    hint = f"did you mean '{near}'?" if near else listed
    return f"rule '{rule.id}' has no option '{option}'; {hint}"


def _freeze(value: Any) -> Any:
    """Convert the lists in a TOML value to tuples, because rules are immutable."""
    return tuple(map(_freeze, value)) if isinstance(value, list) else value
