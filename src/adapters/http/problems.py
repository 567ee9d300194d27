"""Every problem that the API answers with (RFC 9457), and the only place that knows status codes.

`type` is `/problems/<slug>` and never changes its meaning; clients go by it and not by the English text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduling_core import errors


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem. `meaning` is a plain sentence for whoever meets it; `retry_after` is in seconds."""

    slug: str
    status: int
    title: str
    meaning: str
    retry_after: int | None = None

    @property
    def uri(self) -> str:
        return f"/problems/{self.slug}"


REFUSALS: Mapping[type[errors.Refusal], ProblemType] = {
    errors.Refusal: ProblemType("refused", 400, "That cannot be done", "The request was understood and refused."),
    errors.Invalid: ProblemType("invalid", 400, "The request is not valid", "The request can never succeed as it stands."),
    errors.InvalidInput: (
        VALIDATION := ProblemType(
            "validation", 400, "Some of what was sent cannot be used",
            "A field is missing, unknown, of the wrong type or out of bounds; `errors` names each with a message.",
        )
    ),
    errors.InvalidHours: VALIDATION,
    errors.RequestReused: ProblemType(
        "request-reused", 422, "This key belongs to another request",
        "The Idempotency-Key was sent before with a different body or to a different address.",
    ),
    errors.SlotNotOffered: ProblemType(
        "slot-not-offered", 422, "The doctor does not offer that time",
        "No slot begins at that instant; `reason` is past, notice, horizon, closed, off_grid, time_off,"
        " calendar_busy, calendar_unread or not_listed.",
    ),
    errors.Unauthenticated: (
        UNAUTHENTICATED := ProblemType(
            "unauthenticated", 401, "Sign in to go on", "The operation needs a signed-in person and nobody is signed in.",
        )
    ),
    errors.BadCredentials: ProblemType(
        "bad-credentials", 401, "The e-mail or password is not right",
        "Nobody can sign in with what was sent; which part is wrong is never told.",
    ),
    errors.SessionRevoked: ProblemType(
        "session-revoked", 401, "You have been signed out", "The session has ended or was ended; sign in again.",
    ),
    errors.Forbidden: ProblemType(
        "forbidden", 403, "You are not allowed to do that", "This kind of account may not use this operation.",
    ),
    errors.NotFound: (
        NOT_FOUND := ProblemType(
            "not-found", 404, "There is nothing here", "It does not exist, or it is somebody else's: the two are never told apart.",
        )
    ),
    errors.Conflict: ProblemType(
        "conflict", 409, "That is no longer possible", "Somebody or something was first.",
    ),
    errors.SlotTaken: ProblemType(
        "slot-taken", 409, "That time was just taken", "Somebody else holds or has booked the slot: choose another time.",
    ),
    errors.PatientBusy: ProblemType(
        "patient-busy", 409, "You have another appointment then", "The patient already holds or has booked an overlapping time.",
    ),
    errors.HoldExpired: ProblemType(
        "hold-expired", 409, "The hold has ended", "The time was kept while the patient paid, and that time is over.",
    ),
    errors.HoldLimit: ProblemType(
        "hold-limit", 409, "Too many times are held", "One person may hold only so many times at once, and in a day.",
    ),
    errors.WaitlistLimit: ProblemType(
        "waitlist-limit", 409, "You are waiting for many times already", "One person may wait for only so many times at once.",
    ),
    errors.OfferLimit: ProblemType(
        "offer-limit", 409, "Many follow-up times are kept already",
        "A doctor may keep only so many follow-up times, for one patient and for all together.",
    ),
    errors.IllegalTransition: ProblemType(
        "illegal-transition", 409, "It is not in a state that allows that",
        "The appointment, or the registration, is not in a state from which this step leads anywhere.",
    ),
    errors.TooEarly: ProblemType(
        "too-early", 409, "It is too early for that", "The time for this step has not come; it begins at `opens_at`.",
    ),
    errors.TooLate: ProblemType(
        "too-late", 409, "It is too late for that", "The time for this step is over; it ended at `closed_at`.",
    ),
    errors.RefundChanged: ProblemType(
        "refund-changed", 409, "The refund has changed", "The refund is no longer the one that was agreed to: look again.",
    ),
    errors.CheckoutUnavailable: ProblemType(
        "checkout-unavailable", 409, "There is nothing to pay", "The appointment is not waiting for a payment.",
    ),
    errors.EmailTaken: ProblemType(
        "email-taken", 409, "There is already an account with this e-mail", "E-mail addresses of accounts are unique.",
    ),
    errors.DependantHasVisits: ProblemType(
        "dependant-has-visits", 409, "There are visits to come",
        "Somebody with visits ahead cannot be removed: cancel those first.",
    ),
    errors.DependantLimit: ProblemType(
        "dependant-limit", 409, "That is as many people as can be added", "One account can book for twenty people at most.",
    ),
    errors.TimeOffConflicts: ProblemType(
        "time-off-conflicts", 409, "Booked visits lie in that time",
        "The time off would cancel the visits that `appointment_ids` names, and the doctor has not agreed to that.",
    ),
    errors.Outdated: (
        OUTDATED := ProblemType(
            "outdated", 409, "Somebody changed this a moment ago", "It changed since it was read: read it again and decide again.",
        )
    ),
    errors.Superseded: OUTDATED,
    errors.CannotErase: ProblemType(
        "cannot-erase", 409, "Your data is still needed",
        "A visit is held or ahead, or money is not settled: `reason` is visits or money.",
    ),
    errors.CannotReschedule: ProblemType(
        "cannot-reschedule", 409, "This visit cannot be moved now",
        "The caller may not move the visit: `reason` is not_booked, disputed, over, unpaid, too_late or too_often.",
    ),
    errors.RequestInFlight: ProblemType(
        "request-in-flight", 409, "The same request is still being worked on",
        "A request with this Idempotency-Key has not finished: send it again in a moment.", retry_after=1,
    ),
    errors.Unavailable: (
        UNAVAILABLE := ProblemType(
            "unavailable", 503, "Please try again in a moment", "Something that is needed cannot answer now.", retry_after=5,
        )
    ),
    errors.ProviderUnavailable: (
        PROVIDER := ProblemType(
            "provider-unavailable", 503, "A service we rely on does not answer",
            "An outside provider did not answer; the same request may be sent again.", retry_after=5,
        )
    ),
    errors.ProviderFailed: PROVIDER,
    errors.StorageBusy: ProblemType(
        "storage-busy", 503, "Many people are booking right now", "The database is busy; the request changed nothing.", retry_after=1,
    ),
}  # fmt: skip
"""Each refusal of the core and how it is told. Two may share a type; none may be absent (a test watches this)."""

MALFORMED = ProblemType(
    "malformed", 400, "The request cannot be read", "The body is absent or no JSON, or the request itself is broken.",
)  # fmt: skip
BAD_CURSOR = ProblemType(
    "bad-cursor", 400, "That page cannot be found", "The cursor was not handed out by this list: begin at the first page.",
)  # fmt: skip
KEY_REQUIRED = ProblemType(
    "idempotency-key-required", 400, "An Idempotency-Key is required",
    "This operation needs the Idempotency-Key header: 1 to 200 visible ASCII characters, the same when it is repeated.",
)  # fmt: skip
INVALID_TOKEN = ProblemType(
    "invalid-token", 401, "The access token is not valid", "The access token is forged or expired: refresh it or sign in again.",
)  # fmt: skip
CROSS_ORIGIN = ProblemType(
    "cross-origin", 403, "The request comes from another site", "Sessions are refreshed and ended from the product's own pages only.",
)  # fmt: skip
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405, "That method is not allowed here", "The address exists but not for this method; see the Allow header.",
)  # fmt: skip
TOO_LARGE = ProblemType(
    "too-large", 413, "The request is too large", "A request's body may be 64 KiB long; a picture, 5 MiB.",
)  # fmt: skip
UNSUPPORTED_MEDIA_TYPE = ProblemType(
    "unsupported-media-type", 415, "Send JSON", "A body must be sent as application/json.",
)  # fmt: skip
WRONG_HOST = ProblemType(
    "wrong-host", 421, "This is not served here", "The Host header names another host than the product's own.",
)  # fmt: skip
TOO_MANY_REQUESTS = ProblemType(
    "too-many-requests", 429, "Too many requests", "Wait for the seconds that Retry-After names, then go on.", retry_after=1,
)  # fmt: skip
INTERNAL_ERROR = ProblemType(
    "internal-error", 500, "Something went wrong on our side", "A fault of the product; the X-Request-Id header names it in the log.",
)  # fmt: skip
TOO_SLOW = ProblemType(
    "too-slow", 503, "That took too long", "The request was given up after 30 seconds; the same one may be sent again.", retry_after=5,
)  # fmt: skip
OVERLOADED = ProblemType(
    "overloaded", 503, "Too many are asking at this moment", "Nothing was done; send the same request again in a moment.", retry_after=2,
)  # fmt: skip

ALL: Mapping[str, ProblemType] = {
    kind.slug: kind
    for kind in (
        *REFUSALS.values(), MALFORMED, BAD_CURSOR, KEY_REQUIRED, INVALID_TOKEN, CROSS_ORIGIN, METHOD_NOT_ALLOWED, TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE, WRONG_HOST, TOO_MANY_REQUESTS, INTERNAL_ERROR, TOO_SLOW, OVERLOADED,
    )
}  # fmt: skip
"""Every problem type there is, by its slug."""


class Declined(Exception):  # as the core's errors, it is named after what happens
    """A request that the HTTP adapter itself declines, before any use case is asked."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str | None = None,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or kind.meaning)
        self.kind = kind
        self.field = field
        self.headers = dict(headers or {})


def kind_of(refusal: errors.Refusal) -> ProblemType:
    """The problem type of a refusal: its own, or that of the nearest ancestor."""
    return next(REFUSALS[cls] for cls in type(refusal).__mro__ if cls in REFUSALS)


def extensions_of(refusal: Exception) -> dict[str, object]:
    """The members beside those of RFC 9457 that tell a machine more."""
    match refusal:
        case errors.InvalidInput() | errors.InvalidHours():
            return {"errors": [{"field": refusal.field, "message": str(refusal)}]}
        case errors.SlotNotOffered() | errors.CannotReschedule() | errors.CannotErase():
            return {"reason": refusal.reason}
        case errors.TooEarly():
            return {"opens_at": refusal.opens_at}
        case errors.TooLate():
            return {"closed_at": refusal.closed_at}
        case errors.TimeOffConflicts():
            return {"appointment_ids": [str(each) for each in refusal.appointment_ids]}
        case Declined(field=str() as field):
            return {"errors": [{"field": field, "message": str(refusal)}]}
    return {}
