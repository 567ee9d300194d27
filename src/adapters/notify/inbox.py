"""What a queue of messages brings is delivered: the same for Lambda, which is given batches, and for a worker that fetches them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from uuid import UUID

import msgspec
import structlog

from adapters.notify.envelope import SCHEMA_VERSION, Envelope
from adapters.notify.ses import MESSAGE_TAG
from scheduling_core.errors import RequestInFlight
from scheduling_core.ids import TaskId

log = structlog.get_logger(__name__)
Act = Callable[[TaskId], Awaitable[None]]

_PAUSES = (0.05, 0.1, 0.25, 0.5, 1.0)
"""Whoever handed a message over may still be writing that down when it arrives here."""
_NOT_HAD = frozenset({"Bounce", "Complaint", "Reject"})
"""Events of a mail that came back, that its reader called spam, or that SES did not send after all."""


class Record(msgspec.Struct, frozen=True, rename="camel"):
    """One message of a queue, as Lambda is given it."""

    message_id: str
    body: str


class _Notification(msgspec.Struct, frozen=True, rename="pascal"):
    """How SNS wraps what it puts into a queue, unless the subscription says raw."""

    message: str


class _Mail(msgspec.Struct, frozen=True):
    tags: dict[str, list[str]] = {}


class _Bounce(msgspec.Struct, frozen=True, rename="camel"):
    bounce_type: str = ""


class _Event(msgspec.Struct, frozen=True, rename="camel"):
    """What SES reports of a mail that it took."""

    mail: _Mail
    event_type: str
    bounce: _Bounce = _Bounce()


class Inbox:
    """`deliver` does the task of a message, `bounced` notes that one came back for good, or was called spam."""

    def __init__(self, deliver: Act, bounced: Act) -> None:
        self._deliver = deliver
        self._bounced = bounced

    async def handle(self, event: Any) -> dict[str, list[dict[str, str]]]:
        """Lambda's handler of a batch: answers which of its records are to come again (ReportBatchItemFailures)."""
        records = msgspec.convert(event, dict[str, Any]).get("Records", [])
        failed = await self.take(msgspec.convert(records, list[Record]))
        return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}

    async def take(self, records: Iterable[Record]) -> list[str]:
        """Do what each says; the ids of those that are to come again. A message that nobody can read ends in the queue's
        dead letters, after as many attempts as the queue allows."""
        failed = []
        for record in records:
            try:
                await self._act(record)
            except Exception as trouble:  # noqa: BLE001  # one poisoned record must not hold up the others of its batch
                log.warning("queued_message_failed", id=record.message_id, error=type(trouble).__name__)
                failed.append(record.message_id)
        return failed

    async def _act(self, record: Record) -> None:
        said = msgspec.json.decode(record.body, type=dict[str, Any])
        if "Message" in said:
            said = msgspec.json.decode(msgspec.convert(said, _Notification).message, type=dict[str, Any])
        if "eventType" in said:
            await self._report(msgspec.convert(said, _Event))
            return
        envelope = msgspec.convert(said, Envelope)
        if envelope.schema_version != SCHEMA_VERSION:
            raise ValueError("written by another version")
        await self._deliver_when_free(TaskId(envelope.task_id))

    async def _deliver_when_free(self, task_id: TaskId) -> None:
        for pause in _PAUSES:
            try:
                return await self._deliver(task_id)
            except RequestInFlight:
                await asyncio.sleep(pause)
        return await self._deliver(task_id)

    async def _report(self, event: _Event) -> None:
        passes = event.event_type == "Bounce" and event.bounce.bounce_type != "Permanent"
        if event.event_type in _NOT_HAD and not passes:
            for tag in event.mail.tags.get(MESSAGE_TAG, []):
                await self._bounced(TaskId(UUID(tag)))
