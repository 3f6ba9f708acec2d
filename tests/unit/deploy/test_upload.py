from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sparta.deploy.plan import Plan, Upload
from sparta.deploy.upload import upload
from sparta.errors import DeployError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.deploy.conftest import Heard, Script

KEY = "Shop/abc-code.zip"


@pytest.fixture
def with_file(plan: Plan, tmp_path: Path) -> Plan:
    file = tmp_path / "Shop-code.zip"
    file.write_bytes(b"zip")
    return replace(plan, uploads=(Upload(KEY, 3, path=file),))


def test_what_is_there_is_not_sent(script: Script, plan: Plan, heard: Heard) -> None:
    script.answers("s3.head_object", {}, Bucket="code", Key=KEY)
    upload(plan, script.aws, heard)
    assert heard.lines == [("Already in S3", {"Bucket": "code", "Key": KEY})]


def test_file_is_sent(script: Script, with_file: Plan, heard: Heard) -> None:
    script.refuses("s3.head_object", "404")
    script.answers("s3.put_object", {})
    upload(with_file, script.aws, heard)
    ((message, fields),) = heard.lines
    assert message == "Uploading local file to S3"
    assert fields == {
        "Bucket": "code",
        "Key": KEY,
        "Path": with_file.uploads[0].path,
        "Size": "3 B",
    }


def test_refused_upload(script: Script, with_file: Plan, heard: Heard) -> None:
    script.refuses("s3.head_object", "404")
    script.refuses("s3.put_object", "AccessDenied", "no s3:PutObject")
    with pytest.raises(DeployError, match=f"store s3://code/{KEY}: .*no s3:PutObject"):
        upload(with_file, script.aws, heard)


def test_refused_look(script: Script, plan: Plan, heard: Heard) -> None:
    script.refuses("s3.head_object", "403", "Forbidden")
    with pytest.raises(DeployError, match="look for s3://code"):
        upload(plan, script.aws, heard)
