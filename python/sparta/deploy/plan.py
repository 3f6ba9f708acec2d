"""Template and Package in, Plan out: everything that will be sent to AWS, before anything is.

Objects in the bucket are named by their content, `<service>/<sha256>-code.zip`: equal content is
uploaded once, a changed archive changes a parameter (so that CloudFormation notices), and an
unversioned bucket is as good as a versioned one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sparta.deploy.capabilities import capabilities_of
from sparta.template.check.limits import MAX_INLINE_BYTES
from sparta.template.layer import key_parameter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sparta.deploy.capabilities import Capability
    from sparta.deploy.image import ImagePush
    from sparta.package.packaged import Package
    from sparta.template.template import Body, Template

BUCKET_PARAMETER = "CodeBucket"
IMAGE_PARAMETER = "ImageUri"


@dataclass(frozen=True, slots=True)
class Upload:
    """One object for the bucket, from a file or from memory; `key` holds the hash of its bytes."""

    key: str
    size_bytes: int
    path: Path | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a deployment will ask of AWS.

    Args:
        stack_name: The service's name.
        template: The template, compact JSON.
        bucket: Where uploads go; empty in a plan that is never carried out (`--noop`).
        uploads: Everything that has to be in the bucket before the stack is touched.
        template_key: Which of them is the template; empty when it is small enough to go inline.
        parameters: Parameter values by name.
        capabilities: What the template needs acknowledged, in AWS's words.
        tags: The stack's tags; CloudFormation copies them to the resources.
        origins: Logical id -> the user's file and line that declared it.
        image: The image that has to be in ECR; None where the code is an archive.
        open_parameters: The parameters that the author leaves open, as the template declares them.
        hidden: Those of `parameters` whose value only CloudFormation knows: the one before stays.
    """

    stack_name: str
    template: bytes
    bucket: str = ""
    uploads: tuple[Upload, ...] = ()
    template_key: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    capabilities: tuple[Capability, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    origins: Mapping[str, str] = field(default_factory=dict[str, str])
    image: ImagePush | None = None
    open_parameters: Mapping[str, Body] = field(default_factory=dict[str, "Body"])
    hidden: frozenset[str] = frozenset()

    @property
    def shown_parameters(self) -> dict[str, str]:
        """The parameters for people to read, those that CloudFormation never shows as `****`."""
        return {
            name: "****" if self.open_parameters.get(name, {}).get("NoEcho") else value
            for name, value in self.parameters.items()
        }


def plan(
    template: Template,
    package: Package,
    *,
    bucket: str = "",
    tags: Mapping[str, str] | None = None,
    image: ImagePush | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Plan:
    """Return the Plan that deploys `template` with `package`; asks nothing of AWS.

    Args:
        template: The stack's resources; its service gives the stack its name.
        package: The archive of its functions.
        bucket: The bucket for uploads; may be empty when the plan will not be carried out.
        tags: The stack's tags. Keep time and user out of them: they would make every run a change.
        image: What the functions run from in place of the archive.
        chosen: Values of the parameters that the application's author leaves open.
    """
    body = template.to_json()
    service = template.service
    code = {each.parameter: _code(service, each) for each in (package, *package.others)}
    by_url = template_uploads(service, body)
    layers = {
        key_parameter(name): Upload(
            f"{service}/{one.sha256}-layer.zip", one.size_bytes, path=one.archive
        )
        for name, one in package.layers.items()
        if key_parameter(name) in template.parameters
    }
    sites = {
        parameter: Upload(f"{service}/{one.sha256}-site.zip", one.size_bytes, path=one.archive)
        for parameter, one in package.sites.items()
    }
    archives = (*code.values(), *layers.values(), *sites.values(), *by_url)
    values = {
        BUCKET_PARAMETER: bucket,
        IMAGE_PARAMETER: image.uri if image else "",
        **{name: each.key for name, each in code.items()},
        **{parameter: each.key for parameter, each in (layers | sites).items()},
    }
    values |= chosen or {}
    return Plan(
        stack_name=service,
        template=body,
        bucket=bucket,
        uploads=by_url if IMAGE_PARAMETER in template.parameters else archives,
        template_key=by_url[0].key if by_url else "",
        parameters={name: values[name] for name in template.parameters if name in values},
        capabilities=capabilities_of(template.document()),
        tags=dict(tags or {}),
        origins=template.origins,
        image=image,
        open_parameters=left_open(template),
    )


def left_open(template: Template) -> dict[str, Body]:
    """Return the parameters that the author declared; Sparta's own have no place in a file."""
    return {name: body for name, body in template.parameters.items() if name in template.origins}


def _code(service: str, package: Package) -> Upload:
    key = f"{service}/{package.sha256}-code.zip"
    return Upload(key, package.size_bytes, path=package.archive)


def template_uploads(service: str, body: bytes) -> tuple[Upload, ...]:
    """Return the upload of a template that is too large to be sent inline; else nothing."""
    if len(body) <= MAX_INLINE_BYTES:
        return ()
    digest = hashlib.sha256(body).hexdigest()
    return (Upload(f"{service}/{digest}-cftemplate.json", len(body), body=body),)
