"""Payments whose money cannot be taken for good."""

from alembic import op
from sqlalchemy import Column, false

from adapters.persistence.sql_types import FLAG

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("payments", Column("capture_refused", FLAG, nullable=False, server_default=false()))


def downgrade() -> None:
    op.drop_column("payments", "capture_refused")
