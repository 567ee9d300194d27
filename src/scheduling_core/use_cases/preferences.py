"""Which messages a person wants by e-mail, and stopping them from the e-mail itself (RFC 8058)."""

from dataclasses import dataclass
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.errors import NotFound
from scheduling_core.notices import OPT_IN, Topic
from scheduling_core.ports.storage import Storage
from scheduling_core.seals import Seals
from scheduling_core.tasks import Recipient
from scheduling_core.use_cases.notices import reader_of

_PURPOSE = "unsubscribe"


def unsubscribe_token(seals: Seals, recipient: Recipient, topic: Topic) -> str:
    """What a letter carries so that its reader can stop its kind without signing in; it does nothing else."""
    return seals.seal(_PURPOSE, f"{recipient.role} {recipient.id} {topic}")


def _read(seals: Seals, token: str) -> tuple[Recipient, Topic]:
    role, id, topic = seals.open(_PURPOSE, token).split()
    try:
        return Recipient(Role(role), UUID(id)), Topic(topic)
    except ValueError:
        # Sealed by us, before a topic went out of use.
        raise NotFound from None


@dataclass(frozen=True, slots=True)
class ReadPreferences:
    """For each topic that this deployment has, whether the signed-in person gets it. `texts`: whether it sends any."""

    storage: Storage
    texts: bool = False

    async def __call__(self, actor: Actor) -> dict[Topic, bool]:
        reader = reader_of(actor)
        async with self.storage.reading() as unit:
            changed = await unit.preferences.changed(reader)
        return {topic: (topic in OPT_IN) == (topic in changed) for topic in Topic if self.texts or topic not in OPT_IN}


@dataclass(frozen=True, slots=True)
class SetPreferences:
    """Replace those that are named. What states facts about a booking or money is sent in any case."""

    storage: Storage
    texts: bool = False

    async def __call__(self, actor: Actor, wanted: dict[Topic, bool]) -> dict[Topic, bool]:
        reader = reader_of(actor)
        named = frozenset(topic for topic, on in wanted.items() if on == (topic in OPT_IN))
        async with self.storage.writing() as unit:
            kept = await unit.preferences.changed(reader) - wanted.keys()
            await unit.preferences.set_changed(reader, named | kept)
        return await ReadPreferences(self.storage, self.texts)(actor)


@dataclass(frozen=True, slots=True)
class PreviewUnsubscribe:
    """Which topic a letter's link would stop. Looking changes nothing: mail scanners open every link."""

    seals: Seals

    def __call__(self, token: str) -> Topic:
        return _read(self.seals, token)[1]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Stop the topic of a letter's link for its reader, for whoever has the link. Raise NotFound for a forged one."""

    storage: Storage
    seals: Seals

    async def __call__(self, token: str) -> Topic:
        reader, topic = _read(self.seals, token)
        async with self.storage.writing() as unit:
            changed = await unit.preferences.changed(reader)
            if topic not in changed:
                await unit.preferences.set_changed(reader, changed | {topic})
        return topic
