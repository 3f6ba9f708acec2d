"""`sparta.metric`: a metric as one line in the log, which CloudWatch takes out of it.

No call to AWS is made. Source:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

from sparta.env import AWS_LAMBDA_FUNCTION_NAME, variable
from sparta.errors import MetricError, Problem
from sparta.runtime.discovery import discovered
from sparta.runtime.log_output import core_that_serves, write_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    Unit = Literal[
        "Seconds",
        "Microseconds",
        "Milliseconds",
        "Bytes",
        "Kilobytes",
        "Megabytes",
        "Gigabytes",
        "Terabytes",
        "Bits",
        "Kilobits",
        "Megabits",
        "Gigabits",
        "Terabits",
        "Percent",
        "Count",
        "Bytes/Second",
        "Kilobytes/Second",
        "Megabytes/Second",
        "Gigabytes/Second",
        "Terabytes/Second",
        "Bits/Second",
        "Kilobits/Second",
        "Megabits/Second",
        "Gigabits/Second",
        "Terabits/Second",
        "Count/Second",
        "None",
    ]

UNITS = (
    "Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits "
    "Megabits Gigabits Terabits Percent Count Bytes/Second Kilobytes/Second Megabytes/Second "
    "Gigabytes/Second Terabytes/Second Bits/Second Kilobits/Second Megabits/Second "
    "Gigabits/Second Terabits/Second Count/Second None"
)
"""Every unit there is, in one text: it is split only when a metric is written."""
DIMENSION_LIMIT = 30
NAME_LIMIT = 1024
"""Characters of a metric's or a namespace's name."""
DIMENSION_NAME_LIMIT = 250
DIMENSION_VALUE_LIMIT = 1024
VALUE_LIMIT = 2.0**360
"""CloudWatch takes values between the negative and this."""
_WHOLE_LIMIT = 2**63
_OUTSIDE = "sparta"
"""The namespace in a unit test, where there is neither stack nor function."""


def metric(
    name: str,
    value: float,
    /,
    *,
    unit: Unit = "None",
    namespace: str | None = None,
    **dimensions: str,
) -> None:
    """Record one value of a metric, as one line in the log.

    Args:
        name: The metric's name, 1 to 1,024 characters.
        value: A finite number.
        unit: One of CloudWatch's units.
        namespace: Where it is filed; the name of the stack where none is given. `AWS/...` is
            AWS's own, and none starts with a colon.
        dimensions: Up to 30 names and texts, in ASCII without control characters; each combination
            of them is a metric of its own. Source:
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html

    Raises:
        MetricError: CloudWatch would not take it; with all that is wrong with it.
    """
    problems = [
        *_value_problems(name, value),
        *_unit_problems(unit),
        *_text_problems("the metric's name", name, NAME_LIMIT),
        *_dimension_problems(name, dimensions),
    ]
    if namespace is not None:
        problems += _namespace_problems(namespace)
    if problems:
        raise MetricError.of(problems)
    where = namespace or default_namespace()
    whole = isinstance(value, int) and -_WHOLE_LIMIT <= value < _WHOLE_LIMIT
    number = int(value) if whole else float(value)
    core = core_that_serves()
    if core is None:
        write_line(line_of(where, dimensions, ((name, unit, number),)))
    else:
        core.emit_metric(where, name, unit, number, dimensions)


def default_namespace() -> str:
    """Return the name of the stack that this function belongs to."""
    stack = discovered.information().get("StackName")
    if stack:
        return str(stack)
    # A stack's name holds no underscore; the function's is the stack's, one, and its own.
    name = variable(AWS_LAMBDA_FUNCTION_NAME) or ""
    return name.partition("_")[0] or _OUTSIDE


def line_of(
    namespace: str, dimensions: Mapping[str, str], metrics: Sequence[tuple[str, str, float]]
) -> str:
    """Return the line for metrics, each a name, a unit and a value, that share dimensions."""
    import json
    import time

    definitions = [{"Name": name, "Unit": unit} for name, unit, _ in metrics]
    directive = {
        "Namespace": namespace,
        "Dimensions": [list(dimensions)],
        "Metrics": definitions,
    }
    document = {
        "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]},
        **dimensions,
        **{name: value for name, _, value in metrics},
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def _value_problems(name: object, value: object) -> list[Problem]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        what = f"the value of {name!r} is a {type(value).__name__}"
        return [Problem(what, where="metric", fix="give an int or a float")]
    if not -VALUE_LIMIT <= value <= VALUE_LIMIT:  # not a number is neither
        what = f"the value of {name!r} is {value}, which CloudWatch does not take"
        return [Problem(what, where="metric", fix="give a finite number")]
    return []


def _unit_problems(unit: object) -> list[Problem]:
    if isinstance(unit, str) and unit in UNITS.split():
        return []
    fix = f"give one of {', '.join(UNITS.split())}"
    return [Problem(f"{unit!r} is no unit", where="metric", fix=fix)]


def _text_problems(what: str, text: object, limit: int) -> list[Problem]:
    if not isinstance(text, str):
        return [Problem(f"{what} is a {type(text).__name__}", where="metric", fix="give a str")]
    if not text.strip() or len(text) > limit:
        fix = f"it has 1 to {limit} characters, not only spaces"
        what = f"{what} is {text[:60]!r}, of {len(text)} characters"
        return [Problem(what, where="metric", fix=fix)]
    if any("\ud800" <= character <= "\udfff" for character in text):
        return [Problem(f"{what} holds a lone surrogate: {text[:60]!r}", where="metric")]
    return []


def _namespace_problems(namespace: object) -> list[Problem]:
    what = "the namespace"
    found = [*_text_problems(what, namespace, NAME_LIMIT), *_ascii_problems(what, namespace)]
    if isinstance(namespace, str) and namespace.startswith(("AWS/", ":")):
        what = f"the namespace {namespace[:60]!r} is not for metrics of your own"
        found.append(Problem(what, where="metric", fix="start it otherwise"))
    return found


def _ascii_problems(what: str, text: object) -> list[Problem]:
    if not isinstance(text, str) or (text.isascii() and text.isprintable()):
        return []
    what = f"{what} holds more than ASCII without control characters: {text[:60]!r}"
    return [Problem(what, where="metric", fix="CloudWatch takes no others there")]


def _dimension_problems(name: object, dimensions: Mapping[str, object]) -> list[Problem]:
    found = []
    if len(dimensions) > DIMENSION_LIMIT:
        what = f"{name!r} has {len(dimensions)} dimensions"
        found.append(Problem(what, where="metric", fix=f"give at most {DIMENSION_LIMIT}"))
    for dimension, text in dimensions.items():
        found += _text_problems("a dimension's name", dimension, DIMENSION_NAME_LIMIT)
        found += _text_problems(f"the dimension {dimension!r}", text, DIMENSION_VALUE_LIMIT)
        found += _ascii_problems("a dimension's name", dimension)
        found += _ascii_problems(f"the dimension {dimension!r}", text)
        if dimension.startswith(":"):
            what = f"the dimension {dimension!r} starts with a colon"
            found.append(Problem(what, where="metric", fix="rename it"))
        if dimension in (name, "_aws"):
            what = f"the dimension {dimension!r} has a name that is taken"
            found.append(Problem(what, where="metric", fix="rename it"))
    if name == "_aws":
        found.append(Problem("'_aws' is no name for a metric", where="metric", fix="rename it"))
    return found
