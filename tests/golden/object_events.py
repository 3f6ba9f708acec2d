"""What happens to objects: deleted, restored, tagged."""

import sparta
from sparta import events
from sparta.aws import Bucket

archive = Bucket("Archive", versioned=True)


@sparta.function(
    on=(
        archive.deleted(prefix="in/"),
        archive.restored(suffix=".csv"),
        archive.events("Object Tags Added", "Object Tags Deleted", prefix="in/", suffix=".csv"),
    )
)
def watch(event: events.S3) -> None:
    """Watch objects."""


if __name__ == "__main__":
    sparta.main("Objects", "Watches objects", functions=[watch])
