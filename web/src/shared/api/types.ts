/** The server's shapes under the names that the pages use. */
import type { paths } from './schema'

type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never
type Good<Operation> = Operation extends { responses: infer Responses }
  ? Json<Responses[Extract<keyof Responses, 200 | 201>]>
  : never
type Get<Path extends keyof paths> = paths[Path] extends { get: infer Operation } ? Good<Operation> : never
type Post<Path extends keyof paths> = paths[Path] extends { post: infer Operation } ? Good<Operation> : never

export type Clinic = Get<'/api/clinic'>
export type PolicyStep = Clinic['cancellation_policy'][number]
export type Me = Get<'/api/me'>
export type Role = 'patient' | 'doctor' | 'administrator'
export type Specialization = Get<'/api/specializations'>[number]
export type DoctorPage = Get<'/api/doctors'>
export type DoctorCard = DoctorPage['items'][number]
export type DoctorDetail = Get<'/api/doctors/{doctor_id}'>
export type Slots = NonNullable<Get<'/api/doctors/{doctor_id}/slots'>>
export type Slot = Slots['slots'][number]
export type Appointment = Get<'/api/appointments/{appointment_id}'>
export type AppointmentPage = Get<'/api/appointments'>
export type Money = Appointment['quote']['fee']
export type CancellationPreview = Get<'/api/appointments/{appointment_id}/cancellation'>
export type PatientProfile = Get<'/api/patient/profile'>
export type Hours = Get<'/api/doctor/hours'>
export type OwnCalendar = Get<'/api/doctor/calendar'>
export type TimeOff = Get<'/api/doctor/time-off'>[number]
export type TimeOffAnswer = Post<'/api/doctor/time-off'>
export type Schedule = Get<'/api/doctor/schedule'>
export type Action = Appointment['actions'][number]
export type Contact = Get<'/api/appointments/{appointment_id}/contact'>
export type VisitHealth = Get<'/api/appointments/{appointment_id}/medical-profile'>
export type Happening = Get<'/api/appointments/{appointment_id}/history'>[number]
export type ReschedulePreview = Get<'/api/appointments/{appointment_id}/reschedule'>
export type DoctorFeedback = Get<'/api/doctor/feedback'>['items'][number]
export type AdminDoctor = Get<'/api/admin/doctors'>['items'][number]
export type Task = Get<'/api/admin/tasks'>['items'][number]
export type AdminMessage = Get<'/api/admin/messages'>['items'][number]
export type Provider = Get<'/api/admin/providers'>['items'][number]
export type AdminPayment = Get<'/api/admin/payments'>['items'][number]
export type AdminFeedback = Get<'/api/admin/doctors/{doctor_id}/feedback'>['items'][number]
export type AuditEntry = Get<'/api/admin/audit'>['items'][number]
export type Report = Get<'/api/admin/reports'>['items'][number]
export type DoctorProfile = Get<'/api/doctor/profile'>
export type Earnings = Get<'/api/doctor/earnings'>
export type DoctorPayment = Get<'/api/doctor/earnings/payments'>['items'][number]
export type News = Get<'/api/me/notifications'>
export type NewsItem = News['items'][number]
export type Preferences = Get<'/api/me/preferences'>
export type Payment = Get<'/api/me/payments'>['items'][number]
export type MedicalProfile = Get<'/api/patient/medical-profile'>
export type ReceiptFacts = Get<'/api/appointments/{appointment_id}/receipt'>
export type Prescription = Get<'/api/appointments/{appointment_id}/prescription'>
