"""The road from an empty database to the tables of today, one revision after the other (Alembic)."""
