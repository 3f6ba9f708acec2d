"""A marshaller of the application's own, in place of AWS's client's."""

from typing import Any

from awslambdaric.lambda_runtime_client import LambdaRuntimeClient
from awslambdaric.lambda_runtime_marshaller import LambdaMarshaller


class Loud(LambdaMarshaller):
    """Answers in capitals."""

    def marshal_response(self, response: Any) -> tuple[Any, str]:
        """Return the body and its type."""
        body, content_type = super().marshal_response(response)
        return body.upper(), content_type


LambdaRuntimeClient.marshaller = Loud()
