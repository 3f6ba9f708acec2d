"""Secrets and parameters, of the stack and existing, for the golden template; never deployed."""

import sparta
from sparta.aws import Parameter, Secret

KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"


class Credentials(sparta.Model):
    user: str
    password: str


database = Secret("Database", Credentials, template={"user": "orders"}, kms_key=KEY)
token = Secret("Token", characters=64, description="For the partner", retain=False)
limits = Parameter("Limits", {"items": 3}, dict[str, int], physical_name="/orders/limits")
address = Parameter("Address", f"https://{database.arn}.example", description="Where it is")
partner = Secret.existing("partner/key", kms_key=KEY)
by_arn = Secret.existing("arn:aws:secretsmanager:us-east-1:123456789012:secret:other-a1b2c3")
words = Parameter.existing("/outside/words", list[str], kms_key=KEY)


@sparta.function(
    uses=[
        database.read(),
        token.write(),
        limits.read(),
        address.write(),
        partner.read(),
        by_arn.read(),
        words.read(),
    ]
)
def use() -> str:
    """Use them all."""
    return database.get().user


if __name__ == "__main__":
    sparta.main("Values", "Fetches values", functions=[use])
