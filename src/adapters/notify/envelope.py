"""What travels through queues of a message: which one it is, and nothing that is in it."""

from uuid import UUID

import msgspec

from scheduling_core.access import Role
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MessageKind

SCHEMA_VERSION = 1


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Fields that a later version adds are passed over; one that changes what these mean has another `schema_version`."""

    schema_version: int
    message_id: str
    task_id: UUID
    kind: MessageKind
    recipient_role: Role

    @classmethod
    def of(cls, message: Message) -> "Envelope":
        return cls(
            schema_version=SCHEMA_VERSION,
            message_id=message.id,
            task_id=UUID(message.id.partition(".")[0]),
            kind=message.kind,
            recipient_role=message.role,
        )
