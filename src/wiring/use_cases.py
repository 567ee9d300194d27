"""The use cases that HTTP calls, over what a deployment has wired."""

from dataclasses import dataclass
from typing import Any

from dependency_injector import providers

from adapters.http.wiring import UseCases
from scheduling_core.use_cases import (
    accepting,
    accounts,
    administration,
    alternatives,
    attendance,
    audit,
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

Provider = providers.Provider[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What use cases stand on: ports, and use cases that others share."""

    storage: Provider
    spare_storage: Provider
    clock: Provider
    chance: Provider
    terms: Provider
    seals: Provider
    texts: Provider
    payments: Provider
    calendar: Provider
    called: Provider
    identity: Provider
    photo_keeper: Provider
    documents: Provider
    tokens: Provider
    passwords: Provider
    read_busy_times: Provider
    hold_slot: Provider
    open_checkout: Provider
    decide_doctor: Provider


def use_cases(parts: Parts) -> providers.Singleton[UseCases]:
    """One of each, made when first asked for."""
    storage, clock, chance, terms = parts.storage, parts.clock, parts.chance, parts.terms
    seals, payments, identity, photo_keeper = parts.seals, parts.payments, parts.identity, parts.photo_keeper
    documents, tokens, passwords = parts.documents, parts.tokens, parts.passwords
    read_receipt = providers.Singleton(receipts.ReadReceipt, storage, terms)
    read_prescription = providers.Singleton(prescriptions.ReadPrescription, storage, terms)
    return providers.Singleton(
        UseCases,
        find_doctors=providers.Singleton(directory.FindDoctors, storage, clock, terms),
        read_doctor=providers.Singleton(directory.ReadDoctor, storage, clock, terms),
        find_slots=providers.Singleton(slots.FindSlots, storage, clock, terms),
        list_specializations=providers.Singleton(directory.ListSpecializations, storage),
        suggest_doctors=providers.Singleton(directory.SuggestDoctors, storage),
        read_feedback=providers.Singleton(directory.ReadFeedback, storage),
        hold_slot=parts.hold_slot,
        open_checkout=parts.open_checkout,
        read_appointment=providers.Singleton(visits.ReadAppointment, storage, clock),
        read_visit_history=providers.Singleton(visit_history.ReadVisitHistory, storage),
        list_appointments=providers.Singleton(visits.ListAppointments, storage, clock),
        preview_cancellation=providers.Singleton(visits.PreviewCancellation, storage, clock, terms),
        cancel_appointment=providers.Singleton(visits.CancelAppointment, storage, chance, terms),
        preview_reschedule=providers.Singleton(rescheduling.PreviewReschedule, storage, clock, terms),
        reschedule=providers.Singleton(rescheduling.Reschedule, storage, chance, terms, parts.read_busy_times),
        arrive=providers.Singleton(attendance.Arrive, storage, chance, terms),
        fulfil=providers.Singleton(attendance.Fulfil, storage, chance, terms),
        mark_missed=providers.Singleton(attendance.MarkMissed, storage, chance, terms),
        undo_missed=providers.Singleton(attendance.UndoMissed, storage, chance, terms),
        read_alternatives=providers.Singleton(alternatives.ReadAlternatives, storage, clock, terms),
        read_receipt=read_receipt,
        print_receipt=providers.Singleton(receipts.PrintReceipt, read_receipt, documents),
        list_payments=providers.Singleton(money.ListPayments, storage),
        read_earnings=providers.Singleton(money.ReadEarnings, storage, terms),
        list_months_payments=providers.Singleton(money.ListMonthsPayments, storage),
        list_troubled_payments=providers.Singleton(money.ListTroubledPayments, storage),
        resolve_payment=providers.Singleton(quarantine.ResolvePayment, storage, chance),
        say_doctor_absent=providers.Singleton(corrections.SayDoctorAbsent, storage, chance, terms),
        reject_absence=providers.Singleton(corrections.RejectAbsence, storage, chance, terms),
        list_absence_claims=providers.Singleton(corrections.ListAbsenceClaims, storage),
        prescribe=providers.Singleton(prescriptions.Prescribe, storage, terms),
        read_prescription=read_prescription,
        print_prescription=providers.Singleton(prescriptions.PrintPrescription, read_prescription, documents),
        give_feedback=providers.Singleton(feedback.GiveFeedback, storage, chance, terms),
        answer_feedback=providers.Singleton(feedback.AnswerFeedback, storage, terms),
        list_own_feedback=providers.Singleton(feedback.ListOwnFeedback, storage),
        list_all_feedback=providers.Singleton(feedback.ListAllFeedback, storage),
        hide_feedback=providers.Singleton(feedback.HideFeedback, storage),
        void_appointment=providers.Singleton(corrections.VoidAppointment, storage, chance, terms),
        receive_webhook=providers.Singleton(settlement.ReceiveWebhook, parts.spare_storage, payments, chance),
        join_waitlist=providers.Singleton(waitlist.JoinWaitlist, storage, chance, terms),
        list_waits=providers.Singleton(waitlist.ListWaits, storage, clock),
        leave_waitlist=providers.Singleton(waitlist.LeaveWaitlist, storage),
        accept_offer=providers.Singleton(accepting.AcceptOffer, storage, chance, terms),
        offer_follow_up=providers.Singleton(follow_ups.OfferFollowUp, storage, chance, terms, parts.read_busy_times),
        read_schedule=providers.Singleton(visits.ReadSchedule, storage, clock),
        read_hours=providers.Singleton(hours.ReadHours, storage),
        set_hours=providers.Singleton(hours.SetHours, storage, chance),
        list_time_off=providers.Singleton(hours.ListTimeOff, storage, clock),
        add_time_off=providers.Singleton(hours.AddTimeOff, storage, chance),
        remove_time_off=providers.Singleton(hours.RemoveTimeOff, storage, chance),
        see_own_calendar=providers.Singleton(own_calendars.SeeOwnCalendar, storage, parts.calendar),
        connect_calendar=providers.Singleton(own_calendars.ConnectCalendar, storage, parts.calendar, chance),
        disconnect_calendar=providers.Singleton(own_calendars.DisconnectCalendar, storage, chance),
        register_doctor=providers.Singleton(accounts.RegisterDoctor, storage, chance, passwords, terms),
        sign_in=providers.Singleton(sessions.SignIn, storage, chance, passwords, tokens),
        change_password=providers.Singleton(change_passwords.ChangePassword, storage, chance, passwords),
        forgot_password=providers.Singleton(change_passwords.ForgotPassword, storage, chance),
        reset_password=providers.Singleton(change_passwords.ResetPassword, storage, chance, passwords, seals),
        start_google_sign_in=providers.Singleton(sessions.StartGoogleSignIn, chance, identity),
        finish_google_sign_in=providers.Singleton(sessions.FinishGoogleSignIn, storage, chance, identity, tokens),
        refresh_session=providers.Singleton(sessions.RefreshSession, storage, chance, tokens),
        sign_out=providers.Singleton(sessions.SignOut, storage),
        read_me=providers.Singleton(accounts.ReadMe, storage),
        read_patient_profile=providers.Singleton(accounts.ReadPatientProfile, storage),
        update_patient_profile=providers.Singleton(accounts.UpdatePatientProfile, storage),
        read_doctor_profile=providers.Singleton(profiles.ReadDoctorProfile, storage),
        quote_fee=providers.Singleton(profiles.QuoteFee, terms),
        update_doctor_profile=providers.Singleton(profiles.UpdateDoctorProfile, storage, terms),
        see_calendar_feed=providers.Singleton(feeds.SeeCalendarFeed, storage),
        new_calendar_feed=providers.Singleton(feeds.NewCalendarFeed, storage, chance),
        end_calendar_feed=providers.Singleton(feeds.EndCalendarFeed, storage),
        read_calendar_feed=providers.Singleton(feeds.ReadCalendarFeed, storage, clock),
        invite_photo=providers.Singleton(photos.InvitePhoto, photo_keeper, chance),
        set_photo=providers.Singleton(photos.SetPhoto, storage, photo_keeper, chance),
        remove_photo=providers.Singleton(photos.RemovePhoto, storage, chance),
        read_news=providers.Singleton(notices.ReadNews, storage),
        mark_news_read=providers.Singleton(notices.MarkNewsRead, storage),
        list_deliveries=providers.Singleton(notices.ListDeliveries, storage),
        read_preferences=providers.Singleton(preferences.ReadPreferences, storage, parts.texts),
        set_preferences=providers.Singleton(preferences.SetPreferences, storage, parts.texts),
        preview_unsubscribe=providers.Singleton(preferences.PreviewUnsubscribe, seals),
        unsubscribe=providers.Singleton(preferences.Unsubscribe, storage, seals),
        list_dependants=providers.Singleton(dependants.ListDependants, storage),
        add_dependant=providers.Singleton(dependants.AddDependant, storage, chance),
        change_dependant=providers.Singleton(dependants.ChangeDependant, storage),
        remove_dependant=providers.Singleton(dependants.RemoveDependant, storage),
        read_medical_profile=providers.Singleton(medical.ReadMedicalProfile, storage),
        write_medical_profile=providers.Singleton(medical.WriteMedicalProfile, storage),
        read_medical_profile_of_visit=providers.Singleton(medical.ReadMedicalProfileOfVisit, storage),
        read_contact_of_visit=providers.Singleton(contacts.ReadContactOfVisit, storage),
        list_doctors=providers.Singleton(administration.ListDoctors, storage),
        inspect_doctor=providers.Singleton(administration.InspectDoctor, storage),
        decide_doctor=parts.decide_doctor,
        list_doctor_visits=providers.Singleton(suspension.ListDoctorVisits, storage, clock),
        cancel_doctor_visits=providers.Singleton(suspension.CancelDoctorVisits, storage, clock, chance),
        see_providers=providers.Singleton(administration.SeeProviders, parts.called),
        list_tasks=providers.Singleton(administration.ListTasks, storage),
        retry_task=providers.Singleton(administration.RetryTask, storage),
        read_audit=providers.Singleton(audit.ReadAudit, storage),
        export_my_data=providers.Singleton(privacy.ExportMyData, storage),
        erase_my_data=providers.Singleton(privacy.EraseMyData, storage, chance),
        send_report=providers.Singleton(reports.SendReport, storage, chance),
        list_reports=providers.Singleton(reports.ListReports, storage),
        close_report=providers.Singleton(reports.CloseReport, storage),
    )
