"""Signing in, staying signed in, signing out."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from scheduling_core.access import Actor
from scheduling_core.errors import BadCredentials, InvalidInput, NotFound, Outdated, SessionRevoked
from scheduling_core.ids import PatientId, SessionId
from scheduling_core.patient import ExternalIdentity, Patient
from scheduling_core.ports.identity import IdentityProvider, SignInTicket
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import AccessTokens, Chance, Passwords
from scheduling_core.session import Session
from scheduling_core.tasks import MessageKind, Recipient
from scheduling_core.use_cases.changes import tell
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import LONGEST_NAME, LONGEST_PASSWORD, sound_email, sound_zone
from scheduling_core.use_cases.people import read_me


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What a person holds after signing in: a short-lived access token, and a refresh token that is told once."""

    actor: Actor
    access_token: str
    expires_in: int
    refresh_token: str

    def __repr__(self) -> str:
        # The tokens never reach a log or a traceback.
        return f"SignedIn(actor={self.actor!r})"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A doctor or administrator by e-mail and password, whatever became of their registration: they see their state.

    Raise BadCredentials, the same and after the same time, whether the e-mail is unknown or the password wrong. A password that
    is changed meanwhile is compared anew, so that no session begins with one that is worth nothing any more.
    """

    storage: Storage
    chance: Chance
    passwords: Passwords
    tokens: AccessTokens

    @decide_again
    async def __call__(self, email: str, password: str) -> SignedIn:
        address = _address_or_refuse(email, password)
        async with self.storage.reading() as unit:
            credential = await unit.accounts.find_credential(address)
        # Outside any transaction: hashing is slow on purpose.
        matches = await self.passwords.matches(password, credential.password_hash if credential else None)
        if credential is None or not matches:
            raise BadCredentials
        outdated = self.passwords.outdated(credential.password_hash)
        better = await self.passwords.hash(password) if outdated else None
        async with self.storage.writing() as unit:
            if await unit.accounts.lock_credential(address) != credential:
                raise Outdated
            now = await unit.now()
            if better is not None:
                await unit.accounts.rehash(credential, better)
            return await _sign_in(unit, self.chance, self.tokens, credential.actor, now, MessageKind.SIGNED_IN)


@dataclass(frozen=True, slots=True)
class StartGoogleSignIn:
    """Where to send a person to sign in, and the ticket that their browser keeps until they come back."""

    chance: Chance
    identity: IdentityProvider

    async def __call__(self) -> tuple[str, SignInTicket]:
        state, nonce, verifier = (self.chance.new_secret() for _ in range(3))
        ticket = SignInTicket(state=state, nonce=nonce, verifier=verifier)
        return await self.identity.authorization_url(ticket), ticket


@dataclass(frozen=True, slots=True)
class FinishGoogleSignIn:
    """Whoever came back from the identity provider, signed in; their first time makes exactly one patient.

    `time_zone` is what the browser says of itself: taken for a new patient if it is a zone at all. Raise
    BadCredentials when this browser did not begin the sign-in or the provider does not vouch for the code.
    """

    storage: Storage
    chance: Chance
    identity: IdentityProvider
    tokens: AccessTokens

    async def __call__(self, code: str, state: str, ticket: SignInTicket, *, time_zone: str | None = None) -> SignedIn:
        if not compare_digest(state.encode(), ticket.state.encode()):
            raise BadCredentials("This sign-in was not begun here. Please try again.")
        identity = await self.identity.redeem(code, ticket)
        return await self._admit(identity, _zone_or_utc(time_zone))

    @decide_again
    async def _admit(self, identity: ExternalIdentity, time_zone: str) -> SignedIn:
        async with self.storage.writing() as unit:
            now = await unit.now()
            patient = await unit.patients.find(identity.issuer, identity.subject)
            message = MessageKind.SIGNED_IN if patient else MessageKind.WELCOME
            if patient is None:
                patient = _new_patient(PatientId(self.chance.new_id()), identity, time_zone, now)
                await unit.patients.add(patient)
            elif patient.email != identity.email:
                # Messages follow the person to the address that the provider vouches for now.
                await unit.patients.save(replace(patient, email=identity.email))
            actor = Actor.patient(patient.id)
            return await _sign_in(unit, self.chance, self.tokens, actor, now, message)


@dataclass(frozen=True, slots=True)
class RefreshSession:
    """The next access and refresh token for a refresh token, as `Session.rotate` allows.

    Raise SessionRevoked for a token that is unknown, used up, expired or revoked, or whose owner is gone. A token
    shown when it was used up already ends the whole family of tokens.
    """

    storage: Storage
    chance: Chance
    tokens: AccessTokens

    async def __call__(self, refresh_token: str) -> SignedIn:
        async with self.storage.writing() as unit:
            refreshed = await self._rotate(unit, fingerprint(refresh_token))
        # Raised only now: inside, it would roll the revocation back.
        if refreshed is None:
            raise SessionRevoked
        return refreshed

    async def _rotate(self, unit: Unit, presented: str) -> SignedIn | None:
        found = await unit.sessions.lock(presented)
        if found is None:
            return None
        session, generation = found
        now = await unit.now()
        try:
            rotated = session.rotate(generation, at=now)
            await read_me(unit, session.actor)
        except (SessionRevoked, NotFound):
            await unit.sessions.revoke(session.id, at=now)
            return None
        refresh_token = self.chance.new_secret()
        await unit.sessions.rotate(rotated, fingerprint(refresh_token))
        return _signed_in(self.tokens, session.actor, refresh_token, now)


@dataclass(frozen=True, slots=True)
class SignOut:
    """End the family of this refresh token. No token, or one that nobody knows, is signed out already."""

    storage: Storage

    async def __call__(self, refresh_token: str | None) -> None:
        if refresh_token is None:
            return
        async with self.storage.writing() as unit:
            if found := await unit.sessions.lock(fingerprint(refresh_token)):
                session, _ = found
                await unit.sessions.revoke(session.id, at=await unit.now())


def _address_or_refuse(email: str, password: str) -> str:
    # No account can have been made with these, so a quick answer tells nobody anything.
    if len(password) > LONGEST_PASSWORD:
        raise BadCredentials
    try:
        return sound_email(email)
    except InvalidInput:
        raise BadCredentials from None


def fingerprint(refresh_token: str) -> str:
    """What is stored of a refresh token."""
    # A secret of 256 bits needs no salt and no slowness: nobody can try them all.
    return sha256(refresh_token.encode()).hexdigest()


async def _sign_in(
    unit: Unit, chance: Chance, tokens: AccessTokens, actor: Actor, now: datetime, message: MessageKind
) -> SignedIn:
    """Begin a session and write down that its owner is told."""
    session = Session.begin(SessionId(chance.new_id()), actor, at=now)
    refresh_token = chance.new_secret()
    await unit.sessions.add(session, fingerprint(refresh_token))
    await tell(unit, chance, message, Recipient(actor.role, actor.known()), at=now, about=str(session.id))
    return _signed_in(tokens, actor, refresh_token, now)


def _signed_in(tokens: AccessTokens, actor: Actor, refresh_token: str, now: datetime) -> SignedIn:
    access_token, expires_in = tokens.issue(actor, now=now)
    return SignedIn(actor=actor, access_token=access_token, expires_in=expires_in, refresh_token=refresh_token)


def _new_patient(id: PatientId, identity: ExternalIdentity, time_zone: str, now: datetime) -> Patient:
    name = " ".join(identity.name.split()) or identity.email.partition("@")[0]
    return Patient(
        id=id,
        issuer=identity.issuer,
        subject=identity.subject,
        name=name[:LONGEST_NAME],
        email=identity.email,
        time_zone=time_zone,
        created_at=now,
    )


def _zone_or_utc(hint: str | None) -> str:
    try:
        return sound_zone(hint or "UTC")
    except InvalidInput:
        return "UTC"
