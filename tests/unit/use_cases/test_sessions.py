"""Signing in, staying signed in, signing out."""

import asyncio
from datetime import timedelta
from hashlib import sha256

import pytest

from scheduling_core.access import Actor, Role
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import BadCredentials, Outdated, SessionRevoked
from scheduling_core.session import LOST_REPLY, SESSION_LIFE
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.sessions import FinishGoogleSignIn, RefreshSession, SignedIn
from support.desk import Desk
from support.making import a_session, an_administrator, usd
from support.rivals import ContestedStorage

PASSWORD = "correct horse"
WINDOW = LOST_REPLY + timedelta(microseconds=1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def doctor(desk: Desk) -> Doctor:
    return await desk.register_doctor(
        email="asha@example.com",
        password=PASSWORD,
        name="Dr. Asha Rao",
        phone="+919812345678",
        specialization="Dermatology",
        fee=usd(5_000),
        time_zone="Asia/Kolkata",
    )


@pytest.fixture
async def signed_in(desk: Desk, doctor: Doctor) -> SignedIn:
    return await desk.sign_in("asha@example.com", PASSWORD)


async def google(desk: Desk, code: str = "code-1", *, time_zone: str | None = None) -> SignedIn:
    _, ticket = await desk.start_google()
    return await desk.finish_google(code, ticket.state, ticket, time_zone=time_zone)


async def messages(desk: Desk) -> list[MessageKind | None]:
    return [message for message, _ in await desk.told()]


class TestByPassword:
    async def test_gives_tokens_that_name_the_doctor(self, desk: Desk, doctor: Doctor):
        signed_in = await desk.sign_in(" Asha@EXAMPLE.com ", PASSWORD)

        assert signed_in.actor == Actor.doctor(doctor.id)
        assert desk.tokens.read(signed_in.access_token, now=desk.clock.now()) == signed_in.actor
        assert signed_in.expires_in == 600

    async def test_tells_the_doctor_each_time(self, desk: Desk, doctor: Doctor):
        for _ in range(2):
            await desk.sign_in("asha@example.com", PASSWORD)

        expected = [MessageKind.REGISTERED, MessageKind.SIGNED_IN, MessageKind.SIGNED_IN]
        assert await desk.told() == [(message, doctor.id) for message in expected]

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            ("asha@example.com", "wrong horses"),
            ("asha@example.com", ""),
            ("asha@example.com", PASSWORD + " "),
            ("asha@example.com", PASSWORD.upper()),
            ("asha@example.com", "x" * 1_000_000),
            ("nobody@example.com", PASSWORD),
            ("", PASSWORD),
            ("as\x00ha@example.com", PASSWORD),
        ],
        ids=lambda value: repr(value)[:30],
    )
    async def test_refuses_every_other_pair_in_the_same_words(
        self, desk: Desk, doctor: Doctor, email: str, password: str
    ):
        before = await desk.tasks()
        with pytest.raises(BadCredentials) as refusal:
            await desk.sign_in(email, password)

        assert str(refusal.value) == BadCredentials.default
        assert await desk.tasks() == before

    async def test_takes_as_long_for_an_unknown_email_as_for_a_wrong_password(self, desk: Desk, doctor: Doctor):
        for email in ("nobody@example.com", "asha@example.com"):
            with pytest.raises(BadCredentials):
                await desk.sign_in(email, "wrong horses")

        assert desk.passwords.asked == [None, f"<{PASSWORD}>"]

    async def test_compares_passwords_outside_any_transaction(self, desk: Desk, doctor: Doctor):
        async def somebody_else_writes() -> None:
            await desk.patient()

        desk.passwords.meanwhile = somebody_else_writes
        assert (await desk.sign_in("asha@example.com", PASSWORD)).actor == Actor.doctor(doctor.id)

    @pytest.mark.parametrize("status", [DoctorStatus.APPROVED, DoctorStatus.REJECTED, DoctorStatus.SUSPENDED])
    async def test_lets_doctors_in_to_see_what_became_of_them(self, desk: Desk, doctor: Doctor, status: DoctorStatus):
        boss = await desk.boss()
        steps = [DoctorStatus.APPROVED, status] if status is DoctorStatus.SUSPENDED else [status]
        for step in steps:
            await desk.decide_doctor(boss, doctor.id, step)
        signed_in = await desk.sign_in("asha@example.com", PASSWORD)

        assert (await desk.read_me(signed_in.actor)).status is status

    async def test_lets_administrators_in(self, desk: Desk):
        boss = await desk.create_administrator(
            name="Cleo", email="cleo@example.com", password=PASSWORD, time_zone="UTC"
        )

        assert (await desk.sign_in("cleo@example.com", PASSWORD)).actor == Actor.administrator(boss.id)


class TestByGoogle:
    @pytest.fixture(autouse=True)
    def _introduce(self, desk: Desk) -> None:
        desk.embassy.introduce("code-1")

    async def test_makes_a_patient_the_first_time_and_welcomes_them(self, desk: Desk):
        signed_in = await google(desk, time_zone="Europe/Berlin")
        patient = await desk.read_profile(signed_in.actor)

        assert (patient.name, patient.email, patient.phone) == ("Lena Koch", "lena@example.com", None)
        assert (patient.issuer, patient.subject) == ("https://accounts.example", "sub-1")
        assert (patient.time_zone, patient.created_at) == ("Europe/Berlin", desk.clock.now())
        assert await desk.told() == [(MessageKind.WELCOME, patient.id)]
        assert desk.tokens.read(signed_in.access_token, now=desk.clock.now()) == signed_in.actor

    async def test_knows_the_patient_again_and_says_so(self, desk: Desk):
        first = await google(desk, time_zone="Europe/Berlin")
        await desk.update_profile(first.actor, name="Lena B. Koch", phone="+4930123456")
        again = await google(desk, time_zone="Asia/Tokyo")
        patient = await desk.read_profile(again.actor)

        assert again.actor == first.actor
        assert (patient.name, patient.time_zone) == ("Lena B. Koch", "Europe/Berlin")
        assert await messages(desk) == [MessageKind.WELCOME, MessageKind.SIGNED_IN]

    async def test_makes_exactly_one_patient_of_fifty_first_sign_ins_at_once(self, desk: Desk):
        everybody = await asyncio.gather(*(google(desk) for _ in range(50)))

        assert len({signed_in.actor for signed_in in everybody}) == 1
        assert len({signed_in.refresh_token for signed_in in everybody}) == 50
        assert sorted(map(str, await messages(desk))) == ["signed_in"] * 49 + ["welcome"]

    async def test_signs_in_again_when_somebody_else_made_the_patient_first(self, desk: Desk):
        _, ticket = await desk.start_google()
        finish = FinishGoogleSignIn(ContestedStorage(desk.storage, times=2), desk.chance, desk.embassy, desk.tokens)
        signed_in = await finish("code-1", ticket.state, ticket)

        assert (await desk.read_profile(signed_in.actor)).subject == "sub-1"
        assert await messages(desk) == [MessageKind.WELCOME]

    async def test_knows_people_by_issuer_and_subject_and_never_by_email(self, desk: Desk):
        first = await google(desk)
        desk.embassy.introduce("another", subject="sub-2")
        desk.embassy.introduce("moved", email="lena@new.example.com")
        another, moved = await google(desk, "another"), await google(desk, "moved")

        assert another.actor != first.actor
        assert moved.actor == first.actor
        assert (await desk.read_profile(first.actor)).email == "lena@new.example.com"

    async def test_is_no_way_into_a_doctors_account(self, desk: Desk, doctor: Doctor):
        desk.embassy.introduce("code-1", email=doctor.email)

        assert (await google(desk)).actor.role is Role.PATIENT

    @pytest.mark.parametrize("hint", [None, "", "Mars/Olympus", "../etc/passwd"])
    async def test_takes_utc_when_the_browser_names_no_zone(self, desk: Desk, hint: str | None):
        signed_in = await google(desk, time_zone=hint)

        assert (await desk.read_profile(signed_in.actor)).time_zone == "UTC"

    @pytest.mark.parametrize(
        ("name", "shown"), [("", "lena"), ("  ", "lena"), (" Lena \n Koch ", "Lena Koch"), ("x" * 101, "x" * 100)]
    )
    async def test_calls_people_something_even_when_google_does_not(self, desk: Desk, name: str, shown: str):
        desk.embassy.introduce("code-1", name=name)

        assert (await desk.read_profile((await google(desk)).actor)).name == shown

    async def test_starts_with_three_fresh_secrets_and_the_providers_page(self, desk: Desk):
        url, ticket = await desk.start_google()
        _, another = await desk.start_google()

        assert url.endswith(ticket.state)
        secrets = {each for t in (ticket, another) for each in (t.state, t.nonce, t.verifier)}
        assert len(secrets) == 6

    @pytest.mark.parametrize("forged", ["", "another", "ünïcode"])
    async def test_refuses_a_sign_in_that_this_browser_did_not_begin(self, desk: Desk, forged: str):
        _, ticket = await desk.start_google()
        with pytest.raises(BadCredentials):
            await desk.finish_google("code-1", forged, ticket)
        _, other = await desk.start_google()
        with pytest.raises(BadCredentials):
            await desk.finish_google("code-1", other.state, ticket)

        assert await desk.tasks() == []

    async def test_refuses_whom_the_provider_does_not_vouch_for(self, desk: Desk):
        with pytest.raises(BadCredentials):
            await google(desk, "unknown code")

        assert await desk.tasks() == []

    async def test_asks_the_provider_outside_any_transaction(self, desk: Desk):
        async def somebody_else_writes() -> None:
            await desk.patient()

        desk.embassy.meanwhile = somebody_else_writes
        assert (await google(desk)).actor.role is Role.PATIENT


class TestStayingSignedIn:
    async def test_rotates_the_token_and_issues_access_again(self, desk: Desk, signed_in: SignedIn):
        desk.clock.advance(days=1)
        refreshed = await desk.refresh(signed_in.refresh_token)

        assert refreshed.actor == signed_in.actor
        assert refreshed.refresh_token != signed_in.refresh_token
        assert desk.tokens.read(refreshed.access_token, now=desk.clock.now()) == signed_in.actor
        assert (await desk.refresh(refreshed.refresh_token)).actor == signed_in.actor

    async def test_says_nothing_to_the_owner(self, desk: Desk, signed_in: SignedIn):
        before = await desk.tasks()
        await desk.refresh(signed_in.refresh_token)

        assert await desk.tasks() == before

    async def test_gives_each_of_fifty_at_once_a_successor_that_works(self, desk: Desk, signed_in: SignedIn):
        successors = await asyncio.gather(*(desk.refresh(signed_in.refresh_token) for _ in range(50)))
        assert len({each.refresh_token for each in successors}) == 50
        again = await asyncio.gather(*(desk.refresh(each.refresh_token) for each in successors))

        assert {each.actor for each in (*successors, *again)} == {signed_in.actor}

    async def test_honours_a_used_token_no_more_after_ten_seconds_and_ends_the_family(
        self, desk: Desk, signed_in: SignedIn
    ):
        successor = await desk.refresh(signed_in.refresh_token)
        desk.clock.advance(WINDOW)

        for token in (signed_in.refresh_token, successor.refresh_token, signed_in.refresh_token):
            with pytest.raises(SessionRevoked):
                await desk.refresh(token)

    async def test_ends_the_family_when_a_token_is_shown_after_its_successor_was_used(
        self, desk: Desk, signed_in: SignedIn
    ):
        second = await desk.refresh(signed_in.refresh_token)
        third = await desk.refresh(second.refresh_token)

        for token in (signed_in.refresh_token, third.refresh_token):
            with pytest.raises(SessionRevoked):
                await desk.refresh(token)

    async def test_a_thief_ends_one_sign_in_and_no_other(self, desk: Desk, signed_in: SignedIn):
        elsewhere = await desk.sign_in("asha@example.com", PASSWORD)
        await desk.refresh(signed_in.refresh_token)
        desk.clock.advance(WINDOW)
        with pytest.raises(SessionRevoked):
            await desk.refresh(signed_in.refresh_token)

        assert (await desk.refresh(elsewhere.refresh_token)).actor == signed_in.actor

    @pytest.mark.parametrize("token", ["", "never given", "ünïcode", "x" * 100_000])
    async def test_refuses_a_token_that_it_never_gave(self, desk: Desk, signed_in: SignedIn, token: str):
        with pytest.raises(SessionRevoked):
            await desk.refresh(token)

        assert (await desk.refresh(signed_in.refresh_token)).actor == signed_in.actor

    async def test_ends_after_thirty_days(self, desk: Desk, signed_in: SignedIn):
        desk.clock.advance(SESSION_LIFE)

        with pytest.raises(SessionRevoked):
            await desk.refresh(signed_in.refresh_token)

    async def test_ends_with_its_owner(self, desk: Desk):
        gone = Actor.administrator(an_administrator().id)
        async with desk.storage.writing() as unit:
            await unit.sessions.add(a_session(gone), sha256(b"from before").hexdigest())

        for _ in range(2):
            with pytest.raises(SessionRevoked):
                await desk.refresh("from before")

    async def test_stores_no_token_as_it_was_given(self, desk: Desk, signed_in: SignedIn):
        async with desk.storage.writing() as unit:
            assert await unit.sessions.lock(signed_in.refresh_token) is None

    async def test_never_shows_tokens_where_they_might_be_logged(self, signed_in: SignedIn):
        assert signed_in.refresh_token not in repr(signed_in)
        assert signed_in.access_token not in repr(signed_in)

    async def test_hands_out_no_token_that_was_not_committed(self, desk: Desk, signed_in: SignedIn):
        contested = RefreshSession(ContestedStorage(desk.storage, times=1), desk.chance, desk.tokens)
        with pytest.raises(Outdated):
            await contested(signed_in.refresh_token)

        assert (await desk.refresh(signed_in.refresh_token)).actor == signed_in.actor


class TestSigningOut:
    async def test_ends_every_token_of_that_sign_in(self, desk: Desk, signed_in: SignedIn):
        successor = await desk.refresh(signed_in.refresh_token)
        await desk.sign_out(successor.refresh_token)

        for token in (signed_in.refresh_token, successor.refresh_token):
            with pytest.raises(SessionRevoked):
                await desk.refresh(token)

    async def test_also_with_a_token_that_was_used(self, desk: Desk, signed_in: SignedIn):
        successor = await desk.refresh(signed_in.refresh_token)
        await desk.sign_out(signed_in.refresh_token)

        with pytest.raises(SessionRevoked):
            await desk.refresh(successor.refresh_token)

    async def test_leaves_other_sign_ins_alone(self, desk: Desk, signed_in: SignedIn):
        elsewhere = await desk.sign_in("asha@example.com", PASSWORD)
        await desk.sign_out(signed_in.refresh_token)

        assert (await desk.refresh(elsewhere.refresh_token)).actor == signed_in.actor

    @pytest.mark.parametrize("token", [None, "", "never given"])
    async def test_is_quiet_about_tokens_that_nobody_knows(self, desk: Desk, signed_in: SignedIn, token: str | None):
        await desk.sign_out(token)

        assert (await desk.refresh(signed_in.refresh_token)).actor == signed_in.actor

    async def test_wins_or_loses_against_fifty_refreshes_and_ends_them_all(self, desk: Desk, signed_in: SignedIn):
        refreshes = [desk.refresh(signed_in.refresh_token) for _ in range(25)]
        late = [desk.refresh(signed_in.refresh_token) for _ in range(25)]
        results = await asyncio.gather(
            *refreshes, desk.sign_out(signed_in.refresh_token), *late, return_exceptions=True
        )
        successors = [result for result in results if isinstance(result, SignedIn)]

        assert successors
        for successor in successors:
            with pytest.raises(SessionRevoked):
                await desk.refresh(successor.refresh_token)
