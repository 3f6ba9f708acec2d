"""`ActiveReceiptRuleSet`: makes a rule set of SES the one that is used for mail that comes in.

CloudFormation makes rule sets, and has nothing to activate one with.
https://docs.aws.amazon.com/ses/latest/APIReference/API_SetActiveReceiptRuleSet.html
"""

from __future__ import annotations

from sparta.cfn.built_in import BuiltInResource
from sparta.cfn.resource import Resource
from sparta.iam.statement import Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ActiveReceiptRuleSet(BuiltInResource):
    """The active rule set of the account in the stack's region, while the stack is there.

    When it goes, the set that was active before is active again, or none; unless somebody has
    chosen another one in the meantime, which then stays.

    Args:
        logical_id: Its name within the template.
        rule_set: The rule set: a resource of the type `AWS::SES::ReceiptRuleSet`, or its name.
        depends_on: What has to exist before it is used, its rules for instance.
    """

    type = "Custom::SpartaActiveReceiptRuleSet"

    def __init__(
        self, logical_id: str, rule_set: Resource | str, *, depends_on: tuple[Resource, ...] = ()
    ) -> None:
        super().__init__(logical_id, depends_on=depends_on, _depth=3)
        self.rule_set = rule_set

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as the provider reads them."""
        rule_set = self.rule_set
        return {"RuleSetName": rule_set.ref if isinstance(rule_set, Resource) else rule_set}

    @property
    def named(self) -> tuple[Resource, ...]:
        """The rule set, where it is a resource."""
        return (self.rule_set,) if isinstance(self.rule_set, Resource) else ()

    @property
    def needed(self) -> tuple[Statement, ...]:
        """What activating takes: none of the three actions has a resource level."""
        actions = ("DescribeActiveReceiptRuleSet", "DescribeReceiptRuleSet")
        names = [f"ses:{action}" for action in (*actions, "SetActiveReceiptRuleSet")]
        return (Statement(names, ["*"]),)
