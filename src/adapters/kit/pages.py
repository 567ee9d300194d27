"""Pages of simulated providers: one layout, one style sheet, and a policy under which no injected text can act.

They work without JavaScript. Nothing on them relies on cookies: whoever may do something shows it by the address itself,
which nobody can guess, or by what the product keeps in the browser that began. So a foreign site that posts to them gains
nothing over what it could send by itself, and they need no token against that.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from adapters.kit.words import say_length, say_moment, say_money
from scheduling_core.errors import NotFound

ROOT = "/simulator"
_STATIC = Path(__file__).with_name("static")
_FILES = {"simulator.css": "text/css; charset=utf-8", "simulator.js": "text/javascript; charset=utf-8"}


class Pages:
    """The pages of one simulator, whose templates lie in `package`. `public_url` is where they lead back to."""

    def __init__(self, package: str, *, public_url: str) -> None:
        self.home = public_url.rstrip("/")
        parts = urlsplit(self.home)
        # A form's answer may lead back to the product, which browsers count as the form's own action.
        self._headers = {
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
            f" frame-src 'self'; form-action 'self' {parts.scheme}://{parts.netloc}; base-uri 'none';"
            " frame-ancestors 'none'",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        self._environment = Environment(
            loader=ChoiceLoader([PackageLoader(package), PackageLoader("adapters.kit")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            home=self.home, root=ROOT, say_length=say_length, say_moment=say_moment, say_money=say_money
        )

    def page(self, template: str, facts: Mapping[str, object] | None = None, *, status: int = 200) -> Response[str]:
        """The filled template; everything in it that came from outside is escaped."""
        html = self._environment.get_template(template).render(facts or {})
        return Response(html, status_code=status, media_type=MediaType.HTML, headers=self._headers)

    def leave_for(self, url: str) -> Redirect:
        """303: go there, and go by GET."""
        return Redirect(url, status_code=303, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})

    def router(self, handlers: Sequence[HTTPRouteHandler]) -> Router:
        """The handlers as a router to be mounted, where what is not there is a page that says so."""

        def not_there(_: Request[Any, Any, Any], __: NotFound) -> Response[str]:
            return self.page("not-there.html", status=404)

        return Router(
            path=ROOT, route_handlers=[*handlers], include_in_schema=False, exception_handlers={NotFound: not_there}
        )


def static_router() -> Router:
    """The style sheet and the script that every simulated page shares."""

    @get("/{name:str}", sync_to_thread=False)
    def file(name: FromPath[str]) -> Response[bytes]:
        if name not in _FILES:
            raise NotFoundException
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return Response((_STATIC / name).read_bytes(), media_type=_FILES[name], headers=headers)

    return Router(path=f"{ROOT}/static", route_handlers=[file], include_in_schema=False)


async def form_fields(request: Request[Any, Any, Any], *, longest: int = 200) -> dict[str, str]:
    """The fields of a posted form, as text and trimmed; what is not text or too long is as good as not there."""
    form = await request.form()
    fields = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    return {name: value for name, value in fields.items() if len(value) <= longest and value.isprintable()}
