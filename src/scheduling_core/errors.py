"""Every refusal of the core, named after what is refused; adapters alone know status codes.

Refusal
├── Invalid                  the request can never succeed as it stands
│   ├── InvalidInput         a field is unusable
│   ├── InvalidHours         hours, an override or time off that make no sense
│   └── RequestReused        an idempotency key sent again with another body
├── SlotNotOffered           the doctor does not offer that time (reason says why)
├── Unauthenticated          nobody, or nobody any more
│   ├── BadCredentials
│   └── SessionRevoked
├── Forbidden                the wrong kind of actor
├── NotFound                 not there, or not yours: the two are never told apart
├── Conflict                 somebody or something was first
│   ├── SlotTaken
│   ├── PatientBusy
│   ├── HoldExpired
│   ├── HoldLimit
│   ├── WaitlistLimit
│   ├── OfferLimit
│   ├── IllegalTransition
│   │   ├── TooEarly         the time for that begins at `opens_at`
│   │   └── TooLate          the time for that was over at `closed_at`
│   ├── RefundChanged
│   ├── CheckoutUnavailable
│   ├── CannotErase          somebody is still needed: visits ahead, money not settled
│   ├── EmailTaken
│   ├── TimeOffConflicts
│   ├── CannotReschedule     this person may not move this visit now (reason says why)
│   ├── DependantHasVisits
│   ├── DependantLimit
│   ├── Outdated             a row changed since it was read: reload and decide again
│   │   └── Superseded       what the caller decided on is no longer true: only the caller can decide again
│   └── RequestInFlight
└── Unavailable              a provider or the database cannot answer now
    ├── ProviderUnavailable  nothing is known of what it did: ask again with the same key
    │   └── ProviderFailed   it answered with a failure of its own: fetch, then use another key
    └── StorageBusy
ProviderRefused              the provider's definite no (not a refusal to a person: tasks handle it)
"""

from collections.abc import Sequence
from datetime import datetime


class Refusal(Exception):
    """The base of everything the core refuses. Its message is fit for a person to read."""

    default = "That cannot be done."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.default)


class Invalid(Refusal):
    default = "The request is not valid."


class InvalidInput(Invalid):
    """A field whose value cannot be used. `field` is its name as the outside knows it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class InvalidHours(Invalid):
    """Hours that make no sense. `field` is a path such as `weekly.monday` or `slot_minutes`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class RequestReused(Invalid):
    default = "This request key was already used for a different request."


class SlotNotOffered(Refusal):
    """No slot begins at that instant. `reason`: past, notice, horizon, closed, off_grid, time_off, calendar_busy,
    calendar_unread, not_listed."""

    default = "The doctor does not offer that time."

    def __init__(self, reason: str) -> None:
        super().__init__(self.default)
        self.reason = reason


class Unauthenticated(Refusal):
    default = "Sign in to go on."


class BadCredentials(Unauthenticated):
    default = "The e-mail or password is not right."


class SessionRevoked(Unauthenticated):
    default = "You have been signed out. Sign in again."


class Forbidden(Refusal):
    default = "You are not allowed to do that."


class NotFound(Refusal):
    default = "There is nothing here."


class Conflict(Refusal):
    default = "That is no longer possible."


class SlotTaken(Conflict):
    default = "Choose another time."


class PatientBusy(Conflict):
    default = "There is already an appointment at that time."


class HoldExpired(Conflict):
    default = "The time was kept for you, but the hold has ended."


class HoldLimit(Conflict):
    """Too many live holds at once, or too many holds in a day."""

    default = "You are already holding as many times as one person may."


class WaitlistLimit(Conflict):
    default = "You are waiting for as many times as one person may."


class OfferLimit(Conflict):
    """More follow-up times than a doctor may keep for one patient, or for all of them together."""

    default = "That is as many follow-up times as can be kept at once."


class IllegalTransition(Conflict):
    default = "The appointment is not in a state that allows that."


class TooEarly(IllegalTransition):
    default = "It is too early for that."

    def __init__(self, opens_at: datetime) -> None:
        super().__init__()
        self.opens_at = opens_at


class TooLate(IllegalTransition):
    default = "It is too late for that."

    def __init__(self, closed_at: datetime) -> None:
        super().__init__()
        self.closed_at = closed_at


class RefundChanged(Conflict):
    default = "The refund has changed since you looked. Please look again."


class CheckoutUnavailable(Conflict):
    default = "There is nothing to pay here."


class EmailTaken(Conflict):
    default = "There is already an account with this e-mail."


class TimeOffConflicts(Conflict):
    """Time off would strike booked visits, which `appointment_ids` names, and the doctor has not agreed yet."""

    default = "Booked visits lie in that time."

    def __init__(self, appointment_ids: Sequence[object]) -> None:
        super().__init__()
        self.appointment_ids = tuple(appointment_ids)


class DependantHasVisits(Conflict):
    default = "There are visits to come. Cancel them first."


class DependantLimit(Conflict):
    default = "That is as many people as one account can book for."


class Outdated(Conflict):
    default = "Somebody changed this a moment ago. Please try again."


class Superseded(Outdated):
    """The caller named the version that they had seen, and there is a newer one."""

    default = "This has changed since you looked. Please look again."


class CannotErase(Conflict):
    """`reason`: visits, money."""

    default = "Your data is needed until your visits have taken place and the money is settled."

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class CannotReschedule(Conflict):
    """`reason`: not_booked, disputed, over, unpaid, too_late, too_often."""

    default = "This visit cannot be moved now."

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class RequestInFlight(Conflict):
    default = "The same request is still being worked on."


class Unavailable(Refusal):
    default = "Please try again in a moment."


class ProviderUnavailable(Unavailable):
    """The provider did not answer. What it did is unknown: ask again with the same key, or fetch first."""


class ProviderFailed(ProviderUnavailable):
    """A 5xx. Providers remember such an answer under its key and replay it, so that key will never work again."""


class StorageBusy(Unavailable):
    pass


class ProviderRefused(Exception):
    """The provider's definite no: what was asked did not happen. `code` is the provider-independent reason."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code
