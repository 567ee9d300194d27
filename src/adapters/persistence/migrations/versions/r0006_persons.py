"""Those for whom patients book, and what people tell of their health."""

from alembic import op
from sqlalchemy import Column, ForeignKey

from adapters.persistence.sql_types import COUNT, DAY, IDENTITY, INSTANT, TEXT

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "dependants",
        Column("id", IDENTITY, ForeignKey("persons.id"), primary_key=True),
        Column("patient_id", IDENTITY, ForeignKey("patients.id"), nullable=False),
        Column("name", TEXT, nullable=False),
        Column("birth_date", DAY, nullable=False),
        Column("relation", TEXT, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("removed_at", INSTANT),
        Column("version", COUNT, nullable=False),
    )
    op.create_index("dependants_of_patient", "dependants", ["patient_id", "created_at", "id"])
    op.create_table(
        "medical_profiles",
        Column("person_id", IDENTITY, ForeignKey("persons.id"), primary_key=True),
        Column("conditions", TEXT, nullable=False),
        Column("medication", TEXT, nullable=False),
        Column("allergies", TEXT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("medical_profiles")
    op.drop_table("dependants")
