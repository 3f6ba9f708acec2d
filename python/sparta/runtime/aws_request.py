"""One request to AWS from inside a function, with its role: SSM, Secrets Manager, CodeDeploy.

What the standard library's HTTPS imports is a fraction of boto3, and is imported in INIT.
"""

from __future__ import annotations

from sparta.env import variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sparta.runtime.aws_signature import AwsCredentials

TIMEOUT_S = 2.0
"""For each try, to connect and to read: shorter than the three seconds that functions have."""
_WAITS_S = (0.1, 0.4)
"""Before the second try, and the third."""
_PASSING_ERRORS = ("Throttling", "ThrottlingException", "RequestLimitExceeded")


class AwsRefusal(Exception):  # noqa: N818 - AWS's answer, not a mistake of ours
    """What AWS said no to, or that it could not be reached.

    Args:
        code: AWS's word for it, such as `AccessDeniedException`.
        text: Its message.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}" if text else code)
        self.code = code
        self.text = text


def prepare_requests() -> None:
    """Import what requests need: in INIT, which has a full core."""
    import hmac
    import http.client
    import ssl

    for module in (hmac, http.client, ssl):
        del module


def ask_aws(service: str, target: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return AWS's answer to one request.

    Args:
        service: `codedeploy`, `secretsmanager` or `ssm`.
        target: The operation as its header names it, such as `AmazonSSM.GetParameters`.
        body: The request's members.

    Raises:
        AwsRefusal: AWS refused, or could not be reached in three tries.
    """
    import json
    import time

    text = json.dumps(body).encode()
    refusal = AwsRefusal("Unasked", "")
    for wait_s in (*_WAITS_S, None):
        try:
            status, answer = _posted(service, target, text)
        except OSError as error:
            refusal = AwsRefusal(type(error).__name__, str(error))
        else:
            members = _members(answer)
            if status == 200 and members is not None:  # noqa: PLR2004 - HTTP's own number
                return members
            refusal = _refusal_of(status, members or {})
            if status < 500 and refusal.code not in _PASSING_ERRORS:  # noqa: PLR2004 - as above
                break
        if wait_s is not None:
            time.sleep(wait_s)
    raise refusal


def _members(answer: bytes) -> dict[str, Any] | None:
    """Return an answer's members; None where something else than the service answers."""
    import json

    try:
        found: dict[str, Any] = json.loads(answer or b"{}")
    except ValueError:
        return None
    return found


def _refusal_of(status: int, members: Mapping[str, Any]) -> AwsRefusal:
    code = str(members.get("__type") or status).rpartition("#")[2]
    return AwsRefusal(code, str(members.get("message") or members.get("Message") or ""))


def _posted(service: str, target: str, body: bytes) -> tuple[int, bytes]:
    """Send one request; returns the status and the body of the answer."""
    import time

    from sparta.runtime.aws_signature import signed_headers

    region = variable("AWS_REGION") or variable("AWS_DEFAULT_REGION") or "us-east-1"
    scheme, _, host = _endpoint(service, region).partition("://")
    headers = {
        "host": host,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": target,
    }
    timestamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    signed = signed_headers(headers, body, (region, service), _credentials(), timestamp)
    return _exchanged(scheme, host, ("POST", "/", body, signed))


def _exchanged(
    scheme: str, host: str, request: tuple[str, str, bytes | None, Mapping[str, str]]
) -> tuple[int, bytes]:
    import http.client

    secure = scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(host, timeout=TIMEOUT_S)
    method, path, body, headers = request
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    except http.client.HTTPException as error:
        raise OSError(f"no answer in HTTP from {host}: {error!r}") from error
    finally:
        connection.close()


def _endpoint(service: str, region: str) -> str:
    """Return where the service is, by the settings that AWS's own libraries know.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    """
    own = {"secretsmanager": "SECRETS_MANAGER"}.get(service, service.upper())
    given = variable(f"AWS_ENDPOINT_URL_{own}") or variable("AWS_ENDPOINT_URL")
    if given:
        return given.rstrip("/")
    fips = "-fips" if variable("AWS_USE_FIPS_ENDPOINT") == "true" else ""
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"https://{service}{fips}.{region}.{domain}"


def _credentials() -> AwsCredentials:
    """Return the function's credentials: from its environment, after SnapStart from Lambda's URL.

    https://docs.aws.amazon.com/lambda/latest/dg/snapstart-security.html
    """
    from sparta.runtime.aws_signature import AwsCredentials

    key_id = variable("AWS_ACCESS_KEY_ID")
    url = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if key_id or not url:
        secret, token = variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN")
        return AwsCredentials(key_id or "", secret or "", token or "")
    import json

    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    headers = {"authorization": variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") or ""}
    status, answer = _exchanged(scheme, host, ("GET", f"/{path}", None, headers))
    if status != 200:  # noqa: PLR2004 - HTTP's own number
        raise OSError(f"no credentials from {host}: status {status}")
    found = json.loads(answer)
    return AwsCredentials(found["AccessKeyId"], found["SecretAccessKey"], found["Token"])
