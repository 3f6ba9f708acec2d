"""Mistakes with custom resources that both must report, on the lines marked; checked, never run."""

import sparta
from sparta import events
from sparta.aws import ActiveReceiptRuleSet, Bucket, Queue, Site


class Seed(sparta.Model):
    table: str


class Other(sparta.Model):
    table: str


class Seeded(sparta.Model):
    last: str


def create(request: sparta.ResourceRequest[Seed]) -> Seeded:
    return Seeded(last=request.properties.tabel)  # error: no such property


def other(request: sparta.ResourceRequest[Other]) -> None: ...


def text(request: str) -> None: ...


seed = sparta.custom_resource(create=create)
sparta.custom_resource(create=create, delete=other)  # error: takes other properties
sparta.custom_resource(create=text)  # error: takes no request
sparta.custom_resource(delete=other)  # error: no create
sparta.custom_resource(create=create, memory=256)  # error: no such option
seed("Rows", Other(table="t"))  # error: properties of another type
seed("Rows", Seed(table="t"), retain="yes")  # error: not a truth value
rows = seed("Rows", Seed(table="t"))
print(rows.returned.first)  # error: no such attribute
number: int = rows.returned.last  # error: attributes are text

uploads = Bucket("Uploads")
uploads.created(via="sns")  # error: no such way
Site("Web", "web")  # error: no bucket
Site("Web", "web", bucket=Queue("Jobs"))  # error: not a bucket
ActiveReceiptRuleSet("Active", 3)  # error: no rule set
Bucket.existing("theirs").grant("PutItem")  # error: not an action of a bucket


@sparta.function(on=Bucket.existing("theirs").created())  # error: the trigger's events are not Sqs
def wrong_event(event: events.Sqs) -> None: ...
