"""A patient with a browser, as far as tests of processes need one."""

from typing import Any

import httpx

CARD = {
    "card_number": "4242 4242 4242 4242",
    "expiry": "12/39",
    "cvc": "123",
    "name": "Kim Doe",
    "email": "kim@example.com",
    "address_line": "Street 1",
    "city": "Town",
    "postal_code": "12345",
    "country": "US",
}


class Person:
    """A patient with a browser of their own; the page that is paid is the simulated provider's."""

    def __init__(self, url: str, number: int) -> None:
        self.email = f"kim{number}@example.com"
        # Servers come and go: no connection outlives its request.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(base_url=url, timeout=30, trust_env=False, limits=limits)

    def sign_in(self) -> None:
        chooser = self.client.get("/api/auth/google/start", params={"return_to": "/"}).headers["location"]
        form = {**dict(httpx.URL(chooser).params), "email": self.email, "name": "Kim Doe"}
        back = self.client.post("/simulator/google/authorize", data=form).headers["location"]
        self.client.get(back)
        token = self.client.post("/api/auth/refresh").json()["access_token"]
        self.client.headers["Authorization"] = f"Bearer {token}"

    def hold(self, doctor_id: str, starts_at: str) -> str:
        answer = self.client.post(
            "/api/appointments",
            json={"doctor_id": doctor_id, "starts_at": starts_at},
            headers={"Idempotency-Key": self.email},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def pay(self, appointment_id: str) -> None:
        """The provider takes the card; whether we live to hear of it is another matter."""
        page = self.client.post(f"/api/appointments/{appointment_id}/checkout").json()["url"]
        try:
            self.client.post(page, data=CARD)
        except httpx.TransportError:
            return

    def see(self, appointment_id: str) -> dict[str, Any]:
        return dict(self.client.get(f"/api/appointments/{appointment_id}").json())

    def messages(self) -> list[str]:
        sent = self.client.get("/simulator/mailbox.json", params={"to": self.email}).json()
        return [message["subject"] for message in sent if message["subject"].startswith("You are booked")]

    def is_well(self, appointment_id: str) -> bool:
        seen = self.see(appointment_id)
        states = (seen["status"], seen["payment"]["status"], seen["meeting"]["status"])
        return states == ("booked", "captured", "ready") and len(self.messages()) == 1
