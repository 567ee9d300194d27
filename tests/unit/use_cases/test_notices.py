"""News in the application, and what people want by e-mail."""

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.doctor import Doctor
from scheduling_core.errors import InvalidInput, NotFound
from scheduling_core.notices import OPT_IN, TOPICS, Delivery, Notice, Topic
from scheduling_core.patient import Patient
from scheduling_core.tasks import MOST_ATTEMPTS, MessageKind, Recipient, TaskState
from scheduling_core.use_cases.administration import ListTasks, RetryTask
from scheduling_core.use_cases.notices import ListDeliveries, MarkNewsRead, ReadNews
from scheduling_core.use_cases.preferences import (
    PreviewUnsubscribe,
    ReadPreferences,
    SetPreferences,
    Unsubscribe,
    unsubscribe_token,
)
from support.clinic import SEALS, Clinic
from support.clock import ManualClock
from support.desk import assert_only
from support.making import a_task, an_id

EVERYBODY_KNOWN = {Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR}


class House(Clinic):
    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.news = ReadNews(self.storage)
        self.mark_read = MarkNewsRead(self.storage)
        self.deliveries = ListDeliveries(self.storage)
        self.preferences = ReadPreferences(self.storage)
        self.prefer = SetPreferences(self.storage)
        self.preview = PreviewUnsubscribe(SEALS)
        self.unsubscribe = Unsubscribe(self.storage, SEALS)

    async def told(self, who: Patient | Doctor) -> list[tuple[MessageKind, Delivery]]:
        actor = Actor.patient(who.id) if isinstance(who, Patient) else Actor.doctor(who.id)
        items = (await self.news(actor)).items
        return [(each.notice.kind, each.notice.delivery) for each in reversed(items)]

    def mailed(self, who: Patient | Doctor) -> list[MessageKind]:
        return [letter.kind for letter in self.letters.to(who.email)]


@pytest.fixture
async def house():
    house = House()
    yield house
    await house.close()


async def test_both_find_what_they_were_told_and_nothing_before_its_time(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    await house.booked(patient, doctor, minutes=60)
    for who in (patient, doctor):
        assert await house.told(who) == [(MessageKind.BOOKED, Delivery.SENT)]
    await house.wait(minutes=45)
    both = [(MessageKind.BOOKED, Delivery.SENT), (MessageKind.REMINDER_SOON, Delivery.SENT)]
    for who in (patient, doctor):
        assert await house.told(who) == both
        assert house.mailed(who) == [kind for kind, _ in both]


async def test_news_names_the_visit_and_counts_what_is_unread(house: House):
    doctor, patient = await house.doctor(name="Dr. Rao"), await house.patient(name="Lena Koch")
    me = Actor.patient(patient.id)
    visit = await house.booked(patient, doctor, minutes=60)
    await house.wait(minutes=45)
    news = await house.news(me, limit=1)
    (newest,) = news.items
    assert (newest.starts_at, newest.doctor_name, newest.patient_name) == (visit.starts_at, "Dr. Rao", "Lena Koch")
    assert news.unread == 2
    assert await house.mark_read(me, [newest.notice.id, an_id()]) == 1
    assert await house.mark_read(Actor.doctor(doctor.id), [newest.notice.id]) == 2
    assert await house.mark_read(me) == 0
    assert (await house.news(me)).unread == 0
    with pytest.raises(InvalidInput):
        await house.mark_read(me, [an_id()] * 201)


async def test_a_reminder_of_a_cancelled_visit_is_nobodys_news(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    visit = await house.booked(patient, doctor, minutes=60)
    await house.cancel(Actor.patient(patient.id), None, appointment_id=visit.id)
    await house.wait(hours=1)
    assert await house.told(patient) == [
        (MessageKind.BOOKED, Delivery.SENT),
        (MessageKind.CANCELLED, Delivery.SENT),
    ]
    boss = Actor(Role.ADMINISTRATOR, an_id())
    dropped = await house.deliveries(boss, Delivery.DROPPED)
    assert {notice.kind for notice in dropped} == {MessageKind.REMINDER_SOON}


async def test_a_message_that_fails_for_good_shows_and_a_retry_brings_it_back(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    house.letters.away = True
    await house.booked(patient, doctor, minutes=60 * 20)
    assert (MessageKind.BOOKED, Delivery.WAITING) not in await house.told(patient)
    for _ in range(MOST_ATTEMPTS):
        await house.wait(minutes=20)
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.FAILED)]
    house.letters.away = False
    boss = Actor(Role.ADMINISTRATOR, an_id())
    for task in await ListTasks(house.storage)(boss, TaskState.DEAD):
        await RetryTask(house.storage)(boss, task.id)
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.WAITING)]
    await house.settle()
    assert await house.told(patient) == [(MessageKind.BOOKED, Delivery.SENT)]


async def test_what_is_not_wanted_by_e_mail_stands_in_the_application_alone(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    wanted = await house.preferences(Actor.patient(patient.id))
    assert wanted == dict.fromkeys(set(Topic) - OPT_IN, True)
    await house.prefer(Actor.patient(patient.id), {**wanted, Topic.REMINDERS: False})
    await house.booked(patient, doctor, minutes=60)
    await house.wait(minutes=45)
    assert await house.told(patient) == [
        (MessageKind.BOOKED, Delivery.SENT),
        (MessageKind.REMINDER_SOON, Delivery.WITHHELD),
    ]
    assert house.mailed(patient) == [MessageKind.BOOKED]
    assert house.mailed(doctor) == [MessageKind.BOOKED, MessageKind.REMINDER_SOON]


async def test_facts_about_bookings_and_money_cannot_be_turned_off(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    await house.prefer(Actor.patient(patient.id), dict.fromkeys(Topic, False))
    visit = await house.booked(patient, doctor, minutes=60)
    await house.cancel(Actor.patient(patient.id), None, appointment_id=visit.id)
    await house.settle()
    assert house.mailed(patient)[:2] == [MessageKind.BOOKED, MessageKind.CANCELLED]
    assert not {MessageKind.BOOKED, MessageKind.CANCELLED, MessageKind.PAY_AGAIN} & TOPICS.keys()


async def test_a_letter_that_can_be_stopped_carries_what_stops_it_and_no_other_does(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    await house.booked(patient, doctor, minutes=60)
    await house.wait(minutes=45)
    booked, reminder = house.letters.to(patient.email)
    assert booked.unsubscribe is None
    assert reminder.unsubscribe is not None
    assert house.preview(reminder.unsubscribe) is Topic.REMINDERS
    assert (await house.preferences(Actor.patient(patient.id)))[Topic.REMINDERS]
    for _ in range(2):
        assert await house.unsubscribe(reminder.unsubscribe) is Topic.REMINDERS
    wanted = await house.preferences(Actor.patient(patient.id))
    assert [topic for topic, on in wanted.items() if not on] == [Topic.REMINDERS]
    assert (await house.preferences(Actor.doctor(doctor.id)))[Topic.REMINDERS]


async def test_a_forged_link_stops_nothing(house: House):
    reader = Recipient(Role.PATIENT, (await house.patient()).id)
    real = unsubscribe_token(SEALS, reader, Topic.OFFERS)
    stale = SEALS.seal("unsubscribe", f"patient {reader.id} gossip")
    for forged in ("", real[:-1], f"x{real}", stale):
        with pytest.raises(NotFound):
            house.preview(forged)
        with pytest.raises(NotFound):
            await house.unsubscribe(forged)
    assert await house.preferences(Actor(reader.role, reader.id)) == dict.fromkeys(set(Topic) - OPT_IN, True)


async def test_a_notice_is_the_record_of_a_message_alone():
    with pytest.raises(ValueError, match="not a message"):
        Notice.of(a_task())


async def test_each_reads_their_own_and_administrators_the_deliveries(house: House):
    await assert_only(EVERYBODY_KNOWN, house.news)
    await assert_only(EVERYBODY_KNOWN, house.mark_read)
    await assert_only(EVERYBODY_KNOWN, house.preferences)
    await assert_only(EVERYBODY_KNOWN, lambda actor: house.prefer(actor, dict.fromkeys(Topic, True)))
    await assert_only({Role.ADMINISTRATOR}, house.deliveries)


async def test_a_page_of_news_has_bounds(house: House):
    for limit in (0, 201):
        with pytest.raises(InvalidInput):
            await house.news(Actor.patient((await house.patient()).id), limit=limit)
