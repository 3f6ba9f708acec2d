"""Secrets and parameters have the type of their value."""

import sparta
from sparta.aws import Parameter, Secret


class Credentials(sparta.Model):
    user: str


database = Secret("Database", Credentials, template={"user": "orders"})
token = Secret("Token", characters=64)
limit = Parameter("Limit", 5)
limits = Parameter("Limits", {"items": 3}, dict[str, int])
words = Parameter.existing("/words", list[str])
key = Secret.existing("prod/key")


@sparta.function(uses=[database.read(), token.read(), limit.read(), words.read(), key.read()])
def use() -> str:
    user: str = database.get().user
    text: str = token.get() + key.get()
    count: int = limit.get() + limits.get()["items"]
    first: str = words.get()[0]
    stack: str = sparta.discover().stack_name
    return f"{user}{text}{count}{first}{stack}"
