"""What `make bench` measures with: its town is sound, and its load counts what comes back."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from adapters.persistence.sql import open_storage
from bench import growth, overload, report
from bench.bystanders import Bystanders
from bench.copied import copy_to_sqlite
from bench.flood import Outcome
from bench.load import TAKEN, Answers, get, load
from bench.seed import Size, doctor_id, fill, patient_id, slot_at
from bench.statements import own_scripts
from scheduling_core.ids import DoctorId

ROOT = Path(__file__).resolve().parents[2]


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


def test_what_the_product_asks_becomes_scripts_without_a_word_of_whom_it_was_asked_about(postgresql_url: str) -> None:
    size = Size(doctors=4, patients=50, past=0, days_ahead=1)
    asyncio.run(fill(postgresql_url, size))
    scripts = own_scripts(postgresql_url, size)
    hold, week = scripts["own hold"], scripts["own week"]
    assert ["BEGIN;\n" in each for each in (hold, week)] == [True, False]
    assert (
        hold.index("BEGIN") < hold.index("\\if :taken") < hold.index("INSERT INTO appointments") < hold.index("COMMIT")
    )
    assert hold.count("WITH ") > 0 < week.count("appointments.occupied_until")
    for each in (hold, week):
        assert str(doctor_id(3)) not in each
        assert str(patient_id(49)) not in each
        assert "$1" not in each


def test_a_copy_on_sqlite_has_its_doctors_visits_and_both_guards(postgresql_url: str, sqlite_url: str) -> None:
    asyncio.run(fill(postgresql_url, Size(doctors=4, patients=50, past=40, days_ahead=2)))
    asyncio.run(copy_to_sqlite(postgresql_url, sqlite_url, number=2))

    async def seen() -> tuple[bool, int, int]:
        storage = open_storage(sqlite_url)
        ready = await storage.ready()
        async with storage.reading() as unit:
            found = await unit.directory.one(DoctorId(doctor_id(1)))
        await storage.close()
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as file:
            [(visits,)] = file.execute("SELECT count(*) FROM appointments")
        return ready, found.hours.slot_minutes, visits

    async def had() -> int:
        connection = await asyncpg.connect(postgresql_url)
        visits = await connection.fetchval("SELECT count(*) FROM appointments WHERE doctor_id < $1", doctor_id(2))
        await connection.close()
        return int(visits)

    visits = asyncio.run(had())
    assert visits > 0
    assert asyncio.run(seen()) == (True, 30, visits)


@pytest.mark.parametrize(
    "answers",
    [
        Answers(),
        Answers(Counter({500: 1}), [0.1]),
        Answers(Counter({409: 1}), [0.1], conflicts=Counter({"hold-limit": 1})),
    ],
)
def test_a_fault_or_another_refusal_is_no_answer_that_counts(answers: Answers) -> None:
    with pytest.raises(AssertionError):
        answers.require(200, 409, conflicts=TAKEN)


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


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", True),
        (b"HTTP/1.1 503 Busy\r\nretry-after: 2\r\ncontent-length: 0\r\n\r\n", True),
        (b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", False),
        (b"HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n", False),
        (b'HTTP/1.1 409 No\r\ncontent-length: 23\r\n\r\n{"type":"x/hold-limit"}', False),
    ],
)
def test_a_flood_takes_no_fault_for_an_answer_and_no_refusal_without_its_wait(answer: bytes, counts: bool) -> None:
    found = Outcome()
    for each in (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", answer):
        found.note(each, each.find(b"\r\n\r\n"), 0.01)
    with nullcontext() if counts else pytest.raises(AssertionError):
        found.require()


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("results", report.table), ("growth", growth.table), ("overload", overload.told)],
    ids=["results", "growth", "overload"],
)
def test_the_document_shows_the_figures_that_are_kept(kept: str, shown: Callable[[dict[str, Any]], str]) -> None:
    figures = json.loads((ROOT / "bench" / f"{kept}.json").read_text())
    assert shown(figures).strip() in (ROOT / "docs" / "performance.md").read_text()


def test_the_charts_show_the_figures_that_are_kept() -> None:
    for kept, chart in (("results", report.chart), ("growth", lambda found: growth.chart(found["curves"]))):
        picture = "performance" if kept == "results" else kept
        figures = json.loads((ROOT / "bench" / f"{kept}.json").read_text())
        assert chart(figures) == (ROOT / "docs" / "pictures" / f"{picture}.svg").read_text()


@pytest.mark.parametrize("silent", [False, True])
async def test_a_bystander_who_is_left_without_an_answer_is_not_forgotten(silent: bool) -> None:
    asked, twice = Counter[str](), asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("peername")[0]
        asked[address] += 1
        if not silent or asked[address] == 1:
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        if len(asked) == 3 and min(asked.values()) > 1:
            twice.set()
        await reader.read()
        writer.close()

    bystanders = Bystanders()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        watching = asyncio.create_task(bystanders.watch(server.sockets[0].getsockname()[1], "whsec"))
        async with asyncio.timeout(30):
            await twice.wait()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    assert bystanders.polite.asked > 1
    assert len(bystanders.waits) == bystanders.polite.asked
    with pytest.raises(AssertionError, match="not answered") if silent else nullcontext():
        bystanders.require(open_for=0.0 if silent else 60.0)
