"""Real adapters before providers that hang, and a clinic whose tasks are delivered beside it as the product delivers them."""

import json
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.calendar.google import GoogleCalendar
from adapters.calendar.google_access import GoogleAccess, read_credentials
from adapters.calendar.google_client import CalendarClient
from adapters.identity.google import GoogleIdentity
from adapters.kit.aws import AwsService, aws_client
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.ses import SesMail
from adapters.notify.smtp import Encryption, SmtpMail, SmtpServer
from adapters.notify.sns import SnsTopic
from adapters.payments.stripe import StripePayments
from adapters.payments.stripe_api import StripeApi
from adapters.persistence.sql import SqlStorage, open_storage
from adapters.persistence.sql_database import PoolSettings
from adapters.photos.s3 import S3Photos
from adapters.worker.runner import Bell, Runner
from scheduling_core.ports.notify import Notifier
from scheduling_core.ports.system import Chance, Clock
from support.clinic import Clinic
from support.clock import ManualClock

_SENDER = "Openhours <visits@clinic.example>"
_AMAZON = {
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "y",
    "AWS_EC2_METADATA_DISABLED": "true",
}


class HangingProviders:
    """Every provider that there is an adapter for, all at one address; `seconds` is how long a call is waited for."""

    def __init__(
        self,
        port: int,
        figures: CallFigures,
        clock: Clock,
        chance: Chance,
        *,
        seconds: float = 9.0,
        answer: float = 10.0,
    ) -> None:
        """`answer`: how long the libraries themselves wait, which is longer."""
        self._port, self._url, self._answer = port, f"http://127.0.0.1:{port}", answer
        self._figures, self._clock, self._chance = figures, clock, chance
        self._limits = Limits(seconds=seconds)

    def payments(self) -> StripePayments:
        return StripePayments(
            StripeApi(self._clock, base=self._url, secret_key="sk_test_x", account=None, seconds=self._answer),
            self._calls("stripe"),
            self._clock,
            public_url=self._url,
            webhook_secrets=("secret",),
            live=False,
            account=None,
            minimum=50,
        )

    def calendar(self) -> GoogleCalendar:
        key = {"type": "authorized_user", "client_id": "x", "client_secret": "y", "refresh_token": "z"}
        access = GoogleAccess(read_credentials(json.dumps({**key, "token_uri": f"{self._url}/token"}), delegate=None))
        client = CalendarClient(access, self._clock, calendar_id="primary", url=f"{self._url}/calendar/v3/")
        calls, asked = self._calls("google_calendar"), self._calls("google_free_busy")
        return GoogleCalendar(client, calls, asking=client, asked=asked, shared_with=None)

    def identity(self) -> GoogleIdentity:
        calls = self._calls("google_sign_in")
        return GoogleIdentity(
            calls, self._clock, client_id="x", client_secret="y", public_url=self._url, issuer=self._url
        )

    def notifier(self, name: str) -> Notifier:
        letters = Letters(public_url=self._url, organizer_email="visits@clinic.example")
        match name:
            case "smtp":
                server = SmtpServer(host="127.0.0.1", port=self._port, encryption=Encryption.NONE)
                trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                return SmtpMail(server, letters, self._calls("smtp"), sender=sender_of(_SENDER), trust=trust)
            case "ses":
                return SesMail(self._amazon("ses"), letters, sender=sender_of(_SENDER), configuration_set=None)
            case _:
                return SnsTopic(self._amazon("sns"), topic_arn="arn:aws:sns:eu-west-1:123456789012:messages")

    def pictures(self, *, proxied: bool = False) -> S3Photos:
        return S3Photos(self._amazon("s3", proxied=proxied), self._clock, bucket="pictures", public_url=self._url)

    def _amazon(self, service: str, *, proxied: bool = False) -> AwsService:
        """`proxied`: what hangs is the proxy on the way to it."""
        there = {"AWS_ENDPOINT_URL": self._url}
        if proxied:
            there = {"AWS_ENDPOINT_URL": "http://amazon.invalid", "http_proxy": self._url, "no_proxy": ""}
        before = dict(os.environ)
        os.environ.update({**_AMAZON, **there})
        try:
            client = aws_client(service, answer_seconds=self._answer)
        finally:
            os.environ.clear()
            os.environ.update(before)
        return AwsService(service, client, self._calls(service))

    def _calls(self, name: str) -> Calls:
        return Calls(name, self._figures, self._chance, limits=self._limits)


@asynccontextmanager
async def clinic_at_work(url: str, *, connections: int) -> AsyncIterator[tuple[Clinic, Bell]]:
    """A clinic over that database, with so few connections. What keeps its tasks delivered rings the bell."""
    clock, bell = ManualClock(), Bell()
    storage: SqlStorage = open_storage(
        url, clock=clock, after_tasks=bell.ring, pool=PoolSettings(size=connections, wait_seconds=60)
    )
    clinic = Clinic(storage, clock)
    try:
        yield clinic, bell
    finally:
        await clinic.close()
        await storage.close()


def runner_of(clinic: Clinic, bell: Bell, *, grace: float = 0.1) -> Runner:
    """What delivers the clinic's tasks, with the providers that it has at the moment."""
    return Runner(clinic.deliver_tasks, _nothing, bell, poll=0.05, grace=grace)


async def _nothing() -> int:
    return 0
