"""The one place that knows every adapter: settings → container → http_app(), worker.

To swap a provider, set its variable. To add one, put its file beside its port's other adapters, and a line in the table of
its port here.
"""

import asyncio
import secrets
import zoneinfo
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

from dependency_injector import containers, providers
from litestar import Litestar
from litestar.types import ControllerRouterHandler
from prometheus_client import CollectorRegistry

from adapters.calendar.simulator import SimulatedCalendar
from adapters.calendar.simulator_pages import meeting_pages
from adapters.documents.printed import PrintedDocuments
from adapters.http.app import create_app
from adapters.http.wiring import HttpParts, HttpSettings
from adapters.identity.simulator import SimulatedIdentity, identity_of
from adapters.identity.simulator_pages import account_chooser
from adapters.kit.call_figures import CallFigures
from adapters.kit.faults import Fault, Faults
from adapters.kit.faults_pages import faults_router
from adapters.kit.pages import static_router
from adapters.kit.patience import Patience
from adapters.kit.private_files import read_or_create
from adapters.kit.simulator_state import SimulatorState
from adapters.kit.system import SystemChance, SystemClock
from adapters.notify.inbox import Inbox
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.simulator_pages import mailbox_pages
from adapters.notify.sns import SnsTopic
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_pages import checkout_pages
from adapters.persistence.sql import SqlStorage, open_storage
from adapters.persistence.sql_database import PoolSettings
from adapters.photos.local import LocalPhotos
from adapters.photos.local_pages import photo_pages
from adapters.worker.embedded_metrics import EmbeddedMetrics
from adapters.worker.runner import Bell, Round, Runner, Work
from adapters.worker.watch import EVERY_SECONDS as WATCH_SECONDS
from adapters.worker.watch import Watch
from scheduling_core.access import Actor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import ExternalIdentity
from scheduling_core.ports.calendar import Calendar
from scheduling_core.ports.hand_over import HandOver
from scheduling_core.ports.identity import IdentityProvider
from scheduling_core.ports.notify import Notifier
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.photos import Photos
from scheduling_core.seals import Seals
from scheduling_core.terms import Terms
from scheduling_core.use_cases import (
    administration,
    attendance,
    audit,
    booking,
    checkout,
    delivery,
    inspection,
    meetings,
    messages,
    offering,
    own_calendars,
    photos,
    privacy,
    settlement,
    soonest,
    strangers,
    summaries,
)
from settings import Settings, WrongSetting, read_settings
from settings.databases import DatabaseSettings, read_databases
from settings.reading import PREFIX, Reader
from wiring.google import google_calendar, google_identity
from wiring.messages import letters, mail_and_texts, ses_mail, smtp_mail, sns_texts, sns_topic, sqs_queue
from wiring.payments import stripe_payments
from wiring.pictures import s3_photos
from wiring.secrets import access_tokens, key_rotation, passwords, with_secrets
from wiring.traces import collected_traces
from wiring.use_cases import Parts, use_cases

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


HTTP_PROTOCOL = "adapters.http.door:Door"
"""What uvicorn speaks HTTP with. Named and not imported: where no browser asks, in functions of Lambda, there is no uvicorn."""


class NotReady(Exception):
    """The database cannot be used as it is; the message says what to do."""


def _storage(settings: Settings, clock: SystemClock, bell: Bell) -> SqlStorage:
    # Without an offset the database's own clock counts, on which all processes agree.
    simulated = clock if settings.clock_offset else None
    settings.var.mkdir(parents=True, exist_ok=True)
    pool = PoolSettings(size=settings.databases.connections)
    return open_storage(settings.databases.url, clock=simulated, after_tasks=bell.ring, pool=pool)


def _spare_storage(settings: Settings, storage: SqlStorage, clock: SystemClock, bell: Bell) -> SqlStorage:
    """By connections that nobody else has, so that readiness and the provider's events wait for no patient: whoever wants one
    doctor together with many others keeps a connection for as long as they wait. A file needs none of it."""
    if not settings.databases.url.startswith("postgresql"):
        return storage
    simulated, pool = clock if settings.clock_offset else None, PoolSettings(size=2)
    return open_storage(settings.databases.url, clock=simulated, after_tasks=bell.ring, pool=pool)


def _terms(settings: Settings, payments: Payments) -> Terms:
    return Terms(
        clinic=settings.clinic,
        currency=settings.currency,
        tax_percent=settings.tax_percent,
        hold=settings.hold,
        policy=settings.policy,
        minimum_fee=payments.minimum,
    )


def _simulator_secret(settings: Settings) -> str:
    return read_or_create(settings.var / "simulator-secret", secrets.token_hex).decode()


def _seals(settings: Settings) -> Seals:
    if settings.production and settings.link_key is None:
        raise WrongSetting(f"{PREFIX}LINK_KEY is required in production.")
    kept = settings.link_key or read_or_create(settings.var / "link-key", secrets.token_hex).decode()
    return Seals(kept.encode())


def _local_photos(settings: Settings, clock: SystemClock, seals: Seals) -> LocalPhotos:
    return LocalPhotos(settings.var / "photos", clock, seals, public_url=settings.public_url)


def _state(settings: Settings) -> SimulatorState:
    return SimulatorState(settings.var / "simulators.sqlite")


def _hand_over(settings: Settings, notifier: Notifier) -> HandOver | None:
    return notifier if settings.messages.hands_over_all and isinstance(notifier, SnsTopic) else None


def _rounds(
    settings: Settings, chain: Work, forget: Work, reckon: Work, report: Work, watch: Watch, queue: Callable[[], Work]
) -> list[Round]:
    rounds = [Round(chain, every=5.0), Round(forget, every=600.0), Round(reckon, every=2.0)]
    rounds.append(Round(report, every=3600.0))
    rounds.append(Round(watch.round, every=WATCH_SECONDS))
    return [*rounds, Round(queue(), every=1.0)] if settings.messages.queue_url else rounds


class Container(containers.DeclarativeContainer):
    """Every object of a process, made once, when first asked for."""

    settings = providers.Dependency(instance_of=Settings)

    clock = providers.Singleton(SystemClock, settings.provided.clock_offset)
    chance = providers.Singleton(SystemChance)
    bell = providers.Singleton(Bell)
    registry = providers.Singleton(CollectorRegistry)
    traces = providers.Singleton(collected_traces, settings)
    call_figures = providers.Singleton(CallFigures, registry, clock, traces)
    storage = providers.Singleton(_storage, settings, clock, bell)
    spare_storage = providers.Singleton(_spare_storage, settings, storage, clock, bell)
    passwords = providers.Singleton(passwords, settings, call_figures, chance)
    documents = providers.Singleton(PrintedDocuments)
    tokens = providers.Singleton(access_tokens, settings, call_figures, chance)

    state = providers.Singleton(_state, settings)
    faults = providers.Singleton(Faults, state)
    simulator_secret = providers.Singleton(_simulator_secret, settings)

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

    seals = providers.Singleton(_seals, settings)
    _photo_keepers: ClassVar[dict[str, providers.Provider[Photos]]] = {
        "local": providers.Singleton(_local_photos, settings, clock, seals),
        "s3": providers.Singleton(s3_photos, settings, clock, call_figures, chance),
    }
    photo_keeper = providers.Selector(settings.provided.photos, **_photo_keepers)

    terms = providers.Singleton(_terms, settings, payments)

    read_busy_times = providers.Singleton(
        own_calendars.ReadBusyTimes, storage, calendar, chance, providers.Singleton(Patience)
    )
    hold_slot = providers.Singleton(booking.HoldSlot, storage, chance, terms, read_busy_times)
    open_checkout = providers.Singleton(checkout.OpenCheckout, storage, payments, chance)
    settle_money = providers.Singleton(settlement.SettleMoney, storage, payments, chance)
    _tasks: ClassVar[dict[str, providers.Provider[Any]]] = {
        "settle_money": settle_money,
        "arrange_meeting": providers.Singleton(meetings.ArrangeMeeting, storage, calendar, chance),
        "fulfil_afterwards": providers.Singleton(attendance.FulfilAfterwards, storage, chance, terms),
        "offer_time": providers.Singleton(offering.OfferReleasedTime, storage, chance, terms, read_busy_times),
        "summarise_feedback": providers.Singleton(summaries.SummariseFeedback, storage),
        "read_busy_times": read_busy_times,
        "tidy_photos": providers.Singleton(photos.TidyPhotos, storage, photo_keeper),
    }
    deliver_tasks = providers.Singleton(
        delivery.DeliverTasks,
        storage,
        chance,
        send_message=providers.Singleton(messages.SendMessage, storage, notifier, terms, seals, texts),
        hand_over=providers.Singleton(_hand_over, settings, notifier),
        **_tasks,
    )
    mail = providers.Selector(settings.provided.messages.mail, **_mails)
    deliver_handed_over = providers.Singleton(
        delivery.DeliverHandedOver,
        storage,
        chance,
        providers.Singleton(
            delivery.DeliverTasks,
            storage,
            chance,
            send_message=providers.Singleton(messages.SendMessage, storage, mail, terms, seals, texts),
            **_tasks,
        ),
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
            _rounds,
            settings,
            providers.Singleton(audit.ChainHistory, storage),
            providers.Singleton(privacy.ForgetInTime, storage, settings.provided.retention),
            providers.Singleton(soonest.KeepOutlooks, storage, clock, terms),
            order_feedback_reports,
            watch,
            queue.provider,
        ),
    )
    find_strangers = providers.Singleton(strangers.FindStrangers, storage, payments)
    give_back = providers.Singleton(strangers.GiveBack, storage, payments)
    list_erasures = providers.Singleton(privacy.ListErasures, storage)
    replay_erasures = providers.Singleton(privacy.ReplayErasures, storage, chance)
    verify_history = providers.Singleton(audit.VerifyHistory, storage)
    decide_doctor = providers.Singleton(administration.DecideDoctor, storage, chance)
    create_administrator = providers.Singleton(administration.CreateAdministrator, storage, chance, passwords)

    use_cases = use_cases(
        Parts(
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
    )


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


def databases_of(environ: Mapping[str, str]) -> DatabaseSettings:
    """Where the data is, with nothing else of the settings read, as `settings_of` reads it. Raise WrongSetting."""
    return read_databases(Reader(complete := with_secrets(environ)), Path(complete.get(f"{PREFIX}VAR") or "var"))


async def migrate(databases: DatabaseSettings) -> bool:
    """Bring the database up to date, with nothing else of the product made; whether it is as this release needs it then. Where
    it has an owner apart, the owner does so, and lets in the user by whom the product works."""
    databases.var.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as opened:
        storage = open_storage(databases.url)
        opened.push_async_callback(storage.close)
        if databases.owner_url is None:
            await storage.migrate()
        else:
            owner = open_storage(databases.owner_url)
            opened.push_async_callback(owner.close)
            try:
                await owner.migrate(for_user_of=databases.url)
            except ValueError as wrong:
                raise WrongSetting(f"{PREFIX}DATABASE_URL cannot be let in: {wrong}.") from None
        return await storage.ready()


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

    @asynccontextmanager
    async def closing(_: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await close(wired)

    def beside(runs: Callable[[], AbstractAsyncContextManager[None]]) -> Lifespan:
        return lambda _: runs()

    lifespan: list[Lifespan] = [closing, beside(wired.tokens().kept_fresh), beside(lambda: figures_written(wired))]
    if settings.payments == "simulator":
        lifespan.append(beside(wired.payments().running))
    if settings.run_tasks:
        lifespan.append(beside(wired.runner().running))
    parts = HttpParts(
        use_cases=wired.use_cases(),
        settings=HttpSettings(
            public_url=settings.public_url,
            production=settings.production,
            rate_limits=settings.rate_limits,
            terms=wired.terms(),
            simulated=settings.simulated,
            static_dir=settings.web if settings.web.is_dir() else None,
            image_sources=(settings.bucket.origin,) if settings.photos == "s3" else (),
            upload_targets=(wired.photo_keeper().upload_origin,) if settings.photos == "s3" else (),
            version=version("openhours"),
            tzdata_version=version("tzdata"),
            proxies=settings.proxies,
        ),
        tokens=wired.tokens(),
        clock=wired.clock(),
        ready={"database": wired.spare_storage().ready},
        routers=[*_photo_routers(wired, settings), *_simulator_routers(wired, settings)],
        lifespan=lifespan,
        registry=wired.registry(),
        traces=wired.traces(),
    )
    return create_app(parts)


def figures_written(wired: Container) -> AbstractAsyncContextManager[None]:
    """For as long as the block lasts this process writes its figures where its settings want them."""
    return wired.embedded_metrics().running() if wired.settings().metrics == "embedded" else nullcontext()


def _photo_routers(wired: Container, settings: Settings) -> list[ControllerRouterHandler]:
    """Where pictures are sent to and seen, if they are kept here."""
    return [photo_pages(wired.photo_keeper())] if settings.photos == "local" else []


def _simulator_routers(wired: Container, settings: Settings) -> list[ControllerRouterHandler]:
    """The pages of the simulators in use, and of no other."""
    public_url = settings.public_url
    pages: dict[str, Callable[[], ControllerRouterHandler]] = {
        "payments": lambda: checkout_pages(wired.payments(), wired.clock(), public_url=public_url),
        "calendar": lambda: meeting_pages(wired.calendar(), public_url=public_url),
        "identity": lambda: account_chooser(wired.identity(), public_url=public_url),
        "notify": lambda: mailbox_pages(wired.notifier(), public_url=public_url),
    }
    routers = [pages[port]() for port in settings.simulated]
    if routers:
        routers.append(static_router())
    if routers and not settings.production:
        routers.append(faults_router(wired.faults()))
    return routers


def simulated_person(email: str, name: str) -> ExternalIdentity:
    """As whom somebody signs in at the simulated account chooser."""
    return identity_of(email, name)


def simulated_payer(wired: Container) -> Callable[[AppointmentId], Awaitable[None]]:
    """Pays the open checkout of an appointment as its patient would, and has it settled. Raise WrongSetting where money is real."""
    payments = wired.payments()
    if not isinstance(payments, SimulatedPayments):
        raise WrongSetting("a demonstration needs OPENHOURS_PAYMENTS=simulator.")

    async def pay(appointment_id: AppointmentId) -> None:
        async with wired.storage().reading() as unit:
            payment = (await unit.payments.of_appointment(appointment_id))[-1]
        await payments.happen(str(payment.ref), lambda session: session.authorize(wired.clock().now()), None)
        # Nobody listens for events while a demonstration is filled; settling asks for itself.
        await wired.faults().order("payments", Fault.SILENCE)
        await wired.settle_money()(payment.id)

    return pay


def simulated_sitter(wired: Container) -> Callable[[Actor, bytes], Awaitable[None]]:
    """Makes a picture somebody's as if they had sent it, where pictures are kept here; elsewhere they stay without."""
    keeper = wired.photo_keeper()

    async def show(actor: Actor, picture: bytes) -> None:
        if isinstance(keeper, LocalPhotos):
            invited = await keeper.invite(wired.chance().new_secret())
            await keeper.receive(invited.fields["key"], invited.fields["policy"], picture)
            await wired.use_cases().set_photo(actor, invited.id)

    return show


def rotate_keys(*, arn: str, version: str, step: str) -> None:
    """One step of rotating the keys of access tokens, for that version of the secret which holds them."""
    key_rotation(arn, SystemClock().now())(step, version=version)


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
