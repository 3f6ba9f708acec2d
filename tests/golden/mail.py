"""SES: mail kept in a bucket, a rule set of the application, and an existing one."""

import sparta
from sparta import events, triggers
from sparta.aws import Bucket

inbox = Bucket("Inbox")
rules = sparta.Resource("Rules", "AWS::SES::ReceiptRuleSet", {"RuleSetName": "shop"})


@sparta.function(
    uses=[inbox.grant("GetObject")],
    on=triggers.email(
        rules,
        recipients=["orders@example.com", ".shop.example.com"],
        store=inbox,
        prefix="orders/",
        require_tls=True,
    ),
)
def take(event: events.Ses) -> None:
    """Take mail."""


@sparta.function(
    on=triggers.email("company", after="spam", decides=True, store=inbox, enabled=False)
)
def sort(event: events.Ses) -> dict[str, str]:
    """Sort mail."""
    return {"disposition": "STOP_RULE" if event.records[0].spam == "FAIL" else "CONTINUE"}


if __name__ == "__main__":
    sparta.main("Mail", "Takes mail", functions=[take, sort])
