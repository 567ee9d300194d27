"""Addresses of databases as people write them, in the driver's terms."""

from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from adapters.persistence.sql import open_database, open_storage
from adapters.persistence.sql_postgresql import translate


def test_libpqs_options_are_the_drivers_arguments() -> None:
    address, arguments = translate(
        make_url(
            "postgresql://ada:s%40crt@db.example:6432/clinic?sslmode=verify-full&connect_timeout=3"  # pragma: allowlist secret
            "&application_name=reports&options=-c%20work_mem%3D8MB%20-cjit=on"
        )
    )
    # What asyncpg reads from an address by itself stays in it.
    assert address == "postgresql://ada:s%40crt@db.example:6432/clinic?sslmode=verify-full"  # pragma: allowlist secret
    assert arguments["timeout"] == 3
    settings = arguments["server_settings"]
    assert (settings["application_name"], settings["work_mem"], settings["jit"]) == ("reports", "8MB", "on")
    assert settings["timezone"] == "UTC"


def test_an_option_that_nobody_understands_is_refused() -> None:
    with pytest.raises(ValueError, match="not like"):
        translate(make_url("postgresql://db.example/clinic?options=work_mem%3D8MB"))


@pytest.mark.parametrize("address", ["mysql://db.example/clinic", "sqlite://", "sqlite:///:memory:"])
def test_what_cannot_keep_its_promises_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"no storage|needs a file"):
        open_storage(address)


async def test_the_server_is_told_what_every_connection_relies_on(postgresql_url: str) -> None:
    database = open_database(f"{postgresql_url}?application_name=test")
    shown = {}
    for name, transaction in {"read": database.reading, "write": database.writing}.items():
        async with transaction() as connection:
            for setting in ("TimeZone", "lock_timeout", "transaction_isolation", "transaction_read_only"):
                shown[name, setting] = (await connection.rows(text(f"SHOW {setting}"), {}))[0][0]
    await database.close()
    assert shown == {
        ("read", "TimeZone"): "UTC",
        ("read", "lock_timeout"): "8s",
        ("read", "transaction_isolation"): "repeatable read",
        ("read", "transaction_read_only"): "on",
        ("write", "TimeZone"): "UTC",
        ("write", "lock_timeout"): "8s",
        ("write", "transaction_isolation"): "read committed",
        ("write", "transaction_read_only"): "off",
    }


async def test_sqlite_makes_the_folder_of_its_file_and_writes_ahead(tmp_path: Path) -> None:
    file = tmp_path / "var" / "deep" / "openhours.db"
    storage = open_storage(f"sqlite:///{file}")
    await storage.migrate()
    assert await storage.ready()
    await storage.close()
    database = open_database(f"sqlite:///{file}")
    async with database.reading() as connection:
        told = [
            (await connection.rows(text(f"PRAGMA {pragma}"), {}))[0][0]
            for pragma in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        ]
    await database.close()
    assert told == ["wal", 1, 2, 10_000]


def test_nobody_else_may_read_a_file_that_was_made_here(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path / 'new.db'}")
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600
    (tmp_path / "shared.db").touch(mode=0o640)
    open_database(f"sqlite:///{tmp_path / 'shared.db'}")
    assert (tmp_path / "shared.db").stat().st_mode & 0o777 == 0o640
