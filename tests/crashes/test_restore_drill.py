"""The database is lost: a base backup and the archived log bring it back as it was at a moment, and what the payment provider
has seen since is found. docs/operations.md tells an operator to do the same."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

import bootstrap
from adapters.persistence.sql import open_storage
from scheduling_core.access import Actor
from scheduling_core.invariants import SETTLING, Inspection, Invariant, Progress
from scheduling_core.use_cases.audit import ChainHistory, VerifyHistory
from scheduling_core.use_cases.inspection import Inspect
from scheduling_core.use_cases.strangers import FindStrangers, GiveBack
from servers.postgresql import PostgresqlServer
from servers.processes import wait_until
from settings.databases import DatabaseSettings
from support.clinic import Clinic
from support.clock import ManualClock

pytestmark = pytest.mark.slow

SECONDS = 60.0


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


@pytest.fixture
def primary(tmp_path: Path, archive: Path) -> Iterator[PostgresqlServer]:
    kept = {"archive_mode": "on", "archive_command": f"cp %p {archive}/%f"}
    server = PostgresqlServer(_made(tmp_path / "primary"), durable=True, settings=kept)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[PostgresqlServer]:
    server = PostgresqlServer(_made(tmp_path / "restored"), durable=True)
    yield server
    server.kill()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def connection(primary: PostgresqlServer) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(primary.url())
    yield opened
    await opened.close()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _as_member(url: str) -> str:
    """The database as the product sees it, which owns none of its tables."""
    return f"postgresql://openhours_app@{url.partition('@')[2]}"


async def _copied(connection: asyncpg.Connection, data: Path, to: Path) -> None:
    """A base backup by the server's own protocol, taken while it works."""
    await connection.fetchval("SELECT pg_backup_start('drill', fast => true)")
    ignored = shutil.ignore_patterns("postmaster.*", "pg_wal", "pg_replslot")
    await asyncio.to_thread(shutil.copytree, data, to, ignore=ignored)
    _, label, _ = await connection.fetchrow("SELECT * FROM pg_backup_stop()")
    for folder in ("pg_wal", "pg_replslot"):
        (to / folder).mkdir(mode=0o700)
    (to / "backup_label").write_text(label)
    await asyncio.to_thread(to.chmod, 0o700)


async def _archived(connection: asyncpg.Connection, archive: Path) -> None:
    """Everything that was committed so far lies in the archive."""
    segment = await connection.fetchval("SELECT pg_walfile_name(pg_switch_wal())")
    assert await asyncio.to_thread(wait_until, (archive / segment).exists, seconds=SECONDS)


def _recover_to(moment: datetime, data: Path, archive: Path) -> None:
    (data / "recovery.signal").touch()
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {archive}/%f %p'\n")
        settings.write(f"recovery_target_time = '{moment.isoformat()}'\nrecovery_target_action = 'promote'\n")


async def _promoted(url: str) -> None:
    """Until the server has replayed up to its target and takes writes."""
    connection = await asyncpg.connect(url)
    try:
        async with asyncio.timeout(SECONDS):
            while await connection.fetchval("SELECT pg_is_in_recovery()"):
                await connection.execute("SELECT pg_sleep(0.02)")
    finally:
        await connection.close()


async def test_a_lost_database_comes_back_and_what_was_paid_since_is_found(
    primary: PostgresqlServer,
    restored: PostgresqlServer,
    connection: asyncpg.Connection,
    archive: Path,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    its_own = _as_member(primary.url())
    assert await bootstrap.migrate(DatabaseSettings(url=its_own, owner_url=primary.url(), var=archive, connections=10))
    clinic = Clinic(open_storage(its_own, clock=clock), clock)
    patient, doctor = await clinic.patient(), await clinic.doctor()
    before_backup = await clinic.booked(patient, doctor, minutes=3 * 24 * 60)
    await _copied(connection, primary.folder / "data", restored.folder / "data")
    before_target = await clinic.booked(patient, doctor, minutes=120)
    await ChainHistory(clinic.storage)()
    target = await connection.fetchval("SELECT clock_timestamp()")

    # What the backup will not know: a visit cancelled and refunded, and another one booked and paid.
    since = clock.advance(minutes=20)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=before_backup.id)
    forgotten = await clinic.booked(patient, doctor, minutes=220)
    await clinic.settle()
    refunded, stranger = await clinic.payment(before_backup.id), await clinic.payment(forgotten.id)
    assert refunded.refunded
    assert stranger.captured
    await _archived(connection, archive)
    await clinic.storage.close()
    await connection.close()
    primary.kill()

    _recover_to(target.astimezone(UTC), restored.folder / "data", archive)
    await asyncio.to_thread(restored.start)
    await _promoted(restored.url())
    its_own = _as_member(restored.url())
    monkeypatch.setenv("OPENHOURS_DATABASE_URL", its_own)
    await bootstrap.check(bootstrap.settings_of({"OPENHOURS_DATABASE_URL": its_own}))
    storage = open_storage(its_own, clock=clock)
    clock.advance(SETTLING + timedelta(minutes=1))

    async def look(*, asks: int) -> Inspection:
        return await Inspect(storage, clinic.payments)(Progress(), asks=asks)

    async with storage.reading() as unit:
        kept = [
            await unit.appointments.get(each.id, Actor.patient(patient.id)) for each in (before_backup, before_target)
        ]
        assert await unit.appointments.events(forgotten.id) == []
    assert [each.status for each in kept] == [before_backup.status, before_target.status]
    assert (await VerifyHistory(storage)()).broken is None
    green = await look(asks=0)
    assert green.well, green.violations

    contradicted = await look(asks=99)
    assert [(each.invariant, each.about) for each in contradicted.violations] == [(Invariant.PROVIDER, refunded.id)]
    (found,) = await FindStrangers(storage, clinic.payments)(since)
    assert found.payment_id == stranger.id
    assert (await GiveBack(storage, clinic.payments)(found)).refunded == stranger.captured
    await storage.close()
    await clinic.close()
