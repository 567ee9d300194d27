"""An index by which whoever signs out everywhere, or changes their password, finds their sessions among all."""

from alembic import op
from sqlalchemy import text

revision = "0026"
down_revision = "0025"

_LIVE = text("revoked_at IS NULL")


def upgrade() -> None:
    op.create_index("sessions_of_actor", "sessions", ["actor_id"], postgresql_where=_LIVE, sqlite_where=_LIVE)


def downgrade() -> None:
    op.drop_index("sessions_of_actor", "sessions")
