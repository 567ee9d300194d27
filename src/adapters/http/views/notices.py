"""What people were told, and what of it they want by e-mail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.cursors import write_id, write_place
from adapters.http.views.fields import Answer, Request
from scheduling_core import notices
from scheduling_core.access import Role
from scheduling_core.notices import Delivery, Topic
from scheduling_core.ports.notice_records import NoticeDetails
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.notices import MOST_READ_AT_ONCE, News


class NewsVisit(Answer):
    """The visit that a piece of news is about, as it is now. `patient_name` is who is seen."""

    id: UUID
    starts_at: datetime
    doctor_name: str
    patient_name: str


class NewsItem(Answer):
    """One message. `delivery` is how it went by e-mail: `withheld` where the person does not want its kind there."""

    id: UUID
    kind: MessageKind
    at: datetime
    delivery: Delivery
    read: bool
    visit: NewsVisit | None

    @classmethod
    def of(cls, details: NoticeDetails) -> "NewsItem":
        notice, visit = details.notice, None
        if notice.appointment_id and details.starts_at:
            visit = NewsVisit(
                id=notice.appointment_id,
                starts_at=details.starts_at,
                doctor_name=details.doctor_name or "",
                patient_name=details.patient_name or "",
            )
        return cls(
            id=notice.id,
            kind=notice.kind,
            at=notice.at,
            delivery=notice.delivery,
            read=notice.read_at is not None,
            visit=visit,
        )


class NewsPage(Answer):
    """Newest first. `unread` counts all of the caller's, not those of this page."""

    items: list[NewsItem]
    next_cursor: str | None
    unread: int

    @classmethod
    def of(cls, news: News, *, limit: int) -> "NewsPage":
        """The first `limit` of what was found; one more than that was asked for, to know whether there is more."""
        page = news.items[:limit]
        last = page[-1].notice if len(news.items) > limit else None
        return cls(
            items=[NewsItem.of(each) for each in page],
            next_cursor=write_place(last.at, last.id) if last else None,
            unread=news.unread,
        )


class ReadMarks(Request):
    """Which news were read; null for all of it."""

    ids: Annotated[list[UUID], msgspec.Meta(max_length=MOST_READ_AT_ONCE)] | None = None


class Unread(Answer):
    """How much news is left to read."""

    unread: int


class EmailPreferences(Answer):
    """Which messages come by e-mail too. What states facts about a booking or money always does.

    `text_reminders` are reminders as text messages to one's telephone; null where none are sent.
    """

    reminders: bool
    feedback_requests: bool
    sign_in_notices: bool
    offers: bool
    text_reminders: bool | None

    @classmethod
    def of(cls, wanted: dict[Topic, bool]) -> "EmailPreferences":
        return cls(**{topic.value: wanted.get(topic) for topic in Topic})  # type: ignore[arg-type]  # null for texts alone


class EmailPreferencesChoice(Request):
    """All of them; they replace what was chosen before. `text_reminders` null or left out changes nothing."""

    reminders: bool
    feedback_requests: bool
    sign_in_notices: bool
    offers: bool
    text_reminders: bool | None = None

    def value(self) -> dict[Topic, bool]:
        chosen = {topic: getattr(self, topic.value) for topic in Topic}
        return {topic: on for topic, on in chosen.items() if on is not None}


class AdminMessage(Answer):
    """One message as administrators see it: who, which kind, what became of it. Its content is not kept."""

    id: UUID
    kind: MessageKind
    delivery: Delivery
    recipient_role: Role
    recipient_id: UUID
    appointment_id: UUID | None
    at: datetime
    sent_at: datetime | None

    @classmethod
    def of(cls, notice: notices.Notice) -> "AdminMessage":
        return cls(
            id=notice.id,
            kind=notice.kind,
            delivery=notice.delivery,
            recipient_role=notice.recipient.role,
            recipient_id=notice.recipient.id,
            appointment_id=notice.appointment_id,
            at=notice.at,
            sent_at=notice.sent_at,
        )


class AdminMessagePage(Answer):
    """Messages, newest first."""

    items: list[AdminMessage]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[notices.Notice], *, limit: int) -> "AdminMessagePage":
        page = found[:limit]
        return cls(
            items=[AdminMessage.of(each) for each in page],
            next_cursor=write_id(page[-1].id) if len(found) > limit else None,
        )
