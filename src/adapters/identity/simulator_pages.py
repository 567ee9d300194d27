"""The simulated identity provider's account chooser."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Request, Response, Router, get, post

from adapters.identity.simulator import SimulatedIdentity
from adapters.kit.pages import Pages, form_fields
from scheduling_core.errors import InvalidInput

DEMO_PEOPLE = (
    ("Margaret Lindqvist", "margaret@example.com"),
    ("Lena Koch", "lena@example.com"),
    ("Arjun Patel", "arjun@example.com"),
    ("Maria Silva", "maria@example.com"),
)
_REQUEST_FIELDS = (
    *("client_id", "response_type", "scope", "redirect_uri"),
    *("state", "nonce", "code_challenge", "code_challenge_method"),
)
_LONGEST = 2048


def account_chooser(
    identity: SimulatedIdentity, *, public_url: str, people: Sequence[tuple[str, str]] = DEMO_PEOPLE
) -> Router:
    """/simulator/google/authorize: anybody may be anybody. What it issues is of use only to the browser that began, since
    the product compares the state with what it keeps there; so a foreign site that posts here signs nobody in."""
    pages = Pages("adapters.identity", public_url=public_url)

    def chooser(query: Mapping[str, str], form: Mapping[str, str], errors: Mapping[str, str]) -> Response[Any]:
        try:
            identity.check_request(query)
        except InvalidInput as wrong:
            return pages.page("refused.html", {"why": str(wrong)}, status=400)
        values = {name: form.get(name, "") for name in ("email", "name")}
        kept = {name: query[name] for name in _REQUEST_FIELDS if name in query}
        facts = {"people": people, "query": kept, "values": values, "errors": errors, "denial": identity.denial(query)}
        return pages.page("chooser.html", facts, status=422 if errors else 200)

    @get("/google/authorize")
    async def choose(request: Request[Any, Any, Any]) -> Response[Any]:
        return chooser(request.query_params, {}, {})

    @post("/google/authorize", status_code=200)
    async def issue(request: Request[Any, Any, Any]) -> Response[Any]:
        form = await form_fields(request, longest=_LONGEST)
        query = {**form, **request.query_params}
        errors = _mistakes(form)
        if errors:
            return chooser(query, form, errors)
        try:
            return pages.leave_for(await identity.grant(query, email=form["email"], name=form["name"]))
        except InvalidInput:
            return chooser(query, form, {})

    return pages.router([choose, issue])


def _mistakes(form: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+", form.get("email", "")) or len(form["email"]) > 254:
        errors["email"] = "Enter an e-mail address like name@example.com."
    if not 1 <= len(form.get("name", "")) <= 100:
        errors["name"] = "Enter a name of at most 100 characters."
    return errors
