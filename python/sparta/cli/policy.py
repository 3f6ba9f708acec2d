"""`sparta policy`: what the deploying user needs, and whether the functions' rights fit them."""

from __future__ import annotations

import click

from sparta.cli.options import app_option, debug_option
from sparta.cli.session import Session  # noqa: TC001 - as every command
from sparta.errors import DeclarationError, UsageError


@click.group("policy")
def command() -> None:
    """Print or check IAM policies; asks nothing of AWS."""


@command.command("deployer")
@click.option("-s", "--s3-bucket", "bucket", default="*", help="The bucket for the code.")
@click.option("--repository", default="*", help="The ECR repository for a container image.")
@click.option("--account", default="*", help="The account's number; any, if not given.")
@click.option("--region", default="*", help="The stack's region; any, if not given.")
@click.option(
    "--partition",
    type=click.Choice(["aws", "aws-cn", "aws-us-gov"]),
    default="aws",
    show_default=True,
    help="Which AWS.",
)
@click.option("--split", is_flag=True, help="A list of policies, each short enough for IAM.")
@app_option
@debug_option
@click.pass_obj
def deployer(
    session: Session,
    *,
    bucket: str,
    repository: str,
    account: str,
    region: str,
    partition: str,
    split: bool,
) -> None:
    """Print the least policy of who deploys this application, as JSON."""
    if account != "*" and not (account.isdecimal() and len(account) == 12):  # noqa: PLR2004
        raise UsageError(f"--account {account} is not an account", fix="Give its twelve digits")
    import orjson

    from sparta.policy.deployer import deployer_policy
    from sparta.policy.parts import LONGEST_MANAGED_POLICY, characters_of, parts_of
    from sparta.policy.places import Scope
    from sparta.template import synthesize

    console = session.console
    console.keep_stdout_for_results()
    template = synthesize(session.application())
    scope = Scope(template.service, partition, region, account)
    found = deployer_policy(template, scope, bucket, repository)
    for note in found.notes:
        console.warn(note)
    characters = characters_of(found.document)
    if characters > LONGEST_MANAGED_POLICY and not split:
        what = "It is longer than a managed policy may be: add --split, or use it inline in a role"
        console.warn(what, Characters=characters, Limit=LONGEST_MANAGED_POLICY)
    printed = parts_of(found.document) if split else found.document
    click.echo(orjson.dumps(printed, option=orjson.OPT_INDENT_2))


@command.command("lint")
@click.option("--strict", is_flag=True, help="Fail where something was found.")
@app_option
@debug_option
@click.pass_obj
def lint(session: Session, *, strict: bool) -> None:
    """Compare the functions' rights with the boto3 calls in their source."""
    from sparta.policy.lint import findings

    found = findings(session.application())
    for finding in found:
        session.console.warn(str(finding))
    session.console("Rights compared with the source", Findings=len(found))
    if found and strict:
        fix = "Add or remove the rights that are named above, or leave out --strict"
        raise DeclarationError(f"{len(found)} rights do not fit the source", fix=fix)
