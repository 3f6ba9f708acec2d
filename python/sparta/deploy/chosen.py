"""The values of the parameters that whoever deploys the stack chooses.

Given on the command line; else what the stack has, if somebody chose it; else the default. A value
counts as chosen where it is not the default of the template that the stack was made from: so a new
default reaches a stack, and a choice stays until another one is made.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from sparta.errors import DeployError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sparta.deploy.aws import Aws
    from sparta.deploy.plan import Plan
    from sparta.deploy.stack import Stack


def chosen(plan: Plan, stack: Stack | None, aws: Aws) -> Plan:
    """Return the plan with a value for each parameter that its author leaves open.

    Args:
        plan: The plan; what was given on the command line is in it.
        stack: The stack as it is; None where it does not exist.
        aws: Where.

    Raises:
        DeployError: With one problem for each parameter that has no value at all.
    """
    missing = plan.open_parameters.keys() - plan.parameters.keys()
    if not missing:
        return plan
    before = (
        _template(stack, aws) if stack is not None and missing & stack.parameters.keys() else {}
    )
    kept: dict[str, str] = {}
    defaults: dict[str, str] = {}
    hidden: set[str] = set()
    problems: list[Problem] = []
    for name in sorted(missing):
        declared = plan.open_parameters[name]
        old = before.get(name, {})
        if stack is not None and name in stack.parameters and _was_chosen(old, stack, name):
            kept[name] = stack.parameters[name]
            hidden |= {name} if old.get("NoEcho") else set()
        elif "Default" in declared:
            defaults[name] = text_of(declared["Default"])
        else:
            what = f"the parameter {name} has no value"
            fix = f"give it once, by --parameter {name}=..., or declare a default"
            problems.append(Problem(what, where=plan.origins.get(name, ""), fix=fix))
    if problems:
        raise DeployError.of(problems)
    return replace(
        plan, parameters={**plan.parameters, **kept, **defaults}, hidden=frozenset(hidden)
    )


def unusable(
    given: Mapping[str, str], declared: Mapping[str, Any], origins: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem for each value that a parameter cannot have, as far as that is known here.

    Args:
        given: Values by name, from the command line.
        declared: The parameters that the author declared, as in the template.
        origins: Name -> the user's file and line that declares it.
    """
    for name, value in given.items():
        body = declared.get(name)
        if body is None:
            known = f"it has {', '.join(sorted(declared))}" if declared else "it declares none"
            yield Problem(f"the application has no parameter {name}", fix=known)
            continue
        allowed = [text_of(one) for one in body.get("AllowedValues", ())]
        if allowed and value not in allowed:
            what = f"the parameter {name} cannot be {value!r}"
            fix = f"use one of {', '.join(allowed)}"
            yield Problem(what, where=origins.get(name, ""), fix=fix)


def text_of(value: object) -> str:
    """Return a parameter's value as CloudFormation shows it: always text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _was_chosen(old: Mapping[str, Any], stack: Stack, name: str) -> bool:
    if old.get("NoEcho") or "Default" not in old:
        return True
    return text_of(old["Default"]) != stack.parameters[name]


def _template(stack: Stack, aws: Aws) -> Mapping[str, Any]:
    """Return the parameters of the template that the stack was made from."""
    deployed: object = aws.stacks.template(stack.stack_id)
    if isinstance(deployed, str):
        try:
            deployed = orjson.loads(deployed)
        except orjson.JSONDecodeError:  # YAML: not of ours
            return {}
    found: object = deployed.get("Parameters", {}) if isinstance(deployed, dict) else {}
    return found if isinstance(found, dict) else {}
