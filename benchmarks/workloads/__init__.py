"""What the subjects are asked to do: an event each, and what a right answer to it is.

    from workloads import WORKLOADS
    WORKLOADS["orders"].check(outcome)

Every subject of a workload gets the same event and must give the same answer: the same work each.
"""

from __future__ import annotations

from workloads.documents import HEAVY, JSON_1MB, JSON_5MB, SQS_BATCH
from workloads.http import HELLO, ORDERS, ORDERS_INVALID, TYPICAL
from workloads.workload import Workload

__all__ = ["WORKLOADS", "Workload"]

WORKLOADS: dict[str, Workload] = {
    "hello": Workload("hello", HELLO.event, HELLO.check, warm_events=200, cold_starts=15),
    "orders": Workload("orders", ORDERS.event, ORDERS.check, warm_events=200, cold_starts=15),
    "orders_invalid": Workload(
        "orders_invalid",
        ORDERS_INVALID.event,
        ORDERS_INVALID.check,
        warm_events=100,
        cold_starts=5,
    ),
    "sqs_batch": Workload(
        "sqs_batch", SQS_BATCH.event, SQS_BATCH.check, warm_events=100, cold_starts=5
    ),
    "json_1mb": Workload("json_1mb", JSON_1MB.event, JSON_1MB.check, warm_events=15, cold_starts=5),
    "json_5mb": Workload("json_5mb", JSON_5MB.event, JSON_5MB.check, warm_events=5, cold_starts=5),
    "typical": Workload("typical", TYPICAL.event, TYPICAL.check, warm_events=50, cold_starts=5),
    "heavy": Workload("heavy", HEAVY.event, HEAVY.check, warm_events=20, cold_starts=5),
    "heavy_no_bytecode": Workload(
        "heavy_no_bytecode", HEAVY.event, HEAVY.check, warm_events=20, cold_starts=5
    ),
}
"""By name, in the order of the tables."""
