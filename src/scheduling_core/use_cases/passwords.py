"""Passwords of doctors and administrators: changing one's own, and a new one for whoever forgot it.

The link to a new password is signed with what is stored of the old one, and stored nowhere: a new password makes every link
before it worthless, and so does an hour.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.errors import Forbidden, InvalidInput, NotFound, Outdated
from scheduling_core.ids import AdministratorId, DoctorId, SessionId
from scheduling_core.instants import seconds_of
from scheduling_core.ports.accounts import Credential
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance, Passwords
from scheduling_core.seals import Seals
from scheduling_core.tasks import MessageKind, Recipient
from scheduling_core.use_cases.changes import tell
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import LONGEST_PASSWORD, sound_email, sound_password
from scheduling_core.use_cases.people import read_me
from scheduling_core.use_cases.sessions import fingerprint

LINK_LIFE = timedelta(hours=1)
ONE_MAIL_IN = timedelta(minutes=5)
"""However often somebody asks: a mailbox is not to be filled by strangers."""


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Another password for the signed-in doctor or administrator, who knows the old one. Every other session of theirs ends,
    and they are told. `refresh_token` is of the session that stays.

    Raise Forbidden for patients, who have none here, InvalidInput ("current_password", "password").
    """

    storage: Storage
    chance: Chance
    passwords: Passwords

    @decide_again
    async def __call__(self, actor: Actor, refresh_token: str | None, *, current: str, new: str) -> None:
        async with self.storage.reading() as unit:
            credential = await _credential_of(unit, actor)
        # Outside any transaction: hashing is slow on purpose.
        known = len(current) <= LONGEST_PASSWORD and await self.passwords.matches(current, credential.password_hash)
        if not known:
            raise InvalidInput("current_password", "This is not your password.")
        secret = await sound_password(new, self.passwords, email=credential.email)
        hashed = await self.passwords.hash(secret)
        async with self.storage.writing() as unit:
            found = await unit.sessions.lock(fingerprint(refresh_token)) if refresh_token else None
            stays = found[0].id if found and found[0].actor == actor else None
            await _replace(unit, self.chance, credential, hashed, but=stays)


@dataclass(frozen=True, slots=True)
class ForgotPassword:
    """Send a link to a new password, if there is such an account; nothing tells whether there is."""

    storage: Storage
    chance: Chance

    async def __call__(self, email: str) -> None:
        address = sound_email(email)
        async with self.storage.writing() as unit:
            now = await unit.now()
            credential = await unit.accounts.find_credential(address)
            if credential is None:
                return
            recipient = Recipient(credential.actor.role, credential.actor.known())
            about = f"{recipient.id}:{seconds_of(now) // int(ONE_MAIL_IN.total_seconds())}"
            await tell(unit, self.chance, MessageKind.PASSWORD_RESET, recipient, at=now, about=about)


@dataclass(frozen=True, slots=True)
class ResetPassword:
    """A new password by the link of a letter, once. Every session of its owner ends, and they are told.

    Raise InvalidInput ("token") for a link that is forged, used or too old, and ("password").
    """

    storage: Storage
    chance: Chance
    passwords: Passwords
    seals: Seals

    async def __call__(self, token: str, password: str) -> None:
        async with self.storage.reading() as unit:
            credential = await _credential_in(unit, self.seals, token, await unit.now())
        secret = await sound_password(password, self.passwords, email=credential.email)
        hashed = await self.passwords.hash(secret)
        try:
            async with self.storage.writing() as unit:
                await _replace(unit, self.chance, credential, hashed, but=None)
        except Outdated:
            # Used at the same moment.
            raise _worthless() from None


def reset_token(seals: Seals, credential: Credential, written_at: datetime) -> str:
    """What a letter carries so that its reader can choose a new password, for an hour and as long as the old one stands."""
    until = seconds_of(written_at + LINK_LIFE)
    return seals.seal(_purpose(credential), f"{credential.actor.role} {credential.actor.known()} {until}")


def reset_link_ends(written_at: datetime) -> datetime:
    """When the link of a letter that was ordered then is over."""
    return written_at + LINK_LIFE


def _worthless() -> InvalidInput:
    # A new one each time: an exception that is kept would keep what was on the stack each time, passwords among it.
    return InvalidInput("token", "This link is no longer good. Ask for a new one.")


def _purpose(credential: Credential) -> str:
    return f"reset-password\0{credential.password_hash}"


async def _credential_of(unit: Unit, actor: Actor) -> Credential:
    me = await read_me(unit, actor)
    credential = await unit.accounts.find_credential(me.email)
    if credential is None or credential.actor != actor:
        raise Forbidden
    return credential


async def _credential_in(unit: Unit, seals: Seals, token: str, now: datetime) -> Credential:
    """Whose link it is. What it claims is believed only once its signature has been checked with what is stored of them."""
    try:
        role, id, until = seals.claimed(token).split()
        actor = {Role.DOCTOR: _doctor, Role.ADMINISTRATOR: _administrator}[Role(role)](UUID(id))
        credential = await _credential_of(unit, actor)
        seals.open(_purpose(credential), token)
        if now >= datetime.fromtimestamp(int(until), UTC):
            raise _worthless()
    except (NotFound, Forbidden, ValueError, KeyError):
        raise _worthless() from None
    return credential


def _doctor(id: UUID) -> Actor:
    return Actor.doctor(DoctorId(id))


def _administrator(id: UUID) -> Actor:
    return Actor.administrator(AdministratorId(id))


async def _replace(unit: Unit, chance: Chance, credential: Credential, hashed: str, *, but: SessionId | None) -> None:
    """Raise Outdated if the password was changed since it was read."""
    if await unit.accounts.lock_credential(credential.email) != credential:
        raise Outdated
    now = await unit.now()
    await unit.accounts.rehash(credential, hashed)
    await unit.sessions.revoke_all(credential.actor, but=but, at=now)
    recipient = Recipient(credential.actor.role, credential.actor.known())
    about = f"{recipient.id}:{chance.new_id()}"
    await tell(unit, chance, MessageKind.PASSWORD_CHANGED, recipient, at=now, about=about)
