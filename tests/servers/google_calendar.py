"""Google Calendar v3 in Google's wire format, with its token endpoint: ours, since nobody else's has what is needed here.

emulate has a Calendar, without events by id, changes or conferences. What comes is held against Google's own description of
its API, which the client library brings along: a field that Google does not know is refused.
"""

import json
import re
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any
from urllib.parse import parse_qs, unquote

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from servers.wire import Asked, Reply, Wire, wire

CLINIC = "clinic@example.com"
ROBOT = "robot@project.iam.gserviceaccount.example"
SCOPE = "https://www.googleapis.com/auth/calendar.events"
BUSY_SCOPE = "https://www.googleapis.com/auth/calendar.freebusy"
REFRESH_TOKEN = "canary-refresh-token"
_BASE = "/calendar/v3/calendars/"
_LONGEST = timedelta(days=90)


@cache
def _key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


@cache
def _schemas() -> dict[str, Any]:
    description = files("googleapiclient.discovery_cache.documents") / "calendar.v3.json"
    return dict(json.loads(description.read_text(encoding="utf-8"))["schemas"])


class _No(Exception):
    def __init__(self, status: int, reason: str, *, domain: str = "global") -> None:
        self.reply = refusal(status, reason, domain=domain)


def refusal(status: int, reason: str, *, domain: str = "global", headers: Mapping[str, str] | None = None) -> Reply:
    """An error as Google words it."""
    error = {"domain": domain, "reason": reason, "message": f"canary: {reason}"}
    content = {"error": {"code": status, "message": f"canary: {reason}", "errors": [error]}}
    return Reply(status, json.dumps(content).encode(), headers or {})


@dataclass
class GoogleCalendarServer:
    """The clinic's account with one calendar. Tests may change any of it."""

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    """Each with its scope."""
    allowed: set[str] = field(default_factory=lambda: {SCOPE, BUSY_SCOPE})
    """The scopes that the clinic allows."""
    diaries: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    """The calendars that people share with the clinic, and when they are busy."""
    let_in: bool = True
    """Whether the clinic still lets Openhours in."""
    preparing: int = 0
    """How many times more a conference is still being prepared when somebody looks."""
    failing: int = 0
    """How many conferences come to nothing."""
    wire: Wire = field(init=False)
    _burnt: set[str] = field(default_factory=set)
    _versions: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def api(self) -> str:
        return f"{self.wire.url}/calendar/v3/"

    @property
    def live(self) -> list[dict[str, Any]]:
        """The events that are not cancelled."""
        return [event for event in self.events.values() if event["status"] != "cancelled"]

    def service_account(self) -> str:
        """A key as the console hands it out."""
        pem = _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        facts = {"type": "service_account", "client_email": ROBOT, "private_key": pem, "private_key_id": "1"}
        return json.dumps({**facts, "token_uri": f"{self.wire.url}/token"})

    def account(self, refresh_token: str = REFRESH_TOKEN) -> str:
        """What one keeps of having agreed once."""
        facts = {"type": "authorized_user", "client_id": "openhours", "client_secret": "canary-secret"}
        return json.dumps({**facts, "refresh_token": refresh_token, "token_uri": f"{self.wire.url}/token"})

    def cancel_by_hand(self, id: str) -> None:
        """As somebody does who looks at the calendar."""
        self._changed(self.events[id], status="cancelled")

    def remove_for_good(self, id: str) -> None:
        """The id stays taken."""
        del self.events[id]
        self._burnt.add(id)

    def serve(self, asked: Asked) -> Reply:
        with self._lock:
            try:
                if asked.path == "/token":
                    return self._token(asked)
                return self._calendar(asked)
            except _No as no:
                return no.reply

    def _token(self, asked: Asked) -> Reply:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        scope = form.get("scope", "")
        wrong = self._wrong_with(form)
        if "assertion" in form and wrong is None:
            scope = jwt.decode(form["assertion"], options={"verify_signature": False})["scope"]
        elif wrong is None and not set(scope.split()) <= self.allowed:
            wrong = "invalid_scope"
        if wrong is not None or not self.let_in:
            content = {
                "error": wrong or "invalid_grant",
                "error_description": "canary: Token has been expired or revoked.",
            }
            return Reply(400, json.dumps(content).encode())
        token = f"canary-access-token-{secrets.token_hex(8)}"
        self.tokens[token] = scope
        content = {"access_token": token, "expires_in": 3599, "scope": scope, "token_type": "Bearer"}
        return Reply(200, json.dumps(content).encode())

    def _wrong_with(self, form: Mapping[str, str]) -> str | None:
        if form.get("grant_type") == "refresh_token":
            known = (form.get("client_id"), form.get("client_secret"), form.get("refresh_token"))
            return None if known == ("openhours", "canary-secret", REFRESH_TOKEN) else "invalid_grant"
        try:
            claims = jwt.decode(
                form["assertion"],
                _key().public_key(),
                algorithms=["RS256"],
                audience="https://oauth2.googleapis.com/token",
            )
        except (jwt.InvalidTokenError, KeyError):
            return "invalid_grant"
        # Domain-wide delegation is given to one account, for named scopes.
        fits = (claims["iss"], claims.get("sub")) == (ROBOT, CLINIC) and claims.get("scope") in self.allowed
        return None if fits else "unauthorized_client"

    def _calendar(self, asked: Asked) -> Reply:
        scope = self.tokens.get(asked.headers.get("authorization", "").removeprefix("Bearer "))
        if scope is None:
            raise _No(401, "authError")
        busy = asked.path == "/calendar/v3/freeBusy" and asked.method == "POST"
        if scope != (BUSY_SCOPE if busy else SCOPE):
            raise _No(403, "insufficientPermissions")
        if busy:
            return _json(self._free_busy(asked))
        place = re.fullmatch(rf"{_BASE}([^/]+)/events(?:/([^/]+))?", asked.path)
        if place is None or unquote(place[1]) != "primary":
            raise _No(404, "notFound")
        match asked.method, place[2]:
            case "POST", None:
                return _json(self._insert(asked))
            case "GET", str(id):
                return _json(self._seen(self._event(id)))
            case "PATCH", str(id):
                return _json(self._patch(asked, id))
            case "DELETE", str(id):
                return self._delete(id)
        raise _No(404, "notFound")

    def _free_busy(self, asked: Asked) -> dict[str, Any]:
        """As the reference has it: a calendar that is not shown is no error of the request, and has no busy times."""
        body = dict(json.loads(asked.body))
        if not _known(body, _schemas()["FreeBusyRequest"]) or not body.get("items"):
            raise _No(400, "invalid")
        start, end = (datetime.fromisoformat(body[name]) for name in ("timeMin", "timeMax"))
        if end <= start:
            raise _No(400, "timeRangeEmpty")
        if end - start > _LONGEST:
            raise _No(400, "timeRangeTooLong")
        calendars = {item["id"]: self._diary(item["id"], start, end) for item in body["items"]}
        times = {"timeMin": _rfc3339(start), "timeMax": _rfc3339(end)}
        return {"kind": "calendar#freeBusy", **times, "calendars": calendars}

    def _diary(self, address: str, start: datetime, end: datetime) -> dict[str, Any]:
        if address not in self.diaries:
            return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
        visits = [
            (_instant(event["start"]), _instant(event["end"]))
            for event in self.live
            if address in [guest["email"] for guest in event.get("attendees", ())]
        ]
        spans: list[tuple[datetime, datetime]] = []
        for low, high in sorted((*self.diaries[address], *visits)):
            if high <= start or low >= end:
                continue
            low, high = max(low, start), min(high, end)
            if spans and low <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(high, spans[-1][1]))
            else:
                spans.append((low, high))
        return {"busy": [{"start": _rfc3339(low), "end": _rfc3339(high)} for low, high in spans]}

    def _insert(self, asked: Asked) -> dict[str, Any]:
        body = _checked(asked)
        id = body.get("id") or secrets.token_hex(13)
        if not re.fullmatch(r"[a-v0-9]{5,1024}", id):
            raise _No(400, "invalid")
        if id in self.events or id in self._burnt:
            raise _No(409, "duplicate")
        event = {"kind": "calendar#event", "status": "confirmed", "organizer": {"email": CLINIC, "self": True}}
        self.events[id] = {**event, "id": id}
        return self._changed(self.events[id], **self._with_conference(asked, body, {}))

    def _patch(self, asked: Asked, id: str) -> dict[str, Any]:
        event, body = self._event(id), _checked(asked)
        if asked.headers.get("if-match", event["etag"]) != event["etag"]:
            raise _No(412, "conditionNotMet")
        return self._changed(event, **self._with_conference(asked, body, event))

    def _delete(self, id: str) -> Reply:
        if self._event(id)["status"] == "cancelled":
            raise _No(410, "deleted")
        self._changed(self.events[id], status="cancelled")
        return Reply(204)

    def _event(self, id: str) -> dict[str, Any]:
        if id in self._burnt:
            raise _No(410, "deleted")
        if id not in self.events:
            raise _No(404, "notFound")
        return self.events[id]

    def _changed(self, event: dict[str, Any], **facts: Any) -> dict[str, Any]:
        event.update(facts)
        event["etag"] = f'"{next(self._versions)}"'
        if "start" in event and _instant(event["end"]) <= _instant(event["start"]):
            raise _No(400, "timeRangeEmpty")
        return event

    def _with_conference(self, asked: Asked, body: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        wanted = body.pop("conferenceData", {}).get("createRequest")
        known = event.get("conferenceData", {}).get("createRequest", {})
        if (
            asked.query.get("conferenceDataVersion") != "1"
            or not wanted
            or wanted["requestId"] == known.get("requestId")
        ):
            return body
        if wanted["conferenceSolutionKey"]["type"] != "hangoutsMeet":
            raise _No(400, "invalid")
        status = "failure" if self.failing else "pending" if self.preparing else "success"
        self.failing -= status == "failure"
        request = {**wanted, "status": {"statusCode": status}}
        return {**body, "conferenceData": {"createRequest": request, **(_meet() if status == "success" else {})}}

    def _seen(self, event: dict[str, Any]) -> dict[str, Any]:
        """The event as somebody sees who looks; a conference is ready once it was looked at often enough."""
        conference = event.get("conferenceData")
        if conference and conference["createRequest"]["status"]["statusCode"] == "pending":
            self.preparing = max(0, self.preparing - 1)
            if not self.preparing:
                conference["createRequest"]["status"]["statusCode"] = "success"
                conference.update(_meet())
        return event


def _meet() -> dict[str, Any]:
    letters = "".join(secrets.choice("abcdefghijkmnopqrstuvwxyz") for _ in range(10))
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    solution = {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"}
    ways = [
        {"entryPointType": "phone", "uri": "tel:+1-555-0100", "pin": "1"},
        {"entryPointType": "video", "uri": f"https://meet.google.com/{code}", "label": f"meet.google.com/{code}"},
    ]
    return {"conferenceId": code, "conferenceSolution": solution, "entryPoints": ways}


def _checked(asked: Asked) -> dict[str, Any]:
    """The event in the body, if Google knows all of its fields and no guest is written to."""
    body = dict(json.loads(asked.body))
    if asked.query.get("sendUpdates") != "none" or not _known(body, _schemas()["Event"]):
        raise _No(400, "invalid")
    return body


def _known(value: Any, schema: Mapping[str, Any]) -> bool:
    schema = _schemas()[schema["$ref"]] if "$ref" in schema else schema
    match schema.get("type"):
        case "object" if "properties" in schema:
            properties = schema["properties"]
            return all(name in properties and _known(each, properties[name]) for name, each in value.items())
        case "object":
            return all(_known(each, schema["additionalProperties"]) for each in value.values())
        case "array":
            return all(_known(each, schema["items"]) for each in value)
    types = {"string": str, "boolean": bool, "integer": int}
    return isinstance(value, types[schema["type"]])


def _instant(moment: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(moment["dateTime"])


def _rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(content: object) -> Reply:
    return Reply(200, json.dumps(content).encode())


@contextmanager
def google_calendar_server() -> Iterator[GoogleCalendarServer]:
    """A new one with an empty calendar, for as long as the block lasts."""
    server = GoogleCalendarServer()
    with wire(server.serve) as server.wire:
        yield server
