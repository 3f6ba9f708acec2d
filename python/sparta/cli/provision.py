"""`sparta provision`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sparta.cli.options import Where, aws_options
from sparta.cli.session import Session  # noqa: TC001 - as every command
from sparta.cli.tags import pairs_of
from sparta.errors import UsageError

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.app.door import Door


@click.command("provision")
@click.option(
    "-s", "--s3-bucket", "--s3Bucket", "bucket", metavar="NAME", help="The bucket for the code."
)
@click.option("-n", "--noop", is_flag=True, help="Make everything in .sparta/, call no AWS.")
@click.option(
    "-p",
    "--codepipeline",
    "--codePipelinePackage",
    metavar="NAME",
    help="Make a package for CodePipeline, and upload it and the code; leave the stack alone.",
)
@click.option(
    "--runtime",
    type=click.Choice(["python", "native"]),
    help="What runs the functions; by default native if the application imports sparta.native.",
)
@click.option(
    "--door",
    type=click.Choice(["bootstrap", "takeover", "handler"]),
    help="How the native runtime gets the events: as exec wrapper (bootstrap, the default); from "
    "within AWS's client (takeover, chosen for functions with an exec wrapper of their own); "
    "called by AWS's client (handler).",
)
@click.option(
    "--builder",
    type=click.Choice(["auto", "docker", "zig", "prebuilt"]),
    default="auto",
    show_default=True,
    help="Where the native library comes from.",
)
@click.option(
    "--cargo-flags", metavar="FLAGS", help="More arguments of `cargo build`, in one text."
)
@click.option(
    "--package",
    type=click.Choice(["zip", "image"]),
    help="A ZIP archive or a container image; by default what the application declares.",
)
@click.option("--repository", metavar="NAME", help="The ECR repository for a container image.")
@click.option("--bundle-boto3", is_flag=True, help="Package boto3 too; Lambda has its own.")
@click.option("--no-slice", is_flag=True, help="Give each function its whole module.")
@click.option(
    "--no-import-check", is_flag=True, help="Send the archive without importing its functions."
)
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="A=B",
    help="A value for a parameter that the application declares; the stack remembers it.",
)
@click.option("-t", "--tag", "tags", multiple=True, metavar="A=B", help="A tag of the stack.")
@click.option("--no-iam", is_flag=True, help="Let the local AWS ignore the functions' roles.")
@click.option(
    "--allow-data-loss",
    is_flag=True,
    help="Let tables, buckets and the like be replaced by empty ones, or be deleted.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON document.")
@aws_options
def command(
    session: Session,
    where: Where,
    *,
    bucket: str | None,
    noop: bool,
    codepipeline: str | None,
    runtime: str | None,
    door: Door | None,
    builder: str,
    cargo_flags: str | None,
    package: str | None,
    repository: str | None,
    bundle_boto3: bool,
    no_slice: bool,
    no_import_check: bool,
    parameters: tuple[str, ...],
    tags: tuple[str, ...],
    no_iam: bool,
    allow_data_loss: bool,
    as_json: bool,
) -> None:
    """Deploy the application, or what changed of it."""
    if not (bucket or noop or where.local):
        fix = "Give --s3-bucket NAME, a bucket of yours in the region; or --local; or --noop"
        raise UsageError("provision needs an S3 bucket for the code", fix=fix)
    if no_iam and not where.local:
        raise UsageError("--no-iam is for the local AWS only", fix="Add --local")
    if as_json:
        session.console.keep_stdout_for_results()
    tags_given = pairs_of(tags, "--tag")
    chosen = pairs_of(parameters, "--parameter")
    from sparta.cli.pipeline import Build, Pipeline
    from sparta.package.builders.options import Options, flags_of

    options = Options(builder, flags_of(cargo_flags or ""))
    application = session.application(runtime, door, package)
    if options.cargo_flags and application.runtime != "native":
        fix = "Add --runtime native, or leave it out"
        raise UsageError("--cargo-flags has no effect: no library is compiled", fix=fix)
    _check_image(application, repository, needed=not (noop or where.local))
    build = Build(
        application,
        options,
        bundle_boto3,
        not no_slice,
        tags_given,
        check_imports=not no_import_check,
        codepipeline=codepipeline or "",
        repository=repository or "",
        parameters=chosen,
        flags=session.flags,
    )
    pipeline = Pipeline(session.console, build, session.command)
    with pipeline.workflow.undone_on_failure():
        template = pipeline.template()
        if noop:
            pipeline.stop_at_plan(template, bucket or "")
            return
        from sparta.cli.target import start

        target = start(session.console, where, build.application.project, iam=not no_iam)
        used = bucket or target.bucket
        if codepipeline:
            pipeline.hand_over(template, target, used)
            return
        summary = pipeline.deploy(template, target, used, allow_loss=allow_data_loss)
    if as_json:
        from sparta.cli.render import json_text, summary_document

        click.echo(json_text(summary_document(summary, pipeline.watch)))


def _check_image(application: Application, repository: str | None, *, needed: bool) -> None:
    """Raise a UsageError where a repository is given for nothing, or missing."""
    if repository and application.image is None:
        fix = 'Give --package image, or package="image" to sparta.main; or leave --repository out'
        raise UsageError("--repository is for container images", fix=fix)
    if application.image and needed and not repository:
        fix = "Give --repository NAME, an ECR repository of yours in the region"
        raise UsageError("provision needs an ECR repository for the image", fix=fix)
