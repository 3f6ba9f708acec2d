"""What functions discover: the stack, secrets, parameters, and more than an environment holds."""

import sparta
from sparta.aws import Parameter, Queue, Secret


class Credentials(sparta.Model):
    user: str
    password: str


database = Secret("Database", Credentials, template={"user": "orders"}, retain=False, max_age_s=0)
limits = Parameter("Limits", {"items": 3}, dict[str, int])
outside = Parameter.existing("/outside/words", list[str])
forbidden = Secret("Forbidden", retain=False)
queues = [Queue(f"Queue{number}") for number in range(22)]


@sparta.function(uses=[database.read(), limits.read(), outside.read()])
def values() -> dict[str, object]:
    found = database.get()
    return {
        "user": found.user,
        "length": len(found.password),
        "items": limits.get()["items"],
        "words": outside.get(),
    }


@sparta.function(uses=[forbidden.grant("DescribeSecret")])
def refused() -> str:
    return forbidden.get()


@sparta.function(uses=[queue.grant("SendMessage") for queue in queues])
def many() -> dict[str, object]:
    stack = sparta.discover()
    return {
        "region": stack.region,
        "name": stack.stack_name,
        "id": stack.stack_id,
        "queues": sorted(stack.resources),
        "last": queues[-1].name == stack.resources["Queue21"]["QueueName"],
        "url": queues[0].url,
    }


if __name__ == "__main__":
    sparta.main("Discovery", "Finds things", functions=[values, refused, many])
