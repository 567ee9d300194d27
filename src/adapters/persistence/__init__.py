"""Storage in memory, SQLite and PostgreSQL."""
