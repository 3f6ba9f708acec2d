"""The package as a container image: Package -> context -> image."""

from sparta.package.builders.docker import reason_not_to
from sparta.package.image.build import BuiltImage, build_image, context_path
from sparta.package.image.context import write_context

__all__ = ["BuiltImage", "build_image", "context_path", "reason_not_to", "write_context"]
