"""A person's own data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from adapters.http.views.fields import Answer, Request
from scheduling_core.access import Role
from scheduling_core.use_cases import privacy


class PersonalData(Answer):
    """Everything that is held about whoever asks, by what keeps it; without secrets and without what belongs to others."""

    role: Role
    id: UUID
    made_at: datetime
    records: dict[str, list[dict[str, Any]]]

    @classmethod
    def of(cls, export: privacy.Export) -> "PersonalData":
        return cls(
            role=export.about.role, id=export.about.known(), made_at=export.made_at, records=_plain(export.records)
        )


class EraseRequest(Request):
    """The e-mail address of the account, typed by whoever means it."""

    confirmation: Annotated[str, msgspec.Meta(min_length=1, max_length=254)]


def _plain(records: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, list[dict[str, Any]]]:
    return {name: [dict(row) for row in rows] for name, rows in records.items()}
