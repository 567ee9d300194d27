"""What a provider has opened for us, whatever we remember of it."""

from datetime import timedelta

from contract.payments.bench import Bench, new_payment
from scheduling_core.payment_status import PaymentStatus

HOUR = timedelta(hours=1)


async def test_lists_what_was_opened_since_as_it_stands_now(bench: Bench) -> None:
    before = new_payment(bench.clock)
    await bench.payments.open_checkout(before)
    since = bench.clock.advance(HOUR)
    waiting, paid = new_payment(bench.clock), new_payment(bench.clock, 5_000)
    await bench.payments.open_checkout(waiting)
    await bench.pay(await bench.payments.open_checkout(paid))
    bench.clock.advance(timedelta(minutes=1))

    listed = {each.payment_id: each for each in await bench.payments.opened_since(since)}
    assert listed.keys() == {waiting.id, paid.id}
    assert listed[waiting.id].seen.status is PaymentStatus.OPEN
    assert listed[paid.id].appointment_id == paid.appointment_id
    assert (listed[paid.id].seen.status, listed[paid.id].seen.amount) == (PaymentStatus.AUTHORIZED, 5_000)
