"""`Custom::SpartaSite`: the files of an archive as objects of a bucket.

The archive stands in the bucket of the code, under a name made of its content: another content is
another property. What is there already with the same content is left alone; what an archive of
before brought and this one does not is deleted, and nothing else.
"""

from __future__ import annotations

from sparta.model.model import Model
from sparta.model.resource_request import ResourceRequest  # noqa: TC001 - read by `serving`

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_AT_ONCE = 1000
"""Objects that S3 deletes in one call."""


class Properties(Model):
    """Which archive goes where."""

    Bucket: str
    SourceBucket: str
    SourceKey: str


def create(request: ResourceRequest[Properties]) -> None:
    """Upload what is not there yet."""
    properties = request.properties
    request.physical_id = f"{request.physical_id.partition('/')[0]}/{properties.Bucket}"
    upload(client(), properties)


def update(request: ResourceRequest[Properties]) -> None:
    """Upload what is new or another, and delete what is no more."""
    former, s3 = request.old_properties, client()
    create(request)
    # The objects in another bucket are deleted with the resource that they were.
    if former is not None and former.Bucket == request.properties.Bucket:
        gone = set(_names(s3, former)) - set(_names(s3, request.properties))
        remove(s3, former.Bucket, gone)


def delete(request: ResourceRequest[Properties]) -> None:
    """Delete the files of the archive; what others put beside them stays."""
    s3 = client()
    remove(s3, request.properties.Bucket, set(_names(s3, request.properties)))


def upload(s3: Any, properties: Properties) -> None:  # noqa: ANN401 - a client of boto3
    """Put the files of the archive into the bucket, those with other content only."""
    import hashlib
    import mimetypes

    there = dict(_objects(s3, properties.Bucket))
    for name, content in _files(s3, properties):
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        if there.get(name) == digest:
            continue
        kind, encoding = mimetypes.guess_type(name)
        if kind and kind.startswith("text/"):
            kind += "; charset=utf-8"
        more = {"ContentEncoding": encoding} if encoding else {}
        s3.put_object(
            Bucket=properties.Bucket,
            Key=name,
            Body=content,
            ContentType=kind or "application/octet-stream",
            **more,
        )


def remove(s3: Any, bucket: str, names: set[str]) -> None:  # noqa: ANN401 - a client of boto3
    """Delete objects; a bucket that is gone holds none.

    Raises:
        RuntimeError: S3 did not delete all of them.
    """
    ordered = sorted(names)
    for start in range(0, len(ordered), _AT_ONCE):
        keys = [{"Key": name} for name in ordered[start : start + _AT_ONCE]]
        try:
            answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
        except s3.exceptions.NoSuchBucket:
            return
        if answer.get("Errors"):
            first = answer["Errors"][0]
            raise RuntimeError(f"{first['Key']} cannot be deleted: {first.get('Message')}")


def client() -> Any:  # noqa: ANN401 - of boto3
    """Return a client for S3."""
    import boto3

    return boto3.client("s3")


def _objects(s3: Any, bucket: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - as above
    """Yield key and hash of each object; of one that came in parts the hash is no MD5."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for found in page.get("Contents", ()):
            yield found["Key"], found["ETag"].strip('"')


def _files(s3: Any, properties: Properties) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401
    from zipfile import ZipFile

    with _archive(s3, properties) as file, ZipFile(file) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def _names(s3: Any, properties: Properties) -> list[str]:  # noqa: ANN401 - as above
    from zipfile import ZipFile

    with _archive(s3, properties) as file, ZipFile(file) as archive:
        return archive.namelist()


def _archive(s3: Any, properties: Properties) -> Any:  # noqa: ANN401 - as above, a binary file
    from tempfile import TemporaryFile

    file = TemporaryFile()  # noqa: SIM115 - who asks for it closes it
    s3.download_fileobj(properties.SourceBucket, properties.SourceKey, file)
    return file
