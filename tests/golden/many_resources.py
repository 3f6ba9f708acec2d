"""More resources than an environment holds, for the golden template; never deployed."""

import sparta
from sparta.aws import Queue

queues = [Queue(f"Queue{number}") for number in range(22)]


@sparta.function(uses=[queue.write() for queue in queues])
def many() -> str:
    """Discover by parameters."""
    return sparta.discover().stack_name


if __name__ == "__main__":
    sparta.main("Many", "Uses many queues", functions=[many])
