"""Custom resources of the application's own providers, for the golden template; never deployed."""

import sparta
from sparta.aws import Table

orders = Table("Orders", key="id", retain=False)


class Seed(sparta.Model):
    """What rows to make."""

    table: str
    count: int
    names: list[str]
    note: str | None = None


class Seeded(sparta.Model):
    """What was made."""

    first: str
    last: str


def create(request: sparta.ResourceRequest[Seed]) -> Seeded:
    """Make the rows."""
    return Seeded(first="0", last=str(request.properties.count))


def delete(request: sparta.ResourceRequest[Seed]) -> None:
    """Remove them."""


def make_password(request: sparta.ResourceRequest[dict[str, str]]) -> dict[str, str]:
    """Make a password."""
    return {"password": request.physical_id}


seed = sparta.custom_resource(
    create=create, update=create, delete=delete, name="seed rows", uses=[orders.write()]
)
password = sparta.custom_resource(create=make_password, no_echo=True, memory_mb=256, timeout_s=10)

secret = password("Password", {"length": "20"}, retain=True)
rows = seed("Rows", Seed(table=orders.name, count=3, names=["a", "b"]), depends_on=[secret])
more = seed("MoreRows", Seed(table=orders.name, count=1, names=[rows.returned.last]))


@sparta.function(uses=[rows.read()], environment={"LAST": more.returned.last})
def look() -> str:
    """Read what a custom resource gave."""
    return rows.returned.first


if __name__ == "__main__":
    sparta.main("Seeds", "Rows that are there from the start", functions=[look], resources=[more])
