"""A database with a town in it: on PostgreSQL, started for it, or a part of it copied to SQLite."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

import asyncpg

from adapters.identity.passwords import Argon2Passwords
from bench.copied import copy_to_sqlite
from bench.seed import Size, doctor_id, fill
from servers.databases import migrate
from servers.postgresql import PostgresqlServer

PASSWORD, SIGNING_IN = "as long as it is unusual", 50
"""Of doctors who sign in."""


@dataclass(frozen=True, slots=True)
class Town:
    """A database with people in it."""

    size: Size
    url: str
    folder: Path
    database: PostgresqlServer | None
    """None for SQLite."""
    random: Random = field(default_factory=lambda: Random(7))
    turns: Iterator[int] = field(default_factory=count)
    """Of patients who wish for a slot: everybody once before anybody a second time, for nobody may hold more than three."""


@contextmanager
def town(size: Size, folder: Path, *, durable: bool = False) -> Iterator[Town]:
    """PostgreSQL with everybody in it; a `durable` one waits for the disk at each commit."""
    folder.mkdir(exist_ok=True)
    database = PostgresqlServer(folder, durable=durable)
    database.start()
    try:
        url = database.url()
        migrate(url)
        asyncio.run(fill(url, size))
        asyncio.run(_let_doctors_sign_in(url, min(SIGNING_IN, size.doctors)))
        yield Town(size, url, folder, database)
    finally:
        database.stop()


def on_sqlite(town: Town, size: Size) -> Town:
    """The first doctors of a town, as many as `size` says, with all that is theirs, on SQLite."""
    url = f"sqlite:///{town.folder / 'town.sqlite'}"
    migrate(url)
    asyncio.run(copy_to_sqlite(town.url, url, number=size.doctors))
    return Town(size, url, town.folder, None)


async def _let_doctors_sign_in(url: str, number: int) -> None:
    hashed = await Argon2Passwords().hash(PASSWORD)
    rows = [(f"doctor{n}@example.com", "doctor", doctor_id(n), f"doctor{n}@example.com", hashed) for n in range(number)]
    connection = await asyncpg.connect(url)
    try:
        await connection.executemany(
            "INSERT INTO credentials (email_lowered, role, actor_id, email, password_hash) VALUES ($1, $2, $3, $4, $5)",
            rows,
        )
    finally:
        await connection.close()
