"""The auditor: judges again and again whether what is stored keeps its promises, reads only, and repairs nothing.

One look costs the same however much is stored: it goes a page further over the history, the payments and the chain. Whoever
watches begins anew once it has come by everything (`Inspection.next`), and looks at what changed last in each look. What it
found stays found until it is looked at again and is well; what the provider said, until the provider says otherwise.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduling_core.audit import Entry, Link
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.invariants import SETTLING, Inspection, Invariant, PaidVisit, Progress, Violation
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.use_cases.audit import AT_ONCE, Break, break_at, too_short, unexpected

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
            event, newest, overlaps, no_more_events = await _overlaps(unit, progress)
            chained = await unit.history.chained(after=progress.link.position if progress.link else 0, limit=AT_ONCE)
            page = await unit.invariants.paid_visits(progress.payment, limit=PAYMENTS)
            reserved = await unit.invariants.reserved(limit=PAYMENTS)
            counts = {
                Invariant.TROUBLED_PAYMENT: await unit.invariants.count_troubled(),
                Invariant.OVERDUE_TASK: await unit.invariants.count_overdue(now - SETTLING),
                Invariant.DEAD_TASK: await unit.invariants.count_dead(),
            }
        asked, at_provider = await self._contradictions(_worth_asking(page, progress, asks, now))
        money = (*_still_known(page, progress, asked), *_of(page, now), *at_provider)
        link, broken = _chain(progress, chained)
        found = dict.fromkeys((*_named_overlaps(overlaps), *money, *_of(reserved, now), *broken))
        last_page = len(page) < PAYMENTS
        return Inspection(
            at=now,
            counts=dict.fromkeys(Invariant, 0) | counts | Counter(each.invariant for each in found),
            violations=tuple(found),
            progress=Progress(
                event=event,
                newest=newest,
                link=link,
                noted=progress.noted,
                payment=None if last_page else page[-1].payment.id,
                rounds=progress.rounds + last_page,
                overlaps=overlaps,
                money=money,
            ),
            whole=last_page and no_more_events and (bool(broken) or len(chained) < AT_ONCE),
        )

    async def from_now(self) -> Progress:
        """Where a watch begins that is to see what happens from now on, and lately; all else it comes by in time."""
        async with self.storage.reading() as unit:
            return Progress(newest=max(0, await unit.invariants.newest_event() - EVENTS))

    async def _contradictions(self, chosen: Iterable[PaidVisit]) -> tuple[set[PaymentId], list[Violation]]:
        """Which of these the provider told about, and what of that differs."""
        asked, found = set[PaymentId](), list[Violation]()
        for paid in chosen:
            try:
                seen = await self.payments.find(paid.payment)
            except (ProviderUnavailable, ProviderRefused):
                continue
            contradictions = list(paid.contradictions(seen))
            if not contradictions or await self._unchanged(paid):
                asked.add(paid.payment.id)
                found += contradictions
        return asked, found

    async def _unchanged(self, paid: PaidVisit) -> bool:
        async with self.storage.reading() as unit:
            return await unit.payments.get(paid.payment.id) == paid.payment


async def _overlaps(unit: Unit, progress: Progress) -> tuple[int, int | None, tuple[AppointmentId, ...], bool]:
    event, newest = progress.event, progress.newest
    changed = await unit.invariants.changed_after(event, limit=EVENTS)
    lately = [] if newest is None else await unit.invariants.changed_after(newest, limit=EVENTS)
    suspects = dict.fromkeys((*progress.overlaps, *(visit for _, visit in (*changed, *lately))))
    overlaps = await unit.invariants.overlapping(list(suspects)) if suspects else []
    event, newest = (changed[-1][0] if changed else event), (lately[-1][0] if lately else newest)
    return event, newest, tuple(overlaps), len(changed) < EVENTS


def _named_overlaps(visits: Iterable[AppointmentId]) -> list[Violation]:
    why = "it shares time with another visit of its doctor or person"
    return [Violation(invariant=Invariant.OVERLAP, about=visit, why=why) for visit in visits]


def _of(paid: Iterable[PaidVisit], now: datetime) -> list[Violation]:
    return [violation for each in paid for violation in each.violations(now)]


def _worth_asking(page: Iterable[PaidVisit], progress: Progress, asks: int, now: datetime) -> list[PaidVisit]:
    """So many of those at rest (where something is under way the two may differ for a moment): half of them of which the
    provider said something else before, the others in turn, round by round."""
    at_rest = [paid for paid in page if paid.at_rest(now)]
    doubted = {each.about for each in progress.money if each.invariant is Invariant.PROVIDER}
    first = _in_turn([paid for paid in at_rest if paid.payment.id in doubted], asks // 2, progress.rounds)
    return [*first, *_in_turn([paid for paid in at_rest if paid not in first], asks - len(first), progress.rounds)]


def _in_turn(all_of_them: Sequence[PaidVisit], number: int, rounds: int) -> list[PaidVisit]:
    """So many of them, others in each round until all had their turn."""
    if not all_of_them:
        return []
    start = rounds * number % len(all_of_them)
    return [*all_of_them[start:], *all_of_them[:start]][:number]


def _still_known(page: list[PaidVisit], progress: Progress, asked: Collection[PaymentId]) -> list[Violation]:
    """What is known of payments that this look does not tell about anew."""
    first, last_page = progress.payment, len(page) < PAYMENTS

    def on_page(about: object) -> bool:
        behind = first is None or str(about) > str(first)
        return behind and (last_page or str(about) <= str(page[-1].payment.id))

    return [
        violation
        for violation in progress.money
        if (violation.about not in asked if violation.invariant is Invariant.PROVIDER else not on_page(violation.about))
    ]


def _chain(progress: Progress, page: Sequence[tuple[Link, Entry | None]]) -> tuple[Link | None, list[Violation]]:
    last = progress.link
    noted = (progress.noted.position, progress.noted.hash) if progress.noted else None
    for link, entry in page:
        if broken := break_at(last, link, entry) or unexpected(link, noted):
            return last, [_broken(broken)]
        last = link
    if len(page) < AT_ONCE and (broken := too_short(last, noted)):
        return last, [_broken(broken)]
    return last, []


def _broken(found: Break) -> Violation:
    return Violation(invariant=Invariant.AUDIT_CHAIN, about=found.position, why=found.why)
