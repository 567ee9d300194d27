"""A whole clinic over one storage: every verb of booking wired to a simulated payment provider and a small outside."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from adapters.kit.faults import Faults
from adapters.kit.patience import Patience
from adapters.kit.simulator_state import SimulatorState
from adapters.payments.signatures import sign
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_sessions import Session
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment
from scheduling_core.cancellation import CancellationPolicy
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.hours import Hours, Span
from scheduling_core.ids import AppointmentId, DoctorId, PatientId
from scheduling_core.money import Money
from scheduling_core.patient import Patient
from scheduling_core.payment import Observation, Payment
from scheduling_core.ports.calendar import Calendar
from scheduling_core.ports.notify import Notifier
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.seals import Seals
from scheduling_core.terms import Terms
from scheduling_core.use_cases.accepting import AcceptOffer
from scheduling_core.use_cases.attendance import Arrive, Fulfil, FulfilAfterwards, MarkMissed, UndoMissed
from scheduling_core.use_cases.booking import ExpireHolds, HoldSlot
from scheduling_core.use_cases.checkout import OpenCheckout
from scheduling_core.use_cases.corrections import RejectAbsence, SayDoctorAbsent, VoidAppointment
from scheduling_core.use_cases.delivery import DeliverTasks
from scheduling_core.use_cases.feedback import GiveFeedback
from scheduling_core.use_cases.follow_ups import OfferFollowUp
from scheduling_core.use_cases.meetings import ArrangeMeeting
from scheduling_core.use_cases.messages import SendMessage
from scheduling_core.use_cases.offering import OfferReleasedTime
from scheduling_core.use_cases.own_calendars import ConnectCalendar, DisconnectCalendar, ReadBusyTimes
from scheduling_core.use_cases.photos import TidyPhotos
from scheduling_core.use_cases.rescheduling import Reschedule
from scheduling_core.use_cases.settlement import ReceiveWebhook, SettleMoney
from scheduling_core.use_cases.summaries import SummariseFeedback
from scheduling_core.use_cases.visits import CancelAppointment, ReadAppointment
from scheduling_core.use_cases.waitlist import JoinWaitlist, LeaveWaitlist, ListWaits
from support.album import Album
from support.chance import SeededChance
from support.clock import ManualClock
from support.outside import LetterBox, Rooms

Change = Callable[[Session], Session]
SECRET = "for-tests"
SEALS = Seals(b"for tests")
TERMS = Terms(
    clinic="Test Clinic",
    currency="USD",
    tax_percent=Decimal(18),
    hold=timedelta(minutes=10),
    policy=CancellationPolicy.parse("24h:100,4h:50"),
    minimum_fee=50,
)
OPEN_ALL_DAY = Hours(
    time_zone="UTC",
    slot_minutes=30,
    gap_minutes=0,
    minimum_notice_minutes=0,
    horizon_days=30,
    weekly=((Span(0, 1440),),) * 7,
    overrides={},
)


class Clinic:
    """Doctors and patients are made at will; `settle` does everything that is due now."""

    def __init__(
        self, storage: Storage, clock: ManualClock, *, seed: int = 0, luck: int | None = None, terms: Terms = TERMS
    ) -> None:
        self.storage, self.clock, self.terms = storage, clock, terms
        self.chance = SeededChance(seed, luck=luck)
        self.letters, self.rooms, self.album = LetterBox(), Rooms(), Album(clock)
        self.state = SimulatorState()
        self.called = CallFigures(CollectorRegistry(), clock)
        self.faults = Faults(self.state, hang_seconds=0)
        self.payments = SimulatedPayments(
            self.state, self.faults, clock, public_url="http://127.0.0.1:1", webhook_secrets=[SECRET]
        )
        self._wire(self.payments, self.rooms, self.letters)

    def adopt(self, *, payments: Payments, rooms: Calendar, letters: Notifier) -> None:
        """Use these providers from now on."""
        self._wire(payments, rooms, letters)

    def _wire(self, payments: Payments, rooms: Calendar, letters: Notifier) -> None:
        storage, chance = self.storage, self.chance
        self.read_busy_times = ReadBusyTimes(storage, rooms, chance, Patience())
        self.hold_slot = HoldSlot(storage, chance, self.terms, self.read_busy_times)
        self.connect = ConnectCalendar(storage, rooms, chance)
        self.disconnect = DisconnectCalendar(storage, chance)
        self.open_checkout = OpenCheckout(storage, payments, chance)
        self.accept = AcceptOffer(storage, chance, self.terms)
        self.offer_follow_up = OfferFollowUp(storage, chance, self.terms, self.read_busy_times)
        self.join_waitlist = JoinWaitlist(storage, chance, self.terms)
        self.list_waits = ListWaits(storage, self.clock)
        self.leave_waitlist = LeaveWaitlist(storage)
        self.expire_holds = ExpireHolds(storage, chance)
        self.cancel = CancelAppointment(storage, chance, self.terms)
        self.reschedule = Reschedule(storage, chance, self.terms, self.read_busy_times)
        self.arrive = Arrive(storage, chance, self.terms)
        self.fulfil = Fulfil(storage, chance, self.terms)
        self.mark_missed = MarkMissed(storage, chance, self.terms)
        self.say_doctor_absent = SayDoctorAbsent(storage, chance, self.terms)
        self.reject_absence = RejectAbsence(storage, chance, self.terms)
        self.void = VoidAppointment(storage, chance, self.terms)
        self.give_feedback = GiveFeedback(storage, chance, self.terms)
        self.undo_missed = UndoMissed(storage, chance, self.terms)
        self.read = ReadAppointment(storage, self.clock)
        self.receive_webhook = ReceiveWebhook(storage, payments, chance)
        self.settle_money = SettleMoney(storage, payments, chance)
        self.deliver_tasks = DeliverTasks(
            storage,
            chance,
            self.settle_money,
            ArrangeMeeting(storage, rooms, chance),
            SendMessage(storage, letters, self.terms, SEALS),
            FulfilAfterwards(storage, chance, self.terms),
            OfferReleasedTime(storage, chance, self.terms, self.read_busy_times),
            TidyPhotos(storage, self.album),
            SummariseFeedback(storage),
            self.read_busy_times,
        )

    async def doctor(self, hours: Hours = OPEN_ALL_DAY, *, fee: int = 5000, name: str = "Dr Test") -> Doctor:
        id = DoctorId(self.chance.new_id())
        doctor = Doctor(
            id=id,
            name=name,
            email=f"{id}@doctors.example.com",
            phone="+15550100200",
            specialization="General practice",
            fee=Money(fee, self.terms.currency),
            status=DoctorStatus.APPROVED,
            created_at=self.clock.now(),
        )
        async with self.storage.writing() as unit:
            await unit.doctors.add(doctor, hours)
        return doctor

    async def patient(self, zone: str = "Europe/Berlin", *, name: str = "Pat Test") -> Patient:
        (patient,) = await self.patients(1, zone, name=name)
        return patient

    async def patients(self, number: int, zone: str = "Europe/Berlin", *, name: str = "Pat Test") -> list[Patient]:
        made = [self._person(zone, name) for _ in range(number)]
        async with self.storage.writing() as unit:
            for patient in made:
                await unit.patients.add(patient)
        return made

    def _person(self, zone: str, name: str) -> Patient:
        id = PatientId(self.chance.new_id())
        return Patient(
            id=id,
            issuer="https://issuer.example.com",
            subject=str(id),
            name=name,
            email=f"{id}@patients.example.com",
            time_zone=zone,
            created_at=self.clock.now(),
        )

    async def hold(self, patient: Patient, doctor: Doctor, *, minutes: float = 60) -> Appointment:
        """Hold the slot that begins so many minutes from now."""
        starts_at = self.clock.now() + timedelta(minutes=minutes)
        held = await self.hold_slot(Actor.patient(patient.id), None, doctor_id=doctor.id, starts_at=starts_at)
        return held.appointment

    async def booked(self, patient: Patient, doctor: Doctor, *, minutes: float = 60) -> Appointment:
        """Hold it, pay for it, and have everything done that follows."""
        held = await self.hold(patient, doctor, minutes=minutes)
        await self.open_checkout(Actor.patient(patient.id), held.id)
        await self.pay(held.id)
        await self.settle()
        return (await self.see(held.id)).appointment

    async def pay(self, appointment_id: AppointmentId) -> None:
        """The patient pays on the provider's page, whose event reaches us."""
        await self.authorize(appointment_id)
        await self.webhook(str((await self.payment(appointment_id)).ref))

    async def authorize(self, appointment_id: AppointmentId) -> None:
        """The patient pays on the provider's page, and no event of it ever reaches us."""
        await self.happen(appointment_id, lambda session: session.authorize(self.clock.now()))

    async def happen(self, appointment_id: AppointmentId, change: Change) -> None:
        """The payer or the bank does something to the newest checkout, silently."""
        await self.payments.happen(str((await self.payment(appointment_id)).ref), change, None)

    async def booked_but_not_captured(self, appointment_id: AppointmentId) -> None:
        """The process dies between the booking's commit and the capture."""
        payment = await self.payment(appointment_id)

        class Died(Exception):
            pass

        class Dying:
            async def capture(self, *_: object, **__: object) -> Observation:
                raise Died

            def __getattr__(self, name: str) -> object:
                return getattr(self.alive, name)

            alive = self.payments

        with suppress(Died):
            await SettleMoney(self.storage, Dying(), self.chance)(payment.id)

    async def webhook(self, ref: str, *, event_id: str | None = None, kind: str = "checkout.session.completed") -> None:
        """An authentic event about a checkout arrives."""
        id = event_id or str(self.chance.new_id())
        body = json.dumps({"id": id, "type": kind, "livemode": False, "data": {"object": {"id": ref}}}).encode()
        await self.receive_webhook(body, sign(body, [SECRET], at=self.clock.now()))

    async def payment(self, appointment_id: AppointmentId) -> Payment:
        """The newest payment of an appointment."""
        async with self.storage.reading() as unit:
            return (await unit.payments.of_appointment(appointment_id))[-1]

    async def see(self, appointment_id: AppointmentId) -> AppointmentDetails:
        """As the system sees it now."""
        async with self.storage.reading() as unit:
            return (await unit.appointments.details(appointment_id, SYSTEM)).seen_at(self.clock.now())

    async def settle(self, *, rounds: int = 500) -> None:
        """Do what is due until nothing is. A task that comes back for ever fails the test."""
        for _ in range(rounds):
            if not await self.deliver_tasks(limit=20):
                return
        raise AssertionError("there is always something due")

    async def wait(self, **parts: float) -> None:
        """Let time pass, and do what became due."""
        self.clock.advance(**parts)
        await self.settle()

    async def close(self) -> None:
        await self.state.close()
