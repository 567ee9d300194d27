"""What administrators decide on payments at which the provider says something that is not ours."""

from alembic import op
from sqlalchemy import Column, false

from adapters.persistence.sql_types import FLAG, TEXT

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("payments", Column("giving_back", FLAG, nullable=False, server_default=false()))
    op.add_column("payments", Column("resolution_note", TEXT, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("payments", "resolution_note")
    op.drop_column("payments", "giving_back")
