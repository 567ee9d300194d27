"""What a person does at the counter of the API, so that a journey can begin in the middle."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIRequestContext, Page

from browser.steps import GOOD_CARD, Time
from browser.town import PASSWORD, Practice


class Counter:
    """One person's requests, signed as they are."""

    def __init__(self, requests: APIRequestContext, token: str, origin: str = "") -> None:
        self._requests, self._token, self._origin = requests, token, origin

    @classmethod
    def of_patient(cls, page: Page) -> "Counter":
        """Whoever is signed in at this window."""
        origin = "/".join(page.url.split("/")[:3])
        answer = page.request.post("/api/auth/refresh", headers={"Origin": origin})
        return cls(page.request, answer.json()["access_token"], origin)

    @classmethod
    def of_doctor(cls, page: Page, doctor: Practice) -> "Counter":
        """The doctor, whoever is signed in at this window."""
        requests = page.context.browser.new_context(base_url="/".join(page.url.split("/")[:3])).request
        answer = requests.post("/api/auth/sign-in", data={"email": doctor.email, "password": PASSWORD})
        return cls(requests, answer.json()["access_token"])

    @property
    def headers(self) -> dict[str, str]:
        """By which a request is known to be theirs."""
        return {"Authorization": f"Bearer {self._token}"}

    def get(self, path: str) -> Any:
        answer = self._requests.get(path, headers=self.headers)
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, path: str, body: Mapping[str, object] | None = None) -> Any:
        headers = {**self.headers, "Idempotency-Key": str(uuid4())}
        answer = (
            self._requests.post(path, headers=headers, data=dict(body))
            if body is not None
            else self._requests.post(path, headers=headers)
        )
        assert answer.ok, answer.text()
        return answer.json()

    def put(self, path: str, body: Mapping[str, object]) -> Any:
        answer = self._requests.put(path, headers=self.headers, data=dict(body))
        assert answer.ok, answer.text()
        return answer.json()

    def hold(self, wanted: Time) -> str:
        """Keep the time; answers the appointment's id."""
        held = self.post("/api/appointments", {"doctor_id": wanted.doctor.id, "starts_at": instant(wanted.at)})
        return str(held["id"])

    def book(self, wanted: Time) -> str:
        """Hold and pay; the booking follows within a moment."""
        held = self.hold(wanted)
        url = self.post(f"/api/appointments/{held}/checkout")["url"]
        form = {
            "card_number": GOOD_CARD, "expiry": "12/39", "cvc": "123", "name": "Lena Koch", "address_line": "Street 1",
            "city": "Chicago", "postal_code": "60601", "country": "US",
        }  # fmt: skip
        assert self._requests.post(url, form=form, max_redirects=0).status in (302, 303)
        return held


def instant(at: datetime) -> str:
    """As the API reads it."""
    return at.isoformat()
