"""`CloudMap`: others find this application's functions and API by name.

https://docs.aws.amazon.com/cloud-map/latest/dg/what-is-cloud-map.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.operations.operation import Operation


class CloudMap(Operation):
    """Registers each function, and the API, as an instance of one service of Cloud Map.

    An instance of a function has the attributes `arn` and `name`, that of the API has `url`.

    Args:
        namespace: The HTTP namespace that is made, or the id of an existing one (`ns-...`).
        service: The service's name there; the application's if empty.
    """

    def __init__(self, namespace: str, *, service: str = "") -> None:
        super().__init__(namespace, declared_at())
        self.namespace = namespace
        self.service = service
