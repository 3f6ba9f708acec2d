"""`Queue`: an SQS queue.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.events.sqs import Sqs, SqsRecord
from sparta.model.caller import declared_at
from sparta.model.polled_trigger import RecordTrigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal, Unpack

    from sparta.iam.statement import Grant
    from sparta.triggers.options import QueueOptions

    QueueAction = Literal[
        "ChangeMessageVisibility",
        "DeleteMessage",
        "GetQueueAttributes",
        "GetQueueUrl",
        "PurgeQueue",
        "ReceiveMessage",
        "SendMessage",
    ]


class Queue(GrantingResource):
    """An SQS queue, encrypted with SQS's own key.

    Args:
        logical_id: Its name within the template.
        visibility_timeout_s: How long a received message stays hidden, 0 to 43,200 s; at least
            the timeout of the function that takes its messages, AWS advises six times that.
        retention_s: How long a message is kept, 60 to 1,209,600 s.
        dead_letter: Where messages go that were received `max_receives` times in vain.
        max_receives: 1 to 1,000.
        physical_name: The queue's own name; CloudFormation makes one where none is given. That of
            a FIFO queue ends in `.fifo`.
        fifo: Whether each message group keeps its order; the dead letter queue is then FIFO too.
        deduplicate_by_content: Of a FIFO queue: whether messages of the same body within five
            minutes are one, so that the sender need not give each an id.
    """

    type = "AWS::SQS::Queue"
    attributes = ("Arn", "QueueName")
    service: ClassVar[str] = "sqs"
    actions_on_itself: ClassVar[str] = (
        "ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl PurgeQueue "
        "ReceiveMessage SendMessage"
    )

    def __init__(
        self,
        logical_id: str,
        *,
        visibility_timeout_s: int = 30,
        retention_s: int = 345_600,
        dead_letter: Queue | None = None,
        max_receives: int = 5,
        physical_name: str | None = None,
        fifo: bool = False,
        deduplicate_by_content: bool = False,
    ) -> None:
        super().__init__(logical_id, _depth=3)
        self.fifo = fifo
        self.deduplicate_by_content = deduplicate_by_content
        self.visibility_timeout_s = visibility_timeout_s
        self.retention_s = retention_s
        self.dead_letter = dead_letter
        self.max_receives = max_receives
        self.physical_name = physical_name

    @property
    def url(self) -> str:
        """The queue's URL, which SQS calls want; a token before deployment."""
        return self.ref

    @property
    def name(self) -> str:
        """The queue's name; a token before deployment."""
        return self.get_att("QueueName")

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        properties: dict[str, Any] = {
            "SqsManagedSseEnabled": True,
            "VisibilityTimeout": self.visibility_timeout_s,
            "MessageRetentionPeriod": self.retention_s,
        }
        if self.dead_letter is not None:
            properties["RedrivePolicy"] = {
                "deadLetterTargetArn": self.dead_letter.arn,
                "maxReceiveCount": self.max_receives,
            }
        if self.fifo:
            properties["FifoQueue"] = True
        if self.deduplicate_by_content:
            properties["ContentBasedDeduplication"] = True
        if self.physical_name:
            properties["QueueName"] = self.physical_name
        return properties

    def grant(self, *actions: QueueAction) -> Grant:
        """Return the right to `actions` on this queue, for a function's `uses=`."""
        return self._grant(actions)

    def read(self) -> Grant:
        """Return the right to take messages: ReceiveMessage, and what goes with it.

        DeleteMessage, ChangeMessageVisibility, GetQueueAttributes and GetQueueUrl. A function with
        the queue as its trigger has what it needs without.
        """
        return self._grant(
            (
                "ChangeMessageVisibility",
                "DeleteMessage",
                "GetQueueAttributes",
                "GetQueueUrl",
                "ReceiveMessage",
            )
        )

    def write(self) -> Grant:
        """Return the right to GetQueueUrl and SendMessage."""
        return self._grant(("GetQueueUrl", "SendMessage"))

    def messages(self, **options: Unpack[QueueOptions]) -> QueueMessages:
        """Return the trigger that hands over batches of messages, or messages one by one.

        Args:
            options: See `sparta.triggers.options.QueueOptions`.
        """
        return QueueMessages(self, options, declared_at())


class QueueMessages(RecordTrigger[Sqs, SqsRecord["Any"]]):
    """Messages of a queue, in batches."""

    __slots__ = ()
    event_type = Sqs
