"""One example for each shape that people write by hand or read first, for the OpenAPI document."""

from collections.abc import Mapping

_DOCTOR = "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60"
_APPOINTMENT = "0198f0c2-7b10-7f02-8e55-91c3d2a7b604"
_PATIENT = "0198f0c2-5f00-7a11-b2c4-0d9e8f7a6b51"


def _usd(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "USD"}


_QUOTE = {"fee": _usd(50000), "tax_percent": "18", "tax": _usd(9000), "total": _usd(59000)}
_POLICY = [{"hours_before": 24, "percent": 100}, {"hours_before": 4, "percent": 50}]

EXAMPLES: Mapping[str, object] = {
    "Appointment": {
        "id": _APPOINTMENT,
        "status": "booked",
        "doctor": {
            "id": _DOCTOR,
            "name": "Dr. Asha Rao",
            "specialization": "Dermatology",
            "time_zone": "Asia/Kolkata",
        },
        "patient": {
            "id": _PATIENT,
            "name": "Lena Koch",
            "booked_by": None,
            "relation": None,
            "time_zone": "Europe/Berlin",
        },
        "starts_at": "2027-03-29T07:30:00Z",
        "ends_at": "2027-03-29T08:00:00Z",
        "hold_expires_at": None,
        "checkout_closes_at": None,
        "quote": _QUOTE,
        "payment": {"status": "captured", "refunded": _usd(0), "last_decline": None},
        "meeting": {"status": "ready", "join_url": "https://meet.example.com/abc-defg-hij"},
        "receipt_number": "2027-000123",
        "feedback": None,
        "version": 4,
        "hold_kind": "patient",
        "offer_expires_at": None,
        "accepted_at": None,
        "reason": "A rash on my left arm",
        "booked_by_me": True,
        "cancelled": None,
        "absence": None,
        "voided": None,
        "prescribed": False,
        "checkout_url": None,
        "checkout_expires_at": None,
        "pay_by": None,
        "policy": _POLICY,
        "actions": [
            {
                "action": "arrive",
                "open": False,
                "opens_at": "2027-03-29T07:15:00Z",
                "closes_at": "2027-03-29T08:00:00Z",
            },
            {"action": "join", "open": True, "opens_at": None, "closes_at": "2027-03-29T08:00:00Z"},
        ],
    },
    "HoldRequest": {"doctor_id": _DOCTOR, "starts_at": "2027-03-29T07:30:00Z", "reason": "A rash on my left arm"},
    "WaitRequest": {
        "doctor_id": _DOCTOR,
        "from": "2027-03-29T00:00:00Z",
        "until": "2027-04-05T00:00:00Z",
        "part_of_day": "morning",
    },
    "FollowUpRequest": {
        "times": ["2027-04-12T07:30:00Z", "2027-04-13T07:30:00Z"],
        "until": "2027-03-31T18:00:00Z",
    },
    "CancelRequest": {"reason": "I feel better", "expected_refund": _usd(59000)},
    "RescheduleRequest": {"starts_at": "2027-04-02T07:30:00Z", "expected_version": 4},
    "ReschedulePreview": {"allowed": True, "why_not": None, "moves_left": 3, "until": "2027-03-28T07:30:00Z"},
    "AbsenceRequest": {"reason": "I waited for half an hour."},
    "RejectionRequest": {"reason": "Both were in the room from 9:31 to 9:58."},
    "PrescriptionRequest": {
        "medicines": [{"name": "Hydrocortisone 1 % cream", "dose": "Thinly", "instructions": "Twice a day", "days": 7}],
        "advice": "Come back if it is not better after a week.",
    },
    "FeedbackRequest": {"stars": 5, "title": "Took her time", "review": "She listened, and explained every step."},
    "AnswerRequest": {"answer": "Thank you. I am glad that it helped."},
    "HideRequest": {"reason": "It names a third person."},
    "VoidRequest": {"reason": "Booked twice by mistake.", "refund": _usd(59000)},
    "CancellationPreview": {"refund": _usd(59000), "refundable_until": "2027-03-28T07:30:00Z", "allowed": True},
    "Checkout": {"url": "https://checkout.example.com/c/cs_123", "expires_at": "2027-03-28T10:09:00Z"},
    "Credentials": {"email": "doctor@example.com", "password": "correct horse battery"},
    "Session": {"access_token": "eyJhbGciOiJFZERTQSJ9.e30.c2ln", "token_type": "Bearer", "expires_in": 600},
    "DoctorRegistration": {
        "email": "asha.rao@example.com",
        "password": "correct horse battery",
        "name": "Dr. Asha Rao",
        "phone": "+91 22 1234 5678",
        "specialization": "Dermatology",
        "fee": _usd(50000),
        "time_zone": "Asia/Kolkata",
        "languages": ["English", "Hindi"],
        "qualifications": "MD, DNB",
        "about": "Skin, hair and nails.",
    },
    "PatientProfileChange": {"phone": "+49 30 123456", "time_zone": "Europe/Berlin"},
    "Hours": {
        "time_zone": "Europe/Berlin",
        "slot_minutes": 30,
        "gap_minutes": 0,
        "minimum_notice_minutes": 60,
        "horizon_days": 90,
        "weekly": [
            {"weekday": "monday", "from": "09:00", "to": "12:30"},
            {"weekday": "monday", "from": "14:00", "to": "24:00"},
        ],
        "overrides": [
            {"date": "2027-12-24", "spans": [{"from": "09:00", "to": "12:00"}]},
            {"date": "2027-12-25", "spans": []},
        ],
    },
    "OwnCalendarRequest": {"address": "asha@example.com"},
    "TimeOffRequest": {
        "starts_at": "2027-07-01T00:00:00+02:00",
        "ends_at": "2027-07-15T00:00:00+02:00",
        "note": "Summer",
        "cancel_conflicts": False,
    },
    "Decision": {"reason": "The licence has been checked."},
    "Slots": {
        "doctor_id": _DOCTOR,
        "time_zone": "Asia/Kolkata",
        "tax_percent": "18",
        "slots": [
            {"starts_at": "2027-03-29T07:30:00Z", "ends_at": "2027-03-29T08:00:00Z", "status": "free"},
            {"starts_at": "2027-03-29T08:00:00Z", "ends_at": "2027-03-29T08:30:00Z", "status": "held"},
        ],
        "valid_until": "2027-03-28T10:10:00Z",
    },
    "Clinic": {
        "name": "Openhours",
        "currency": "USD",
        "tax_percent": "18",
        "hold_minutes": 10,
        "cancellation_policy": _POLICY,
        "follow_up_times": 3,
        "simulated": ["payments", "calendar", "identity", "notify"],
        "tzdata_version": "2026f",
    },
    "Problem": {
        "type": "/problems/slot-taken",
        "title": "That time was just taken",
        "status": 409,
        "detail": "Choose another time.",
        "instance": "/api/appointments",
    },
}
"""By the name of the schema. A test decodes each strictly into its shape."""
