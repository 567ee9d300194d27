"""What was said of a visit: what everybody may read of it, and what whoever had to do with the visit sees."""

from datetime import datetime

import msgspec

from adapters.http.views.fields import Answer
from scheduling_core import feedback
from scheduling_core.access import Role


class Review(Answer):
    """What a patient said of a visit, one to five stars and words, and what the doctor answered: what everybody may read."""

    stars: int
    title: str
    review: str
    given_at: datetime
    edited_at: datetime | None
    answer: str | None
    answered_at: datetime | None

    @classmethod
    def of(cls, given: feedback.Feedback) -> "Review":
        return cls(
            stars=given.stars,
            title=given.title,
            review=given.review,
            given_at=given.given_at,
            edited_at=given.edited_at,
            answer=given.answer,
            answered_at=given.answered_at,
        )


class Feedback(Review):
    """What the patient said of their visit.

    `hidden`: an administrator took it out of the list and the rating; only who gave it and administrators see it then,
    with the reason.
    """

    hidden: bool
    hidden_reason: str | None

    @classmethod
    def of(cls, given: feedback.Feedback) -> "Feedback":
        return cls(
            **msgspec.structs.asdict(Review.of(given)),
            hidden=given.hidden,
            hidden_reason=given.hidden_reason if given.hidden else None,
        )

    @classmethod
    def seen(cls, given: feedback.Feedback | None, viewer: Role) -> "Feedback | None":
        """As `viewer`, whose visit it was or who is an administrator, sees it."""
        return None if given is None or (given.hidden and viewer is Role.DOCTOR) else cls.of(given)
