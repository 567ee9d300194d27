"""A mail server (aiosmtpd): encrypted, with a user, keeping what it takes, and able to fail in every way that matters."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "clinic", "not-a-real-password"


@dataclass
class Mailbox:
    """What arrived, and what is said to whom: `says` by address to RCPT, `after` once the mail is here.

    Where there is `room` for so many alone, whoever brings more waits for an answer until they go away. Without `manners` it
    says nothing to those who say goodbye.
    """

    mails: list[EmailMessage] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    sender_says: str = ""
    after: Callable[[SMTP], str] | None = None
    room: int | None = None
    waiting: int = 0
    manners: bool = True

    @property
    def read(self) -> list[EmailMessage]:
        """As a mail program shows it: copies under one Message-ID are one."""
        return list({mail["Message-ID"]: mail for mail in self.mails}.values())

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's word
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_says:
            return self.sender_says
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's word
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.says:
            return self.says[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its word
        if self.room is not None and len(self.mails) >= self.room:
            self.waiting += 1
            try:
                await asyncio.Event().wait()
            finally:
                self.waiting -= 1
        mail: Any = message_from_bytes(envelope.content or b"", policy=default)
        self.mails.append(mail)
        return self.after(server) if self.after else "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its word
        if not self.manners:
            await asyncio.Event().wait()
        return "221 Bye"


@dataclass(frozen=True)
class MailServer:
    port: int
    mailbox: Mailbox


@asynccontextmanager
async def mail_server(
    *, certificate: Path | None = None, implicit: bool = False, with_user: bool = False, port: int = 0
) -> AsyncIterator[MailServer]:
    """On that port of the loopback, or a free one, for as long as the block lasts."""
    mailbox, context = Mailbox(), None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:  # aiosmtpd calls it by position
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    def session() -> SMTP:
        with warnings.catch_warnings():
            # It does not see that the connection is encrypted from its first byte.
            warnings.simplefilter("ignore")
            return SMTP(
                mailbox,
                enable_SMTPUTF8=False,
                tls_context=None if implicit else context,
                require_starttls=bool(context) and not implicit,
                auth_required=with_user,
                auth_require_tls=not implicit,
                authenticator=check,
                hostname="mail.test",
                loop=asyncio.get_running_loop(),
            )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", port, ssl=context if implicit else None)
    try:
        yield MailServer(server.sockets[0].getsockname()[1], mailbox)
    finally:
        server.close()
        await server.wait_closed()


def make_certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that nobody trusts who was not told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path = folder / "mail.pem"
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(pem))
    return path
