"""A payment provider that says no to one thing."""

from scheduling_core.errors import ProviderRefused
from scheduling_core.payment import Observation, Payment
from support.clinic import Clinic


class Refusing:
    """The provider, but for one verb, to which it says no until it is told not to."""

    def __init__(self, clinic: Clinic, verb: str) -> None:
        self.alive, self.verb, self.refuses = clinic.payments, verb, True
        clinic.adopt(payments=self, rooms=clinic.rooms, letters=clinic.letters)

    async def _answer(self, verb: str, payment: Payment, amount: int, key: str) -> Observation:
        if self.refuses and verb == self.verb:
            raise ProviderRefused("card_declined", "the bank says no")
        return await getattr(self.alive, verb)(payment, amount=amount, key=key)

    async def capture(self, payment: Payment, *, amount: int, key: str) -> Observation:
        return await self._answer("capture", payment, amount, key)

    async def refund(self, payment: Payment, *, amount: int, key: str) -> Observation:
        return await self._answer("refund", payment, amount, key)

    def __getattr__(self, name: str) -> object:
        return getattr(self.alive, name)
