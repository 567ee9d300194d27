"""The use cases that HTTP calls, over what a deployment has wired."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar, overload

from dependency_injector import providers

from adapters.http.wiring import UseCases
from scheduling_core.ports.calendar import Calendar
from scheduling_core.ports.documents import Documents
from scheduling_core.ports.identity import IdentityProvider
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.photos import Photos
from scheduling_core.ports.providers import Providers
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import AccessTokens, Chance, Clock, Passwords
from scheduling_core.seals import Seals
from scheduling_core.terms import Terms
from scheduling_core.use_cases import (
    accepting,
    accounts,
    administration,
    alternatives,
    attendance,
    audit,
    booking,
    checkout,
    contacts,
    corrections,
    dependants,
    directory,
    feedback,
    feeds,
    follow_ups,
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
    settlement,
    slots,
    suspension,
    visit_history,
    visits,
    waitlist,
)
from scheduling_core.use_cases import passwords as change_passwords

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Made(Protocol[T_co]):
    """A provider of one, or of what can stand for it, which `providers.Provider` itself, being invariant, cannot say."""

    def __call__(self, *args: Any, **named: Any) -> T_co: ...


Given: TypeAlias = Made[T] | T


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What use cases stand on, ports and use cases that others share: providers of them, or they themselves."""

    storage: Given[Storage]
    spare_storage: Given[Storage]
    clock: Given[Clock]
    chance: Given[Chance]
    terms: Given[Terms]
    seals: Given[Seals]
    texts: Given[bool]
    payments: Given[Payments]
    calendar: Given[Calendar]
    called: Given[Providers]
    identity: Given[IdentityProvider]
    photo_keeper: Given[Photos]
    documents: Given[Documents]
    tokens: Given[AccessTokens]
    passwords: Given[Passwords]
    read_busy_times: Given[own_calendars.ReadBusyTimes]
    hold_slot: Given[booking.HoldSlot]
    open_checkout: Given[checkout.OpenCheckout]
    decide_doctor: Given[administration.DecideDoctor]


@overload
def use_cases(parts: Parts) -> providers.Singleton[UseCases]: ...
@overload
def use_cases(parts: Parts, once: Callable[..., Any]) -> UseCases: ...
def use_cases(parts: Parts, once: Callable[..., Any] = providers.Singleton) -> providers.Singleton[UseCases] | UseCases:
    """UseCases with one of each. `once` makes something of a class and what it stands on: a provider that does when first asked,
    over parts that are providers, or, over parts that are there already, the thing itself."""
    storage, clock, chance, terms = parts.storage, parts.clock, parts.chance, parts.terms
    seals, payments, identity, photo_keeper = parts.seals, parts.payments, parts.identity, parts.photo_keeper
    documents, tokens, passwords = parts.documents, parts.tokens, parts.passwords
    read_receipt = once(receipts.ReadReceipt, storage, terms)
    read_prescription = once(prescriptions.ReadPrescription, storage, terms)
    made: providers.Singleton[UseCases] | UseCases = once(
        UseCases,
        find_doctors=once(directory.FindDoctors, storage, clock, terms),
        read_doctor=once(directory.ReadDoctor, storage, clock, terms),
        find_slots=once(slots.FindSlots, storage, clock, terms),
        list_specializations=once(directory.ListSpecializations, storage),
        suggest_doctors=once(directory.SuggestDoctors, storage),
        read_feedback=once(directory.ReadFeedback, storage),
        hold_slot=parts.hold_slot,
        open_checkout=parts.open_checkout,
        read_appointment=once(visits.ReadAppointment, storage, clock),
        read_visit_history=once(visit_history.ReadVisitHistory, storage),
        list_appointments=once(visits.ListAppointments, storage, clock),
        preview_cancellation=once(visits.PreviewCancellation, storage, clock, terms),
        cancel_appointment=once(visits.CancelAppointment, storage, chance, terms),
        preview_reschedule=once(rescheduling.PreviewReschedule, storage, clock, terms),
        reschedule=once(rescheduling.Reschedule, storage, chance, terms, parts.read_busy_times),
        arrive=once(attendance.Arrive, storage, chance, terms),
        fulfil=once(attendance.Fulfil, storage, chance, terms),
        mark_missed=once(attendance.MarkMissed, storage, chance, terms),
        undo_missed=once(attendance.UndoMissed, storage, chance, terms),
        read_alternatives=once(alternatives.ReadAlternatives, storage, clock, terms),
        read_receipt=read_receipt,
        print_receipt=once(receipts.PrintReceipt, read_receipt, documents),
        list_payments=once(money.ListPayments, storage),
        read_earnings=once(money.ReadEarnings, storage, terms),
        list_months_payments=once(money.ListMonthsPayments, storage),
        list_troubled_payments=once(money.ListTroubledPayments, storage),
        resolve_payment=once(quarantine.ResolvePayment, storage, chance),
        say_doctor_absent=once(corrections.SayDoctorAbsent, storage, chance, terms),
        reject_absence=once(corrections.RejectAbsence, storage, chance, terms),
        list_absence_claims=once(corrections.ListAbsenceClaims, storage),
        prescribe=once(prescriptions.Prescribe, storage, terms),
        read_prescription=read_prescription,
        print_prescription=once(prescriptions.PrintPrescription, read_prescription, documents),
        give_feedback=once(feedback.GiveFeedback, storage, chance, terms),
        answer_feedback=once(feedback.AnswerFeedback, storage, terms),
        list_own_feedback=once(feedback.ListOwnFeedback, storage),
        list_all_feedback=once(feedback.ListAllFeedback, storage),
        hide_feedback=once(feedback.HideFeedback, storage),
        void_appointment=once(corrections.VoidAppointment, storage, chance, terms),
        receive_webhook=once(settlement.ReceiveWebhook, parts.spare_storage, payments, chance),
        join_waitlist=once(waitlist.JoinWaitlist, storage, chance, terms),
        list_waits=once(waitlist.ListWaits, storage, clock),
        leave_waitlist=once(waitlist.LeaveWaitlist, storage),
        accept_offer=once(accepting.AcceptOffer, storage, chance, terms),
        offer_follow_up=once(follow_ups.OfferFollowUp, storage, chance, terms, parts.read_busy_times),
        read_schedule=once(visits.ReadSchedule, storage, clock),
        read_hours=once(hours.ReadHours, storage),
        set_hours=once(hours.SetHours, storage, chance),
        list_time_off=once(hours.ListTimeOff, storage, clock),
        add_time_off=once(hours.AddTimeOff, storage, chance),
        remove_time_off=once(hours.RemoveTimeOff, storage, chance),
        see_own_calendar=once(own_calendars.SeeOwnCalendar, storage, parts.calendar),
        connect_calendar=once(own_calendars.ConnectCalendar, storage, parts.calendar, chance),
        disconnect_calendar=once(own_calendars.DisconnectCalendar, storage, chance),
        register_doctor=once(accounts.RegisterDoctor, storage, chance, passwords, terms),
        sign_in=once(sessions.SignIn, storage, chance, passwords, tokens),
        change_password=once(change_passwords.ChangePassword, storage, chance, passwords),
        forgot_password=once(change_passwords.ForgotPassword, storage, chance),
        reset_password=once(change_passwords.ResetPassword, storage, chance, passwords, seals),
        start_google_sign_in=once(sessions.StartGoogleSignIn, chance, identity),
        finish_google_sign_in=once(sessions.FinishGoogleSignIn, storage, chance, identity, tokens),
        refresh_session=once(sessions.RefreshSession, storage, chance, tokens),
        sign_out=once(sessions.SignOut, storage),
        read_me=once(accounts.ReadMe, storage),
        read_patient_profile=once(accounts.ReadPatientProfile, storage),
        update_patient_profile=once(accounts.UpdatePatientProfile, storage),
        read_doctor_profile=once(profiles.ReadDoctorProfile, storage),
        quote_fee=once(profiles.QuoteFee, terms),
        update_doctor_profile=once(profiles.UpdateDoctorProfile, storage, terms),
        see_calendar_feed=once(feeds.SeeCalendarFeed, storage),
        new_calendar_feed=once(feeds.NewCalendarFeed, storage, chance),
        end_calendar_feed=once(feeds.EndCalendarFeed, storage),
        read_calendar_feed=once(feeds.ReadCalendarFeed, storage, clock),
        invite_photo=once(photos.InvitePhoto, photo_keeper, chance),
        set_photo=once(photos.SetPhoto, storage, photo_keeper, chance),
        remove_photo=once(photos.RemovePhoto, storage, chance),
        read_news=once(notices.ReadNews, storage),
        mark_news_read=once(notices.MarkNewsRead, storage),
        list_deliveries=once(notices.ListDeliveries, storage),
        read_preferences=once(preferences.ReadPreferences, storage, parts.texts),
        set_preferences=once(preferences.SetPreferences, storage, parts.texts),
        preview_unsubscribe=once(preferences.PreviewUnsubscribe, seals),
        unsubscribe=once(preferences.Unsubscribe, storage, seals),
        list_dependants=once(dependants.ListDependants, storage),
        add_dependant=once(dependants.AddDependant, storage, chance),
        change_dependant=once(dependants.ChangeDependant, storage),
        remove_dependant=once(dependants.RemoveDependant, storage),
        read_medical_profile=once(medical.ReadMedicalProfile, storage),
        write_medical_profile=once(medical.WriteMedicalProfile, storage),
        read_medical_profile_of_visit=once(medical.ReadMedicalProfileOfVisit, storage),
        read_contact_of_visit=once(contacts.ReadContactOfVisit, storage),
        list_doctors=once(administration.ListDoctors, storage),
        inspect_doctor=once(administration.InspectDoctor, storage),
        decide_doctor=parts.decide_doctor,
        list_doctor_visits=once(suspension.ListDoctorVisits, storage, clock),
        cancel_doctor_visits=once(suspension.CancelDoctorVisits, storage, clock, chance),
        see_providers=once(administration.SeeProviders, parts.called),
        list_tasks=once(administration.ListTasks, storage),
        retry_task=once(administration.RetryTask, storage),
        read_audit=once(audit.ReadAudit, storage),
        export_my_data=once(privacy.ExportMyData, storage),
        erase_my_data=once(privacy.EraseMyData, storage, chance),
        send_report=once(reports.SendReport, storage, chance),
        list_reports=once(reports.ListReports, storage),
        close_report=once(reports.CloseReport, storage),
    )
    return made
