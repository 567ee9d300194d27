"""Messages put into words: one template for each kind, written once, read as plain text and as HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from adapters.kit.ics import CONTENT_TYPE, FILENAME, CalendarEntry, calendar_file
from adapters.kit.words import one_line, say_both, say_clock, say_day, say_length, say_moment, say_money
from scheduling_core.access import Role
from scheduling_core.patient import first_name
from scheduling_core.ports.notify import FeedbackSummary, Message, Visit
from scheduling_core.tasks import MessageKind

WITH_CALENDAR_FILE = frozenset(
    {MessageKind.BOOKED, MessageKind.LINK_READY, MessageKind.RESCHEDULED, MessageKind.CANCELLED, MessageKind.VOIDED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as it is delivered. `subject` is one line; `headers` go with the mail as they are."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    headers: Mapping[str, str]


class Letters:
    """Renders messages. `organizer_email` is whom calendars take for the host of every visit."""

    def __init__(self, *, public_url: str, organizer_email: str) -> None:
        self._public_url = public_url.rstrip("/")
        self._organizer_email = organizer_email
        self._text = _environment(html=False)
        self._html = _environment(html=True)

    def render(self, message: Message) -> Letter:
        """The letter for its reader, in their time zone. It never tells why a visit takes place."""
        facts = self._facts(message)
        template = f"{message.kind}.j2"
        text = self._text.get_template(template)
        subject = "".join(text.blocks["subject"](text.new_context({**facts, "format": "txt"})))
        html = self._html.get_template(template).render(facts, format="html")
        return Letter(
            subject=one_line(subject),
            text=_paragraphs(text.render(facts, format="txt")),
            html=html,
            attachments=self._attachments(message),
            headers=self._headers(message),
        )

    def text(self, message: Message) -> str:
        """The same as a text message: when, by which clock, and where to look. It names nobody, and nothing of the visit."""
        if message.visit is None:
            raise ValueError("text messages are about visits")
        when = say_moment(message.visit.starts_at, message.zone)
        return f"Openhours: your video visit is on {when}. {self._page(message.visit, message.role)}"

    def _headers(self, message: Message) -> dict[str, str]:
        """One click in the reader's mail program stops what can be stopped (RFC 2369, RFC 8058)."""
        if not (url := self._unsubscribe_url(message)):
            return {}
        return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

    def _unsubscribe_url(self, message: Message) -> str:
        return f"{self._public_url}/unsubscribe/{message.unsubscribe}" if message.unsubscribe else ""

    def _facts(self, message: Message) -> dict[str, object]:
        facts: dict[str, object] = {
            "role": str(message.role),
            "name": one_line(message.name),
            "home": self._public_url,
            "written": say_moment(message.written_at, message.zone),
            "unsubscribe": self._unsubscribe_url(message),
            # Behind a #, which no server and no log of one ever sees.
            "reset": f"{self._public_url}/new-password#{message.reset}" if message.reset else "",
            "closes_at": say_moment(message.closes_at, message.zone) if message.closes_at else "",
            "reset_until": say_moment(message.reset_until, message.zone) if message.reset_until else "",
            "visit": None,
        }
        if message.summary is not None:
            facts |= _summary(message.summary)
        if message.visit is not None:
            facts |= self._visit(message.visit, message)
        return facts

    def _visit(self, visit: Visit, message: Message) -> dict[str, object]:
        for_doctor = message.role is Role.DOCTOR
        other_zone = visit.patient_zone if for_doctor else visit.doctor_zone
        return {
            "visit": visit,
            "doctor": one_line(visit.doctor),
            "patient": one_line(visit.patient),
            "seen": one_line(visit.dependant or visit.patient),
            "for_whom": _for_whom(visit, message.role) or "",
            "page": self._page(visit, message.role),
            "when": say_both(visit.starts_at, zone=message.zone, other_zone=other_zone),
            "moved_from": _both(visit.moved_from, zone=message.zone, other_zone=other_zone),
            "promised_until": say_moment(visit.full_refund_until, message.zone) if visit.full_refund_until else "",
            "free_times": self._free_times(visit, message.zone),
            "others": self._others(visit, message.zone),
            "day": say_day(visit.starts_at, message.zone),
            "clock": say_clock(visit.starts_at, message.zone),
            "length": say_length(visit.ends_at - visit.starts_at),
            "total": say_money(visit.total),
            "refund": say_money(visit.refund),
            "refunded": say_money(visit.refunded),
            "pay_by": say_moment(visit.pay_by, message.zone) if visit.pay_by else "",
            "offered_until": say_moment(visit.offered_until, message.zone) if visit.offered_until else "",
            "instead_of": say_both(visit.instead_of, zone=message.zone, other_zone=other_zone)
            if visit.instead_of
            else "",
            "offered": [say_both(start, zone=message.zone, other_zone=other_zone) for start in visit.offered],
            "cancelled_by": str(visit.cancelled_by or ""),
        }

    def _attachments(self, message: Message) -> tuple[Attachment, ...]:
        visit = message.visit
        if visit is None or message.kind not in WITH_CALENDAR_FILE:
            return ()
        entry = CalendarEntry(
            appointment_id=visit.appointment_id,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            sequence=visit.sequence,
            cancelled=visit.cancelled,
            attendee_email=message.email,
            attendee_name=message.name,
            organizer_email=self._organizer_email,
            page_url=self._page(visit, message.role),
            join_url=visit.join_url,
            for_whom=_for_whom(visit, message.role),
            written_at=message.written_at,
        )
        kind = f"{CONTENT_TYPE}; charset=utf-8; method={entry.method}"
        return (Attachment(filename=FILENAME, content_type=kind, content=calendar_file(entry)),)

    def _free_times(self, visit: Visit, zone: str) -> list[tuple[str, str]]:
        """The doctor's next free times, each with the page on which it can be held."""
        offer = visit.alternatives
        if offer is None:
            return []
        doctor = f"{self._public_url}/doctors/{offer.doctor_id}"
        return [(say_moment(time, zone), f"{doctor}?at={time:%Y-%m-%dT%H:%M:%SZ}") for time in offer.times]

    def _others(self, visit: Visit, zone: str) -> list[tuple[str, str]]:
        """Other doctors by name alone, each with their page: an e-mail names no field of medicine, in its links neither."""
        return [
            (
                f"{one_line(other.name)}, {say_moment(other.next_free_at, zone)}",
                f"{self._public_url}/doctors/{other.id}",
            )
            for other in (visit.alternatives.others if visit.alternatives else ())
        ]

    def _page(self, visit: Visit, reader: Role) -> str:
        """Where the reader finds the visit in the web client."""
        pages = "visits" if reader is Role.DOCTOR else "appointments"
        return f"{self._public_url}/{pages}/{visit.appointment_id}"


def _summary(summary: FeedbackSummary) -> dict[str, object]:
    return {
        "day": say_day(summary.day, "UTC"),
        "given": summary.given,
        "average": f"{summary.stars / summary.given:.1f}",
        "rating": f"{summary.rating.average:.1f}" if summary.rating.average else "",
        "ratings": summary.rating.count,
    }


def _both(instant: datetime | None, *, zone: str, other_zone: str) -> str:
    return say_both(instant, zone=zone, other_zone=other_zone) if instant else ""


def _for_whom(visit: Visit, reader: Role) -> str | None:
    """The first name of a dependant, for the patient who booked; None where the visit is their own, and for the doctor."""
    if reader is not Role.PATIENT or visit.dependant is None:
        return None
    return first_name(one_line(visit.dependant))


def _environment(*, html: bool) -> Environment:
    return Environment(
        loader=PackageLoader("adapters.notify"),
        autoescape=html,  # noqa: S701  # plain text is not escaped; HTML is
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _paragraphs(text: str) -> str:
    """The text with single blank lines between its paragraphs and nothing at the ends of lines."""
    lines = "\n".join(" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
