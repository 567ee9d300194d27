"""What everybody may know of the clinic and of the running product."""

from adapters.http.views.fields import Answer
from adapters.http.views.money import PolicyStep


class Clinic(Answer):
    """One clinic's terms. A doctor keeps `follow_up_times` at most for a patient after a visit.

    `simulated` names the outside services that are only played here.
    """

    name: str
    currency: str
    tax_percent: str
    hold_minutes: int
    cancellation_policy: list[PolicyStep]
    follow_up_times: int
    simulated: list[str]
    tzdata_version: str


class Alive(Answer):
    """The process answers."""

    status: str


class Readiness(Answer):
    """Whether it can serve, and each thing that it needs for that."""

    status: str
    checks: dict[str, bool]
