"""The command `openhours demo`: the demonstration, over bootstrap."""

import asyncio

import bootstrap
from entrypoints import demo
from settings import Settings, WrongSetting


def demonstrate(settings: Settings) -> None:
    """Fill the database of the settings if it is empty, and say so. Raise WrongSetting in production."""
    if settings.production:
        raise WrongSetting("a demonstration is for development only: OPENHOURS_ENV is production.")

    async def fill() -> bool:
        async with bootstrap.opened(settings) as wired:
            return await demonstration(wired).fill()

    if asyncio.run(fill()):
        print(
            f"Demonstration data is in. Doctor {demo.DOCTOR_EMAIL}, administrator {demo.ADMINISTRATOR_EMAIL}, "
            f"password {demo.PASSWORD}. Patients sign in with the simulated Google account chooser."
        )
    else:
        print("The database is not empty: nothing was changed.")


def demonstration(wired: bootstrap.Container) -> demo.Demonstration:
    """The demonstration over a container whose payments are simulated."""
    return demo.Demonstration(
        storage=wired.storage(),
        chance=wired.chance(),
        passwords=wired.passwords(),
        terms=wired.terms(),
        hold_slot=wired.hold_slot(),
        open_checkout=wired.open_checkout(),
        pay=wired.simulated_payer(),
        remember=wired.payments().remember,
        show=wired.simulated_sitter(),
        identify=wired.simulated_person(),
        deliver_tasks=wired.deliver_tasks(),
        now=wired.clock().now(),
    )
