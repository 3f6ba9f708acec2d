"""Sparta: Python applications that deploy themselves to AWS Lambda.

`import sparta.native as sparta` is the whole opt-in to the Rust core.
"""

from __future__ import annotations

from sparta import events, operations
from sparta.app.custom_resource import Provider, custom_resource
from sparta.app.fragment import Fragment, TemplateContext
from sparta.app.function import Function, function
from sparta.app.hooks import ArchiveFiles, Hooks, WorkflowContext
from sparta.app.http_api import HttpApi
from sparta.app.image import Image
from sparta.app.rust_crate import RustCrate
from sparta.app.surroundings import FileSystem, Logging, Vpc
from sparta.cfn.custom_resource import CustomResource
from sparta.cfn.resource import Resource
from sparta.entry import main
from sparta.errors import (
    DiscoveryError,
    EventError,
    HttpStatusError,
    MetricError,
    SpartaError,
)
from sparta.iam.statement import Grant, Statement
from sparta.model.context import Context
from sparta.model.model import Model
from sparta.model.request import Request
from sparta.model.resource_request import ResourceRequest
from sparta.model.response import Response
from sparta.model.streamed import StreamedResponse, stream
from sparta.model.trigger import Trigger
from sparta.operations.alarms import alarm
from sparta.runtime.discovered_stack import DiscoveredStack, discover
from sparta.runtime.http_handler import ResponseWriter, http_handler
from sparta.runtime.interceptor import Interceptor
from sparta.runtime.metric import metric
from sparta.runtime.shutdown import on_shutdown
from sparta.runtime.structured_log import logger
from sparta.triggers.clock import schedule

__all__ = [
    "ArchiveFiles",
    "Context",
    "CustomResource",
    "DiscoveredStack",
    "DiscoveryError",
    "EventError",
    "FileSystem",
    "Fragment",
    "Function",
    "Grant",
    "Hooks",
    "HttpApi",
    "HttpStatusError",
    "Image",
    "Interceptor",
    "Logging",
    "MetricError",
    "Model",
    "Provider",
    "Request",
    "Resource",
    "ResourceRequest",
    "Response",
    "ResponseWriter",
    "RustCrate",
    "SpartaError",
    "Statement",
    "StreamedResponse",
    "TemplateContext",
    "Trigger",
    "Vpc",
    "WorkflowContext",
    "alarm",
    "custom_resource",
    "discover",
    "events",
    "function",
    "http_handler",
    "logger",
    "main",
    "metric",
    "on_shutdown",
    "operations",
    "schedule",
    "stream",
]
