"""A release runs against AWS alone: its settings from secrets, its work through topic, queues and handlers. Peer: ministack."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from adapters.persistence.sql import open_database, open_storage
from cloud.conftest import Outside, Release
from cloud.place import Place
from contract.photos.making import a_picture
from contract.storage.making import stored_move, stored_visit
from scheduling_core.appointment import Verb
from scheduling_core.doctor import Doctor
from servers.processes import ServerProcess, wait_until
from support.clinic import Clinic
from support.clock import ManualClock
from support.person import Person


_SEEDS = count()


@pytest.fixture(scope="module")
def place(release: Release, outside: Outside, tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("place"), release.lib, outside.account)
    assert place.call("migrate") == "{'ready': True}"
    return place


@pytest.fixture(scope="module")
def instance(place: Place) -> Iterator[ServerProcess]:
    server = place.instance()
    with place.functions(server.url):
        yield server
    server.stop()


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
