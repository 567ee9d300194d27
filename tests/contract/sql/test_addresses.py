"""Addresses of databases as people write them, in the driver's terms."""

from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from adapters.persistence.sql import open_storage
from adapters.persistence.sql_engines import PoolSettings, open_engines, translate


def test_libpqs_options_are_the_drivers_arguments() -> None:
    address = (
        "postgresql://ada:s%40crt@db.example:6432/clinic?sslmode=verify-full&connect_timeout=3"
        "&application_name=reports&options=-c%20work_mem%3D8MB%20-cjit=on"
    )
    url, arguments = translate(make_url(address))
    assert url.render_as_string(hide_password=False) == "postgresql+asyncpg://ada:s%40crt@db.example:6432/clinic"
    assert arguments["ssl"] == "verify-full"
    assert arguments["timeout"] == 3
    settings = arguments["server_settings"]
    assert (settings["application_name"], settings["work_mem"], settings["jit"]) == ("reports", "8MB", "on")
    assert settings["timezone"] == "UTC"


@pytest.mark.parametrize("options", ["target_session_attrs=any", "options=work_mem%3D8MB"])
def test_an_option_that_would_be_ignored_is_refused(options: str) -> None:
    with pytest.raises(ValueError, match=r"target_session_attrs|not like"):
        translate(make_url(f"postgresql://db.example/clinic?{options}"))


@pytest.mark.parametrize("address", ["mysql://db.example/clinic", "sqlite://", "sqlite:///:memory:"])
def test_what_cannot_keep_its_promises_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"no storage|needs a file"):
        open_storage(address)


async def test_the_server_is_told_what_every_connection_relies_on(postgresql_url: str) -> None:
    engines = open_engines(f"{postgresql_url}?application_name=test", PoolSettings())
    shown = {}
    for name, engine in {"read": engines.read, "write": engines.write}.items():
        async with engine.connect() as connection:
            for setting in ("TimeZone", "lock_timeout", "transaction_isolation", "transaction_read_only"):
                shown[name, setting] = (await connection.execute(text(f"SHOW {setting}"))).scalar_one()
    await engines.dispose()
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
    engines = open_engines(f"sqlite:///{file}", PoolSettings())
    async with engines.write.connect() as connection:
        told = [
            (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one()
            for pragma in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        ]
    await engines.dispose()
    assert told == ["wal", 1, 2, 10_000]
