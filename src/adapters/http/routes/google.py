"""Signing in at the identity provider and coming back. A browser is led through: no answer here is a document."""

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request, Response, Router, get
from litestar.openapi import ResponseSpec
from litestar.params import QueryParameter

from adapters.http.auth import OPEN
from adapters.http.call import Call, Given
from adapters.http.cookies import Cookies
from adapters.http.documents import refuses
from adapters.http.limits import PROVIDER_SIGN_IN
from adapters.http.origins import local_path
from scheduling_core.errors import ProviderUnavailable, Refusal, Unavailable

_SIGN_IN_PAGE = "/sign-in"
_REDIRECTS = {
    302: ResponseSpec(None, description="Onwards: to the provider, to the page asked for, or to the sign-in page.")
}
_Text = Annotated[str | None, QueryParameter(max_length=4000)]


def _onwards(url: str) -> Response[None]:
    return Response(None, status_code=302, headers={"Location": url, "Cache-Control": "no-store"})


def _back_to_sign_in(error: str, cookies: Cookies, return_to: str = "/") -> Response[None]:
    """The sign-in page says what went wrong; the ticket is used up."""
    response = _onwards(f"{_SIGN_IN_PAGE}?{urlencode({'error': error, 'return_to': return_to})}")
    response.set_cookie(cookies.no_ticket())
    return response


@get(
    "/start",
    operation_id="startGoogleSignIn",
    summary="Go to Google to sign in",
    status_code=302,
    opt={"ignores_token": True, "limit": PROVIDER_SIGN_IN},
    responses={**refuses(ProviderUnavailable), **_REDIRECTS},
)
async def start(
    call: Given[Call],
    return_to: Annotated[str | None, QueryParameter(description="A path of this product to come back to.")] = None,
    time_zone: Annotated[
        str | None, QueryParameter(max_length=64, description="The browser's, for a new patient.")
    ] = None,
) -> Response[None]:
    """A navigation, not a call: the browser is sent to the provider."""
    target = local_path(return_to)
    try:
        url, ticket = await call.use.start_google_sign_in()
    except Unavailable:
        return _back_to_sign_in("unavailable", call.cookies, target)
    response = _onwards(url)
    response.set_cookie(call.cookies.ticket(ticket, return_to=target, time_zone=time_zone or ""))
    return response


@get(
    "/callback",
    operation_id="finishGoogleSignIn",
    summary="Come back from Google",
    status_code=302,
    opt={"ignores_token": True, "limit": PROVIDER_SIGN_IN},
    responses={**refuses(), **_REDIRECTS},
)
async def callback(
    request: Request[Any, Any, Any],
    call: Given[Call],
    code: _Text = None,
    login_state: Annotated[str | None, QueryParameter(name="state", max_length=4000)] = None,
    error: _Text = None,
) -> Response[None]:
    """Signs in whoever began here, and sends them where they wanted to go; otherwise back to the sign-in page."""
    held = call.cookies.read_ticket(request.cookies.get(call.cookies.ticket_name))
    if held is None:
        return _back_to_sign_in("expired", call.cookies)
    return_to = local_path(held.return_to)
    if error is not None or code is None or login_state is None:
        return _back_to_sign_in("cancelled" if error == "access_denied" else "refused", call.cookies, return_to)
    try:
        signed_in = await call.use.finish_google_sign_in(
            code, login_state, held.ticket(), time_zone=held.time_zone or None
        )
    except Refusal as refusal:
        error = "unavailable" if isinstance(refusal, Unavailable) else "refused"
        return _back_to_sign_in(error, call.cookies, return_to)
    response = _onwards(return_to)
    response.set_cookie(call.cookies.no_ticket())
    response.set_cookie(call.cookies.refresh(signed_in.refresh_token))
    return response


router = Router("/auth/google", route_handlers=[start, callback], security=OPEN, tags=["accounts"])
