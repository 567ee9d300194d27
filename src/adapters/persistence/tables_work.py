"""The tables of what is still to be done, of what people were told, and of requests that were answered already."""

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, Table, UniqueConstraint, literal_column

from adapters.persistence.columns import count, identifier, instant, key, metadata, text, where
from adapters.persistence.sql_types import IDENTITY, among, listed
from scheduling_core.notices import Delivery
from scheduling_core.tasks import TaskState

tasks = Table(
    "tasks", metadata,
    key("id"), text("key"), text("kind"), instant("due_at"), instant("created_at"), Column("appointment_id", IDENTITY),
    Column("payment_id", IDENTITY), Column("doctor_id", IDENTITY), text("message", nullable=True), text("recipient_role", nullable=True),
    Column("recipient_id", IDENTITY), instant("about_start", nullable=True), text("state"), count("attempts"),
    count("revision"), text("last_error"), Column("lease_token", IDENTITY), instant("leased_until", nullable=True),
    text("lane", nullable=True),
    UniqueConstraint("key"),
    CheckConstraint(f"state IN ({listed(TaskState)})", name="state_known"),
)  # fmt: skip
waits = among(tasks.c.state, {TaskState.DUE})
Index("tasks_due", tasks.c.due_at, tasks.c.id, **where(waits))
Index("tasks_in_lane", tasks.c.lane, tasks.c.created_at, tasks.c.id, **where(waits))
Index("tasks_by_state", tasks.c.state, tasks.c.id)
Index("tasks_done", tasks.c.due_at, **where(among(tasks.c.state, {TaskState.DONE})))

# Every message that was ever to be sent: tasks are forgotten, what a person was told is not. Ids and kinds, no content.
notices = Table(
    "notices", metadata,
    key("id"), text("kind"), text("recipient_role"), identifier("recipient_id"), Column("appointment_id", IDENTITY),
    instant("at"), text("delivery"), instant("sent_at", nullable=True), instant("read_at", nullable=True),
    CheckConstraint(f"delivery IN ({listed(Delivery)})", name="delivery_known"),
)  # fmt: skip
Index("notices_of_reader", notices.c.recipient_id, notices.c.at, notices.c.id)
Index("notices_by_delivery", notices.c.delivery, notices.c.id)
told = notices.c.delivery != literal_column(f"'{Delivery.WAITING}'")
Index("notices_by_age", notices.c.at, **where(told))

requests = Table(
    "requests", metadata,
    text("caller"), text("operation"), text("key"), text("body_hash"), text("result", nullable=True), instant("at"),
    PrimaryKeyConstraint("caller", "operation", "key"),
)  # fmt: skip
Index("requests_by_age", requests.c.at)
