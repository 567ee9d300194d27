"""Text that tries to run: what it is, where the product takes text at all, and a pen that writes it there."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIRequestContext, Page
from playwright.sync_api import TimeoutError as NeverCame

from browser.visitor import ROOT

_DOCUMENT: dict[str, Any] = json.loads((ROOT / "web" / "openapi.json").read_text(encoding="utf-8"))
_CLOSED = ("format", "enum", "const")
_CODES = (r"^[A-Z]{3}$", r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")
"""Patterns that leave no room for markup."""


def free_text() -> list[str]:
    """Every field of every request that takes text of one's own: “POST /api/reports text”, “… medicines[].name”."""
    return [
        f"{method.upper()} {path} {field}"
        for path, operations in _DOCUMENT["paths"].items()
        for method, operation in operations.items()
        if "requestBody" in operation
        for field in _texts(operation["requestBody"]["content"]["application/json"]["schema"], "")
    ]


def _texts(schema: dict[str, Any], at: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = _DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    closed = any(word in schema for word in _CLOSED) or schema.get("pattern") in _CODES
    if schema.get("type") == "string" and not closed:
        yield at
    for choice in schema.get("oneOf", ()):
        if not closed:
            yield from _texts(choice, at)
    for name, part in schema.get("properties", {}).items():
        yield from _texts(part, f"{at}.{name}".lstrip("."))
    if "items" in schema:
        yield from _texts(schema["items"], f"{at}[]")


def hostile(field: str) -> str:
    """What is written there: it would run as an element, in an attribute or in a template, and is told from all others."""
    number = [*free_text(), *OTHER_DOORS].index(field)
    short = "languages" in field
    return f"\"'><img src=x onerror=owned=1>{'' if short else '<script>owned=1</script>{{7*7}}'}~{number:02d}"


OTHER_DOORS = ("the name that Google tells", "the name on the card", "what was searched for")
"""Text that comes in beside the API's own bodies."""


class Pen:
    """Writes hostile text as one person, into all fields of an operation at once."""

    def __init__(self, request: APIRequestContext, headers: dict[str, str]) -> None:
        self._request, self.headers = request, headers

    def write(self, operation: str, *ids: str, closed: tuple[str, ...] = (), **rest: object) -> Any:
        """Send `rest` with hostile text in every field of text but those in `closed`, and answer the answer."""
        body: dict[str, Any] = dict(rest)
        for field in free_text():
            name = field.removeprefix(f"{operation} ")
            if name != field and name not in closed:
                _put(body, name.split("."), hostile(field))
        answer = self.send(operation, *ids, body=body)
        assert answer.ok, f"{operation} {answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def send(self, operation: str, *ids: str, body: dict[str, Any] | None = None) -> Any:
        method, path = operation.split()
        parts = iter(ids)
        path = "/".join(next(parts) if part.startswith("{") else part for part in path.split("/"))
        headers = {**self.headers, "Idempotency-Key": uuid4().hex}
        return self._request.fetch(path, method=method, data=body, headers=headers)


def _put(body: dict[str, Any], way: list[str], text: str) -> None:
    name, *rest = way
    many = name.endswith("[]")
    name = name.removesuffix("[]")
    if not rest:
        body[name] = [text] if many else text
    elif many:
        _put(body.setdefault(name, [{}])[0], rest, text)
    else:
        _put(body.setdefault(name, {}), rest, text)


@dataclass
class Role:
    """Somebody at work in a window of their own: what they write, and which of all texts they have seen."""

    page: Page
    pen: Pen
    seen: set[str]

    def comes_again(self) -> None:
        """What the page knows is forgotten, since it has changed meanwhile."""
        self.page.goto("about:blank")

    def opens(self, path: str, *shown: tuple[str, str]) -> None:
        """Go there as a link does, and read on it all that belongs there."""
        fields = [f"{operation} {name}" for operation, names in shown for name in names.split()]
        if self.page.url == "about:blank":
            self.page.goto(path)
        else:
            self.page.evaluate("path => history.pushState({}, '', path)", path)
        comes_to_say(self.page, [hostile(field) for field in fields])
        self.seen.update(fields)


def comes_to_say(page: Page, texts: list[str]) -> None:
    """The page comes to show all of these as they were written, in its text, its names or its fields, and none of them ran."""
    try:
        page.wait_for_function(_SAYS, arg=texts)
    except NeverCame:
        said = page.evaluate(_READ)
        raise AssertionError("\n".join([page.url, *(each for each in texts if each not in said)])) from None
    assert not page.evaluate(_RAN), f"text ran on {page.url}"


def stored_secrets(page: Page) -> list[str]:
    """What a script of the page could read that lets somebody in; there should be nothing."""
    kept: list[str] = page.evaluate(_KEPT)
    return [each for each in kept if _TOKEN.search(each)]


_TOKEN = re.compile(r"eyJ[\w-]{10,}|refresh|token|[\w-]{40,}", re.IGNORECASE)
_READ = """() => [
    document.body.innerText,
    ...[...document.querySelectorAll('input, textarea')].map(each => each.value),
    ...[...document.querySelectorAll('[aria-label]')].map(each => each.getAttribute('aria-label')),
].join('\\n')"""
_SAYS = f"texts => {{ const said = ({_READ})(); return texts.every(each => said.includes(each)) }}"
_RAN = "() => 'owned' in window || document.querySelector('img[src=x], [onerror], script:not([src])') !== null"
_KEPT = """async () => {
    const held = [document.cookie, ...Object.entries({...localStorage}).flat(), ...Object.entries({...sessionStorage}).flat()]
    for (const {name} of await indexedDB.databases()) held.push(name)
    for (const name of await caches.keys()) held.push(name)
    return held
}"""
