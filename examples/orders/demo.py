"""The demo: provisions this application to a local AWS, uses it as its users would, deletes it.

Run by `make demo`; needs no AWS account. Prints each step with its duration; the exit code is 0
only if every step held.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from sparta.local import daemon

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).resolve().parent
CSV = "sku,qty\nlamp,3\nchair,4\n"
WAIT_S = 20
FALLBACK = "AWS's client serves this function"
"""What the bootstrap logs where the native core cannot be loaded."""


class StepFailedError(Exception):
    """A step of the demo did not hold."""


def say(text: str) -> None:
    """Print one line of the demo, indented below its step."""
    for line in text.splitlines():
        print(f"    {line}")


def command(*arguments: str) -> str:
    """Run `python app.py ...`; show and return what it printed."""
    run = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "app.py", *arguments],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(run.stdout)
    if run.returncode != 0:
        raise StepFailedError(f"python app.py {' '.join(arguments)}: exit code {run.returncode}")
    return run.stdout


def eventually(what: Callable[[], Any], wanted: str) -> Any:  # noqa: ANN401 - whatever `what` gives
    """Return the first true answer of `what`, or fail with what was wanted."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise StepFailedError(f"{wanted}: not within {WAIT_S} s")


class Demo:
    """The steps, in order; each method is one."""

    outputs: dict[str, str]
    order: dict[str, Any]

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3's clients have no static type
        """Return a client for the local AWS."""
        endpoint = daemon.status(FOLDER)
        if endpoint is None:
            raise StepFailedError("the local AWS does not run")
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=endpoint.url,
            region_name=endpoint.region,
            aws_access_key_id=endpoint.access_key_id,
            aws_secret_access_key=endpoint.secret_access_key,
        )

    def provision(self) -> None:
        """Provision the application: native runtime, local AWS."""
        command("provision", "--runtime", "native", "--local")
        described = self.client("cloudformation").describe_stacks(StackName="Orders")
        outputs = described["Stacks"][0]["Outputs"]
        self.outputs = {item["OutputKey"]: item["OutputValue"] for item in outputs}
        endpoint = daemon.status(FOLDER)
        if endpoint is not None:
            self.outputs["ordersUrl"] = endpoint.reachable(self.outputs["ordersUrl"])

    def place_an_order(self) -> None:
        """Place an order over HTTP."""
        url = f"{self.outputs['ordersUrl']}/orders"
        body = json.dumps({"sku": "book", "qty": 2}).encode()
        request = urllib.request.Request(  # noqa: S310 - the local AWS speaks plain HTTP
            url, data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - as above
            self.order = json.load(answer)
            say(f"POST {url} -> {answer.status} {self.order}")

    def find_it_in_the_table(self) -> None:
        """Read the order back: from the table, and over HTTP."""
        key = {"id": {"S": self.order["id"]}}
        table = self.outputs["Orders"]
        item = self.client("dynamodb").get_item(TableName=table, Key=key).get("Item")
        if item is None or item["sku"]["S"] != "book":
            raise StepFailedError(f"the table holds {item} for {self.order['id']}")
        say(f"{table}: {item}")
        url = f"{self.outputs['ordersUrl']}/orders/{self.order['id']}"
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - as above
            found = json.load(answer)
        if found != self.order:
            raise StepFailedError(f"GET {url} -> {found}")
        say(f"GET {url} -> {found}")

    def import_a_file(self) -> None:
        """Put a CSV file into the bucket; its lines become orders."""
        bucket = self.outputs["Uploads"]
        self.client("s3").put_object(Bucket=bucket, Key="today's orders.csv", Body=CSV.encode())
        say(f"s3://{bucket}/today's orders.csv: {CSV!r}")
        dynamodb = self.client("dynamodb")

        def imported() -> set[str]:
            items = dynamodb.scan(TableName=self.outputs["Orders"])["Items"]
            skus = {item["sku"]["S"] for item in items}
            return skus if {"lamp", "chair"} <= skus else set()

        skus = eventually(imported, "the orders of the CSV file in the table")
        say(f"the table now holds orders of {', '.join(sorted(skus))}")

    def read_the_log(self) -> None:
        """Show what the functions logged."""
        wanted = f"order {self.order['id']}: 2 x book"
        group = f"/aws/lambda/{self.outputs['createorderFunction']}"
        logs = self.client("logs")

        def lines() -> list[str]:
            found = logs.filter_log_events(logGroupName=group)["events"]
            messages = [event["message"].rstrip() for event in found]
            return messages if any(wanted in message for message in messages) else []

        if FALLBACK in daemon.logs(FOLDER):
            raise StepFailedError("AWS's client served a function that the native core should have")
        for line in eventually(lines, f"`{wanted}` in {group}"):
            say(f"{group}: {line}")

    def show_the_outputs(self) -> None:
        """Show the stack's outputs."""
        for name, value in sorted(self.outputs.items()):
            say(f"{name} = {value}")

    def delete(self) -> None:
        """Delete the stack, its table and its bucket."""
        command("delete", "--local", "--purge")

    def stop(self) -> None:
        """Stop the local AWS."""
        daemon.stop(FOLDER)


def main() -> int:
    """Run the steps; return the exit code."""
    demo = Demo()
    steps = (
        demo.provision,
        demo.place_an_order,
        demo.find_it_in_the_table,
        demo.import_a_file,
        demo.read_the_log,
        demo.show_the_outputs,
        demo.delete,
    )
    durations: list[tuple[str, float]] = []
    failure = None
    for step in (*steps, demo.stop):
        title = (step.__doc__ or "").rstrip(".")
        if failure and step != demo.stop:
            continue
        print(f"\n== {title}", flush=True)
        start = time.monotonic()
        try:
            step()
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the demo says so and ends
            failure = f"{title}: {error}"
        durations.append((title, time.monotonic() - start))
    print("\n== Durations")
    for title, seconds in durations:
        say(f"{seconds:6.2f} s  {title}")
    print(f"\nFAILED: {failure}" if failure else "\nEvery step held.")
    return 1 if failure else 0


if __name__ == "__main__":
    sys.exit(main())
