"""Tables of what is kept about the keeping: reports, and who was erased."""

from sqlalchemy import Column, Index, Table

from adapters.persistence.columns import identifier, instant, key, metadata, text, where
from adapters.persistence.sql_types import IDENTITY

reports = Table(
    "reports", metadata,
    key("id"), text("about"), text("role"), identifier("actor_id"), Column("appointment_id", IDENTITY), text("text"),
    instant("created_at"), instant("closed_at", nullable=True), Column("closed_by", IDENTITY), text("note"),
)  # fmt: skip
Index("reports_open", reports.c.id, **where(reports.c.closed_at.is_(None)))

erasures = Table("erasures", metadata, key("actor_id"), text("role"), instant("at"))
