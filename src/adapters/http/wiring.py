"""What the HTTP adapter is given: the use cases it calls and the settings it obeys. bootstrap fills both."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from litestar import Litestar
from litestar.types import ControllerRouterHandler
from prometheus_client import CollectorRegistry

from adapters.http.kept_answers import KeptAnswers
from adapters.kit.traces import NO_TRACES, Traces
from scheduling_core.ports.system import AccessTokens, Clock
from scheduling_core.terms import Terms
from scheduling_core.use_cases.accepting import AcceptOffer
from scheduling_core.use_cases.accounts import ReadMe, ReadPatientProfile, RegisterDoctor, UpdatePatientProfile
from scheduling_core.use_cases.administration import (
    DecideDoctor,
    InspectDoctor,
    ListDoctors,
    ListTasks,
    RetryTask,
    SeeProviders,
)
from scheduling_core.use_cases.alternatives import ReadAlternatives
from scheduling_core.use_cases.attendance import Arrive, Fulfil, MarkMissed, UndoMissed
from scheduling_core.use_cases.audit import ReadAudit
from scheduling_core.use_cases.booking import HoldSlot
from scheduling_core.use_cases.checkout import OpenCheckout
from scheduling_core.use_cases.contacts import ReadContactOfVisit
from scheduling_core.use_cases.corrections import ListAbsenceClaims, RejectAbsence, SayDoctorAbsent, VoidAppointment
from scheduling_core.use_cases.dependants import AddDependant, ChangeDependant, ListDependants, RemoveDependant
from scheduling_core.use_cases.directory import (
    FindDoctors,
    ListSpecializations,
    ReadDoctor,
    ReadFeedback,
    SuggestDoctors,
)
from scheduling_core.use_cases.feedback import (
    AnswerFeedback,
    GiveFeedback,
    HideFeedback,
    ListAllFeedback,
    ListOwnFeedback,
)
from scheduling_core.use_cases.feeds import EndCalendarFeed, NewCalendarFeed, ReadCalendarFeed, SeeCalendarFeed
from scheduling_core.use_cases.follow_ups import OfferFollowUp
from scheduling_core.use_cases.hours import AddTimeOff, ListTimeOff, ReadHours, RemoveTimeOff, SetHours
from scheduling_core.use_cases.medical import ReadMedicalProfile, ReadMedicalProfileOfVisit, WriteMedicalProfile
from scheduling_core.use_cases.money import ListMonthsPayments, ListPayments, ListTroubledPayments, ReadEarnings
from scheduling_core.use_cases.notices import ListDeliveries, MarkNewsRead, ReadNews
from scheduling_core.use_cases.own_calendars import ConnectCalendar, DisconnectCalendar, SeeOwnCalendar
from scheduling_core.use_cases.passwords import ChangePassword, ForgotPassword, ResetPassword
from scheduling_core.use_cases.photos import InvitePhoto, RemovePhoto, SetPhoto
from scheduling_core.use_cases.preferences import PreviewUnsubscribe, ReadPreferences, SetPreferences, Unsubscribe
from scheduling_core.use_cases.prescriptions import Prescribe, PrintPrescription, ReadPrescription
from scheduling_core.use_cases.privacy import EraseMyData, ExportMyData
from scheduling_core.use_cases.profiles import QuoteFee, ReadDoctorProfile, UpdateDoctorProfile
from scheduling_core.use_cases.quarantine import ResolvePayment
from scheduling_core.use_cases.receipts import PrintReceipt, ReadReceipt
from scheduling_core.use_cases.reports import CloseReport, ListReports, SendReport
from scheduling_core.use_cases.rescheduling import PreviewReschedule, Reschedule
from scheduling_core.use_cases.sessions import FinishGoogleSignIn, RefreshSession, SignIn, SignOut, StartGoogleSignIn
from scheduling_core.use_cases.settlement import ReceiveWebhook
from scheduling_core.use_cases.slots import FindSlots
from scheduling_core.use_cases.suspension import CancelDoctorVisits, ListDoctorVisits
from scheduling_core.use_cases.visit_history import ReadVisitHistory
from scheduling_core.use_cases.visits import (
    CancelAppointment,
    ListAppointments,
    PreviewCancellation,
    ReadAppointment,
    ReadSchedule,
)
from scheduling_core.use_cases.waitlist import JoinWaitlist, LeaveWaitlist, ListWaits


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """Every use case that a route calls. Handlers name the one they need as a parameter of the same name."""

    # finding
    find_doctors: FindDoctors
    read_doctor: ReadDoctor
    find_slots: FindSlots
    list_specializations: ListSpecializations
    suggest_doctors: SuggestDoctors
    read_feedback: ReadFeedback
    # booking
    hold_slot: HoldSlot
    open_checkout: OpenCheckout
    read_appointment: ReadAppointment
    read_visit_history: ReadVisitHistory
    list_appointments: ListAppointments
    preview_cancellation: PreviewCancellation
    cancel_appointment: CancelAppointment
    preview_reschedule: PreviewReschedule
    reschedule: Reschedule
    read_alternatives: ReadAlternatives
    receive_webhook: ReceiveWebhook
    # money
    read_receipt: ReadReceipt
    print_receipt: PrintReceipt
    list_payments: ListPayments
    read_earnings: ReadEarnings
    list_months_payments: ListMonthsPayments
    list_troubled_payments: ListTroubledPayments
    resolve_payment: ResolvePayment
    # the visit
    arrive: Arrive
    fulfil: Fulfil
    mark_missed: MarkMissed
    undo_missed: UndoMissed
    say_doctor_absent: SayDoctorAbsent
    reject_absence: RejectAbsence
    list_absence_claims: ListAbsenceClaims
    void_appointment: VoidAppointment
    # waiting and offers
    join_waitlist: JoinWaitlist
    list_waits: ListWaits
    leave_waitlist: LeaveWaitlist
    accept_offer: AcceptOffer
    offer_follow_up: OfferFollowUp
    prescribe: Prescribe
    read_prescription: ReadPrescription
    print_prescription: PrintPrescription
    give_feedback: GiveFeedback
    answer_feedback: AnswerFeedback
    list_own_feedback: ListOwnFeedback
    list_all_feedback: ListAllFeedback
    hide_feedback: HideFeedback
    # the doctor's side
    read_schedule: ReadSchedule
    read_hours: ReadHours
    set_hours: SetHours
    list_time_off: ListTimeOff
    add_time_off: AddTimeOff
    remove_time_off: RemoveTimeOff
    see_own_calendar: SeeOwnCalendar
    connect_calendar: ConnectCalendar
    disconnect_calendar: DisconnectCalendar
    # accounts
    register_doctor: RegisterDoctor
    sign_in: SignIn
    change_password: ChangePassword
    forgot_password: ForgotPassword
    reset_password: ResetPassword
    start_google_sign_in: StartGoogleSignIn
    finish_google_sign_in: FinishGoogleSignIn
    refresh_session: RefreshSession
    sign_out: SignOut
    read_me: ReadMe
    read_patient_profile: ReadPatientProfile
    update_patient_profile: UpdatePatientProfile
    read_doctor_profile: ReadDoctorProfile
    quote_fee: QuoteFee
    update_doctor_profile: UpdateDoctorProfile
    see_calendar_feed: SeeCalendarFeed
    new_calendar_feed: NewCalendarFeed
    end_calendar_feed: EndCalendarFeed
    read_calendar_feed: ReadCalendarFeed
    invite_photo: InvitePhoto
    set_photo: SetPhoto
    remove_photo: RemovePhoto
    # what people were told
    read_news: ReadNews
    mark_news_read: MarkNewsRead
    list_deliveries: ListDeliveries
    read_preferences: ReadPreferences
    set_preferences: SetPreferences
    preview_unsubscribe: PreviewUnsubscribe
    unsubscribe: Unsubscribe
    # those for whom patients book, and medical profiles
    list_dependants: ListDependants
    add_dependant: AddDependant
    change_dependant: ChangeDependant
    remove_dependant: RemoveDependant
    read_medical_profile: ReadMedicalProfile
    write_medical_profile: WriteMedicalProfile
    read_medical_profile_of_visit: ReadMedicalProfileOfVisit
    read_contact_of_visit: ReadContactOfVisit
    # administration
    list_doctors: ListDoctors
    inspect_doctor: InspectDoctor
    decide_doctor: DecideDoctor
    list_doctor_visits: ListDoctorVisits
    cancel_doctor_visits: CancelDoctorVisits
    see_providers: SeeProviders
    list_tasks: ListTasks
    retry_task: RetryTask
    read_audit: ReadAudit
    # a person's own data
    export_my_data: ExportMyData
    erase_my_data: EraseMyData
    # reports
    send_report: SendReport
    list_reports: ListReports
    close_report: CloseReport


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings:
    """How this deployment is seen from outside."""

    public_url: str
    """Scheme and host as browsers see them, without a slash at the end; https makes cookies Secure."""
    production: bool
    rate_limits: bool
    terms: Terms
    simulated: tuple[str, ...] = ()
    """Names of the ports that are simulated here: payments, calendar, identity, notify."""
    static_dir: Path | None = None
    """The built web client; without it only the API is served."""
    image_sources: tuple[str, ...] = ()
    """Origins beside our own from which pages may show pictures, such as the photo store."""
    upload_targets: tuple[str, ...] = ()
    """Origins beside our own to which pages may send files."""
    version: str = "0"
    tzdata_version: str = ""
    time_limit_seconds: float = 30.0
    proxies: int = 0
    """How many proxies of ours stand before it, each of which appends to X-Forwarded-For."""


ReadyCheck = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpParts:
    """Everything that `create_app` puts together."""

    use_cases: UseCases
    settings: HttpSettings
    tokens: AccessTokens
    clock: Clock
    ready: Mapping[str, ReadyCheck] = field(default_factory=dict)
    """Named checks of what must work before requests are sent here."""
    routers: Sequence[ControllerRouterHandler] = ()
    """Further routers, such as those of simulators in use. They are no part of the documented API."""
    lifespan: Sequence[Callable[[Litestar], AbstractAsyncContextManager[None]]] = ()
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    """Where metrics are kept; others may add theirs."""
    traces: Traces = NO_TRACES
    kept_answers: KeptAnswers = field(default_factory=KeptAnswers)
    """Answers that are kept for whoever asks the same again."""
    ticks: Callable[[], float] = time.monotonic
    """Seconds that only grow, by which rate limits refill."""
