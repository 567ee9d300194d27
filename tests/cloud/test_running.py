"""A release runs against AWS alone: its settings from secrets, its work through topic, queues and handlers. Peer: ministack."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import jwt
import pytest
from sqlalchemy import text

from adapters.persistence.sql import open_database, open_storage
from cloud.background import Background
from cloud.balancer import balancer
from cloud.conftest import Outside, Release
from cloud.place import Place, an_address, kill
from cloud.traffic import Traffic, flowing
from contract.photos.making import a_picture
from contract.storage.making import stored_move, stored_visit
from entrypoints.aws import queues
from scheduling_core.access import Role
from scheduling_core.appointment import Verb
from scheduling_core.doctor import Doctor
from scheduling_core.tasks import MessageKind, Recipient
from scheduling_core.use_cases.changes import tell
from servers.processes import ServerProcess, wait_until
from support.aws import client, in_environment
from support.clinic import Clinic
from support.clock import ManualClock
from support.person import Person

pytestmark = pytest.mark.long

_SEEDS = count()


@pytest.fixture(scope="module")
def place(release: Release, outside: Outside, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("place"), release.lib, outside.account)


@dataclass(frozen=True)
class Running:
    """An instance, and Lambda."""

    instance: ServerProcess
    functions: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def running(place: Place) -> Iterator[Running]:
    url = an_address()
    with place.functions(url) as functions:
        server = place.instance(url)
        yield Running(server, functions)
        server.stop()


@pytest.fixture
def instance(running: Running) -> ServerProcess:
    return running.instance


async def _a_doctor(url: str) -> Doctor:
    storage = open_storage(url)
    clinic = Clinic(storage, ManualClock(datetime.now(UTC)), seed=next(_SEEDS))
    try:
        return await clinic.doctor(name="Dr Release")
    finally:
        await clinic.close()
        await storage.close()


def signed_in(url: str, number: int) -> Person:
    person = Person(url, number)
    person.sign_in()
    return person


def test_a_booking_goes_its_whole_way_through_the_queues(instance: ServerProcess, outside: Outside) -> None:
    doctor = asyncio.run(_a_doctor(outside.database_url))
    person = signed_in(instance.url, 1)
    start = (datetime.now(UTC) + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
    visit = person.hold(str(doctor.id), start.strftime("%Y-%m-%dT%H:%M:%SZ"))
    person.pay(visit)

    def done() -> bool:
        seen = person.see(visit)
        states = (seen["status"], seen["payment"]["status"], seen["meeting"]["status"])
        return states == ("booked", "captured", "ready") and len(told(outside, "booked")) == 2

    assert wait_until(done, seconds=120, every=0.2), (person.see(visit), instance.log)
    assert sorted(told(outside, "booked")) == sorted([person.email, doctor.email])


def told(outside: Outside, kind: str) -> list[str]:
    words = {"booked": ("You are booked", "New visit")}[kind]
    return [
        str(mail["To"].addresses[0].addr_spec) for mail in outside.mailbox.read if mail["Subject"].startswith(words)
    ]


async def _visited(url: str, doctor: Doctor, email: str) -> str:
    """A visit of that patient that took place, and a rating that went wrong long before."""
    storage, database = open_storage(url), open_database(url)
    try:
        async with database.engine.begin() as connection:
            found = await connection.execute(text("SELECT id FROM patients WHERE email = :email"), {"email": email})
            patient_id = found.scalar_one()
            await connection.execute(text("UPDATE ratings SET stars = 500, given = 100"))
        async with storage.reading() as unit:
            patient = await unit.patients.get(patient_id)
        now = datetime.now(UTC)
        visit = await stored_visit(storage, doctor, patient, now - timedelta(hours=2), at=now - timedelta(hours=3))
        return str((await stored_move(storage, visit, Verb.FULFIL, at=now)).id)
    finally:
        await storage.close()
        await database.close()


def test_what_a_patient_says_has_the_rating_counted_anew(instance: ServerProcess, outside: Outside) -> None:
    doctor = asyncio.run(_a_doctor(outside.database_url))
    person = signed_in(instance.url, 2)
    visit = asyncio.run(_visited(outside.database_url, doctor, person.email))
    said = {"stars": 5, "title": "Good", "review": "Kind."}
    answer = person.client.put(f"/api/appointments/{visit}/feedback", json=said)
    assert answer.status_code < 300, answer.text

    def rating() -> Any:
        return person.client.get(f"/api/doctors/{doctor.id}").json()["rating"]

    assert wait_until(lambda: rating() == {"average": 5.0, "count": 1}, seconds=120, every=0.2), rating()


def test_a_picture_goes_to_the_bucket_unless_it_is_too_large_or_none(instance: ServerProcess) -> None:
    person = signed_in(instance.url, 3)
    upload = person.client.post("/api/me/photo/upload").json()
    with httpx.Client(trust_env=False, timeout=60) as browser:

        def post(file: bytes, **changes: str) -> int:
            form = {**upload["fields"], **changes}
            return browser.post(upload["url"], data=form, files={"file": ("me", file)}).status_code

        assert post(bytes(upload["largest_bytes"] + 1)) == 400
        assert post(a_picture(), **{"Content-Type": "text/html"}) == 403
        assert post(a_picture()) == 204
    shown = person.client.put("/api/me/photo", json={"upload_id": upload["upload_id"]}).json()
    assert shown["photo_url"].startswith("https://pictures.clinic.example/profiles/")


def key_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


@pytest.mark.usefixtures("instance")
def test_no_request_fails_while_keys_rotate_tables_grow_and_instances_are_replaced(
    place: Place, outside: Outside, beside: Background
) -> None:
    doctor = asyncio.run(_a_doctor(outside.database_url))
    day = (datetime.now(UTC) + timedelta(days=3)).replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [(day + timedelta(minutes=30 * number)).strftime("%Y-%m-%dT%H:%M:%SZ") for number in range(24)]
    with beside.holding(balancer()) as front, ExitStack() as servers:

        def started() -> ServerProcess:
            server = place.quick_instance(front.url)
            servers.callback(server.stop)
            front.instances.append(server.url)
            return server

        def replaced(server: ServerProcess) -> None:
            """As an Auto Scaling group does: first one more, then one is drained and ends."""
            started()
            front.instances.remove(server.url)
            assert wait_until(lambda: front.is_drained(server.url), seconds=60)
            server.stop()

        running = [started(), started()]
        people = [signed_in(front.url, number) for number in range(10, 13)]
        before = [str(person.client.headers["Authorization"]).removeprefix("Bearer ") for person in people]
        traffic = Traffic(front.url, str(doctor.id), list(before))
        with beside.holding(flowing(traffic, starts)):
            old, known = outside.account.kids()
            outside.account.rotate()
            new, _ = outside.account.kids()
            assert new in known - {old}
            servers.callback(asyncio.run, _shrink(outside.database_url, asyncio.run(_grow(outside.database_url))))
            for number, server in enumerate(running):
                replaced(server)
                # Whoever was replaced signs by the new key, which the others have known all along.
                traffic.tokens.append(people[number].client.post("/api/auth/refresh").json()["access_token"])
            seen = traffic.count()
            assert wait_until(lambda: traffic.count() > seen + 20, seconds=120)
        assert traffic.failures == {}
        assert len(traffic.held) > 3
        fresh = [people[2].client.post("/api/auth/refresh").json()["access_token"] for _ in range(2)]
        assert {key_of(token) for token in fresh} == {new}
        assert {key_of(token) for token in before} == {old}


async def _grow(url: str) -> str:
    """As the next release's migration does, of which the release that runs knows nothing: it only adds. The version before."""
    database = open_database(url)
    try:
        async with database.engine.begin() as connection:
            version = str((await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one())
            for statement in (
                "SET LOCAL lock_timeout = '5s'",
                "ALTER TABLE appointments ADD COLUMN next_release integer",
                "CREATE TABLE next_release (id integer PRIMARY KEY)",
                "UPDATE alembic_version SET version_num = '9999'",
            ):
                await connection.execute(text(statement))
        return version
    finally:
        await database.close()


async def _shrink(url: str, version: str) -> None:
    """As it was, for the tests to come."""
    database = open_database(url)
    try:
        async with database.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE appointments DROP COLUMN next_release"))
            await connection.execute(text("DROP TABLE next_release"))
            await connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    finally:
        await database.close()


async def _welcome(url: str, number: int) -> list[str]:
    """So many messages, due now, to as many people; their addresses."""
    storage = open_storage(url)
    clinic = Clinic(storage, ManualClock(datetime.now(UTC)), seed=next(_SEEDS))
    try:
        people = await clinic.patients(number)
        async with storage.writing() as unit:
            for each in people:
                reader = Recipient(Role.PATIENT, each.id)
                await tell(unit, clinic.chance, MessageKind.WELCOME, reader, at=clinic.clock.now())
        return [each.email for each in people]
    finally:
        await clinic.close()
        await storage.close()


def test_nothing_is_lost_or_doubled_when_letters_die_and_a_worker_is_killed(
    place: Place, outside: Outside, running: Running
) -> None:
    account, url = outside.account, running.instance.url
    queue, dead_letters = account.queues["notification"], account.dead_letters["notification"]

    def welcomed(emails: list[str]) -> list[str]:
        return [to for mail in outside.mailbox.read if (to := str(mail["To"].addresses[0].addr_spec)) in emails]

    def all_are_dead() -> bool:
        """As whoever takes them and never gets them done."""
        client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return queues.waiting(dead_letters) >= 5

    kill(running.functions)
    with in_environment():
        first = asyncio.run(_welcome(outside.database_url, 5))
        assert wait_until(all_are_dead, seconds=120, every=0.1)
        assert welcomed(first) == []
        with place.functions(url) as another:
            assert queues.replay(dead_letters, queue) == 5
            assert wait_until(lambda: sorted(welcomed(first)) == sorted(first), seconds=120, every=0.1)
            # Some are taken, and while the next waits for its answer the worker is killed.
            outside.mailbox.room = len(outside.mailbox.mails) + 3
            second = asyncio.run(_welcome(outside.database_url, 12))
            assert wait_until(lambda: outside.mailbox.waiting > 0, seconds=120)
            kill(another)
            assert wait_until(lambda: not outside.mailbox.waiting, seconds=60)
            assert len(welcomed(second)) == 3
            outside.mailbox.room = None
    with place.functions(url):
        assert wait_until(lambda: sorted(welcomed(second)) == sorted(second), seconds=150, every=0.2)
    assert sorted(welcomed(first)) == sorted(first)
