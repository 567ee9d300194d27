"""Whose picture is shown, and when those before it are let go of."""

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.doctor import Doctor
from scheduling_core.errors import InvalidInput, NotFound, ProviderUnavailable
from scheduling_core.patient import Patient
from scheduling_core.use_cases.accounts import ReadMe
from scheduling_core.use_cases.photos import InvitePhoto, RemovePhoto, SetPhoto
from scheduling_core.use_cases.privacy import EraseMyData
from support.clinic import Clinic
from support.clock import ManualClock
from support.desk import assert_only


class House(Clinic):
    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.invite = InvitePhoto(self.album, self.chance)
        self.show = SetPhoto(self.storage, self.album, self.chance)
        self.remove = RemovePhoto(self.storage, self.chance)

    async def photo(self, who: Actor) -> str | None:
        return (await ReadMe(self.storage)(who)).photo_url

    def send(self, file: bytes) -> str:
        id = f"upload {len(self.album.sent)}"
        self.album.sent[id] = file
        return id

    def kept(self, who: Actor) -> set[str]:
        return {*self.album.kept.get(who.known(), {})}


@pytest.fixture
async def house():
    house = House()
    yield house
    await house.close()


def actor_of(who: Patient | Doctor) -> Actor:
    return Actor.patient(who.id) if isinstance(who, Patient) else Actor.doctor(who.id)


@pytest.mark.parametrize("role", ["patient", "doctor"])
async def test_shows_what_was_sent_and_lets_go_of_the_one_before(house: House, role: str):
    me = actor_of(await (house.patient() if role == "patient" else house.doctor()))
    first = (await house.show(me, house.send(b"one"))).photo_url
    assert await house.photo(me) == first is not None
    await house.wait(minutes=10)
    second = (await house.show(me, house.send(b"two"))).photo_url
    assert await house.photo(me) == second != first
    assert house.kept(me) == {first, second}
    await house.wait(minutes=2)
    assert house.kept(me) == {second}
    await house.remove(me)
    assert await house.photo(me) is None
    await house.wait(minutes=2)
    assert house.kept(me) == set()


async def test_pictures_that_follow_each_other_quickly_leave_the_last(house: House):
    me = actor_of(await house.patient())
    for file in (b"one", b"two", b"three"):
        await house.show(me, house.send(file))
        await house.wait(seconds=20)
    await house.wait(minutes=5)
    assert house.kept(me) == {await house.photo(me)}


async def test_a_picture_taken_for_nobody_is_let_go_of_with_the_next_change(house: House):
    me = actor_of(await house.patient())
    await house.album.take(house.send(b"the process died here"), me.known())
    await house.wait(minutes=5)
    await house.show(me, house.send(b"one"))
    await house.wait(minutes=5)
    assert house.kept(me) == {await house.photo(me)}


@pytest.mark.parametrize("role", ["patient", "doctor"])
async def test_whoever_is_erased_leaves_no_picture(house: House, role: str):
    who = await (house.patient() if role == "patient" else house.doctor())
    me = actor_of(who)
    await house.show(me, house.send(b"one"))
    await house.wait(minutes=5)
    assert house.kept(me)
    await EraseMyData(house.storage, house.chance)(me, who.email)
    await house.wait(minutes=5)
    assert house.kept(me) == set()


async def test_a_keeper_that_is_away_is_asked_again(house: House):
    me = actor_of(await house.patient())
    await house.show(me, house.send(b"one"))
    house.clock.advance(minutes=5)
    await house.remove(me)
    house.album.away = True
    await house.wait(minutes=2)
    assert house.kept(me)
    house.album.away = False
    await house.wait(minutes=20)
    assert house.kept(me) == set()


async def test_what_cannot_be_taken_changes_nothing(house: House):
    me = actor_of(await house.patient())
    shown = (await house.show(me, house.send(b"one"))).photo_url
    for id, refusal in (("nothing", NotFound), (house.send(b"no picture"), InvalidInput)):
        with pytest.raises(refusal):
            await house.show(me, id)
    house.album.away = True
    with pytest.raises(ProviderUnavailable):
        await house.show(me, house.send(b"two"))
    assert await house.photo(me) == shown


async def test_each_invitation_is_for_another_id(house: House):
    me = actor_of(await house.doctor())
    assert (await house.invite(me)).id != (await house.invite(me)).id


async def test_is_for_patients_and_doctors(house: House):
    for verb in (house.invite, house.remove, lambda actor: house.show(actor, "none")):
        await assert_only({Role.PATIENT, Role.DOCTOR}, verb)
