"""One request as handlers see it: who calls, and everything that they may use to answer."""

from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import msgspec
from litestar import Request
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from adapters.http.cookies import Cookies
from adapters.http.introductions import Introductions
from adapters.http.limits import Limits
from adapters.http.origins import Origins
from adapters.http.search_answers import SearchAnswers
from adapters.http.slot_answers import SlotAnswers
from adapters.http.wiring import HttpParts, HttpSettings, UseCases
from scheduling_core.access import ANONYMOUS, Actor
from scheduling_core.ports.system import Clock

T = TypeVar("T")

Given: TypeAlias = SkipValidation[NamedDependency[T]]
"""A parameter that create_app provides by its name. Not validated: it is ours, and a Protocol cannot be checked."""


# A Struct and no frozen dataclass, which takes two microseconds to make: there is one for each request.
class Call(msgspec.Struct, frozen=True):
    """The dependency `call`.

    One object and not one dependency for each use case: Litestar resolves several in a task group, a task for each, which
    took more time than all else that a request asks of the framework.
    """

    actor: Actor
    use: UseCases
    settings: HttpSettings
    clock: Clock
    slot_answers: SlotAnswers
    search_answers: SearchAnswers
    limits: Limits
    cookies: Cookies
    origins: Origins
    introductions: Introductions

    def now(self) -> datetime:
        return self.clock.now()


def call_provider(parts: HttpParts, limits: Limits, introductions: Introductions) -> Provide:
    """What makes the `call` of each request."""
    settings = parts.settings
    slots = SlotAnswers(parts.use_cases, parts.clock, settings, parts.kept_answers)
    searches = SearchAnswers(parts.use_cases, parts.clock, parts.kept_answers, introductions)
    origins = Origins(settings.public_url, settings.production)
    cookies = Cookies(https=origins.https)

    def call_of(request: Request[Any, Any, Any]) -> Call:
        actor = request.scope.get("user", ANONYMOUS)
        return Call(
            actor, parts.use_cases, settings, parts.clock, slots, searches, limits, cookies, origins, introductions
        )

    return Provide(call_of, sync_to_thread=False)


def given(value: T) -> Provide:
    """A dependency that is always the same object."""

    def provide() -> T:
        return value

    return Provide(provide, sync_to_thread=False)
