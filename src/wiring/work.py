"""What is done beside requests: tasks by their kind, and what comes round."""

from collections.abc import Callable, Mapping
from typing import Any

from dependency_injector import providers

from adapters.notify.sns import SnsTopic
from adapters.worker.runner import Round, Work
from adapters.worker.watch import EVERY_SECONDS as WATCH_SECONDS
from adapters.worker.watch import Watch
from scheduling_core.ports.hand_over import HandOver
from scheduling_core.ports.notify import Notifier
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Clock
from scheduling_core.terms import Terms
from scheduling_core.use_cases import (
    attendance,
    audit,
    delivery,
    meetings,
    messages,
    offering,
    photos,
    privacy,
    soonest,
    summaries,
)
from settings import Settings
from wiring.use_cases import Parts

Provider = providers.Provider[Any]


def tasks(parts: Parts, settle_money: Provider, read_busy_times: Provider) -> dict[str, Provider]:
    """What does each kind of task, by the names that DeliverTasks takes it by. Messages are apart."""
    storage, chance, terms = parts.storage, parts.chance, parts.terms
    return {
        "settle_money": settle_money,
        "arrange_meeting": providers.Singleton(meetings.ArrangeMeeting, storage, parts.calendar, chance),
        "fulfil_afterwards": providers.Singleton(attendance.FulfilAfterwards, storage, chance, terms),
        "offer_time": providers.Singleton(offering.OfferReleasedTime, storage, chance, terms, parts.read_busy_times),
        "summarise_feedback": providers.Singleton(summaries.SummariseFeedback, storage),
        "read_busy_times": read_busy_times,
        "tidy_photos": providers.Singleton(photos.TidyPhotos, storage, parts.photo_keeper),
    }


def delivering(
    parts: Parts, tasks: Mapping[str, Provider], notifier: Provider, **more: Provider
) -> providers.Singleton[delivery.DeliverTasks]:
    """What does tasks of every kind, and sends their messages through that notifier."""
    send = providers.Singleton(messages.SendMessage, parts.storage, notifier, parts.terms, parts.seals, parts.texts)
    return providers.Singleton(delivery.DeliverTasks, parts.storage, parts.chance, send_message=send, **tasks, **more)


def hand_over(settings: Settings, notifier: Notifier) -> HandOver | None:
    """To whom all work but messages goes, where others do it."""
    return notifier if settings.messages.hands_over_all and isinstance(notifier, SnsTopic) else None


def rounds(
    settings: Settings,
    storage: Storage,
    clock: Clock,
    terms: Terms,
    report: Work,
    watch: Watch,
    queue: Callable[[], Work],
) -> list[Round]:
    """What comes round, and after how many seconds."""
    always = [
        Round(audit.ChainHistory(storage), every=5.0),
        Round(privacy.ForgetInTime(storage, settings.retention), every=600.0),
        Round(soonest.KeepOutlooks(storage, clock, terms), every=2.0),
        Round(report, every=3600.0),
        Round(watch.round, every=WATCH_SECONDS),
    ]
    return [*always, Round(queue(), every=1.0)] if settings.messages.queue_url else always
