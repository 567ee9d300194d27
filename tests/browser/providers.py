"""Everybody outside as a clinic has them, with servers of others where there are any: what to set to reach them, and what they saw."""

import json
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from urllib.parse import unquote_plus

import httpx

from adapters.kit.system import SystemClock
from adapters.payments.signatures import HEADER
from servers.google_calendar import CLINIC, GoogleCalendarServer, google_calendar_server
from servers.http import Misbehaviour, Reply, Request, serving
from servers.openid import OpenIdServer, openid_server, secret_of
from servers.run import shared_peer
from support.aws import a_bucket, a_queue_of, a_topic_with_a_queue, client, environment, read_to_the_end
from support.beside import Beside, beside
from support.mailserver import Mailbox, mail_server
from support.stripe_peers import Emulate
from support.stripe_wire import KEY

WEBHOOK_SECRET = "whsec_of_the_tests"
_LONGER_THAN_A_TEST = 600


class Stripe(Emulate):
    """emulate's page before our own model's money, and every word that was said to them."""

    def __init__(self, peer: httpx.AsyncClient) -> None:
        super().__init__(SystemClock(), peer)
        self.heard: list[str] = []
        self._announced: set[str] = set()

    async def overhear(self, request: Request) -> Reply | Misbehaviour:
        self.heard.append(f"{request.line} {request.query} {_shown(request.headers)} {request.body.decode()}")
        return await self.answer(request)

    async def news(self) -> list[str]:
        """The sessions that were paid, each once, whoever has looked at them meanwhile."""
        await self.look_who_paid()
        paid = {id for id, session in self.sessions.items() if session.authorized_at} - self._announced
        self._announced |= paid
        return sorted(paid)

    def refunded(self) -> list[int]:
        """Of each session, in the order of their making."""
        return [session.refunded for session in self.sessions.values()]


@dataclass(frozen=True, kw_only=True)
class Providers:
    stripe: Stripe
    stripe_url: str
    calendar: GoogleCalendarServer
    openid: OpenIdServer
    mailbox: Mailbox
    topic_arn: str
    queue_url: str
    overheard_url: str
    """A queue that gets a copy of all that is published, and that nobody else empties."""
    bucket_url: str
    mail_port: int
    _beside: Beside

    @property
    def settings(self) -> dict[str, str]:
        """What an operator sets."""
        return {
            "OPENHOURS_PAYMENTS": "stripe",
            "OPENHOURS_STRIPE_SECRET_KEY": KEY,
            "OPENHOURS_STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
            "OPENHOURS_STRIPE_API_BASE": self.stripe_url,
            "OPENHOURS_IDENTITY": "google",
            "OPENHOURS_GOOGLE_CLIENT_ID": "openhours",
            "OPENHOURS_GOOGLE_CLIENT_SECRET": secret_of("openhours"),
            "OPENHOURS_GOOGLE_ISSUER_URL": self.openid.issuer,
            "OPENHOURS_CALENDAR": "google",
            "OPENHOURS_GOOGLE_CREDENTIALS": self.calendar.service_account(),
            "OPENHOURS_GOOGLE_DELEGATE": CLINIC,
            "OPENHOURS_GOOGLE_CALENDAR_URL": self.calendar.api,
            "OPENHOURS_NOTIFY": "sns",
            "OPENHOURS_MAIL_FROM": f"Clinic <{CLINIC}>",
            "OPENHOURS_SNS_TOPIC_ARN": self.topic_arn,
            "OPENHOURS_SQS_QUEUE_URL": self.queue_url,
            "OPENHOURS_SNS_MAIL": "smtp",
            "OPENHOURS_SMTP_HOST": "127.0.0.1",
            "OPENHOURS_SMTP_PORT": str(self.mail_port),
            "OPENHOURS_SMTP_ENCRYPTION": "none",
            "OPENHOURS_PHOTOS": "s3",
            "OPENHOURS_S3_BUCKET": self.bucket_url.rpartition("/")[2],
            "OPENHOURS_S3_PUBLIC_URL": self.bucket_url,
            **environment(),
        }

    def tell_of_payments(self, home: str) -> None:
        """Stripe's signed event of every page that was paid since it was called before. emulate's own have neither an id nor a mode."""
        for id in self._beside.do(self.stripe.news()):
            body = self.stripe.event("checkout.session.completed", id)
            headers = {HEADER: self.stripe.signature(body, WEBHOOK_SECRET), "Content-Type": "application/json"}
            request = urllib.request.Request(f"{home}/api/webhooks/payments", body, headers)
            with urllib.request.urlopen(request, timeout=20) as answer:
                answer.read()

    def published(self) -> list[str]:
        """What has passed through SNS since this was asked before, with its attributes."""
        return read_to_the_end(self.overheard_url)

    def mailed(self) -> str:
        """Every mail as its reader has it: headers, texts and files, nothing encoded."""
        return "\n".join(
            f"{part.items()} {part.get_content() if not part.is_multipart() else ''}"
            for mail in self.mailbox.mails
            for part in mail.walk()
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """Those of the clinic, by which its providers know it."""
        signing = json.loads(self.calendar.service_account())["private_key"].splitlines()[1]
        return (KEY, WEBHOOK_SECRET, secret_of("openhours"), signing)

    def heard(self) -> dict[str, str]:
        """All that Stripe, Google's calendar and S3 were told, as one text each, but for who asked."""
        calendar = [
            f"{a.method} {a.path} {a.query} {_shown(a.headers)} {a.body.decode()}" for a in self.calendar.wire.asked
        ]
        bucket = self.bucket_url.rpartition("/")[2]
        kept = client("s3").list_objects_v2(Bucket=bucket).get("Contents", [])
        return {
            "stripe": unquote_plus("\n".join(self.stripe.heard)),
            "calendar": unquote_plus("\n".join(calendar)),
            "s3": "\n".join(
                f"{each['Key']} {client('s3').head_object(Bucket=bucket, Key=each['Key'])}" for each in kept
            ),
        }


def _shown(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != "authorization"}


@asynccontextmanager
async def _stripe() -> AsyncIterator[tuple[Stripe, str]]:
    async with httpx.AsyncClient(
        base_url=shared_peer("emulate"),
        headers={"Authorization": f"Bearer {KEY}"},
        trust_env=False,
        verify=False,  # noqa: S501  # plain HTTP on the loopback
    ) as peer:
        stripe = Stripe(peer)
        async with serving(stripe.overhear) as url:
            yield stripe, url


@contextmanager
def providers() -> Iterator[Providers]:
    """All of them, for as long as the block lasts."""
    fan = a_topic_with_a_queue()
    with ExitStack() as stack:
        loop = stack.enter_context(beside())
        stripe, stripe_url = stack.enter_context(loop.holding(_stripe()))
        mail = stack.enter_context(loop.holding(mail_server()))
        yield Providers(
            stripe=stripe,
            stripe_url=stripe_url,
            calendar=stack.enter_context(google_calendar_server()),
            openid=openid_server(),
            mailbox=mail.mailbox,
            mail_port=mail.port,
            topic_arn=fan.topic_arn,
            queue_url=fan.queue_url,
            overheard_url=a_queue_of(fan.topic_arn, visibility_seconds=_LONGER_THAN_A_TEST),
            bucket_url=f"{environment()['AWS_ENDPOINT_URL']}/{a_bucket()}",
            _beside=loop,
        )
