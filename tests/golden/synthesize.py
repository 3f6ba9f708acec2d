"""Makes the templates that stand beside this file as `NAME.template.json`.

    .venv/bin/python tests/golden/synthesize.py          writes all of them anew
    .venv/bin/python tests/golden/synthesize.py FILE.py  prints the template of one application

Read the difference before committing it: a changed logical id replaces a resource.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from sparta.app.application import application_of
from sparta.cli.application import declaration_of
from sparta.errors import TemplateError
from sparta.template import check, synthesize

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "examples"
APPLICATIONS = {
    "hello": EXAMPLES / "hello" / "app.py",
    "orders": EXAMPLES / "orders" / "app.py",
    "bucket_notifications": HERE / "bucket_notifications.py",
    "custom_resources": HERE / "custom_resources.py",
    "everything": HERE / "everything.py",
    "options": HERE / "options.py",
    "decorated": HERE / "decorated.py",
    "reactors": HERE / "reactors.py",
    "operations": HERE / "operations.py",
    "rollouts": HERE / "rollouts.py",
    "open_telemetry": HERE / "open_telemetry.py",
    "site": HERE / "site.py",
    "values": HERE / "values.py",
    "many_resources": HERE / "many_resources.py",
    "notifications": HERE / "notifications.py",
    "event_bus": HERE / "event_bus.py",
    "schedules": HERE / "schedules.py",
    "repository": HERE / "repository.py",
    "compliance": HERE / "compliance.py",
    "mail": HERE / "mail.py",
    "object_events": HERE / "object_events.py",
    "polled_queues": HERE / "polled_queues.py",
    "polled_streams": HERE / "polled_streams.py",
    "table_changes": HERE / "table_changes.py",
    "kafka_topics": HERE / "kafka_topics.py",
    "brokers": HERE / "brokers.py",
    "any_resource": HERE / "any_resource.py",
    "log_lines": HERE / "log_lines.py",
    "user_pool": HERE / "user_pool.py",
    "conversations": HERE / "conversations.py",
    "devices": HERE / "devices.py",
    "load_balancer": HERE / "load_balancer.py",
    "delivery": HERE / "delivery.py",
    "principals": HERE / "principals.py",
}


def template_of(app_file: Path) -> bytes:
    """Return the template of one application as indented JSON, for Python 3.12 on any machine."""
    declaration = replace(declaration_of(app_file), python="3.12")
    template = synthesize(application_of(declaration))
    problems = check(template)
    if problems:
        raise TemplateError.of(problems)
    return template.to_json(indent=True)


def printed_template(app_file: Path, hash_seed: str = "random") -> bytes:
    """Return what a process of its own prints: an application is loaded once per process."""
    # Clients that an application makes while it is loaded want some region.
    environment = {
        **os.environ,
        "AWS_DEFAULT_REGION": "us-east-1",
        "PYTHONHASHSEED": hash_seed,
    }
    command = [sys.executable, __file__, str(app_file)]
    return subprocess.run(command, env=environment, check=True, capture_output=True).stdout


def main() -> None:
    """Print one template, or write all."""
    if len(sys.argv) > 1:
        sys.stdout.buffer.write(template_of(Path(sys.argv[1]).resolve()))
        return
    for name, app_file in APPLICATIONS.items():
        (HERE / f"{name}.template.json").write_bytes(printed_template(app_file))


if __name__ == "__main__":
    main()
