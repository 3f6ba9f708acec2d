"""The calls to S3 that deployment needs, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.deploy.aws import asking, unless
from sparta.errors import DeployError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

    from sparta.deploy.plan import Upload


class Buckets:
    """S3, as a deployment uses it.

    Args:
        client: S3's client, path-style.
    """

    def __init__(self, client: S3Client) -> None:
        self._client = client

    def region(self, bucket: str) -> str | None:
        """Return the region that `bucket` is in; None when there is no such bucket."""
        with asking(f"look up the bucket {bucket}"):
            answer = unless("404", self._client.head_bucket, Bucket=bucket)
            if answer is None:
                return None
            if answer.get("BucketRegion"):
                return answer["BucketRegion"]
            # Without that header; a location of None is the oldest region.
            located = self._client.get_bucket_location(Bucket=bucket)
            return str(located.get("LocationConstraint") or "us-east-1")

    def versioned(self, bucket: str) -> bool:
        """Return whether `bucket` keeps versions."""
        with asking(f"read the versioning of the bucket {bucket}"):
            return self._client.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled"

    def holds(self, bucket: str, key: str) -> bool:
        """Return whether `bucket` holds an object called `key`."""
        with asking(f"look for s3://{bucket}/{key}"):
            found = unless("404", self._client.head_object, Bucket=bucket, Key=key)
        return found is not None

    def entity_tag(self, bucket: str, key: str) -> str:
        """Return the entity tag of an object; empty when there is none.

        Of an object that was put in one part and not encrypted by KMS it is the MD5 of its bytes.
        """
        with asking(f"look for s3://{bucket}/{key}"):
            found = unless("404", self._client.head_object, Bucket=bucket, Key=key)
        return found["ETag"].strip('"') if found else ""

    def put(self, bucket: str, upload: Upload) -> None:
        """Put one object into `bucket`; a large file goes in parts."""
        with asking(f"store s3://{bucket}/{upload.key}"):
            if upload.path is None:
                self._client.put_object(Bucket=bucket, Key=upload.key, Body=upload.body)
            else:
                self._client.upload_file(str(upload.path), bucket, upload.key)

    def empty(self, bucket: str) -> bool:
        """Return whether `bucket` holds nothing, not even an old version; true if it is gone."""
        with asking(f"look into the bucket {bucket}"):
            page = unless(
                "NoSuchBucket", self._client.list_object_versions, Bucket=bucket, MaxKeys=1
            )
        return page is None or not (page.get("Versions") or page.get("DeleteMarkers"))

    def clear(self, bucket: str) -> int:
        """Delete everything in `bucket`, all versions; return how many there were.

        Raises:
            DeployError: S3 refuses, or refuses for some of them.
        """
        count = 0
        pages = self._client.get_paginator("list_object_versions")
        with asking(f"empty the bucket {bucket}"):
            for page in pages.paginate(Bucket=bucket):
                found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
                keys: list[ObjectIdentifierTypeDef] = [
                    {"Key": one["Key"], "VersionId": one["VersionId"]} for one in found
                ]
                if keys:
                    self._delete(bucket, keys)
                count += len(keys)
        return count

    def _delete(self, bucket: str, keys: Sequence[ObjectIdentifierTypeDef]) -> None:
        answer = self._client.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
        problems = [
            Problem(
                f"{one.get('Code')}: {one.get('Message')}", where=f"s3://{bucket}/{one.get('Key')}"
            )
            for one in answer.get("Errors", [])
        ]
        if problems:
            raise DeployError.of(problems)
