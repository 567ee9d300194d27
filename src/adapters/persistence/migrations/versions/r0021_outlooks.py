"""When doctors are free next, as far as is known, and triggers that forget it when time is given back."""

from alembic import op
from sqlalchemy import Column, ForeignKey, text

from adapters.persistence.sql_types import COUNT, FLAG, IDENTITY, INSTANT, NUMBER, TEXT

revision = "0021"
down_revision = "0020"

_SETTLED = "'arrived', 'booked', 'fulfilled', 'noshow'"
_GIVEN_BACK = (
    f"OLD.status IN ({_SETTLED}) AND (NEW.status NOT IN ({_SETTLED}) OR NEW.starts_at <> OLD.starts_at"
    " OR NEW.occupied_until < OLD.occupied_until)"
)
_FORGETTING = {
    "outlooks_after_visit": ("UPDATE ON appointments", f"WHEN ({_GIVEN_BACK})"),
    "outlooks_without_visit": ("DELETE ON appointments", f"WHEN (OLD.status IN ({_SETTLED}))"),
    "outlooks_after_hours": ("UPDATE ON hours", ""),
    "outlooks_after_time_off": ("UPDATE ON time_off", ""),
    "outlooks_without_time_off": ("DELETE ON time_off", ""),
}
_FOLLOWING = {
    "outlooks_with_doctor": ("INSERT ON doctors", ""),
    "outlooks_after_doctor": (
        "UPDATE ON doctors",
        "WHEN (OLD.status <> NEW.status OR OLD.specialization <> NEW.specialization)",
    ),
}
_FORGET = "UPDATE outlooks SET not_before = {never}, version = -1, resets = resets + 1 WHERE doctor_id = OLD.doctor_id;"
_FOLLOW = """
INSERT INTO outlooks (doctor_id, specialization, listed, not_before, times, notice, until, version, resets)
VALUES (NEW.id, NEW.specialization, NEW.status = 'approved', {never}, '[]', 0, {never}, -1, 0)
ON CONFLICT (doctor_id) DO UPDATE SET specialization = NEW.specialization, listed = NEW.status = 'approved';"""
_FILL = """
INSERT INTO outlooks (doctor_id, specialization, listed, not_before, times, notice, until, version, resets)
SELECT id, specialization, status = 'approved', {never}, '[]', 0, {never}, -1, 0 FROM doctors"""


def upgrade() -> None:
    op.create_table(
        "outlooks",
        Column("doctor_id", IDENTITY, ForeignKey("doctors.id"), primary_key=True),
        Column("specialization", TEXT, nullable=False),
        Column("listed", FLAG, nullable=False),
        Column("not_before", INSTANT, nullable=False),
        Column("times", TEXT, nullable=False),
        Column("notice", COUNT, nullable=False),
        Column("until", INSTANT, nullable=False),
        Column("version", NUMBER, nullable=False),
        Column("resets", NUMBER, nullable=False),
    )
    listed = text("listed")
    op.create_index(
        "outlooks_soonest", "outlooks", ["not_before", "doctor_id"], postgresql_where=listed, sqlite_where=listed
    )
    op.create_index(
        "outlooks_of_specialization",
        "outlooks",
        ["specialization", "not_before", "doctor_id"],
        postgresql_where=listed,
        sqlite_where=listed,
    )
    if op.get_bind().dialect.name == "postgresql":
        never = "'1970-01-01T00:00:00Z'"
        for function, body in (("forget_outlook", _FORGET), ("follow_doctor", _FOLLOW)):
            op.execute(
                f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {body.format(never=never)} RETURN NULL; END $$"
            )
        for names, function in ((_FORGETTING, "forget_outlook"), (_FOLLOWING, "follow_doctor")):
            for name, (event, when) in names.items():
                op.execute(f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW {when} EXECUTE FUNCTION {function}()")
    else:
        never = "0"
        for names, body in ((_FORGETTING, _FORGET), (_FOLLOWING, _FOLLOW)):
            for name, (event, when) in names.items():
                op.execute(f"CREATE TRIGGER {name} AFTER {event} {when} BEGIN {body.format(never=never)} END")
    op.execute(_FILL.format(never=never))


def downgrade() -> None:
    for name, (event, _) in (_FORGETTING | _FOLLOWING).items():
        table = event.rpartition(" ")[2]
        op.execute(
            f"DROP TRIGGER {name} ON {table}" if op.get_bind().dialect.name == "postgresql" else f"DROP TRIGGER {name}"
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION forget_outlook()")
        op.execute("DROP FUNCTION follow_doctor()")
    op.drop_table("outlooks")
