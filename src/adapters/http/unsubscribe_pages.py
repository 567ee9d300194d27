"""The page behind the link in a letter by which its reader stops its kind (RFC 8058).

Opening it changes nothing, since mail scanners open every link; only its button, or a mail program's own, does.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from litestar import MediaType, Request, Response, Router, get, post
from litestar.params import FromPath

from adapters.http.call import Call, Given
from adapters.http.page import page
from scheduling_core.notices import Topic

_WORDS: Mapping[Topic, str] = {
    Topic.REMINDERS: "reminders of your visits",
    Topic.FEEDBACK_REQUESTS: "requests for feedback",
    Topic.SIGN_IN_NOTICES: "notices of sign-ins",
    Topic.OFFERS: "offers of free times",
    Topic.TEXT_REMINDERS: "reminders as text messages",
}
_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


def _page(title: str, body: str) -> Response[Any]:
    return Response(page(title, body), media_type=MediaType.HTML, headers=_HEADERS)


@get("/{token:str}", include_in_schema=False)
async def ask(token: FromPath[str], request: Request[Any, Any, Any], call: Given[Call]) -> Response[Any]:
    """What would be stopped, and the button that does. Raise NotFound for a link that is not ours."""
    words = _WORDS[call.use.preview_unsubscribe(token)]
    button = f'<form method="post" action="{escape(request.scope["path"])}"><button>Stop them</button></form>'
    kept = "<p>You still find them in the application, and facts about your bookings and payments always come.</p>"
    return _page("Stop these e-mails?", f"<p>You will get no more {words} by e-mail.</p>{kept}{button}")


@post("/{token:str}", include_in_schema=False, status_code=200)
async def stop(token: FromPath[str], call: Given[Call]) -> Response[Any]:
    """Stopped, for whoever has the link; again is no harm. Raise NotFound for a link that is not ours."""
    words = _WORDS[await call.use.unsubscribe(token)]
    home = escape(call.settings.public_url)
    body = (
        f'<p>You get no more {words} by e-mail.</p><p>You can turn them on again in <a href="{home}">Openhours</a>.</p>'
    )
    return _page("Done", body)


router = Router("/unsubscribe", route_handlers=[ask, stop])
