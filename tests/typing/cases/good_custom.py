"""Custom resources as they are meant; mypy and pyright must be silent; checked, never run."""

from dataclasses import dataclass

import sparta
from sparta import events
from sparta.aws import ActiveReceiptRuleSet, Bucket, ExistingBucket, Site


class Seed(sparta.Model):
    table: str
    count: int = 1


class Seeded(sparta.Model):
    last: str


@dataclass
class Plain:
    name: str


def create(request: sparta.ResourceRequest[Seed]) -> Seeded:
    request.physical_id = request.properties.table
    old = request.old_properties
    return Seeded(last=str(old.count if old else 0))


def delete(request: sparta.ResourceRequest[Seed]) -> None: ...


def nothing(request: sparta.ResourceRequest[Plain]) -> None: ...


seed = sparta.custom_resource(
    create=create, update=create, delete=delete, name="seed", timeout_s=10, no_echo=True
)
rows = seed("Rows", Seed(table="t"), depends_on=[], retain=True)
last: str = rows.returned.last
declared: sparta.CustomResource[Seeded] = rows
provider: sparta.Provider[Seed, Seeded] = seed
plain = sparta.custom_resource(create=nothing)("Plain", Plain("x"))

uploads = Bucket("Uploads")
theirs: ExistingBucket = Bucket.existing("theirs")

site = Site("Web", "web", bucket=uploads, depends_on=(rows,))
active = ActiveReceiptRuleSet("Active", "rules")


@sparta.function(
    uses=[rows.read(), theirs.grant("GetObject")],
    on=(uploads.created(via="notification"), theirs.created(suffix=".csv", via="eventbridge")),
)
def take(event: events.S3) -> str:
    return rows.returned.last + theirs.name


sparta.main("Custom", "", functions=[take], resources=[rows, plain, site, active])
