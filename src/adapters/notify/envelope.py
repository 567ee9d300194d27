"""What travels through queues of a task: which one it is, and nothing that is in it."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from scheduling_core.access import Role
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import GROUPS, Group, MessageKind, Task, TaskKind

SCHEMA_VERSION = 1
_KINDS = frozenset({*MessageKind, *TaskKind})


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Fields that a later version adds are passed over; one that changes what these mean has another `schema_version`."""

    schema_version: int
    task_id: UUID
    kind: str
    """Of a message, what it tells; of any other task, its own."""
    group: Group = Group.NOTIFICATION
    message_id: str = ""
    recipient_role: Role | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError("of a kind that is not known here")

    @classmethod
    def of(cls, message: Message) -> "Envelope":
        return cls(
            schema_version=SCHEMA_VERSION,
            message_id=message.id,
            task_id=UUID(message.id.partition(".")[0]),
            kind=message.kind,
            group=GROUPS[TaskKind.SEND_MESSAGE],
            recipient_role=message.role,
        )

    @classmethod
    def of_task(cls, task: Task) -> "Envelope":
        return cls(
            schema_version=SCHEMA_VERSION,
            task_id=task.id,
            kind=task.message or task.kind,
            group=GROUPS[task.kind],
            recipient_role=task.recipient.role if task.message and task.recipient else None,
        )

    @property
    def attributes(self) -> Mapping[str, str]:
        """By which subscriptions choose what they get."""
        named = {"kind": self.kind, "group": self.group, "schema_version": str(self.schema_version)}
        return named | ({"recipient_role": str(self.recipient_role)} if self.recipient_role else {})
