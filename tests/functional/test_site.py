"""The files of a folder reach a bucket, and leave it again; what others put there stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "sited"


def content_types(project: Project, bucket: str) -> dict[str, str]:
    s3 = project.client("s3")
    found = s3.list_objects_v2(Bucket=bucket).get("Contents", [])
    keys = [each["Key"] for each in found]
    return {key: s3.head_object(Bucket=bucket, Key=key)["ContentType"] for key in keys}


def test_from_first_provision_to_deletion(project_of: ProjectOf) -> None:
    project = project_of(APPLICATION)
    project.run("provision", "--local")
    bucket = project.outputs()["Pages"]
    html, css = "text/html; charset=utf-8", "text/css; charset=utf-8"
    binary = "application/octet-stream"
    assert content_types(project, bucket) == {
        "css/a.css": css,
        "index.html": html,
        "old.bin": binary,
    }
    s3 = project.client("s3")
    s3.put_object(Bucket=bucket, Key="theirs.bin", Body=b"theirs", ContentType=binary)
    before = s3.head_object(Bucket=bucket, Key="css/a.css")["LastModified"]

    web = project.folder / "web"
    (web / "old.bin").unlink()
    (web / "index.html").write_text("<p>other</p>")
    (web / "more.json").write_text("{}")
    project.run("provision", "--local")
    assert content_types(project, bucket) == {
        "css/a.css": css,
        "index.html": html,
        "more.json": "application/json",
        "theirs.bin": binary,
    }
    assert s3.get_object(Bucket=bucket, Key="index.html")["Body"].read() == b"<p>other</p>"
    assert s3.head_object(Bucket=bucket, Key="css/a.css")["LastModified"] == before

    source = project.folder / "app.py"
    declared = 'site = Site("Web", "web", bucket=pages)'
    source.write_text(source.read_text().replace(declared, "").replace("[site]", "[pages]"))
    project.run("provision", "--local")
    assert content_types(project, bucket) == {"theirs.bin": binary}
    project.run("delete", "--local", "--empty-buckets")
