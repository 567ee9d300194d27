"""The problem document (RFC 9457), as the API documentation shows it."""

from datetime import datetime

import msgspec

from adapters.http.views.fields import Answer


class FieldProblem(Answer):
    """What is wrong with one field; `field` is a path such as `fee.amount`."""

    field: str
    message: str


class Problem(Answer, omit_defaults=True):
    """A refusal. Go by `type`, which never changes its meaning; `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    reason: str | msgspec.UnsetType = msgspec.UNSET
    errors: list[FieldProblem] | msgspec.UnsetType = msgspec.UNSET
    opens_at: datetime | msgspec.UnsetType = msgspec.UNSET
    closed_at: datetime | msgspec.UnsetType = msgspec.UNSET
    appointment_ids: list[str] | msgspec.UnsetType = msgspec.UNSET
