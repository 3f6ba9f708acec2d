"""The whole line against the real local AWS: create, change, fail, roll back, detach, delete.

Failures are made by a custom resource: its function fails, or dawdles, as its properties say.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.conftest import Project

DEPLOY = ("provision", "--local", "--runtime", "python")
MAKER = """
import json, time, urllib.request
import sparta

@sparta.function(name="custom", timeout_s=60)
def custom(event: dict[str, object]) -> None:
    properties = event["ResourceProperties"]
    time.sleep(float(properties["SleepS"]))
    answer = {key: event[key] for key in ("StackId", "RequestId", "LogicalResourceId")}
    answer["PhysicalResourceId"] = "made"
    failed = event["RequestType"] == properties["Fails"]
    answer.update(Status="FAILED", Reason="as told") if failed else answer.update(Status="SUCCESS")
    body = json.dumps(answer).encode()
    put = urllib.request.Request(event["ResponseURL"], body, method="PUT")
    urllib.request.urlopen(put).close()

if __name__ == "__main__":
    sparta.main("Maker", functions=[custom])
"""

SHOP = """
import sparta
from sparta.aws import Queue
from sparta.cfn.resource import Resource

@sparta.function()
def sell(event: dict[str, object]) -> str:
    return "{answer}"

made = Resource("Made", "Custom::Made", {{
    "ServiceToken": "arn:aws:lambda:us-east-1:123456789012:function:Maker_custom",
    "Fails": "{fails}",
    "SleepS": "{sleep_s}",
    "Version": "{version}",
}})
queues = [Queue(name) for name in "{queues}".split()]

if __name__ == "__main__":
    sparta.main("{name}", functions=[sell], resources=[made, *queues])
"""


class Shop:
    """One service of the project, rewritten and deployed as a test goes on."""

    def __init__(self, project: Project, name: str) -> None:
        self.project = project
        self.name = name

    @property
    def file(self) -> Path:
        """The application's file."""
        return self.project.folder / f"{self.name.lower()}.py"

    def write(self, **values: Any) -> None:
        """Write the application; what is not given has its first value."""
        first = {"answer": "one", "fails": "never", "sleep_s": 0, "version": 1, "queues": "Bills"}
        self.file.write_text(SHOP.format(**{**first, **values}, name=self.name))

    def run(self, *arguments: str, exit_code: int = 0) -> str:
        """Run its command line; return what it printed."""
        return self.project.sparta("--app", self.file.name, *arguments, exit_code=exit_code)

    def provision(self, exit_code: int = 0, **values: Any) -> str:
        """Write and deploy it; return what was printed."""
        self.write(**values)
        return self.run(*DEPLOY, exit_code=exit_code)

    def answer(self) -> str:
        """Return what its function answers."""
        return self.run("invoke", "sell", "--local").splitlines()[-1]

    def status(self) -> str | None:
        """Return the state of its stack; None when there is none."""
        stacks = self.project.client("cloudformation").list_stacks()["StackSummaries"]
        found = [one["StackStatus"] for one in stacks if one["StackName"] == self.name]
        return next((one for one in found if one != "DELETE_COMPLETE"), None)


@pytest.fixture(scope="module")
def project(
    tmp_path_factory: pytest.TempPathFactory, project_of: Callable[..., Project]
) -> Project:
    source = tmp_path_factory.mktemp("shops")
    (source / "maker.py").write_text(MAKER)
    (source / "pyproject.toml").write_text('[project]\nname = "shops"\nversion = "1"\n')
    found = project_of(source, "Maker")
    found.sparta("--app", "maker.py", *DEPLOY)
    return found


@pytest.fixture
def shop(project: Project, request: pytest.FixtureRequest) -> Shop:
    return Shop(project, "".join(part.capitalize() for part in request.node.name.split("_")))


def test_create_change_delete(shop: Shop) -> None:
    created = shop.provision()
    lines = created.splitlines()
    assert "Local AWS" in lines[0]
    assert "Creating stack" in created
    assert "sellFunction" in created
    assert shop.answer() == '"one"'

    again = shop.provision()
    assert "No changes detected for service" in again
    assert "Uploading" not in again

    code = shop.provision(answer="two")
    assert "Updating stack" in code
    assert "Uploading local file to S3" in code
    assert shop.answer() == '"two"'

    infrastructure = shop.provision(answer="two", queues="Bills Bells")
    assert "Resource=Bells Type=AWS::SQS::Queue" in infrastructure

    first = shop.provision()
    assert "Already in S3" in first
    assert "Uploading local file to S3" not in first
    assert "Remove                                         Resource=Bells" in first
    assert shop.answer() == '"one"'

    assert "Stack deleted" in shop.run("delete", "--local")
    assert shop.status() is None
    assert "There is no stack to delete" in shop.run("delete", "--local")
    assert "is not deployed" in shop.run("status", "--local", exit_code=1)


def test_failed_update_rolls_back(shop: Shop) -> None:
    shop.provision()
    failed = shop.provision(exit_code=1, answer="two", fails="Update", version=2)
    problem, fix = failed.splitlines()[-2:]
    line = _line_of(shop.file, "made = Resource")
    assert f"ERROR {shop.file}:{line}: Made (Custom::Made) UPDATE_FAILED" in problem
    assert "as told" in problem
    assert "Everything was put back as it was before" in fix
    assert "Traceback" not in failed
    assert shop.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert shop.answer() == '"one"'
    assert "Updating stack" in shop.provision(answer="three")
    assert shop.answer() == '"three"'


def test_failed_creation_is_cleared_away_by_the_next_one(shop: Shop) -> None:
    failed = shop.provision(exit_code=1, fails="Create")
    assert "Made (Custom::Made) CREATE_FAILED" in failed.splitlines()[-2]
    assert shop.status() == "ROLLBACK_COMPLETE"
    mended = shop.provision()
    assert "The last creation failed" in mended
    assert "as told" in mended
    assert shop.status() == "CREATE_COMPLETE"


def test_stack_that_cannot_be_updated(shop: Shop) -> None:
    shop.provision(fails="Update")
    failed = shop.provision(exit_code=3, fails="Update", version=2)
    assert shop.status() == "UPDATE_ROLLBACK_FAILED"
    assert "continue-update-rollback" in failed
    refused = shop.provision(exit_code=3, version=3)
    assert f"The stack {shop.name} is in UPDATE_ROLLBACK_FAILED" in refused
    assert "continue-update-rollback" in refused
    assert "Creating change set" not in refused
    shop.run("delete", "--local")
    assert shop.status() is None


def test_interrupted_it_goes_on_without_us(shop: Shop) -> None:
    shop.write(sleep_s=4)
    text, code = _interrupt(
        shop, after="CREATE_IN_PROGRESS                             Resource=Made"
    )
    assert code == 3, text
    assert "The creation goes on in AWS" in text.splitlines()[-2]
    assert f":stack/{shop.name}/" in text.splitlines()[-2]
    assert "Traceback" not in text
    followed = shop.provision(sleep_s=4)
    assert "Waiting for the operation in progress" in followed
    assert "No changes detected for service" in followed, followed


def test_interrupted_before_it_leaves_nothing(shop: Shop) -> None:
    shop.write()
    text, code = _interrupt(shop, after="Verifying IAM Lambda execution roles")
    assert code == 1, text
    assert "Interrupted" in text.splitlines()[-1]
    assert "Traceback" not in text
    assert shop.status() is None


def test_invoking_a_function_that_fails(project: Project) -> None:
    text = project.sparta("--app", "maker.py", "invoke", "custom", "--local", exit_code=1)
    assert '"errorType": "KeyError"' in text
    assert "Maker_custom failed" in text


def test_missing_bucket(project: Project) -> None:
    text = project.sparta("--app", "maker.py", *DEPLOY, "-s", "no-such-bucket", exit_code=1)
    assert "There is no S3 bucket called no-such-bucket" in text
    assert "Creating change set" not in text


def test_purge_removes_what_would_be_kept(project: Project) -> None:
    file = project.folder / "keeper.py"
    file.write_text(
        "import sparta\n"
        "from sparta.aws import Bucket\n"
        'kept = Bucket("Kept")\n'
        "@sparta.function()\n"
        "def read() -> None: ...\n"
        'if __name__ == "__main__":\n'
        '    sparta.main("Keeper", functions=[read], resources=[kept])\n'
    )
    app = ("--app", file.name)
    project.sparta(*app, *DEPLOY)
    s3 = project.client("s3")
    (name,) = _buckets(s3, "keeper-")
    s3.put_object(Bucket=name, Key="a.csv", Body=b"1")
    kept = project.sparta(*app, "delete", "--local")
    assert f"Resource=Kept Type=AWS::S3::Bucket Name={name}" in kept
    assert _buckets(s3, "keeper-") == [name]
    s3.delete_object(Bucket=name, Key="a.csv")
    s3.delete_bucket(Bucket=name)

    project.sparta(*app, *DEPLOY)
    (name,) = _buckets(s3, "keeper-")
    s3.put_object(Bucket=name, Key="a.csv", Body=b"1")
    gone = project.sparta(*app, "delete", "--local", "--purge")
    assert "Emptied bucket" in gone
    assert _buckets(s3, "keeper-") == []


def _buckets(s3: Any, prefix: str) -> list[str]:
    names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    return [name for name in names if name.startswith(prefix)]


def _line_of(file: Path, text: str) -> int:
    lines = file.read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def _interrupt(shop: Shop, after: str) -> tuple[str, int]:
    """Provision, press Ctrl-C when the log says `after`; return the whole log and the exit code."""
    # Under a shell's `&` the signal is ignored, and a child would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "sparta", "--app", shop.file.name, *DEPLOY],
        cwd=shop.project.folder,
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    seen = []
    with process:
        for line in process.stdout:
            seen.append(line)
            if after in line and process.poll() is None:
                process.send_signal(signal.SIGINT)
    return "".join(seen), process.returncode
