"""Whom the latest answers were about, so that a doctor's page can say the name before a script runs."""

from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

_LASTING_SECONDS = 600.0
_MOST = 5_000


class Introductions:
    """The names of listed doctors as they were answered last, in the memory of one process. Nothing is asked for them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._known: OrderedDict[UUID, tuple[str, float]] = OrderedDict()

    def meet(self, doctor_id: UUID, name: str) -> None:
        self._known[doctor_id] = name, self._now()
        self._known.move_to_end(doctor_id)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    def forget(self, doctor_id: UUID) -> None:
        """Nobody of this id is listed."""
        self._known.pop(doctor_id, None)

    def name_of(self, doctor_id: UUID) -> str | None:
        """The name, unless nobody was answered with it lately."""
        name, met = self._known.get(doctor_id, (None, 0.0))
        return name if name is not None and self._now() - met <= _LASTING_SECONDS else None
