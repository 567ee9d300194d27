"""The product's own statements as scripts for pgbench: what a use case asks of PostgreSQL is written down as it asks, with what was
asked about (this doctor, that patient, this slot) taken out again, so that pgbench puts a random one in its place.

They are the product's by construction: whoever changes a statement of the product changes the script.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Executable

from adapters.kit.system import SystemChance, SystemClock
from adapters.persistence.sql import SqlStorage, open_database
from adapters.persistence.sql_database import Connection, Parameters
from adapters.persistence.sql_statements import Statements
from bench.seed import SLOTS_A_DAY, Size, doctor_id, patient_id, slot_at
from scheduling_core.access import Actor
from scheduling_core.errors import PatientBusy, SlotTaken
from scheduling_core.ids import DoctorId, PatientId
from scheduling_core.ports.requests import RequestKey
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.slots import FindSlots
from support.clinic import TERMS
from support.outside import no_calendars

T = TypeVar("T")
_Asked = tuple[str, Sequence[Any]]

DOCTOR = "('d0000000-0000-4000-8000-' || lpad(to_hex(:doctor::int), 12, '0'))::uuid"
PATIENT = "('a0000000-0000-4000-8000-' || lpad(to_hex(:patient::int), 12, '0'))::uuid"
STARTS = "to_timestamp(:start::float8)"
CHOICES = f"""
\\set doctor random(0, :doctors - 1)
\\set patient random(0, :patients / 2 - 1)
\\set zone :doctor % 4
\\set opens case when :zone = 0 then :opens_0 when :zone = 1 then :opens_1 when :zone = 2 then :opens_2 else :opens_3 end
\\set start :opens + 86400 * random(2, 29) + 1800 * random(0, {SLOTS_A_DAY - 1})
\\set key random(1, 200000000000000)
"""
"""A doctor, a patient of the first half, a slot of the doctor's in the doctor's own zone, so that as many are taken as over HTTP."""
_VISIT = "('e0000000-0000-4000-8000-' || lpad(to_hex(:key::bigint), 12, '0'))::uuid"
_IN_THE_WAY = ("of_doctor", "of_person")
"""Of what a claim finds, the columns that name visits in its way."""
_PARAMETER = re.compile(r"\$(\d+)")
_NEAR = timedelta(days=3)
_LONG = 300
"""Characters: a document, of which only the length matters here."""


def choices(today: datetime) -> dict[str, int]:
    """What CHOICES has to be told of this day: when doctors of each zone open, in seconds since the epoch."""
    return {f"opens_{zone}": int(slot_at(zone, 0, 0, today=today).timestamp()) for zone in range(4)}


def own_scripts(url: str, size: Size) -> dict[str, str]:
    """A hold and a doctor's week as the product asks for them, for a random doctor, patient and slot."""
    return asyncio.run(_own_scripts(url, size))


async def _own_scripts(url: str, size: Size) -> dict[str, str]:
    doctor, patient = DoctorId(doctor_id(size.doctors - 1)), PatientId(patient_id(size.patients - 1))
    now = datetime.now(UTC)  # the servers' clock
    starts_at, asked, known = await _a_hold(url, size, doctor, patient, now)

    async def week(storage: Any) -> None:
        first = now.date() + timedelta(days=1)
        await FindSlots(storage, SystemClock(), TERMS)(doctor, first=first, last=first + timedelta(days=7))

    asked_of_week, _ = await _asked(url, week)
    written = _Written(known, starts_at=starts_at, now=now)
    return {"own hold": CHOICES + written.claim(asked), "own week": CHOICES + written.plain(asked_of_week)}


async def _a_hold(
    url: str, size: Size, doctor: DoctorId, patient: PatientId, now: datetime
) -> tuple[datetime, list[_Asked], dict[Any, str]]:
    """Hold the first slot of a day that is free: when it begins, what was asked, and what stands for whom it was asked about."""
    key = str(uuid4())
    request = RequestKey(actor=Actor.patient(patient), operation="POST /api/appointments", key=key, body_hash="x" * 64)
    for slot in range(SLOTS_A_DAY):
        starts_at = slot_at(size.doctors - 1, 20, slot, today=now)

        async def hold(storage: Any, starts_at: datetime = starts_at) -> UUID:
            claim = HoldSlot(storage, SystemChance(), TERMS, no_calendars(storage, SystemChance()))
            held = await claim(request.actor, request, doctor_id=doctor, starts_at=starts_at)
            return held.appointment.id

        try:
            asked, visit = await _asked(url, hold)
        except (SlotTaken, PatientBusy):
            continue
        return (
            starts_at,
            asked,
            {
                doctor: DOCTOR,
                patient: PATIENT,
                f"patient:{patient}": f"('patient:' || {PATIENT}::text)",
                key: ":key::bigint::text",
                visit: _VISIT,
            },
        )
    raise RuntimeError("no slot of the last doctor's can be held: nothing tells what a hold asks")


async def _asked(url: str, use: Callable[[Any], Coroutine[Any, Any, T]]) -> tuple[list[_Asked], T]:
    """All that was asked of the database on behalf of `use`, in order, and what `use` answered."""
    database = open_database(url)
    recorder = _Recorder(database)
    storage = SqlStorage(recorder, None, None)  # type: ignore[arg-type]  # what it does not write down itself is the database's own
    try:
        done = await use(storage)
    finally:
        await storage.close()
    return recorder.asked, done


class _Recorder:
    """A Database that writes down what it is asked."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._statements = Statements(database.engine.dialect)
        self.asked: list[_Asked] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Any]:
        self.asked.append(("BEGIN", ()))
        async with self._database.writing() as connection:
            yield _Recorded(connection, self)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Any]:
        self.asked.append(("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ()))
        async with self._database.reading() as connection:
            yield _Recorded(connection, self)

    async def ask(self, statement: Executable, parameters: Parameters) -> Any:
        self.note([(statement, parameters)])
        return await self._database.ask(statement, parameters)

    def note(self, statements: Sequence[tuple[Executable, Parameters]]) -> None:
        self.asked.append(self._statements.of_all(statements))


class _Recorded:
    """A Connection of a Recorder."""

    def __init__(self, connection: Connection, recorder: _Recorder) -> None:
        self._connection, self._recorder = connection, recorder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def rows(self, statement: Executable, parameters: Parameters) -> Any:
        self._recorder.note([(statement, parameters)])
        return await self._connection.rows(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters) -> int:
        self._recorder.note([(statement, parameters)])
        return await self._connection.run(statement, parameters)

    async def together(self, statements: Sequence[tuple[Executable, Parameters]]) -> None:
        self._recorder.note(statements)
        await self._connection.together(statements)

    async def commit(self) -> None:
        self._recorder.asked.append(("COMMIT", ()))
        await self._connection.commit()


class _Written:
    """Statements with what was asked about replaced by what pgbench chooses."""

    def __init__(self, known: dict[Any, str], *, starts_at: datetime, now: datetime) -> None:
        self._known, self._starts_at, self._now = known, starts_at, now

    def plain(self, asked: Sequence[_Asked]) -> str:
        return "".join(f"{self._text(each)};\n" for each in asked)

    def claim(self, asked: Sequence[_Asked]) -> str:
        """With nothing written where something is in the way, as the product would not.

        Raise RuntimeError when no statement says what is in the way: pgbench would then run into the guards.
        """
        finds = [place for place, (text, _) in enumerate(asked) if all(name in text for name in _IN_THE_WAY)]
        if len(finds) != 1 or asked[-1][0] != "COMMIT":
            raise RuntimeError("a hold is not asked for as this was written for: see bench/statements.py")
        before, found, after = asked[: finds[0]], self._text(asked[finds[0]]), asked[finds[0] + 1 :]
        taken = " + ".join(f"cardinality({name})" for name in _IN_THE_WAY)
        return (
            f"{self.plain(before)}SELECT found.*, ({taken} > 0)::int AS taken FROM ({found}) AS found \\aset\n"
            f"\\if :taken\nROLLBACK;\n\\else\n{self.plain(after)}\\endif\n"
        )

    def _text(self, asked: _Asked) -> str:
        text, arguments = asked
        return _PARAMETER.sub(lambda found: self._value(arguments[int(found[1]) - 1]), text)

    def _value(self, value: Any) -> str:
        match value:
            case None:
                return "NULL"
            case bool() | int() | float():
                return str(value)
            case list() | tuple():
                return f"ARRAY[{', '.join(map(self._value, value))}]"
            case datetime():
                return self._instant(value)
            case UUID() | str() if value in self._known:
                return self._known[value]
            case str() if len(value) > _LONG:
                return f"repeat('x', {len(value)})"
            case _:
                return _literal(str(value))

    def _instant(self, value: datetime) -> str:
        apart = value - self._starts_at
        if abs(apart) <= _NEAR:
            return f"({STARTS} + interval '{apart.total_seconds():.0f} s')"
        return f"(now() + interval '{(value - self._now).total_seconds():.0f} s')"


def _literal(text: str) -> str:
    """With no colon, behind which pgbench would look for one of its variables."""
    quoted = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a").replace("\n", "\\n")
    return f"E'{quoted}'"
