"""`Image`: how an application becomes a container image, in place of a ZIP archive."""

from __future__ import annotations

from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Image:
    """A container image that holds the application: one image, which every function runs from.

    An archive starts faster and needs no engine; an image may be 10 GB and hold what no wheel has.

    Args:
        base: The image to build on, with Lambda's Python runtime in it; AWS's own of the functions'
            Python and architecture if not given. A tag that moves makes builds differ: name a
            dated tag, or a digest.
        dockerfile: A Dockerfile of your own, relative to the project's folder, in place of the
            generated one. What it is built in holds the application's files in `code/`.
        labels: Labels of the image, besides `org.opencontainers.image.title`, `.version` (the
            build id) and `.description`.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/python-image.html
    """

    def __init__(
        self,
        *,
        base: str | None = None,
        dockerfile: str | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.base = base
        self.dockerfile = dockerfile
        self.labels = dict(labels or {})
        self.declared_at = declared_at()
