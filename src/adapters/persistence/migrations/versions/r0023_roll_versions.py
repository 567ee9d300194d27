"""One row that says whether any doctor or any rating has changed, in place of a sum over all of them; and indexes by which what
is over is found."""

from alembic import op
from sqlalchemy import Column, text

from adapters.persistence.sql_types import COUNT, NUMBER

revision = "0023"
down_revision = "0022"

_COUNTED = {
    ("roll_after_new_doctor", "INSERT ON doctors"): "doctors",
    ("roll_after_doctor", "UPDATE ON doctors"): "doctors",
    ("roll_after_rating", "UPDATE ON ratings"): "ratings",
}
_COUNT = """
INSERT INTO roll_versions (one, doctors, ratings) VALUES (1, 1, 1)
ON CONFLICT (one) DO UPDATE SET {counted} = roll_versions.{counted} + 1;"""
_OVER = {
    "tasks_done": ("tasks", ["due_at"], "state = 'done'"),
    "notices_by_age": ("notices", ["at"], "delivery <> 'waiting'"),
    "webhook_events_by_age": ("webhook_events", ["at"], None),
    "sessions_by_end": ("sessions", ["expires_at"], None),
    "sessions_by_revocation": ("sessions", ["revoked_at"], "revoked_at IS NOT NULL"),
}


def upgrade() -> None:
    op.create_table(
        "roll_versions",
        Column("one", COUNT, primary_key=True, autoincrement=False),
        Column("doctors", NUMBER, nullable=False),
        Column("ratings", NUMBER, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        for counted in ("doctors", "ratings"):
            op.execute(
                f"CREATE FUNCTION count_{counted}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {_COUNT.format(counted=counted)} RETURN NULL; END $$"
            )
        for (name, event), counted in _COUNTED.items():
            op.execute(f"CREATE TRIGGER {name} AFTER {event} FOR EACH STATEMENT EXECUTE FUNCTION count_{counted}()")
    else:
        for (name, event), counted in _COUNTED.items():
            op.execute(f"CREATE TRIGGER {name} AFTER {event} BEGIN {_COUNT.format(counted=counted)} END")
    for index, (table, columns, where) in _OVER.items():
        condition = None if where is None else text(where)
        op.create_index(index, table, columns, postgresql_where=condition, sqlite_where=condition)


def downgrade() -> None:
    for index, (table, _, _) in _OVER.items():
        op.drop_index(index, table)
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, event in _COUNTED:
        op.execute(f"DROP TRIGGER {name} ON {event.rpartition(' ')[2]}" if on_postgresql else f"DROP TRIGGER {name}")
    if on_postgresql:
        op.execute("DROP FUNCTION count_doctors()")
        op.execute("DROP FUNCTION count_ratings()")
    op.drop_table("roll_versions")
