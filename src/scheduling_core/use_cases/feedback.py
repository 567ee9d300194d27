"""What patients say of their visits: given once, changed for a while, answered once, hidden if it must be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.audit import Act, Deed, Subject
from scheduling_core.errors import NotFound
from scheduling_core.feedback import Feedback
from scheduling_core.ids import AppointmentId, DoctorId, TaskId
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.tasks import MessageKind, Recipient, summarise_feedback
from scheduling_core.terms import Terms
from scheduling_core.use_cases.changes import tell
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_limit, sound_line, sound_text
from scheduling_core.use_cases.people import read_me
from scheduling_core.windows import Action, Case, permit, require

LONGEST_TITLE, LONGEST_REVIEW, LONGEST_ANSWER, LONGEST_REASON = 100, 2000, 1000, 500


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """The patient says how a fulfilled visit was; again within `terms.feedback_editable`, and it says the new.

    Raise IllegalTransition for a visit that was not fulfilled, TooLate once it can no longer be changed.
    """

    storage: Storage
    chance: Chance
    terms: Terms

    @decide_again
    async def __call__(
        self, actor: Actor, appointment_id: AppointmentId, *, stars: int, title: str, review: str
    ) -> AppointmentDetails:
        permit(Action.FEEDBACK, actor)
        said = {
            "stars": stars,
            "title": sound_line("title", title, longest=LONGEST_TITLE),
            "review": sound_text("review", review, longest=LONGEST_REVIEW),
        }
        async with self.storage.writing() as unit:
            await read_me(unit, actor)
            visit = await unit.appointments.lock(appointment_id, actor)
            given, now = await unit.feedback.find(appointment_id), await unit.now()
            case = Case(appointment=visit, role=actor.role, terms=self.terms, feedback=given)
            require(Action.FEEDBACK, case, now)
            if given is None:
                first = Feedback(
                    appointment_id=appointment_id,
                    doctor_id=visit.doctor_id,
                    patient_id=visit.booked_by,
                    given_at=now,
                    **said,  # type: ignore[arg-type]  # each is what its name says
                )
                await unit.feedback.add(first)
                doctor = Recipient(Role.DOCTOR, visit.doctor_id)
                await tell(unit, self.chance, MessageKind.FEEDBACK_RECEIVED, doctor, at=now, appointment=visit)
            else:
                await unit.feedback.save(given.edit(**said, at=now))  # type: ignore[arg-type]  # as above
            summarise = summarise_feedback(TaskId(self.chance.new_id()), visit.doctor_id, at=now)
            await unit.tasks.wake_at_end(summarise)
            return await unit.appointments.details(appointment_id, actor)


@dataclass(frozen=True, slots=True)
class AnswerFeedback:
    """The doctor answers once what was said of a visit. Raise IllegalTransition where nothing was, or it is answered."""

    storage: Storage
    terms: Terms

    @decide_again
    async def __call__(self, actor: Actor, appointment_id: AppointmentId, *, answer: str) -> AppointmentDetails:
        permit(Action.ANSWER_FEEDBACK, actor)
        text = sound_text("answer", answer, longest=LONGEST_ANSWER) or sound_line("answer", answer)
        async with self.storage.writing() as unit:
            visit = await unit.appointments.lock(appointment_id, actor)
            given, now = await unit.feedback.find(appointment_id), await unit.now()
            case = Case(appointment=visit, role=actor.role, terms=self.terms, feedback=given)
            require(Action.ANSWER_FEEDBACK, case, now)
            if given is not None:
                await unit.feedback.save(given.answered(text, now))
            return await unit.appointments.details(appointment_id, actor)


@dataclass(frozen=True, slots=True)
class ListOwnFeedback:
    """What patients said of the signed-in doctor, newest first, each with the visit that it is about."""

    storage: Storage

    async def __call__(
        self, actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int = 20
    ) -> list[AppointmentDetails]:
        doctor_id = actor.as_doctor()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            found = await unit.feedback.of_doctor(doctor_id, after=after, limit=limit)
            return [await unit.appointments.details(each.appointment_id, actor) for each in found]


@dataclass(frozen=True, slots=True)
class ListAllFeedback:
    """For administrators: everything that was said of a doctor, hidden or not, newest first."""

    storage: Storage

    async def __call__(
        self, actor: Actor, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None = None, limit: int = 20
    ) -> list[Feedback]:
        actor.as_administrator()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return await unit.feedback.of_doctor(doctor_id, after=after, limit=limit, hidden_too=True)


@dataclass(frozen=True, slots=True)
class HideFeedback:
    """An administrator takes a review out of the list and out of the rating, and says why; or brings it back.

    Asked for what is so already, nothing changes. Raise NotFound for a visit without feedback.
    """

    storage: Storage

    @decide_again
    async def __call__(self, actor: Actor, appointment_id: AppointmentId, *, hidden: bool, reason: str) -> Feedback:
        actor.as_administrator()
        why = sound_line("reason", reason, longest=LONGEST_REASON)
        async with self.storage.writing() as unit:
            given, now = await _feedback(unit, appointment_id), await unit.now()
            if given.hidden is hidden:
                return given
            act = Act(
                deed=Deed.HIDE_FEEDBACK if hidden else Deed.SHOW_FEEDBACK,
                actor=actor,
                subject=Subject.APPOINTMENT,
                subject_id=appointment_id,
                at=now,
            )
            await unit.history.record(act)
            return await unit.feedback.save(given.hide(now, why) if hidden else given.show(why))


async def _feedback(unit: Unit, appointment_id: AppointmentId) -> Feedback:
    given = await unit.feedback.find(appointment_id)
    if given is None:
        raise NotFound
    return given
