"""One application with everything a template can hold, for the golden template; never deployed."""

import sparta
from sparta import events, iam
from sparta.aws import Bucket, Index, Queue, Table, Topic

orders = Table(
    "Orders",
    key="customer",
    sort_key="placed",
    sort_key_type="N",
    indexes={"by_day": Index("day", sort_key="placed", sort_key_type="N")},
    retain=False,
)
uploads = Bucket("Uploads", versioned=True)
dead = Queue("Dead", retention_s=1_209_600)
jobs = Queue("Jobs", visibility_timeout_s=360, dead_letter=dead, max_receives=3)
news = Topic("News", physical_name="orders-news")
dashboard = sparta.Resource(
    "Dashboard",
    "AWS::CloudWatch::Dashboard",
    {"DashboardBody": f'{{"widgets": [], "start": "-PT1H", "of": "{orders.name}"}}'},
    depends_on=[uploads],
)


@sparta.function(
    description="Takes everything that comes",
    memory_mb=512,
    timeout_s=60,
    environment={"TABLE": orders.name, "PATTERN": f"${{HOME}}/{uploads.name}/*"},
    uses=[
        orders.grant("PutItem"),
        orders.read(),
        uploads.read(),
        news.write(),
        iam.allow("s3:PutObject", "s3:PutObjectTagging")
        .on(uploads.arn / "images/*", iam.arn("s3", "shared/images/*", region="", account=""))
        .when(StringEquals={"s3:RequestObjectTag/public": "no"})
        .when({"ForAllValues:StringLike": {"s3:RequestObjectTagKeys": ["public"]}}),
        iam.deny("s3:*").on(uploads.arn / "secret/*"),
        sparta.Statement(["cloudwatch:PutMetricData"], ["*"]),
        sparta.Statement(
            ["dynamodb:DeleteItem"],
            [orders.arn],
            conditions={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["me"]}},
        ),
    ],
    on=(uploads.created(prefix="in/", suffix=".csv"), uploads.created(suffix=".json")),
)
def take(event: events.S3) -> None:
    """Take objects."""


@sparta.function(
    name="2nd: poll & go",
    timeout_s=60,
    role_path="/polling/",
    permissions_boundary="arn:aws:iam::123456789012:policy/polling",
    on=jobs.messages(batch_size=20, window_s=5),
)
def poll(event: events.Sqs) -> None:
    """Take messages."""


@sparta.function(on=(news.messages(),), role="arn:aws:iam::123456789012:role/existing")
def listen(event: events.Sns) -> None:
    """Take notifications."""


@sparta.function(
    on=(
        sparta.schedule("cron(0 3 * * ? *)", timezone="Europe/Rome"),
        sparta.schedule("rate(1 hour)"),
    ),
    role="existing",
)
async def tick() -> None:
    """Take the time."""


@sparta.function(name="answer_" + "a_name_that_is_much_longer_than_lambda_allows_" * 2)
def answer(request: sparta.Request[None]) -> str:
    """Take requests."""
    return request.path


@sparta.function()
def rest(request: sparta.Request[None]) -> str:
    """Take what no other route takes."""
    return request.path


api = (
    sparta.HttpApi("every thing")
    .get("/orders", answer)
    .get("/orders/{id}", answer)
    .delete("/orders/{id}", answer)
    .any("/{path+}", rest)
)

if __name__ == "__main__":
    sparta.main(
        "Everything",
        "An application of every kind of thing",
        functions=[take, poll, listen, tick],
        api=api,
        resources=[dashboard],
        architecture="arm64",
        permissions_boundary="everything",
        role_path="/teams/everything/",
    )
