"""The judge of the waitlist: whatever was released and stayed free was offered to those who waited, one by one, in order.

It knows nothing of how offers come about: it reads the history of all visits, who waited when, and what was offered. Where
the history cannot tell (a hold past its time that nobody wrote down yet), it gives the benefit of the doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.persistence.memory import MemoryStorage
from scheduling_core.audit import Entry
from scheduling_core.availability import offered
from scheduling_core.doctor import Doctor
from scheduling_core.errors import SlotNotOffered
from scheduling_core.event import Event
from scheduling_core.hours import Hours, TimeOff
from scheduling_core.ids import AppointmentId, DoctorId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.transitions import OCCUPYING, Status
from scheduling_core.waitlist import Offer, WaitlistEntry, WaitState

OFFER = timedelta(minutes=15)
"""How long an offer is kept for an answer."""
SHORTEST = timedelta(minutes=4)
"""Closer to its start than this no time is offered: it could not be accepted and then paid for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A doctor with their hours and time off at the moment of the judgement, and since when the hours are what they are."""

    doctor: Doctor
    hours: Hours
    time_off: Sequence[TimeOff]
    since: datetime

    def offers(self, slot: Interval, now: datetime) -> bool:
        try:
            return offered(self.hours, time_off=self.time_off, starts_at=slot.start, now=now) == slot
        except SlotNotOffered:
            return False


class Moment:
    """Who has which time, after some part of the history."""

    def __init__(self) -> None:
        self.having: dict[AppointmentId, Event] = {}

    def go_on(self, event: Event) -> Event | None:
        """One event further; what its appointment had until then, if it let go of it."""
        before = self.having.pop(event.appointment_id, None)
        if event.after in OCCUPYING:
            self.having[event.appointment_id] = event
        moved = before is not None and event.after in OCCUPYING and before.interval != event.interval
        return before if before is not None and (event.after not in OCCUPYING or moved) else None

    def free(self, doctor_id: DoctorId, occupied: Interval) -> bool:
        theirs = (event for event in self.having.values() if event.doctor_id == doctor_id)
        return not any(
            occupied.overlaps(Interval(start=each.interval.start, end=each.occupied_until)) for each in theirs
        )

    def busy(self, person_id: PersonId, slot: Interval) -> bool:
        return any(each.person_id == person_id and each.interval.overlaps(slot) for each in self.having.values())

    def pending(self, appointment_id: AppointmentId) -> bool:
        event = self.having.get(appointment_id)
        return event is not None and event.after is Status.PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All that the judgement needs; `history` in the order in which it happened."""

    history: Sequence[Event]
    entries: Sequence[WaitlistEntry]
    offers: Sequence[Offer]
    practices: Sequence[Practice]


def books_of(storage: MemoryStorage, *, since: dict[DoctorId, datetime]) -> Books:
    """What a memory holds. `since` says when each doctor's hours or time off last changed."""
    kept = storage.committed()
    rows: list[Entry] = [row for _, row in sorted(kept["history"].items())]
    doctors: list[Doctor] = list(kept["doctors"].values())
    return Books(
        history=[row.event() for row in rows if row.subject is None],
        entries=list(kept["waitlist"].values()),
        offers=list(kept["offers"].values()),
        practices=[
            Practice(
                doctor=doctor,
                hours=kept["schedules"][doctor.id].hours,
                time_off=kept["schedules"][doctor.id].time_off,
                since=since.get(doctor.id, doctor.created_at),
            )
            for doctor in doctors
        ],
    )


def broken_promises(books: Books, now: datetime, *, within: timedelta = timedelta(0)) -> list[str]:
    """What was promised to those who wait and not kept, in words; empty when all is well.

    To be asked when everything that is due has been done. What was released less than `within` ago is still in time.
    """
    return [*_never_asked(books, now, within), *_out_of_turn(books), *_asked_twice(books), *_two_at_once(books)]


def _never_asked(books: Books, now: datetime, within: timedelta) -> list[str]:
    """Slots that were released, stayed free, and that somebody who may have them was never offered."""
    practices = {practice.doctor.id: practice for practice in books.practices if practice.doctor.listed}
    asked = {(offer.person_id, offer.doctor_id, offer.starts_at) for offer in books.offers}
    released, today = _released(books.history)
    found = []
    for at, index, freed in released:
        practice = practices.get(freed.doctor_id)
        slot = freed.interval
        if practice is None or at > now - within or at <= practice.since or slot.start - now < SHORTEST:
            continue
        gap = timedelta(minutes=practice.hours.gap_minutes)
        if not practice.offers(slot, now) or not today.free(
            freed.doctor_id, Interval(start=slot.start, end=slot.end + gap)
        ):
            continue
        if _taken_since(books.history[index + 1 :], freed, gap):
            continue
        found += [
            f"{entry.id} was never asked for {slot.start} of {freed.doctor_id}, free since {at}"
            for entry in books.entries
            if _waits(entry, practice.doctor, at)
            # Of what happens in one instant nobody knows which was first.
            and entry.created_at < at
            and entry.waits_at(now)
            and entry.appointment_id is None
            and entry.fits(slot, practice.hours.time_zone)
            and (entry.person_id, freed.doctor_id, slot.start) not in asked
            and not today.busy(entry.person_id, slot)
            and not _busy_since(books.history[index + 1 :], entry.person_id, slot)
            and not _in_hand(books.offers, entry, today)
        ]
    return found


def _released(history: Sequence[Event]) -> tuple[list[tuple[datetime, int, Event]], Moment]:
    """Everything that was ever let go of, and how things stand at the end."""
    moment, released = Moment(), []
    for index, event in enumerate(history):
        freed = moment.go_on(event)
        if freed is not None:
            released.append((event.at, index, freed))
    return released, moment


def _taken_since(later: Sequence[Event], freed: Event, gap: timedelta) -> bool:
    """Whether somebody had any of it meanwhile: what came of that is another release."""
    slot = Interval(start=freed.interval.start, end=freed.interval.end + gap)
    return any(
        event.doctor_id == freed.doctor_id
        and event.after in OCCUPYING
        and slot.overlaps(Interval(start=event.interval.start, end=event.occupied_until))
        for event in later
    )


def _busy_since(later: Sequence[Event], person_id: PersonId, slot: Interval) -> bool:
    """Whether the person was busy at some time since: passed over then, they are not asked again."""
    return any(event.person_id == person_id and event.interval.overlaps(slot) for event in later)


def _out_of_turn(books: Books) -> list[str]:
    """Offers that somebody got before another who had waited longer and might have had them."""
    zones = {practice.doctor.id: practice for practice in books.practices}
    entries = {entry.id: entry for entry in books.entries}
    offers = {offer.appointment_id: offer for offer in books.offers if offer.entry_id is not None}
    moment, asked, found = Moment(), set[tuple[PersonId, DoctorId, datetime]](), list[str]()
    for event in books.history:
        offer = offers.get(event.appointment_id) if event.before is None else None
        if offer is not None and offer.entry_id is not None:
            chosen, practice = entries[offer.entry_id], zones[offer.doctor_id]
            found += [
                f"{other.id} had waited longer than {chosen.id} for {offer.starts_at} of {offer.doctor_id}"
                for other in books.entries
                if (other.created_at, other.id) < (chosen.created_at, chosen.id)
                and _waits(other, practice.doctor, event.at)
                and other.appointment_id is None
                and event.at > practice.since
                and other.fits(event.interval, practice.hours.time_zone)
                and (other.person_id, offer.doctor_id, offer.starts_at) not in asked
                and not moment.busy(other.person_id, event.interval)
                and not _in_hand(books.offers, other, moment)
            ]
            asked.add((offer.person_id, offer.doctor_id, offer.starts_at))
        moment.go_on(event)
    return found


def _asked_twice(books: Books) -> list[str]:
    """The same time of the same doctor, offered to the same person from the waitlist more than once."""
    seen, found = set[tuple[PersonId, DoctorId, datetime]](), list[str]()
    for offer in books.offers:
        about = (offer.person_id, offer.doctor_id, offer.starts_at)
        if offer.entry_id is not None and about in seen:
            found.append(f"{offer.person_id} was asked twice for {offer.starts_at} of {offer.doctor_id}")
        seen.add(about)
    return found


def _two_at_once(books: Books) -> list[str]:
    """Waits that had two offers in hand at some moment."""
    offers = {offer.appointment_id: offer for offer in books.offers if offer.entry_id is not None}
    moment, found = Moment(), list[str]()
    for event in books.history:
        moment.go_on(event)
        offer = offers.get(event.appointment_id) if event.before is None else None
        if offer is not None:
            # One that lapsed is out of hand at that moment, whenever it was written down.
            held = [
                each
                for each in offers.values()
                if each.entry_id == offer.entry_id
                and moment.pending(each.appointment_id)
                and event.at < each.made_at + OFFER
            ]
            if len(held) > 1:
                found.append(f"{offer.entry_id} had {len(held)} offers in hand at {event.at}")
    return found


def _waits(entry: WaitlistEntry, doctor: Doctor, at: datetime) -> bool:
    """Whether the wait was for this doctor and had begun, and not ended, by then."""
    right = entry.doctor_id == doctor.id or entry.specialization == doctor.specialization
    ended = entry.closed_at is not None and entry.closed_at <= at and entry.state is not WaitState.WAITING
    return right and entry.created_at <= at < entry.window.end and not ended


def _in_hand(offers: Sequence[Offer], entry: WaitlistEntry, moment: Moment) -> bool:
    return any(offer.entry_id == entry.id and moment.pending(offer.appointment_id) for offer in offers)
