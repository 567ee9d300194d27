"""The auditor: judges again and again whether what is stored keeps its promises, reads only, and repairs nothing.

One look costs the same however much is stored: it goes a page further over the history, the payments and the chain, and
begins anew at the end. What it found stays found until the walk comes by again and sees it well.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from scheduling_core.audit import Entry, Link
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ids import AppointmentId
from scheduling_core.invariants import SETTLING, Inspection, Invariant, PaidVisit, Progress, Violation
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.use_cases.audit import AT_ONCE, break_at

EVENTS, PAYMENTS = 1000, 200


@dataclass(frozen=True, slots=True)
class Inspect:
    """Look once, going on from `progress`, and ask the provider about `asks` payments at most.

    No actor: whoever runs it owns the database. A provider that does not answer is no violation; storage that does not raises.
    """

    storage: Storage
    payments: Payments

    async def __call__(self, progress: Progress, *, asks: int = 5) -> Inspection:
        async with self.storage.reading() as unit:
            now = await unit.now()
            event, overlaps, no_more_events = await _overlaps(unit, progress)
            chained = await unit.history.chained(after=progress.link.position if progress.link else 0, limit=AT_ONCE)
            page = await unit.invariants.paid_visits(progress.payment, limit=PAYMENTS)
            reserved = await unit.invariants.reserved(limit=PAYMENTS)
            counts = {
                Invariant.TROUBLED_PAYMENT: await unit.invariants.count_troubled(),
                Invariant.OVERDUE_TASK: await unit.invariants.count_overdue(now - SETTLING),
                Invariant.DEAD_TASK: await unit.invariants.count_dead(),
            }
        at_provider = await self._contradictions(page, asks, now)
        money = (*_not_on(page, progress), *_of(page, now), *at_provider)
        link, broken = _chain(progress.link, chained)
        found = dict.fromkeys((*_named_overlaps(overlaps), *money, *_of(reserved, now), *broken))
        last_page = len(page) < PAYMENTS
        return Inspection(
            at=now,
            counts=dict.fromkeys(Invariant, 0) | counts | Counter(each.invariant for each in found),
            violations=tuple(found),
            progress=Progress(
                event=event,
                link=link,
                payment=None if last_page else page[-1].payment.id,
                overlaps=overlaps,
                money=money,
            ),
            whole=last_page and no_more_events and (bool(broken) or len(chained) < AT_ONCE),
        )

    async def from_now(self) -> Progress:
        """Where a watch begins that is to see what happens from now on, and lately; all else it comes by in time."""
        async with self.storage.reading() as unit:
            return Progress(event=max(0, await unit.invariants.newest_event() - EVENTS))

    async def _contradictions(self, page: Iterable[PaidVisit], asks: int, now: datetime) -> list[Violation]:
        """Of those at rest: where something is under way the two may differ for a moment."""
        at_rest = [paid for paid in page if paid.at_rest(now)]
        chosen = at_rest[:: max(1, -(-len(at_rest) // asks))] if asks else []
        found: list[Violation] = []
        for paid in chosen:
            try:
                seen = await self.payments.find(paid.payment)
            except (ProviderUnavailable, ProviderRefused):
                continue
            contradictions = list(paid.contradictions(seen))
            if contradictions and await self._unchanged(paid):
                found += contradictions
        return found

    async def _unchanged(self, paid: PaidVisit) -> bool:
        async with self.storage.reading() as unit:
            return await unit.payments.get(paid.payment.id) == paid.payment


async def _overlaps(unit: Unit, progress: Progress) -> tuple[int, tuple[AppointmentId, ...], bool]:
    changed = await unit.invariants.changed_after(progress.event, limit=EVENTS)
    suspects = dict.fromkeys((*progress.overlaps, *(visit for _, visit in changed)))
    overlaps = await unit.invariants.overlapping(list(suspects)) if suspects else []
    return (changed[-1][0] if changed else progress.event), tuple(overlaps), len(changed) < EVENTS


def _named_overlaps(visits: Iterable[AppointmentId]) -> list[Violation]:
    why = "it shares time with another visit of its doctor or person"
    return [Violation(invariant=Invariant.OVERLAP, about=visit, why=why) for visit in visits]


def _of(paid: Iterable[PaidVisit], now: datetime) -> list[Violation]:
    return [violation for each in paid for violation in each.violations(now)]


def _not_on(page: list[PaidVisit], progress: Progress) -> list[Violation]:
    """What is known of payments that this page does not tell about anew."""
    first, last_page = progress.payment, len(page) < PAYMENTS

    def on_page(about: object) -> bool:
        behind = first is None or str(about) > str(first)
        return behind and (last_page or str(about) <= str(page[-1].payment.id))

    return [violation for violation in progress.money if not on_page(violation.about)]


def _chain(last: Link | None, page: Iterable[tuple[Link, Entry | None]]) -> tuple[Link | None, list[Violation]]:
    for link, entry in page:
        if broken := break_at(last, link, entry):
            return last, [Violation(invariant=Invariant.AUDIT_CHAIN, about=broken.position, why=broken.why)]
        last = link
    return last, []
