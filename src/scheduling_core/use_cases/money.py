"""Looking at money: what patients paid, what doctors earned, and what administrators must see to."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from scheduling_core.access import Actor
from scheduling_core.errors import InvalidInput
from scheduling_core.instants import Interval, day_interval
from scheduling_core.ledger import Account, explain
from scheduling_core.payment import Trouble
from scheduling_core.ports.money_records import Seen
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.views import Earned, PaymentDetails
from scheduling_core.tasks import Task, settle_key
from scheduling_core.terms import Terms
from scheduling_core.use_cases.fields import sound_limit

FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True, slots=True)
class ListPayments:
    """What a patient paid or had reserved, newest first, each with what it was for."""

    storage: Storage

    async def __call__(self, actor: Actor, *, after: Seen = None, limit: int = 20) -> list[PaymentDetails]:
        patient_id = actor.as_patient()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return await unit.payments.of_patient(patient_id, after=after, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """A doctor's year, month by month from January, in the doctor's zone."""

    year: int
    time_zone: str
    currency: str
    months: list[Earned]


@dataclass(frozen=True, slots=True)
class ReadEarnings:
    """What came in for the doctor's own visits and what went back, by the ledger: each movement counts in its own month."""

    storage: Storage
    terms: Terms

    async def __call__(self, actor: Actor, year: int) -> Earnings:
        doctor_id = actor.as_doctor()
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InvalidInput("year", f"Ask for a year from {FIRST_YEAR} to {LAST_YEAR}.")
        async with self.storage.reading() as unit:
            zone = (await unit.schedules.hours(doctor_id)).time_zone
            months = await unit.payments.earned(doctor_id, _bounds(year, zone))
        return Earnings(year=year, time_zone=zone, currency=self.terms.currency, months=months)


@dataclass(frozen=True, slots=True)
class ListMonthsPayments:
    """The payments of which something moved in one month of the doctor's zone, newest first, and that month."""

    storage: Storage

    async def __call__(
        self, actor: Actor, *, year: int, month: int, after: Seen = None, limit: int = 20
    ) -> tuple[Interval, list[PaymentDetails]]:
        doctor_id = actor.as_doctor()
        sound_limit(limit)
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
            raise InvalidInput("month", "Ask for a month such as 2027-03.")
        async with self.storage.reading() as unit:
            zone = (await unit.schedules.hours(doctor_id)).time_zone
            start, end = list(pairwise(_bounds(year, zone)))[month - 1]
            within = Interval(start=start, end=end)
            return within, await unit.payments.of_doctor(doctor_id, within, after=after, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubledPayment:
    """A payment at which a person should look, whether its ledger explains it, and the task that settles it."""

    details: PaymentDetails
    account: Account
    task: Task | None


@dataclass(frozen=True, slots=True)
class ListTroubledPayments:
    """Payments with a refund that failed, quarantined or disputed, newest first. Settling one again is retrying its task."""

    storage: Storage

    async def __call__(
        self, actor: Actor, trouble: Trouble | None = None, *, after: Seen = None, limit: int = 50
    ) -> list[TroubledPayment]:
        actor.as_administrator()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return [
                TroubledPayment(
                    details=details,
                    account=explain(details.entries, [details.payment]),
                    task=await unit.tasks.of_key(settle_key(details.payment.id)),
                )
                for details in await unit.payments.in_trouble(trouble, after=after, limit=limit)
            ]


def _bounds(year: int, zone: str) -> list[datetime]:
    """The first instants of each month of the year, and of the next year."""
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    starts = [day_interval(first, last, zone).start for first, last in pairwise(firsts)]
    return [*starts, day_interval(firsts[-2], firsts[-1], zone).end]
