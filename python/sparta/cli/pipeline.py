"""The line from an application to its stack, each step told and timed.

    Application -> Template ─┐
    Application -> Package  ─┴-> Plan -> Stack -> Summary

`--noop` is the same line stopped at the Plan: nothing asks AWS, everything stays in `.sparta/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sparta.cli.banner import banner, service
from sparta.cli.build_id import build_id_of
from sparta.cli.packaging import packaged
from sparta.cli.render import (
    show_budget,
    show_discovery,
    show_durations,
    show_pairs,
    show_sizes,
    show_stack,
    show_steps,
)
from sparta.cli.workflow import Workflow
from sparta.deploy import codepipeline
from sparta.deploy.chosen import unusable
from sparta.deploy.plan import left_open, plan
from sparta.deploy.preconditions import stack_name_problems, verify
from sparta.deploy.provision import provision
from sparta.deploy.stopwatch import Stopwatch
from sparta.deploy.upload import upload
from sparta.errors import PackageError, TemplateError
from sparta.package.builders.options import Options
from sparta.package.settings import settings_of
from sparta.policy.lint import findings
from sparta.template import check, synthesize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.cli.console import Console
    from sparta.cli.target import Target
    from sparta.deploy.image import ImagePush
    from sparta.deploy.plan import Plan, Upload
    from sparta.deploy.summary import Summary
    from sparta.package import Package
    from sparta.template import Template


@dataclass(frozen=True, slots=True)
class Build:
    """What is deployed, and how its archive is made.

    Args:
        application: What was declared.
        options: Where the native library comes from.
        bundle_boto3: Whether the archive gets a boto3 of its own.
        sliced: Whether functions may get slices of their modules.
        check_imports: Whether every function is imported from the archive before it is sent.
        codepipeline: The name of the package for CodePipeline; empty for none.
        tags: Tags given on the command line; they go before the application's own.
        repository: The ECR repository for a container image; empty leaves it to the local AWS.
        parameters: Values of the parameters that the application declares.
        flags: Values of its own flags.
    """

    application: Application
    options: Options = field(default_factory=Options)
    bundle_boto3: bool = False
    sliced: bool = True
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    check_imports: bool = True
    codepipeline: str = ""
    repository: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    flags: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Pipeline:
    """One run of it.

    Args:
        console: Told what happens.
        build: What is deployed.
        command: What the log calls it: `provision` or `build`.
    """

    def __init__(self, console: Console, build: Build, command: str = "provision") -> None:
        self.console = console
        self.command = command
        self.application = build.application
        self.build = build
        self.tags = {**build.application.tags, **build.tags}
        self.watch = Stopwatch()
        self.workflow = Workflow(self.application, console, self.artifacts, build.flags)

    def stop_at_plan(self, template: Template, bucket: str = "") -> Plan:
        """Make everything that a deployment needs, and ask AWS nothing.

        Args:
            template: What `template` returned.
            bucket: The bucket that the plan names, if any.
        """
        provisioning = self.command == "provision"
        self.console("No AWS is called", Option="--noop" if provisioning else self.command)
        self.workflow.context.noop = True
        self.begin(template, noop=True)
        planned, package = self.made(template, bucket)
        if self.build.codepipeline:
            self.pipeline_package(planned)
        show_sizes(self.console, package)
        if provisioning:
            for step in ("Verifying IAM roles", "Uploading code", "Ensuring CloudFormation stack"):
                self.console(f"Skipping {step} due to -n/--noop flag")
        show_pairs(self.console, "Template Parameters", planned.shown_parameters)
        self.console("Artifacts kept", Path=_short(self.artifacts))
        show_steps(self.console, self.application.name, self.watch)
        return planned

    def hand_over(self, template: Template, target: Target, bucket: str) -> None:
        """Upload the code and the package for CodePipeline, and leave the stack to the pipeline.

        Args:
            template: What `template` returned.
            target: Which AWS.
            bucket: The bucket for both.
        """
        self.begin(template, noop=False)
        self.verify(target, bucket)
        planned, _ = self.made(template, bucket, target)
        package = self.pipeline_package(planned)
        with self.watch.step("Uploading code"):
            upload(planned, target.aws, self.console)
            codepipeline.send(package, planned, target.aws, self.console)
        show_steps(self.console, self.application.name, self.watch)

    def pipeline_package(self, planned: Plan) -> Upload:
        """Write the package for CodePipeline, and say where it is."""
        path = self.artifacts / codepipeline.file_name(self.build.codepipeline)
        environments = settings_of(self.application.project).environments
        made = codepipeline.write(planned, environments, path)
        names = ",".join(environments) or codepipeline.ONLY_ENVIRONMENT
        self.console("CodePipeline package", Path=_short(path), Environments=names)
        return made

    def deploy(
        self, template: Template, target: Target, bucket: str, *, allow_loss: bool = False
    ) -> Summary:
        """Carry the application all the way.

        Args:
            template: What `template` returned.
            target: Which AWS.
            bucket: The bucket for the code.
            allow_loss: Whether resources that store something may be replaced or deleted.

        Returns:
            What happened, its outputs as they can be reached from here.
        """
        self.begin(template, noop=False)
        self.verify(target, bucket)
        planned, _ = self.made(template, bucket, target)
        summary = provision(planned, target.aws, self.console, self.watch, allow_loss=allow_loss)
        summary = replace(
            summary, stack=replace(summary.stack, outputs=target.reachable(summary.stack.outputs))
        )
        self.end(summary, target.inert_notes(template))
        return summary

    @property
    def artifacts(self) -> Path:
        """The folder of everything that is made."""
        return self.application.project / ".sparta"

    def template(self, layers: Sequence[str] = ()) -> Template:
        """Return the template, checked, and keep it for people to read.

        Args:
            layers: The layers that the package has; which, is known only when it is made.
        """
        template = synthesize(self.application, layers)
        problems = [*stack_name_problems(template.service), *check(template)]
        declared = left_open(template)
        problems += unusable(self.build.parameters, declared, template.origins)
        if problems:
            raise TemplateError.of(problems)
        file = self.artifacts / f"{self.application.name}-cftemplate.json"
        try:
            self.artifacts.mkdir(parents=True, exist_ok=True)
            file.write_bytes(template.to_json(indent=True))
        except OSError as error:
            fix = "make its folder writable; everything that is made goes there"
            raise PackageError(
                f"it cannot be written: {error}", where=str(file), fix=fix
            ) from error
        return template

    def begin(self, template: Template, *, noop: bool) -> None:
        """Log the head: what is deployed, in which state, how."""
        application = self.application
        banner(self.console)
        fields = {"Runtime": application.runtime, "Python": application.python}
        if application.runtime == "native":
            fields["Door"] = application.door
        service(self.console, application.name, self.command, **fields)
        for warning in application.warnings:
            self.console.warn(warning)
        for finding in findings(application):
            self.console.warn(str(finding))
        for function in application.functions:
            show_discovery(self.console, function, application.name)
        tags = ",".join(f"{name}={value}" for name, value in sorted(self.tags.items()))
        build_id = build_id_of(application, template.to_json(), self.console)
        self.console("Provisioning service", BuildID=build_id, NOOP=str(noop).lower(), Tags=tags)
        show_budget(self.console, template)

    def verify(self, target: Target, bucket: str) -> None:
        """Check what has to hold in AWS."""
        functions = self.application.functions
        existing = {one.role: one.declared_at for one in functions if one.role is not None}
        self.console("Verifying IAM Lambda execution roles")
        verify(
            target.aws,
            stack_name=self.application.name,
            bucket=bucket,
            repository=self.repository(target),
            roles=existing,
            report=self.console,
            watch=self.watch,
        )
        own = sum(one.role is None for one in functions)
        self.console("IAM roles verified", Count=own + len(existing))

    def made(
        self, template: Template, bucket: str, target: Target | None = None
    ) -> tuple[Plan, Package]:
        """Make the package; return it and the plan for it, its layers in the template."""
        self.workflow.run("before_build")
        package = self.package()
        self.workflow.run("before_template")
        if package.layers:
            template = self.template(tuple(package.layers))
        self.workflow.templated(template)
        image = self.image(package, target)
        chosen = self.build.parameters
        made = plan(template, package, bucket=bucket, tags=self.tags, image=image, chosen=chosen)
        return made, package

    def package(self) -> Package:
        """Make the archive and its layers, and check that every function can be imported."""
        return packaged(self.build, self.console, self.watch, self.workflow.archive)

    def repository(self, target: Target) -> str:
        """Return the name of the ECR repository for the image; empty where there is none."""
        if not self.application.image:
            return ""
        return self.build.repository or target.repository()

    def image(self, package: Package, target: Target | None) -> ImagePush | None:
        """Make the image, where the application is one; None where there is no target for it."""
        if not self.application.image:
            return None
        from sparta.cli.image import image_for, image_if_possible

        if target is None:
            image_if_possible(self.application, package, self.console, self.watch)
            return None
        return image_for(
            self.repository(target),
            target.aws,
            application=self.application,
            package=package,
            console=self.console,
            watch=self.watch,
        )

    def end(self, summary: Summary, notes: Sequence[str]) -> None:
        """Log metrics, outputs, what has no effect there, and how long each step took."""
        show_durations(self.console, summary.durations)
        show_pairs(self.console, "Stack Outputs", summary.stack.outputs)
        for note in notes:
            self.console.warn(f"No effect locally: {note}")
        show_stack(self.console, "Stack provisioned", summary.stack)
        show_steps(self.console, self.application.name, self.watch)


def _short(path: Path) -> str:
    """Return `path` relative to the current folder, where it is below it."""
    from pathlib import Path

    here = Path.cwd()
    return f"./{path.relative_to(here)}" if path.is_relative_to(here) else str(path)
