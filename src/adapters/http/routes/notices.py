"""What people were told, what they want by e-mail, and how deliveries stand."""

from typing import Annotated

from litestar import Router, get, post, put
from litestar.params import JSONBody, QueryParameter

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_id, read_place
from adapters.http.documents import BODY, SIGNED_IN, refuses
from adapters.http.routes.parameters import Cursor, PageSize
from adapters.http.views.notices import (
    AdminMessagePage,
    EmailPreferences,
    EmailPreferencesChoice,
    NewsPage,
    ReadMarks,
    Unread,
)
from scheduling_core.notices import Delivery


@get(
    "/me/notifications",
    operation_id="readNews",
    summary="What the caller was told",
    responses=refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR),
)
async def news(call: Given[Call], cursor: Cursor = None, limit: PageSize = 20) -> NewsPage:
    """Every message to the caller, newest first, with how it went by e-mail."""
    found = await call.use.read_news(call.actor, after=read_place(cursor), limit=limit + 1)
    return NewsPage.of(found, limit=limit)


@post(
    "/me/notifications/read",
    operation_id="markNewsRead",
    summary="Mark news as read",
    status_code=200,
    responses=refuses(*SIGNED_IN, *BODY),
)
async def mark_read(data: JSONBody[ReadMarks], call: Given[Call]) -> Unread:
    """Sent again, it changes nothing more. Other people's are left alone."""
    return Unread(unread=await call.use.mark_news_read(call.actor, data.ids))


@get(
    "/me/preferences",
    operation_id="readPreferences",
    summary="Which messages come by e-mail",
    responses=refuses(*SIGNED_IN),
)
async def preferences(call: Given[Call]) -> EmailPreferences:
    """All, until the caller says otherwise."""
    return EmailPreferences.of(await call.use.read_preferences(call.actor))


@put(
    "/me/preferences",
    operation_id="setPreferences",
    summary="Choose which messages come by e-mail",
    responses=refuses(*SIGNED_IN, *BODY),
)
async def choose(data: JSONBody[EmailPreferencesChoice], call: Given[Call]) -> EmailPreferences:
    """What states facts about a booking or money comes in any case; everything stands in the application."""
    return EmailPreferences.of(await call.use.set_preferences(call.actor, data.value()))


@get(
    "/admin/messages",
    operation_id="listMessages",
    summary="How deliveries stand",
    tags=["administration"],
    responses=refuses(*SIGNED_IN, problems.VALIDATION, problems.BAD_CURSOR),
)
async def messages(
    call: Given[Call],
    delivery: Annotated[Delivery | None, QueryParameter(name="state", description="Only these.")] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
) -> AdminMessagePage:
    """Newest first: ids, kinds and states, no content. One that failed is tried again as a task of the same id."""
    found = await call.use.list_deliveries(call.actor, delivery, after=read_id(cursor), limit=limit + 1)
    return AdminMessagePage.of(found, limit=limit)


router = Router(
    "/", route_handlers=[news, mark_read, preferences, choose], opt=NEEDS_TOKEN, security=BEARER, tags=["accounts"]
)
admin_router = Router("/", route_handlers=[messages], opt=NEEDS_TOKEN, security=BEARER)
