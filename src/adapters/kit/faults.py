"""Faults that simulated providers can be told to have, so that everybody can see what the product does then.

timeout     it happens, but the caller waits in vain and never learns of it
error       the provider fails with a 5xx and nothing happens
duplicate   what it delivers (a webhook, a message) is delivered twice
reorder     webhooks are delivered in reverse
silence     what it should deliver never comes: webhook, message, conference
revoked     the product's permission is gone (calendar, busy: reading doctors' own calendars)
none        forget the faults of this port
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from adapters.kit.simulator_state import Books, Shelf, SimulatorState
from scheduling_core.errors import InvalidInput, ProviderFailed, ProviderRefused, ProviderUnavailable

T = TypeVar("T")


class Fault(StrEnum):
    TIMEOUT = "timeout"
    ERROR = "error"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    SILENCE = "silence"
    REVOKED = "revoked"
    NONE = "none"


CAN_HAVE: Mapping[str, tuple[Fault, ...]] = {
    "payments": (Fault.TIMEOUT, Fault.ERROR, Fault.DUPLICATE, Fault.REORDER, Fault.SILENCE),
    "calendar": (Fault.TIMEOUT, Fault.ERROR, Fault.SILENCE, Fault.REVOKED),
    "busy": (Fault.TIMEOUT, Fault.ERROR, Fault.REVOKED),
    "notify": (Fault.TIMEOUT, Fault.ERROR, Fault.DUPLICATE, Fault.SILENCE),
    "identity": (Fault.TIMEOUT, Fault.ERROR),
}
"""What can go wrong at which port."""

MOST_TIMES = 100_000
LONGEST_HANG = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A fault that is to happen `times` more times. `seconds` is how long a timeout keeps its caller waiting."""

    port: str
    fault: Fault
    times: int
    seconds: float


_ORDERS = Shelf("faults", Order)


class Faults:
    """The faults that were ordered and have not happened yet, shared by every process on the state's file."""

    def __init__(self, state: SimulatorState, *, hang_seconds: float = 0.2) -> None:
        self._state = state
        self._hang_seconds = hang_seconds

    async def order(self, port: str, fault: Fault, *, times: int = 1, seconds: float | None = None) -> None:
        """From now on `port` has `fault`, `times` times. Raise InvalidInput where there is no such port, fault or number."""
        if port not in CAN_HAVE:
            raise InvalidInput("port", f"There is no port {port!r}. There are: {', '.join(CAN_HAVE)}.")
        if fault is not Fault.NONE and fault not in CAN_HAVE[port]:
            raise InvalidInput("fault", f"{port} can have: {', '.join(CAN_HAVE[port])}, none.")
        if not 1 <= times <= MOST_TIMES:
            raise InvalidInput("times", f"times is a whole number from 1 to {MOST_TIMES}.")
        wait = self._hang_seconds if seconds is None else seconds
        if not 0 <= wait <= LONGEST_HANG:
            raise InvalidInput("seconds", f"seconds is a number from 0 to {LONGEST_HANG:g}.")
        if fault is Fault.NONE:
            await self._state.write(lambda books: self._forget(books, port))
            return
        order = Order(port=port, fault=fault, times=times, seconds=wait)
        await self._state.write(lambda books: _ORDERS.put(books, f"{port}:{fault}", order, tag=port))

    async def ordered(self) -> list[Order]:
        """What is still to happen, oldest first, by port."""

        def look(books: Books) -> list[Order]:
            return [order for port in CAN_HAVE for order in _ORDERS.tagged(books, port)]

        return await self._state.read(look)

    async def call(self, port: str, work: Callable[[Books], T]) -> T:
        """What `work` answers, as one call to the port's provider, with whatever fault is ordered for it.

        Raise ProviderUnavailable after a timeout (it was done), ProviderFailed after an error (it was not), and
        ProviderRefused("revoked").
        """

        def attempt(books: Books) -> tuple[list[T], Order | None]:
            fault = self.take(books, port, Fault.REVOKED, Fault.ERROR, Fault.TIMEOUT)
            return ([work(books)] if fault is None or fault.fault is Fault.TIMEOUT else []), fault

        answers, fault = await self._state.write(attempt)
        await suffer(fault)
        return answers[0]

    def take(self, books: Books, port: str, *faults: Fault) -> Order | None:
        """The first of `faults` that is ordered for the port, one time fewer from now on; None if none is."""
        for fault in faults:
            order = _ORDERS.get(books, f"{port}:{fault}")
            if order is None:
                continue
            if order.times > 1:
                _ORDERS.put(books, f"{port}:{fault}", replace(order, times=order.times - 1), tag=port)
            else:
                _ORDERS.drop(books, f"{port}:{fault}")
            return order
        return None

    def _forget(self, books: Books, port: str) -> None:
        for fault in CAN_HAVE[port]:
            _ORDERS.drop(books, f"{port}:{fault}")


async def suffer(fault: Order | None) -> None:
    """Keep the caller of a call with this fault waiting as long as it says, then raise what the caller may know."""
    if fault is None:
        return
    if fault.fault is Fault.REVOKED:
        raise ProviderRefused("revoked", "the provider no longer lets Openhours in")
    if fault.fault is Fault.TIMEOUT:
        await asyncio.sleep(fault.seconds)
        raise ProviderUnavailable("the provider did not answer in time")
    raise ProviderFailed("the provider answered 500")
