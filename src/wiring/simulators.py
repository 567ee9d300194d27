"""What simulators have that no real provider needs: state, a secret, pages, and people who act there in a demonstration."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar.types import ControllerRouterHandler

from adapters.calendar.simulator_pages import meeting_pages
from adapters.identity.simulator_pages import account_chooser
from adapters.kit.faults import Fault, Faults
from adapters.kit.faults_pages import faults_router
from adapters.kit.pages import static_router
from adapters.kit.private_files import read_or_create
from adapters.kit.simulator_state import SimulatorState
from adapters.notify.simulator_pages import mailbox_pages
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_pages import checkout_pages
from adapters.photos.local import LocalPhotos
from scheduling_core.access import Actor
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.photos import Photos
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.use_cases.photos import SetPhoto
from scheduling_core.use_cases.settlement import SettleMoney
from settings import Settings, WrongSetting


def simulator_state(settings: Settings) -> SimulatorState:
    """What all simulators remember, in one file."""
    return SimulatorState(settings.var / "simulators.sqlite")


def simulator_secret(settings: Settings) -> str:
    """What simulators sign with."""
    return read_or_create(settings.var / "simulator-secret", secrets.token_hex).decode()


def simulator_pages(
    settings: Settings, clock: Clock, faults: Faults, ports: Mapping[str, Any]
) -> list[ControllerRouterHandler]:
    """The pages of the simulators in use, and of no other; `ports` is what stands behind each."""
    url = settings.public_url
    pages: Mapping[str, Callable[[Any], ControllerRouterHandler]] = {
        "payments": lambda payments: checkout_pages(payments, clock, public_url=url),
        "calendar": lambda calendar: meeting_pages(calendar, public_url=url),
        "identity": lambda identity: account_chooser(identity, public_url=url),
        "notify": lambda notifier: mailbox_pages(notifier, public_url=url),
    }
    routers = [pages[port](ports[port]) for port in settings.simulated]
    if routers:
        routers.append(static_router())
    if routers and not settings.production:
        routers.append(faults_router(faults))
    return routers


def simulated_payer(
    payments: Payments, storage: Storage, clock: Clock, faults: Faults, settle_money: SettleMoney
) -> Callable[[AppointmentId], Awaitable[None]]:
    """Pays the open checkout of an appointment as its patient would, and has it settled. Raise WrongSetting where money is real."""
    if not isinstance(payments, SimulatedPayments):
        raise WrongSetting("a demonstration needs OPENHOURS_PAYMENTS=simulator.")

    async def pay(appointment_id: AppointmentId) -> None:
        async with storage.reading() as unit:
            payment = (await unit.payments.of_appointment(appointment_id))[-1]
        await payments.happen(str(payment.ref), lambda session: session.authorize(clock.now()), None)
        # Nobody listens for events while a demonstration is filled; settling asks for itself.
        await faults.order("payments", Fault.SILENCE)
        await settle_money(payment.id)

    return pay


def simulated_sitter(keeper: Photos, chance: Chance, set_photo: SetPhoto) -> Callable[[Actor, bytes], Awaitable[None]]:
    """Makes a picture somebody's as if they had sent it, where pictures are kept here; elsewhere they stay without."""

    async def show(actor: Actor, picture: bytes) -> None:
        if isinstance(keeper, LocalPhotos):
            invited = await keeper.invite(chance.new_secret())
            await keeper.receive(invited.fields["key"], invited.fields["policy"], picture)
            await set_photo(actor, invited.id)

    return show
