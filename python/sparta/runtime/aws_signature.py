"""Signature Version 4 of one POST of JSON: what boto3 would do, without its imports.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_ALGORITHM = "AWS4-HMAC-SHA256"


class AwsCredentials:
    """What requests are signed with.

    Args:
        key_id: The access key's id.
        secret: The secret access key.
        session_token: The token of temporary credentials; empty for others.
    """

    __slots__ = ("key_id", "secret", "session_token")

    def __init__(self, key_id: str, secret: str, session_token: str = "") -> None:
        self.key_id = key_id
        self.secret = secret
        self.session_token = session_token

    def __repr__(self) -> str:
        return f"<credentials {self.key_id}>"


def signed_headers(
    headers: Mapping[str, str],
    body: bytes,
    scope: tuple[str, str],
    credentials: AwsCredentials,
    timestamp: str,
) -> dict[str, str]:
    """Return the headers of a POST to `/`, with those that prove who sends it.

    Args:
        headers: The headers so far, `host` among them; all are signed.
        body: The request's body.
        scope: The region, and the service's name in signatures, such as `("eu-west-1", "ssm")`.
        credentials: Whose request it is.
        timestamp: The time in UTC, as `20260101T120000Z`.
    """
    import hashlib
    import hmac

    complete = {name.lower(): value for name, value in headers.items()}
    complete["x-amz-date"] = timestamp
    if credentials.session_token:
        complete["x-amz-security-token"] = credentials.session_token
    names = sorted(complete)
    canonical = "\n".join(
        (
            *("POST", "/", ""),
            *(f"{name}:{complete[name].strip()}" for name in names),
            *("", ";".join(names), hashlib.sha256(body).hexdigest()),
        )
    )
    steps = (timestamp[:8], *scope, "aws4_request")
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join((_ALGORITHM, timestamp, "/".join(steps), digest))
    key = f"AWS4{credentials.secret}".encode()
    for step in (*steps, text):
        key = hmac.new(key, step.encode(), "sha256").digest()
    complete["authorization"] = (
        f"{_ALGORITHM} Credential={credentials.key_id}/{'/'.join(steps)}, "
        f"SignedHeaders={';'.join(names)}, Signature={key.hex()}"
    )
    return complete
