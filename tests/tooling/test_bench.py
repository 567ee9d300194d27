"""What `make bench` measures with: its town is sound, and its load counts what comes back."""

import asyncio
from datetime import UTC, datetime
from itertools import repeat

import asyncpg
import pytest

from adapters.persistence.sql import open_storage
from bench.load import get, load
from bench.seed import Size, doctor_id, fill, slot_at
from scheduling_core.ids import DoctorId


async def test_the_town_is_sound_and_its_ids_follow_from_numbers(postgresql_url: str) -> None:
    size = Size(doctors=8, patients=50, past=100, days_ahead=3)
    await fill(postgresql_url, size)
    connection = await asyncpg.connect(postgresql_url)
    counted = dict(await connection.fetch("SELECT status, count(*) FROM appointments GROUP BY 1"))
    [(weekly,)] = await connection.fetch("SELECT weekly FROM hours WHERE doctor_id = $1", doctor_id(3))
    starts = {
        row[0]
        for row in await connection.fetch("SELECT starts_at FROM appointments WHERE doctor_id = $1", doctor_id(3))
    }
    await connection.close()
    assert counted["fulfilled"] >= size.past
    assert counted["booked"] == pytest.approx(size.doctors * size.days_ahead * 20 / 10, rel=0.1)
    assert weekly.count("480") == 7
    today = datetime.now(UTC)
    assert starts & {slot_at(3, day, slot, today=today) for day in range(1, 4) for slot in range(20)}
    storage = open_storage(postgresql_url)
    # Both guards stand as the product expects them, over all that was put in without them.
    assert await storage.ready()
    async with storage.reading() as unit:
        assert (await unit.directory.one(DoctorId(doctor_id(3)))).hours.slot_minutes == 30
    await storage.close()


async def test_a_load_counts_every_answer_however_it_is_cut() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in range(3):
            await reader.readuntil(b"\r\n\r\n")
            for part in (b"HTTP/1.1 20%d OK\r\ncontent-len" % number, b"gth: 6\r\n\r\nabc", b"def"):
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        answers = await load(port, iter([*repeat(get("/"), 6)]), connections=2, seconds=5)
    assert answers.count == 6
    assert answers.statuses == {200: 2, 201: 2, 202: 2}
    assert 0 < answers.percentile(0.5) <= answers.percentile(0.99)
