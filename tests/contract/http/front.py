"""The product over HTTP as tests use it: real use cases over memory storage, simulated providers, a clock that obeys."""

import json
from collections.abc import AsyncIterator, Hashable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from litestar import Litestar

from adapters.documents.printed import PrintedDocuments
from adapters.http import HttpParts, HttpSettings, UseCases, create_app
from adapters.http.kept_answers import KeptAnswers
from adapters.identity.access_tokens import JwtAccessTokens
from adapters.identity.jwt_keys import JwtKeys, generate_keys
from adapters.identity.passwords import Argon2Passwords
from adapters.identity.simulator import SimulatedIdentity
from adapters.payments.signatures import sign
from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient
from scheduling_core.use_cases import (
    accounts,
    administration,
    alternatives,
    audit,
    contacts,
    corrections,
    dependants,
    directory,
    feedback,
    feeds,
    hours,
    medical,
    money,
    notices,
    own_calendars,
    photos,
    preferences,
    prescriptions,
    privacy,
    profiles,
    quarantine,
    receipts,
    reports,
    rescheduling,
    sessions,
    slots,
    suspension,
    visit_history,
    visits,
)
from scheduling_core.use_cases import passwords as change_passwords
from support.clinic import SEALS, SECRET, TERMS, Clinic
from support.clock import ManualClock

PUBLIC_URL = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery"
ADMIN_EMAIL = "admin@clinic.example.com"
_KEYS = JwtKeys.parse(generate_keys())


class Front:
    """One running product and a browser-like client of it; everything behind it can be looked at and moved."""

    kept_answers: KeptAnswers
    use_cases: "Substitute"

    def __init__(self, app: Litestar, clinic: Clinic, tokens: JwtAccessTokens, identity: SimulatedIdentity) -> None:
        self.app, self.clinic, self.tokens, self.identity = app, clinic, tokens, identity
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
            base_url=PUBLIC_URL,
        )

    def token(self, actor: Actor) -> dict[str, str]:
        """The header that signs a request as this actor."""
        token, _ = self.tokens.issue(actor, now=self.clinic.clock.now())
        return {"Authorization": f"Bearer {token}"}

    def as_patient(self, patient: Patient) -> dict[str, str]:
        return self.token(Actor.patient(patient.id))

    def as_doctor(self, doctor: Doctor) -> dict[str, str]:
        return self.token(Actor.doctor(doctor.id))

    async def administrator(self, email: str = ADMIN_EMAIL) -> dict[str, str]:
        """A new administrator's header."""
        create = administration.CreateAdministrator(self.clinic.storage, self.clinic.chance, Argon2Passwords())
        who = await create(name="Ada Admin", email=email, password=PASSWORD, time_zone="UTC")
        return self.token(Actor.administrator(who.id))

    async def post(self, path: str, body: object = None, *, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return await self.http.post(path, json=body, headers=dict(headers or {}))

    async def hold(
        self, patient: Patient, doctor_id: object, starts_at: str, *, key: str = "k", **more: Any
    ) -> httpx.Response:
        """POST /api/appointments, in the name of this patient."""
        body = {"doctor_id": str(doctor_id), "starts_at": starts_at, **more}
        return await self.post("/api/appointments", body, headers={**self.as_patient(patient), "Idempotency-Key": key})

    async def webhook(self, ref: str, *, secret: str = SECRET, age: timedelta = timedelta(0)) -> httpx.Response:
        """A signed event of the payment provider about one checkout."""
        event = {"id": str(self.clinic.chance.new_id()), "type": "checkout.session.completed", "livemode": False}
        body = json.dumps({**event, "data": {"object": {"id": ref}}}).encode()
        signature = sign(body, [secret], at=self.clinic.clock.now() - age)
        return await self.http.post("/api/webhooks/payments", content=body, headers={"Stripe-Signature": signature})

    def stored(self) -> dict[str, dict[Hashable, object]]:
        """All committed rows of every table: equal before and after means that nothing was written."""
        storage = self.clinic.storage
        assert isinstance(storage, MemoryStorage)
        return storage.committed()

    async def come_back(self, start: httpx.Response, *, email: str, name: str = "Lena Koch") -> str:
        """What the provider's page answers a person who chose this account: the path and query of the callback."""
        query = dict(httpx.QueryParams(urlsplit(start.headers["location"]).query))
        back = await self.identity.grant(query, email=email, name=name)
        parts = urlsplit(back)
        return f"{parts.path}?{parts.query}"


@asynccontextmanager
async def open_front(**changes: Any) -> AsyncIterator[Front]:
    """A running product. `changes` are of HttpSettings, but for `parts`, which are of HttpParts."""
    clock = ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    tokens = JwtAccessTokens(_KEYS, issuer="openhours", audience="openhours")
    public_url = changes.get("public_url", PUBLIC_URL)
    identity = SimulatedIdentity(clinic.state, clinic.faults, clock, public_url=public_url)
    documents = PrintedDocuments()
    use_cases = _use_cases(clinic, tokens, identity, documents)
    with _building(changes) as building:
        building.use_cases.stands_for, building.clock.stands_for = use_cases, clock
        building.kept_answers.clear()
        front = Front(building.app, clinic, tokens, identity)
        front.kept_answers = building.kept_answers
        front.use_cases = building.use_cases
        try:
            yield front
        finally:
            documents.close()
            await front.http.aclose()
            await clinic.close()


class Substitute:
    """Has every attribute of the object that it stands for at the moment."""

    stands_for: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stands_for, name)


class Building:
    """An application whose use cases and clock can be exchanged: to make one takes longer than most tests."""

    def __init__(self, changes: Mapping[str, Any]) -> None:
        self.use_cases, self.clock, self.kept_answers = Substitute(), Substitute(), KeptAnswers()
        parts = changes.get("parts", {})
        settings = HttpSettings(
            **{
                "public_url": PUBLIC_URL,
                "production": False,
                "rate_limits": False,
                "terms": TERMS,
                "version": "1",
                **{name: value for name, value in changes.items() if name != "parts"},
            }
        )
        tokens = JwtAccessTokens(_KEYS, issuer="openhours", audience="openhours")
        given = {"use_cases": self.use_cases, "settings": settings, "tokens": tokens, "clock": self.clock}
        given["kept_answers"] = self.kept_answers
        self.app = create_app(HttpParts(**{**given, "ticks": lambda: 0.0, **parts}))


_EMPTY: list[Building] = []
"""Those with the usual settings in which nobody is at the moment."""


@contextmanager
def _building(changes: Mapping[str, Any]) -> Iterator[Building]:
    if changes:
        yield Building(changes)
        return
    building = _EMPTY.pop() if _EMPTY else Building({})
    yield building
    _EMPTY.append(building)


def _use_cases(
    clinic: Clinic, tokens: JwtAccessTokens, identity: SimulatedIdentity, documents: PrintedDocuments
) -> UseCases:
    storage, chance, clock, terms = clinic.storage, clinic.chance, clinic.clock, clinic.terms
    passwords = Argon2Passwords()
    read_prescription = prescriptions.ReadPrescription(storage, terms)
    read_receipt = receipts.ReadReceipt(storage, terms)
    return UseCases(
        find_doctors=directory.FindDoctors(storage, clock, terms),
        read_doctor=directory.ReadDoctor(storage, clock, terms),
        find_slots=slots.FindSlots(storage, clock, terms),
        list_specializations=directory.ListSpecializations(storage),
        suggest_doctors=directory.SuggestDoctors(storage),
        read_feedback=directory.ReadFeedback(storage),
        hold_slot=clinic.hold_slot,
        join_waitlist=clinic.join_waitlist,
        list_waits=clinic.list_waits,
        leave_waitlist=clinic.leave_waitlist,
        accept_offer=clinic.accept,
        offer_follow_up=clinic.offer_follow_up,
        open_checkout=clinic.open_checkout,
        read_appointment=clinic.read,
        read_visit_history=visit_history.ReadVisitHistory(storage),
        list_appointments=visits.ListAppointments(storage, clock),
        preview_cancellation=visits.PreviewCancellation(storage, clock, terms),
        cancel_appointment=clinic.cancel,
        preview_reschedule=rescheduling.PreviewReschedule(storage, clock, terms),
        reschedule=clinic.reschedule,
        arrive=clinic.arrive,
        fulfil=clinic.fulfil,
        mark_missed=clinic.mark_missed,
        undo_missed=clinic.undo_missed,
        read_alternatives=alternatives.ReadAlternatives(storage, clock, terms),
        read_receipt=read_receipt,
        print_receipt=receipts.PrintReceipt(read_receipt, documents),
        list_payments=money.ListPayments(storage),
        read_earnings=money.ReadEarnings(storage, terms),
        list_months_payments=money.ListMonthsPayments(storage),
        list_troubled_payments=money.ListTroubledPayments(storage),
        resolve_payment=quarantine.ResolvePayment(storage, chance),
        say_doctor_absent=clinic.say_doctor_absent,
        reject_absence=clinic.reject_absence,
        list_absence_claims=corrections.ListAbsenceClaims(storage),
        void_appointment=clinic.void,
        prescribe=prescriptions.Prescribe(storage, terms),
        read_prescription=read_prescription,
        print_prescription=prescriptions.PrintPrescription(read_prescription, documents),
        give_feedback=clinic.give_feedback,
        answer_feedback=feedback.AnswerFeedback(storage, terms),
        list_own_feedback=feedback.ListOwnFeedback(storage),
        list_all_feedback=feedback.ListAllFeedback(storage),
        hide_feedback=feedback.HideFeedback(storage),
        receive_webhook=clinic.receive_webhook,
        read_schedule=visits.ReadSchedule(storage, clock),
        read_hours=hours.ReadHours(storage),
        set_hours=hours.SetHours(storage, chance),
        list_time_off=hours.ListTimeOff(storage, clock),
        add_time_off=hours.AddTimeOff(storage, chance),
        remove_time_off=hours.RemoveTimeOff(storage, chance),
        see_own_calendar=own_calendars.SeeOwnCalendar(storage, clinic.rooms),
        connect_calendar=clinic.connect,
        disconnect_calendar=clinic.disconnect,
        register_doctor=accounts.RegisterDoctor(storage, chance, passwords, terms),
        sign_in=sessions.SignIn(storage, chance, passwords, tokens),
        change_password=change_passwords.ChangePassword(storage, chance, passwords),
        forgot_password=change_passwords.ForgotPassword(storage, chance),
        reset_password=change_passwords.ResetPassword(storage, chance, passwords, SEALS),
        start_google_sign_in=sessions.StartGoogleSignIn(chance, identity),
        finish_google_sign_in=sessions.FinishGoogleSignIn(storage, chance, identity, tokens),
        refresh_session=sessions.RefreshSession(storage, chance, tokens),
        sign_out=sessions.SignOut(storage),
        read_me=accounts.ReadMe(storage),
        read_patient_profile=accounts.ReadPatientProfile(storage),
        update_patient_profile=accounts.UpdatePatientProfile(storage),
        read_doctor_profile=profiles.ReadDoctorProfile(storage),
        quote_fee=profiles.QuoteFee(terms),
        update_doctor_profile=profiles.UpdateDoctorProfile(storage, terms),
        see_calendar_feed=feeds.SeeCalendarFeed(storage),
        new_calendar_feed=feeds.NewCalendarFeed(storage, chance),
        end_calendar_feed=feeds.EndCalendarFeed(storage),
        read_calendar_feed=feeds.ReadCalendarFeed(storage, clock),
        invite_photo=photos.InvitePhoto(clinic.album, chance),
        set_photo=photos.SetPhoto(storage, clinic.album, chance),
        remove_photo=photos.RemovePhoto(storage, chance),
        read_news=notices.ReadNews(storage),
        mark_news_read=notices.MarkNewsRead(storage),
        list_deliveries=notices.ListDeliveries(storage),
        read_preferences=preferences.ReadPreferences(storage),
        set_preferences=preferences.SetPreferences(storage),
        preview_unsubscribe=preferences.PreviewUnsubscribe(SEALS),
        unsubscribe=preferences.Unsubscribe(storage, SEALS),
        list_dependants=dependants.ListDependants(storage),
        add_dependant=dependants.AddDependant(storage, chance),
        change_dependant=dependants.ChangeDependant(storage),
        remove_dependant=dependants.RemoveDependant(storage),
        read_medical_profile=medical.ReadMedicalProfile(storage),
        write_medical_profile=medical.WriteMedicalProfile(storage),
        read_medical_profile_of_visit=medical.ReadMedicalProfileOfVisit(storage),
        read_contact_of_visit=contacts.ReadContactOfVisit(storage),
        list_doctors=administration.ListDoctors(storage),
        inspect_doctor=administration.InspectDoctor(storage),
        decide_doctor=administration.DecideDoctor(storage, chance),
        list_doctor_visits=suspension.ListDoctorVisits(storage, clock),
        cancel_doctor_visits=suspension.CancelDoctorVisits(storage, clock, chance),
        see_providers=administration.SeeProviders(clinic.called),
        list_tasks=administration.ListTasks(storage),
        retry_task=administration.RetryTask(storage),
        read_audit=audit.ReadAudit(storage),
        export_my_data=privacy.ExportMyData(storage),
        erase_my_data=privacy.EraseMyData(storage, chance),
        send_report=reports.SendReport(storage, chance),
        list_reports=reports.ListReports(storage),
        close_report=reports.CloseReport(storage),
    )


def cookies_of(answer: httpx.Response) -> SimpleCookie:
    """The cookies that an answer sets, with their attributes."""
    jar = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        jar.load(header)
    return jar


def query(**parameters: object) -> str:
    """A query string; `from_` stands for `from`."""
    return "?" + urlencode({name.rstrip("_"): value for name, value in parameters.items()})
