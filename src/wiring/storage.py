"""Where the data is: the connections of a process, and bringing a database up to date."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

from adapters.persistence.sql import SqlStorage, open_storage
from adapters.persistence.sql_database import PoolSettings
from scheduling_core.ports.system import Clock
from settings import Settings, WrongSetting
from settings.databases import DatabaseSettings, read_databases
from settings.reading import PREFIX, Reader
from wiring.secrets import with_secrets


def storage(settings: Settings, clock: Clock, after_tasks: Callable[[], None]) -> SqlStorage:
    """The connections that use cases share."""
    settings.var.mkdir(parents=True, exist_ok=True)
    return _opened(settings, clock, after_tasks, connections=settings.databases.connections)


def spare_storage(settings: Settings, storage: SqlStorage, clock: Clock, after_tasks: Callable[[], None]) -> SqlStorage:
    """By connections that nobody else has, so that readiness and the provider's events wait for no patient: whoever wants one
    doctor together with many others keeps a connection for as long as they wait. A file needs none of it."""
    if not settings.databases.url.startswith("postgresql"):
        return storage
    return _opened(settings, clock, after_tasks, connections=2)


def databases_of(environ: Mapping[str, str]) -> DatabaseSettings:
    """Where the data is, with nothing else of the settings read, as for a whole process. Raise WrongSetting."""
    return read_databases(Reader(complete := with_secrets(environ)), Path(complete.get(f"{PREFIX}VAR") or "var"))


async def migrate(databases: DatabaseSettings) -> bool:
    """Bring the database up to date, with nothing else of the product made; whether it is as this release needs it then. Where
    it has an owner apart, the owner does so, and lets in the user by whom the product works."""
    databases.var.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as opened:
        storage = open_storage(databases.url)
        opened.push_async_callback(storage.close)
        if databases.owner_url is None:
            await storage.migrate()
        else:
            owner = open_storage(databases.owner_url)
            opened.push_async_callback(owner.close)
            try:
                await owner.migrate(for_user_of=databases.url)
            except ValueError as wrong:
                raise WrongSetting(f"{PREFIX}DATABASE_URL cannot be let in: {wrong}.") from None
        return await storage.ready()


def _opened(settings: Settings, clock: Clock, after_tasks: Callable[[], None], *, connections: int) -> SqlStorage:
    # Without an offset the database's own clock counts, on which all processes agree.
    simulated = clock if settings.clock_offset else None
    pool = PoolSettings(size=connections)
    return open_storage(settings.databases.url, clock=simulated, after_tasks=after_tasks, pool=pool)
