"""`discover()`: the stack that this function belongs to, and what it declared."""

from __future__ import annotations

from sparta.runtime.discovery import attribute, discovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class DiscoveredStack:
    """Where a function runs, as CloudFormation told it.

    Args:
        region: AWS's region, such as `eu-west-1`.
        stack_id: The stack's ARN.
        stack_name: The stack's name.
        resources: By logical id, the attributes of each resource that the function declared with
            `uses=`: `Ref`, and the return values that the resource passes on, such as `Arn`.
    """

    __slots__ = ("region", "resources", "stack_id", "stack_name")

    def __init__(
        self,
        region: str,
        stack_id: str,
        stack_name: str,
        resources: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.region = region
        self.stack_id = stack_id
        self.stack_name = stack_name
        self.resources = resources

    def __repr__(self) -> str:
        return (
            f"<stack {self.stack_name} in {self.region}: {', '.join(self.resources) or 'nothing'}>"
        )


def discover() -> DiscoveredStack:
    """Return the stack, and every resource that this function declared; asks nothing of AWS.

    The values are texts inside Lambda, and tokens while an application is provisioned.

    Raises:
        DiscoveryError: A handler runs outside of Lambda, and the test gave no values: see
            `sparta.testing.discovery`.
    """
    texts = {name: attribute(f"AWS::{name}") for name in ("Region", "StackId", "StackName")}
    resources: dict[str, Mapping[str, str]] = dict(discovered.information().get("Resources", {}))
    for provided in reversed(discovered.provided):
        for logical_id, attributes in provided.attributes.items():
            if not logical_id.startswith("AWS::"):
                resources[logical_id] = {**resources.get(logical_id, {}), **attributes}
    return DiscoveredStack(texts["Region"], texts["StackId"], texts["StackName"], resources)
