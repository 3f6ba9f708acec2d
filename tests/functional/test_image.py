"""Container images with a real engine: built, run under a Runtime API, pushed to local ECR."""

from __future__ import annotations

import json
import subprocess
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.lambda_base_image import make

from sparta.local.invocation import Invocation
from sparta.local.runtime_api import RuntimeApi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.functional.conftest import Project
    from tests.functional.docker_engine import Engine

pytestmark = pytest.mark.timeout(600)  # the engine may have to be set up first

BASE = "sparta-test-base:1"
APP = """
import sys
import sparta

@sparta.function()
def greet(event: dict[str, str]) -> dict[str, object]:
    served_by = "native" if "_sparta" in sys.modules else "python"
    return {{"greeting": "{greeting} " + event["name"], "served_by": served_by}}

if __name__ == "__main__":
    sparta.main("Greeter", functions=[greet], package=sparta.Image({options}))
"""


@pytest.fixture(scope="module")
def engine(docker_engine: Engine) -> Iterator[Engine]:
    """Return the engine, with the base image in it, as the one that `docker` talks to."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DOCKER_HOST", docker_engine.host)
        make("docker", BASE)
        yield docker_engine


@pytest.fixture(scope="module")
def project(
    engine: Engine,
    native_library: Path,
    tmp_path_factory: pytest.TempPathFactory,
    project_of: Callable[..., Project],
) -> Project:
    assert native_library.is_file()
    assert "sparta-test-base" in engine.docker("images")
    source = tmp_path_factory.mktemp("greeter")
    (source / "pyproject.toml").write_text('[project]\nname = "greeter"\nversion = "1"\n')
    found = project_of(source, "Greeter")
    write(found, labels={"team": "blue"})
    return found


def write(project: Project, greeting: str = "Hello", **options: Any) -> None:
    options = options if "dockerfile" in options else {"base": BASE, **options}
    text = ", ".join(f"{name}={value!r}" for name, value in options.items())
    (project.folder / "app.py").write_text(APP.format(greeting=greeting, options=text))


def tag_in(output: str) -> str:
    """Return the tag of the image that a `sparta provision` names."""
    line = next(line for line in output.splitlines() if "Container image size" in line)
    return line.rpartition("Tag=")[2].strip()


def docker(*words: str) -> str:
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=True)
    return done.stdout


@contextmanager
def running(image: str, template: dict[str, Any], api: RuntimeApi) -> Iterator[None]:
    """Run the function's container as Lambda does: its command, variables, read-only files."""
    (body,) = (one for one in template["Resources"].values() if "Function" in one["Type"])
    properties = body["Properties"]
    variables = {
        **properties["Environment"]["Variables"],
        "SPARTA_DISCOVERY_INFO": "{}",
        "AWS_LAMBDA_FUNCTION_NAME": "greet",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_LOG_GROUP_NAME": "greet",
        "AWS_LAMBDA_LOG_STREAM_NAME": "one",
        "AWS_REGION": "us-east-1",
        "AWS_LAMBDA_RUNTIME_API": api.address,
    }
    name = f"sparta-test-{uuid.uuid4().hex}"
    options = [f"--env={key}={value}" for key, value in variables.items()]
    command = properties["ImageConfig"]["Command"]
    docker(
        "run", "--detach", f"--name={name}", "--network=host", "--read-only", "--tmpfs=/tmp",
        *options, image, *command,
    )  # fmt: skip
    try:
        yield
    finally:
        docker("rm", "--force", name)


@pytest.mark.parametrize("runtime", ["python", "native"])
def test_the_image_answers(project: Project, runtime: str) -> None:
    said = project.sparta("provision", "--noop", "--runtime", runtime)
    image = f"sparta/greeter:{tag_in(said)}"
    template = json.loads((project.folder / ".sparta" / "Greeter-cftemplate.json").read_text())
    with RuntimeApi() as api, running(image, template, api):
        assert api.wait_ready(20)
        outcome = api.invoke(Invocation(b'{"name": "Ada"}'))
    assert json.loads(outcome.body) == {"greeting": "Hello Ada", "served_by": runtime}
    labels = json.loads(docker("image", "inspect", "--format={{json .Config.Labels}}", image))
    assert labels["org.opencontainers.image.title"] == "Greeter"
    assert labels["team"] == "blue"


def test_the_image_is_pushed_once(project: Project) -> None:
    first = project.sparta("provision", "--local")
    assert "Pushing image to ECR" in first
    assert "images are kept and not run" in first
    client = project.client("ecr")

    def tags() -> set[str]:
        found = client.describe_images(repositoryName="sparta-local")["imageDetails"]
        return {tag for one in found for tag in one["imageTags"]}

    assert tags() == {tag_in(first)}
    again = project.sparta("provision", "--local")
    assert "No changes detected for service" in again
    assert "Pushing image" not in again

    write(project, "Good day", labels={"team": "blue"})
    changed = project.sparta("provision", "--local")
    assert "Updating stack" in changed
    assert tags() == {tag_in(first), tag_in(changed)}
    write(project, labels={"team": "blue"})
    back = project.sparta("provision", "--local")
    assert "Already in ECR" in back
    assert tag_in(back) == tag_in(first)

    answer = project.sparta("invoke", "greet", "--local", exit_code=1)
    assert "does not run them" in answer
    # AWS cannot turn a function of one kind into the other; anew, the same files run here.
    refused = project.sparta("provision", "--local", "--package", "zip", exit_code=1)
    assert "cannot change between archive and container image" in refused
    assert "Updating stack" not in refused
    project.sparta("delete", "--local")
    project.sparta("provision", "--local", "--package", "zip")
    event = json.dumps({"name": "Ada"})
    assert "Hello Ada" in project.sparta("invoke", "greet", "--local", "--event", event)


def test_a_dockerfile_of_ones_own(project: Project) -> None:
    dockerfile = project.folder / "Dockerfile"
    dockerfile.write_text(f"FROM {BASE}\nCOPY code/ /var/task/\nENV OWN=yes\n")
    write(project, dockerfile="Dockerfile")
    image = f"sparta/greeter:{tag_in(project.sparta('provision', '--noop'))}"
    assert "OWN=yes" in docker("image", "inspect", "--format={{json .Config.Env}}", image)

    dockerfile.write_text(f"FROM {BASE}\nCOPY nothing /there\n")
    refused = project.sparta("provision", "--noop", exit_code=1)
    assert "`docker build` failed" in refused
    assert "nothing" in refused
    assert "Traceback" not in refused


def test_without_an_engine(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project)
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    kept = project.sparta("provision", "--noop")
    assert "The image is not built: docker's engine is not running" in kept
    assert (project.folder / ".sparta" / "Greeter-image" / "code" / "index.py").is_file()
    refused = project.sparta("provision", "--local", exit_code=1)
    assert "the image cannot be built: docker's engine is not running" in refused
    assert "--package zip" in refused
