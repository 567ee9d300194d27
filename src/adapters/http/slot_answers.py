"""How a doctor's slots are answered: encoded once for each version of the schedule.

Nothing is answered from memory unless the database has said, after the request came, that the schedule's version is still the one
of the answer, and its `valid_until` lies ahead: what anybody was told is booked, by whatever process, is never shown free.
See docs/decisions/0025-answers-by-version.md.
"""

from datetime import date

from adapters.http.etags import SlotsTag, about, matches, tags_shown
from adapters.http.kept_answers import KeptAnswer, KeptAnswers
from adapters.http.views.slots import encoded
from adapters.http.wiring import HttpSettings, UseCases
from scheduling_core.ids import DoctorId
from scheduling_core.ports.system import Clock


class SlotAnswers:
    """What is answered about slots, over one memory."""

    def __init__(self, use: UseCases, clock: Clock, settings: HttpSettings, kept: KeptAnswers) -> None:
        self._use, self._clock, self._kept = use, clock, kept
        self._tax_percent = str(settings.terms.tax_percent)
        # What all answers of this deployment follow from, beside the schedule.
        self._deployment = about(settings.terms, settings.tzdata_version, settings.version)

    async def __call__(
        self, doctor_id: DoctorId, first: date, last: date, if_none_match: str | None
    ) -> tuple[SlotsTag, KeptAnswer[SlotsTag] | None]:
        """The answer's tag, and the answer unless the client has it already. Raise what `FindSlots` raises."""
        key, now = (doctor_id, first, last), self._clock.now()
        kept: KeptAnswer[SlotsTag] | None = self._kept.get(key)
        if kept is not None and kept.tag.valid_until <= now:
            self._kept.drop(key)
            kept = None
        shown = [] if if_none_match is None else self._shown(if_none_match, key, kept)
        shown = [each for each in shown if each.valid_until > now]
        if kept is not None or shown:
            version = await self._use.find_slots.version(doctor_id)
            for tag in shown:
                if tag.version == version:
                    return tag, None
            if kept is not None and kept.tag.version == version:
                return kept.tag, kept
        answer = await self._made(doctor_id, first, last)
        self._kept.put(key, answer)
        if matches(if_none_match, str(answer.tag)):
            return answer.tag, None
        return answer.tag, answer

    def _shown(
        self, if_none_match: str, key: tuple[DoctorId, date, date], kept: KeptAnswer[SlotsTag] | None
    ) -> list[SlotsTag]:
        if kept is None:
            return list(tags_shown(if_none_match, self._about(*key)))
        return [kept.tag] if matches(if_none_match, str(kept.tag)) else []

    async def _made(self, doctor_id: DoctorId, first: date, last: date) -> KeptAnswer[SlotsTag]:
        offered = await self._use.find_slots(doctor_id, first=first, last=last)
        tag = SlotsTag(offered.schedule_version, offered.valid_until, self._about(doctor_id, first, last))
        return KeptAnswer(tag, encoded(offered, self._tax_percent))

    def _about(self, doctor_id: DoctorId, first: date, last: date) -> str:
        return about(doctor_id, first, last, self._deployment)
