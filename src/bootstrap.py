"""The one place that knows every adapter: settings → container → http_app(), worker.

To swap a provider, set its variable. To add one, put its file beside its port's other adapters, and a line in the table of
its port here.
"""

import asyncio
import zoneinfo
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from functools import partial
from importlib.util import find_spec
from typing import ClassVar

from dependency_injector import containers, providers
from litestar import Litestar
from prometheus_client import CollectorRegistry

from adapters.calendar.simulator import SimulatedCalendar
from adapters.documents.printed import PrintedDocuments
from adapters.http.app import create_app
from adapters.http.wiring import HttpParts
from adapters.identity.simulator import SimulatedIdentity, identity_of
from adapters.kit.call_figures import CallFigures
from adapters.kit.faults import Faults
from adapters.kit.patience import Patience
from adapters.kit.system import SystemChance, SystemClock
from adapters.notify.inbox import Inbox
from adapters.notify.simulator import SimulatedMailbox
from adapters.payments.simulator import SimulatedPayments
from adapters.worker.embedded_metrics import EmbeddedMetrics
from adapters.worker.runner import Bell, Runner
from adapters.worker.watch import Watch
from scheduling_core.ports.calendar import Calendar
from scheduling_core.ports.identity import IdentityProvider
from scheduling_core.ports.notify import Notifier
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.photos import Photos
from scheduling_core.terms import Terms
from scheduling_core.use_cases import (
    administration,
    audit,
    booking,
    checkout,
    delivery,
    inspection,
    own_calendars,
    privacy,
    settlement,
    strangers,
    summaries,
)
from settings import Settings, WrongSetting, read_settings
from settings.reading import PREFIX
from wiring.google import google_calendar, google_identity
from wiring.http import http_settings, pages
from wiring.messages import letters, mail_and_texts, ses_mail, smtp_mail, sns_texts, sns_topic, sqs_queue
from wiring.payments import stripe_payments
from wiring.pictures import local_photos, s3_photos
from wiring.secrets import access_tokens, passwords, rotate_keys, seals, with_secrets
from wiring.simulators import (
    simulated_payer,
    simulated_sitter,
    simulator_pages,
    simulator_secret,
    simulator_state,
)
from wiring.storage import databases_of, migrate, spare_storage, storage
from wiring.traces import collected_traces
from wiring.use_cases import Parts, use_cases
from wiring.work import delivering, hand_over, rounds, tasks

__all__ = [
    "HTTP_LOOP",
    "HTTP_PROTOCOL",
    "Container",
    "NotReady",
    "app_of",
    "check",
    "close",
    "container",
    "databases_of",
    "figures_written",
    "http_app",
    "migrate",
    "opened",
    "rotate_keys",
    "settings_of",
]

HTTP_PROTOCOL = "adapters.http.door:Door"
"""What uvicorn speaks HTTP with. Named and not imported: where no browser asks, in functions of Lambda, there is no uvicorn."""

HTTP_LOOP = "adapters.http.server_loop:Loop" if find_spec("uvloop") else "asyncio"
"""What it runs on; uvloop is not to be had on every system."""


class NotReady(Exception):
    """The database cannot be used as it is; the message says what to do."""


class Container(containers.DeclarativeContainer):
    """Every object of a process, made once, when first asked for."""

    settings = providers.Dependency(instance_of=Settings)

    # the process
    clock = providers.Singleton(SystemClock, settings.provided.clock_offset)
    chance = providers.Singleton(SystemChance)
    bell = providers.Singleton(Bell)
    registry = providers.Singleton(CollectorRegistry)
    traces = providers.Singleton(collected_traces, settings)
    call_figures = providers.Singleton(CallFigures, registry, clock, traces)
    storage = providers.Singleton(storage, settings, clock, bell.provided.ring)
    spare_storage = providers.Singleton(spare_storage, settings, storage, clock, bell.provided.ring)
    passwords = providers.Singleton(passwords, settings, call_figures, chance)
    documents = providers.Singleton(PrintedDocuments)
    tokens = providers.Singleton(access_tokens, settings, call_figures, chance)

    # what simulators share
    state = providers.Singleton(simulator_state, settings)
    faults = providers.Singleton(Faults, state)
    simulator_secret = providers.Singleton(simulator_secret, settings)

    # the providers: a table for each port, of which a setting chooses
    _payments: ClassVar[dict[str, providers.Provider[Payments]]] = {
        "simulator": providers.Singleton(
            SimulatedPayments,
            state,
            faults,
            clock,
            public_url=settings.provided.public_url,
            webhook_secrets=providers.List(simulator_secret),
        ),
        "stripe": providers.Singleton(stripe_payments, settings, call_figures, chance, clock),
    }
    _calendars: ClassVar[dict[str, providers.Provider[Calendar]]] = {
        "simulator": providers.Singleton(
            SimulatedCalendar, state, faults, public_url=settings.provided.public_url, secret=simulator_secret
        ),
        "google": providers.Singleton(google_calendar, settings, call_figures, chance, clock),
    }
    _identities: ClassVar[dict[str, providers.Provider[IdentityProvider]]] = {
        "simulator": providers.Singleton(
            SimulatedIdentity, state, faults, clock, public_url=settings.provided.public_url
        ),
        "google": providers.Singleton(google_identity, settings, call_figures, chance, clock),
    }
    letters = providers.Singleton(letters, settings)
    texts = settings.provided.messages.texts
    _smtp = providers.Singleton(smtp_mail, settings, letters, call_figures, chance)
    _ses = providers.Singleton(ses_mail, settings, letters, call_figures, chance)
    _texts = providers.Singleton(sns_texts, settings, letters, call_figures, chance)
    _mails: ClassVar[dict[str, providers.Provider[Notifier]]] = {
        "smtp": providers.Singleton(mail_and_texts, _smtp, _texts),
        "ses": providers.Singleton(mail_and_texts, _ses, _texts),
    }
    _notifiers: ClassVar[dict[str, providers.Provider[Notifier]]] = {
        "simulator": providers.Singleton(SimulatedMailbox, state, faults, clock, letters),
        "sns": providers.Singleton(sns_topic, settings, call_figures, chance),
        **_mails,
    }
    payments = providers.Selector(settings.provided.payments, **_payments)
    calendar = providers.Selector(settings.provided.calendar, **_calendars)
    identity = providers.Selector(settings.provided.identity, **_identities)
    notifier = providers.Selector(settings.provided.notify, **_notifiers)

    seals = providers.Singleton(seals, settings)
    _photo_keepers: ClassVar[dict[str, providers.Provider[Photos]]] = {
        "local": providers.Singleton(local_photos, settings, clock, seals),
        "s3": providers.Singleton(s3_photos, settings, clock, call_figures, chance),
    }
    photo_keeper = providers.Selector(settings.provided.photos, **_photo_keepers)

    # the use cases
    terms = providers.Singleton(
        Terms,
        clinic=settings.provided.clinic,
        currency=settings.provided.currency,
        tax_percent=settings.provided.tax_percent,
        hold=settings.provided.hold,
        policy=settings.provided.policy,
        minimum_fee=payments.provided.minimum,
    )

    read_busy_times = providers.Singleton(
        own_calendars.ReadBusyTimes, storage, calendar, chance, providers.Singleton(Patience)
    )
    hold_slot = providers.Singleton(booking.HoldSlot, storage, chance, terms, read_busy_times)
    open_checkout = providers.Singleton(checkout.OpenCheckout, storage, payments, chance)
    settle_money = providers.Singleton(settlement.SettleMoney, storage, payments, chance)
    decide_doctor = providers.Singleton(administration.DecideDoctor, storage, chance)
    _parts = Parts(
        storage=storage,
        spare_storage=spare_storage,
        clock=clock,
        chance=chance,
        terms=terms,
        seals=seals,
        texts=texts,
        payments=payments,
        calendar=calendar,
        called=call_figures,
        identity=identity,
        photo_keeper=photo_keeper,
        documents=documents,
        tokens=tokens,
        passwords=passwords,
        read_busy_times=read_busy_times,
        hold_slot=hold_slot,
        open_checkout=open_checkout,
        decide_doctor=decide_doctor,
    )
    use_cases = use_cases(_parts)

    # the work beside requests
    _tasks = tasks(_parts, settle_money, read_busy_times)
    deliver_tasks = delivering(_parts, _tasks, notifier, hand_over=providers.Singleton(hand_over, settings, notifier))
    mail = providers.Selector(settings.provided.messages.mail, **_mails)
    deliver_handed_over = providers.Singleton(
        delivery.DeliverHandedOver, storage, chance, delivering(_parts, _tasks, mail)
    )
    inbox = providers.Singleton(Inbox, deliver_handed_over, providers.Singleton(delivery.NoteBounce, storage))
    queue = providers.Singleton(sqs_queue, settings, inbox, call_figures, chance)
    inspect = providers.Singleton(inspection.Inspect, storage, payments)
    watch = providers.Singleton(Watch, inspect, registry)
    embedded_metrics = providers.Singleton(EmbeddedMetrics, registry, clock)
    order_feedback_reports = providers.Singleton(summaries.OrderFeedbackReports, storage, chance)
    runner = providers.Singleton(
        Runner,
        deliver_tasks,
        providers.Singleton(booking.ExpireHolds, storage, chance),
        bell,
        rounds=providers.Singleton(
            rounds, settings, storage, clock, terms, order_feedback_reports, watch, queue.provider
        ),
    )

    # HTTP
    _simulator_pages = providers.Singleton(
        simulator_pages,
        settings,
        clock,
        faults,
        providers.Dict(payments=payments, calendar=calendar, identity=identity, notify=notifier),
    )
    http_parts = providers.Factory(
        HttpParts,
        use_cases=use_cases,
        settings=providers.Singleton(http_settings, settings, terms, photo_keeper),
        tokens=tokens,
        clock=clock,
        ready=providers.Dict(database=spare_storage.provided.ready),
        routers=providers.Singleton(pages, photo_keeper, _simulator_pages),
        registry=registry,
        traces=traces,
    )

    # what commands do
    find_strangers = providers.Singleton(strangers.FindStrangers, storage, payments)
    give_back = providers.Singleton(strangers.GiveBack, storage, payments)
    list_erasures = providers.Singleton(privacy.ListErasures, storage)
    replay_erasures = providers.Singleton(privacy.ReplayErasures, storage, chance)
    verify_history = providers.Singleton(audit.VerifyHistory, storage)
    create_administrator = providers.Singleton(administration.CreateAdministrator, storage, chance, passwords)

    simulated_person = providers.Object(identity_of)
    simulated_payer = providers.Singleton(simulated_payer, payments, storage, clock, faults, settle_money)
    simulated_sitter = providers.Singleton(simulated_sitter, photo_keeper, chance, use_cases.provided.set_photo)


def settings_of(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment, and in the secrets that it names. Raise WrongSetting."""
    return read_settings(with_secrets(environ))


def container(settings: Settings, *, whole: bool = True) -> Container:
    """Everything wired for these settings. Whatever a wrong setting breaks breaks here: raise WrongSetting. Unless `whole`, each
    part breaks when it is first asked for: a process that needs few of them has to be told no more than those need."""
    # Python prefers the machine's zone database; ours is the one whose version the API names.
    zoneinfo.reset_tzpath(to=())
    wired = Container(settings=settings)
    tables = {"payments": wired.payments, "calendar": wired.calendar, "identity": wired.identity}
    for port, table in {**tables, "notify": wired.notifier, "photos": wired.photo_keeper}.items():
        if (name := getattr(settings, port)) not in table.providers:
            known = ", ".join(table.providers)
            raise WrongSetting(f"{PREFIX}{port.upper()} is {name!r}: it must be one of {known}.")
    if whole:
        for resolve in (wired.use_cases, wired.deliver_tasks, wired.calendar, wired.notifier, wired.runner):
            resolve()
        if settings.messages.mail:
            wired.mail()
    return wired


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Container]:
    """A container whose connections are given back at the end."""
    wired = container(settings)
    try:
        yield wired
    finally:
        await close(wired)


async def check(settings: Settings) -> None:
    """Raise NotReady unless the database answers, is migrated and guards against overlaps."""
    async with opened(settings) as wired:
        if not await wired.storage().ready():
            raise NotReady("the database does not answer or is not up to date: run `openhours migrate`.")


def http_app(settings: Settings) -> Litestar:
    """The application of one process: HTTP, and beside it the delivery of tasks unless OPENHOURS_RUN_TASKS is off."""
    return app_of(container(settings))


def app_of(wired: Container) -> Litestar:
    """The application over a container, some of whose providers a test may have overridden."""
    settings: Settings = wired.settings()
    beside: list[Callable[[], AbstractAsyncContextManager[None]]]
    beside = [wired.tokens().kept_fresh, partial(figures_written, wired)]
    if settings.payments == "simulator":
        beside.append(wired.payments().running)
    if settings.run_tasks:
        beside.append(wired.runner().running)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            running.push_async_callback(close, wired)
            for each in beside:
                await running.enter_async_context(each())
            yield

    return create_app(wired.http_parts(lifespan=[lifespan]))


def figures_written(wired: Container) -> AbstractAsyncContextManager[None]:
    """For as long as the block lasts this process writes its figures where its settings want them."""
    return wired.embedded_metrics().running() if wired.settings().metrics == "embedded" else nullcontext()


async def close(wired: Container) -> None:
    """Give back every connection of a container."""
    await wired.storage().close()
    await wired.spare_storage().close()
    await wired.state().close()
    wired.passwords().close()
    if wired.settings().payments == "stripe":
        await wired.payments().close()
    wired.photo_keeper().close()
    if wired.settings().identity == "google":
        await wired.identity().close()
    wired.documents().close()
    await asyncio.to_thread(wired.traces().close)
